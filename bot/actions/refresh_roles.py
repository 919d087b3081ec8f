"""Who is an editor by membership: of the comms channel (while it is private and ours alone), or of a user group.

Persisted nowhere: Slack knows it, and is asked every few minutes and whenever somebody joins or leaves.
"""

import logging
from collections.abc import Callable

from bot.actions.desk import Desk
from bot.domain.problems import Refused, SlackTrouble
from bot.domain.setup import Setup

log = logging.getLogger(__name__)

Found = tuple[frozenset[str], str | None]
"""Members, and the warning (a word under `setup.warning`) when they do not count."""

NOBODY: frozenset[str] = frozenset()
_GROUP_WARNINGS = {"plan_upgrade_required": "group_plan", "missing_scope": "group_scope"}


def refresh_roles(desk: Desk) -> None:
    """Ask Slack who the members are now. A source that Slack does not answer for stays as it was known."""
    setup = desk.setup()
    warnings = []
    for name, look in (("channel", _in_channel), ("group", _in_group)):
        try:
            members, warning = look(desk, setup)
        except SlackTrouble as trouble:
            log.warning("Could not look up who the editors are by %s: %s", name, trouble)
            continue
        desk.roles.sources[name] = members
        warnings.append(warning)
    desk.roles.members = NOBODY.union(*desk.roles.sources.values()) - {desk.me.user}
    desk.roles.warning = next((warning for warning in warnings if warning), None)


def _in_channel(desk: Desk, setup: Setup) -> Found:
    """The comms channel's members, while nobody can walk in: private, and without another organisation."""
    channel = setup.comms_channel
    if channel is None or not setup.editors_by_channel:
        return NOBODY, None
    return _or_lost(lambda: _members(desk, channel), {}, "comms_channel_lost")


def _members(desk: Desk, channel: str) -> Found:
    facts = desk.messenger.channel(channel)
    if not facts.is_member:
        return NOBODY, "comms_channel_lost"
    if not facts.is_private or facts.is_shared:
        return NOBODY, "comms_channel_open"
    return frozenset(desk.messenger.members(channel)), None


def _in_group(desk: Desk, setup: Setup) -> Found:
    group = setup.editor_group
    if group is None:
        return NOBODY, None
    return _or_lost(lambda: (frozenset(desk.messenger.group_members(group)), None), _GROUP_WARNINGS, "group_lost")


def _or_lost(look: Callable[[], Found], words: dict[str, str], otherwise: str) -> Found:
    """What is found; nobody, with a warning, when Slack says no for good or the scope was left out."""
    try:
        return look()
    except Refused as refused:
        return NOBODY, words.get(refused.reason, otherwise)
    except SlackTrouble as trouble:
        if str(trouble) in words:
            return NOBODY, words[str(trouble)]
        raise
