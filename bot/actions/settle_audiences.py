"""Whom a scenario means: names of user groups and channels become ids of Slack's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.actions.desk import Desk
from bot.actions.ports import UserGroup
from bot.domain.crisis import CrisisAudience, audiences_of
from bot.domain.crisis_desk import NamedAudience
from bot.domain.crisis_scenario import Scenario
from bot.domain.problems import Refused
from bot.store import setup as setup_store


@dataclass(frozen=True)
class Settled:
    """`unnamed`: keys of audiences of which the file names nobody. `unknown`: names that Slack does not have."""

    audiences: tuple[CrisisAudience, ...]
    unnamed: tuple[str, ...]
    unknown: tuple[str, ...]
    groups: tuple[UserGroup, ...]


def settle_audiences(desk: Desk, scenario: Scenario, named: Mapping[str, NamedAudience] | None = None) -> Settled:
    """The audiences with ids. `named`: whom an editor named for those that are open in the file.

    Raises TryLater when Slack does not say which groups and channels there are.
    """
    asked = audiences_of(scenario)
    groups = user_groups(desk)
    by_handle = {group.handle.lower(): group.id for group in groups}
    by_name = _channels(desk, [name for one in asked for name in one.channels])
    found, unnamed, unknown = [], [], []
    for one in asked:
        mine = (named or {}).get(one.key, NamedAudience())
        ids = [(name, by_handle.get(name.lower())) for name in one.groups]
        places = [(name, by_name.get(name.lower())) for name in one.channels]
        unknown += [f"@{name}" for name, found_id in ids if found_id is None]
        unknown += [f"#{name}" for name, found_id in places if found_id is None]
        if not one.is_everyone and not one.groups and not one.channels:
            unnamed.append(one.key)
        new_groups = (*(group for _, group in ids if group), *mine.groups)
        new_channels = (*(channel for _, channel in places if channel), *mine.channels)
        found.append(replace(one, groups=tuple(dict.fromkeys(new_groups)), channels=tuple(dict.fromkeys(new_channels))))
    return Settled(tuple(found), tuple(unnamed), tuple(unknown), groups)


def user_groups(desk: Desk) -> tuple[UserGroup, ...]:
    """The user groups there are; none on a plan without them."""
    try:
        return desk.messenger.user_groups()
    except Refused:
        return ()


def _channels(desk: Desk, names: list[str]) -> dict[str, str]:
    """Those that stories go to are known here; for others Slack is asked."""
    known = {one.name.lower(): one.id for one in desk.store.read(setup_store.list_channels)}
    if all(name.lower() in known for name in names):
        return known
    return known | {channel.name.lower(): channel.id for channel in desk.messenger.my_channels()}
