"""Who and what Slack describes, in words of the domain."""

from collections.abc import Mapping
from typing import Any

from bot.actions.ports import ChannelFacts
from bot.domain.clean_text import clean
from bot.domain.people import Profile
from bot.domain.zones import zone_or

LONGEST_NAME = 80


def profile_from(found: Mapping[str, Any]) -> Profile:
    """A profile from Slack's user object."""
    profile = found.get("profile", {})
    names = (profile.get("display_name"), profile.get("real_name"), found.get("real_name"), found.get("name"))
    return Profile(
        user=str(found["id"]),
        team=str(found.get("team_id", "")),
        name=next(filter(None, (one_line(name) for name in names)), "")[:LONGEST_NAME],
        locale=str(found.get("locale") or "en-US"),
        zone=zone_or(str(found.get("tz") or ""), "UTC"),
        is_bot=bool(found.get("is_bot")) or found["id"] == "USLACKBOT",
        is_guest=bool(found.get("is_restricted") or found.get("is_ultra_restricted")),
        is_stranger=bool(found.get("is_stranger")),
        is_active=not found.get("deleted", False),
    )


def one_line(name: object) -> str:
    """A name on one line, without what cannot be seen; empty when that leaves nothing."""
    return " ".join(clean(str(name or "")).split())


def facts_from(found: Mapping[str, Any]) -> ChannelFacts:
    """A channel from Slack's conversation object."""
    return ChannelFacts(
        id=str(found["id"]),
        name=one_line(found.get("name"))[:LONGEST_NAME],
        is_private=bool(found.get("is_private")),
        is_shared=bool(found.get("is_ext_shared")),
        is_member=bool(found.get("is_member")),
        is_archived=bool(found.get("is_archived")),
    )
