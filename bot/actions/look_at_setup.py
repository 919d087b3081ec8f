"""What the set-up shows: what is set, and what Slack says there is to choose from."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from bot.actions.desk import Desk
from bot.actions.ports import ChannelFacts, ProfileField, UserGroup
from bot.actions.who_asks import Asker
from bot.domain.problems import SlackTrouble
from bot.domain.setup import Channel, Setup
from bot.domain.slots import occurrences
from bot.store import setup as setup_store

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class SetupLook:
    """What the set-up draws. `mine`, `groups` and `fields` are None when Slack did not say (`why_no_groups`: why not).

    `fields`: what people's profiles can have.
    """

    setup: Setup
    channels: tuple[Channel, ...]
    coming: tuple[datetime, ...]
    warning: str | None
    company: str
    disclosure: dict[str, str]
    mine: tuple[ChannelFacts, ...] | None
    groups: tuple[UserGroup, ...] | None
    why_no_groups: str
    fields: tuple[ProfileField, ...] | None = None


def look_at_setup(desk: Desk, asker: Asker, now: datetime) -> SetupLook:
    """What is set, with what Slack offered when it was last asked. It is not asked here: a modal has three seconds."""
    setup = suggested(desk, asker, desk.setup())
    offer = desk.offer
    return SetupLook(
        setup=setup,
        channels=desk.store.read(setup_store.list_channels),
        coming=tuple(islice(occurrences(setup.slots, setup.zone, now), 3)),
        warning=_warning(desk, setup),
        company=desk.me.team_name,
        disclosure={line.language: line.employee for line in reversed(desk.disclosure.lines)},
        mine=offer.mine,
        groups=offer.groups,
        why_no_groups=offer.why_no_groups,
        fields=offer.fields,
    )


def ask_what_there_is(desk: Desk) -> None:
    """Ask Slack for the channels the bot is in, for the user groups (a free plan has none), and for profile fields."""
    desk.offer.mine, _ = _asked(desk.messenger.my_channels)
    desk.offer.groups, desk.offer.why_no_groups = _asked(desk.messenger.user_groups)
    desk.offer.fields, _ = _asked(desk.messenger.profile_fields)


def suggested(desk: Desk, asker: Asker, setup: Setup) -> Setup:
    """Before anything was set: the company's name, and the zone and language of the admin who is at it."""
    if setup.version:
        return setup
    return replace(setup, zone=asker.zone, comms_language=asker.language, company=setup.company or desk.me.team_name)


def _warning(desk: Desk, setup: Setup) -> str | None:
    """Why a membership makes nobody an editor. Of a channel that was chosen just now the roles do not know yet."""
    facts = next((facts for facts in desk.offer.mine or () if facts.id == setup.comms_channel), None)
    if facts is None or not setup.editors_by_channel:
        return desk.roles.warning
    others = desk.roles.warning if not (desk.roles.warning or "").startswith("comms_channel") else None
    return others if facts.is_private and not facts.is_shared else "comms_channel_open"


def _asked(ask: Callable[[], T]) -> tuple[T | None, str]:
    try:
        return ask(), ""
    except SlackTrouble as trouble:
        log.warning("Slack did not say what there is to choose from: %s", trouble)
        return None, str(trouble)
