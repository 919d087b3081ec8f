"""The scenarios that can be started: as their files are now, or as they were last when a file is broken."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.domain.crisis_desk import NoScenario, ReadyScenario
from bot.store import scenarios


def ready_scenarios(desk: Desk) -> tuple[ReadyScenario, ...]:
    """By name. A file with slips comes in its last good version; where there is none, as far as it could be read."""
    written = desk.scenarios()
    kept = desk.store.read(scenarios.kept)
    found = {one.slug: ReadyScenario(one) for one in written.scenarios}
    for slug in written.slugs:
        ready = found.get(slug)
        if (ready is None or not ready.scenario.is_whole) and slug in kept:
            found[slug] = ReadyScenario(*kept[slug])
    return tuple(found[slug] for slug in sorted(found))


def ready_scenario(desk: Desk, slug: str) -> ReadyScenario:
    """One of them. Raises NoScenario."""
    found = next((one for one in ready_scenarios(desk) if one.scenario.slug == slug), None)
    if found is None:
        raise NoScenario
    return found


def keep_scenarios(desk: Desk, now: datetime) -> None:
    """Remember those that are whole, for a day on which their file is not."""
    whole = [one for one in desk.scenarios().scenarios if one.is_whole]
    desk.store.write(lambda connection: scenarios.keep(connection, whole, now))
