"""docs/reliability.md: what was tried, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.fault_points import FaultPoint
from tests.crash.places import SENT

ORDER = [point.value for point in FaultPoint]
ORDER.insert(ORDER.index(FaultPoint.DELIVERY_ANSWERED), SENT)
HEAD = """# What happens when it breaks

Written by `make crash ARGS=--report`. A real process is ended with `kill -9` at each place where it could lose or
repeat something, and started again; a company of 40 goes on with its work meanwhile, and people try once more what did
not work. At the end everything that Slack shows and the database holds is compared with what people did.

| the process dies | times | lost | twice | what protects it | without that |
| --- | --- | --- | --- | --- | --- |
"""
WALK = """
Dying at random places over {weeks}: {tried} times at {places} different places, lost {lost}, twice {twice}.
"""
TAIL = """
*Times* counts kills: one for each kind of message, request, event, job and transaction that comes past that place in a
week. *Without that*: one such death with the protection taken out (`make crash ARGS=--without=NAME`). It must go wrong;
the same week without a death must not.

A message to one person that was just being sent when the process died may be lost, and never comes twice: whether it
arrived could only be looked up by reading direct messages. {unheard} of them were lost in these runs. Nobody's share,
no story and no digest depends on one.

Faults that are no death (replies lost, 429 storms, a locked or full database, Slack away for a day, clocks that jump,
several copies) are tests of their own: `tests/faults`, `tests/copies`.
"""


@dataclass(frozen=True)
class Proven:
    """What came of dying at one point. `missed`: places where it was to die and never came past.

    `fails_without`: with the protection taken out it went wrong over a death, as it must, and only over that.
    """

    tried: int
    places: int
    lost: int
    twice: int
    unheard: int
    missed: int = 0
    protection: str = ""
    meaning: str = ""
    fails_without: bool = False

    @property
    def is_right(self) -> bool:
        is_whole = not (self.lost or self.twice or self.missed) and self.tried > 0
        return is_whole and (self.fails_without or not self.protection)


def write_report(proven: Mapping[str, Proven], walks: Sequence[Proven]) -> str:
    """The page."""
    rows = "".join(
        f"| {point} | {one.tried} | {one.lost} | {one.twice} | `{one.protection}`: {one.meaning} | "
        f"{'goes wrong' if one.fails_without else 'NOTHING HAPPENS'} |\n"
        for point, one in sorted(proven.items(), key=lambda row: ORDER.index(row[0]))
    )
    walked = "".join(WALK.format(weeks="four weeks", **vars(one)) for one in walks)
    unheard = sum(one.unheard for one in (*proven.values(), *walks))
    return HEAD + rows + walked + TAIL.format(unheard=unheard or "None")
