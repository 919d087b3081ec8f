"""Whom a scenario means: names of user groups and channels become ids of Slack's before anybody is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.actions.desk import Desk
from bot.actions.ports import UserGroup
from bot.domain.crisis import CrisisAudience, audiences_of
from bot.domain.crisis_desk import NamedAudience
from bot.domain.crisis_scenario import EVERYONE, Scenario
from bot.domain.problems import Refused, SlackTrouble
from bot.store import crises
from bot.store import setup as setup_store
from bot.store.engine import Connection


@dataclass(frozen=True)
class LookedUp:
    """`unnamed`: keys of audiences of which the file names nobody. `unknown`: names that Slack does not have."""

    unnamed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    groups: tuple[UserGroup, ...] = ()


def look_up_audiences(desk: Desk, scenario: Scenario) -> LookedUp:
    """Who is meant, as far as Slack knows them by these names, and says so: nobody waits for it at this moment."""
    asked = scenario.audiences
    unnamed = tuple(one.key for one in asked if not (one.groups or one.channels or one.key == EVERYONE))
    try:
        groups, channels = _groups(desk), _channels(desk, [name for one in asked for name in one.channels])
    except SlackTrouble:
        return LookedUp(unnamed)
    handles = {group.handle.lower() for group in groups}
    unknown = [f"@{name}" for one in asked for name in one.groups if name.lower() not in handles]
    unknown += [f"#{name}" for one in asked for name in one.channels if name.lower() not in channels]
    return LookedUp(unnamed, tuple(unknown), groups)


def audiences_to_start(scenario: Scenario, named: Mapping[str, NamedAudience]) -> tuple[CrisisAudience, ...]:
    """The audiences at the start, for which Slack is not asked, as nothing may wait then: names stay names.

    `named`: whom an editor named for those that are open in the file. One without anybody hears it with everyone.
    """

    def one(audience: CrisisAudience) -> CrisisAudience:
        mine = named.get(audience.key, NamedAudience())
        groups = (*(f"@{name}" for name in audience.groups), *mine.groups)
        channels = (*(f"#{name}" for name in audience.channels), *mine.channels)
        return replace(audience, groups=tuple(dict.fromkeys(groups)), channels=tuple(dict.fromkeys(channels)))

    everybody = [one(audience) for audience in audiences_of(scenario)]
    found = [audience for audience in everybody if audience.is_everyone or audience.groups or audience.channels]
    return tuple(found) or tuple(replace(audience, key=EVERYONE) for audience in everybody[-1:])


def settle_names(desk: Desk, crisis_id: int) -> None:
    """Before people are told: names become ids of Slack's. One that Slack does not have leads nowhere.

    Raises TryLater when Slack does not say which groups and channels there are.
    """
    audiences = desk.store.read(lambda connection: crises.audiences(connection, crisis_id))
    names = [name for one in audiences for name in (*one.groups, *one.channels) if _is_name(name)]
    if not names:
        return
    known = {f"@{group.handle.lower()}": group.id for group in _groups(desk)}
    channels = _channels(desk, [name[1:] for name in names if name.startswith("#")])
    known |= {f"#{name}": channel for name, channel in channels.items()}

    def settled(found: tuple[str, ...]) -> list[str]:
        ids = [known.get(name.lower()) if _is_name(name) else name for name in found]
        return list(dict.fromkeys(one for one in ids if one))

    def work(connection: Connection) -> None:
        for one in crises.audiences(connection, crisis_id):
            values = {"groups": settled(one.groups), "channels": settled(one.channels)}
            crises.change_audience(connection, crisis_id, one.key, **values)

    desk.store.write(work)


def _is_name(name: str) -> bool:
    return name.startswith(("@", "#"))


def _groups(desk: Desk) -> tuple[UserGroup, ...]:
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
