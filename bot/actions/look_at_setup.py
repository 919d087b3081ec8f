"""What the set-up shows: what is set, and what Slack says there is to choose from."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from bot.actions.desk import Desk
from bot.actions.ports import ChannelFacts, UserGroup
from bot.actions.who_asks import Asker
from bot.domain.problems import SlackTrouble
from bot.domain.setup import Channel, Setup
from bot.domain.slots import occurrences
from bot.store import setup as setup_store

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class SetupLook:
    """`mine` and `groups` are None while Slack was not asked, or does not say (`why_no_groups`: its reason)."""

    setup: Setup
    channels: tuple[Channel, ...]
    coming: tuple[datetime, ...]
    warning: str | None
    company: str
    disclosure: dict[str, str]
    mine: tuple[ChannelFacts, ...] | None = None
    groups: tuple[UserGroup, ...] | None = None
    why_no_groups: str = ""


def look_at_setup(desk: Desk, asker: Asker, now: datetime) -> SetupLook:
    """What is set. Slack is not asked."""
    setup = suggested(desk, asker, desk.setup())
    channels = desk.store.read(setup_store.list_channels)
    coming = tuple(islice(occurrences(setup.slots, setup.zone, now), 3))
    return SetupLook(setup, channels, coming, desk.roles.warning, desk.me.team_name, desk.disclosure.by_language())


def with_channels(desk: Desk, look: SetupLook) -> SetupLook:
    """The same, with the channels the bot is in."""
    mine, _ = _asked(desk.messenger.my_channels)
    return replace(look, mine=mine)


def with_groups(desk: Desk, look: SetupLook) -> SetupLook:
    """The same, with the user groups there are (a free plan has none)."""
    groups, why = _asked(desk.messenger.user_groups)
    return replace(look, groups=groups, why_no_groups=why)


def suggested(desk: Desk, asker: Asker, setup: Setup) -> Setup:
    """Before anything was set: the company's name, and the zone and language of the admin who is at it."""
    if setup.version:
        return setup
    return replace(setup, zone=asker.zone, comms_language=asker.language, company=setup.company or desk.me.team_name)


def _asked(ask: Callable[[], T]) -> tuple[T | None, str]:
    try:
        return ask(), ""
    except SlackTrouble as trouble:
        log.warning("Slack did not say what there is to choose from: %s", trouble)
        return None, str(trouble)
