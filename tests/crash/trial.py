"""One trial: so many weeks, the bot dying where it is told, and the judge's verdict."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.domain.fault_points import FaultPoint
from tests.crash.bot_process import Census
from tests.crash.company import NeverThrough, company
from tests.crash.judge import Verdict, judge
from tests.crash.places import SENT, Death
from tests.crash.weeks import START, Weeks


@dataclass(frozen=True)
class Trial:
    """What came of it. `died`: where, in their order."""

    verdict: Verdict
    died: tuple[Death, ...]
    census: Census


def trial(
    deaths: Iterable[Death] = (),
    *,
    weeks: int = 1,
    after: Callable[[int], int | None] = lambda _: None,
    without: str | None = None,
    database_url: str | None = None,
) -> Trial:
    """Play it. `after`: by how often it died, how many places the next life comes past; None for no end."""
    with (
        tempfile.TemporaryDirectory(prefix="passalong-crash-") as folder,
        company(Path(folder), START, database_url) as found,
    ):
        found.deaths, found.without = list(deaths), without
        found.after = lambda: after(len(found.died))
        play = Weeks(found)
        try:
            account = play.run(weeks)
            verdict = judge(found, account)
            _excuse(verdict, found.died)
        except NeverThrough as stuck:
            verdict = Verdict(wrong=[str(stuck)])
        return Trial(verdict, tuple(found.died), found.take_census())


def _excuse(verdict: Verdict, died: Iterable[Death]) -> None:
    """Only what was just going to one person may be lost: whether it arrived cannot be looked up."""
    chosen = {death.detail for death in died if death.point in (FaultPoint.DELIVERY_BEGUN, SENT)}
    excused = [line for line in verdict.unheard if line.partition(":")[0] in chosen]
    verdict.lost += [line for line in verdict.unheard if line not in excused]
    verdict.unheard = excused


def walk(kills: int, weeks: int, seed: int, database_url: str | None = None) -> Trial:
    """Dies at random places, `kills` times in all."""
    random = Random(seed)
    return trial(
        weeks=weeks,
        after=lambda died: random.randint(1, 90) if died < kills else None,
        database_url=database_url,
    )


def places(census: Census) -> dict[str, list[Death]]:
    """Every place that was come past, by its point; for what is posted also the moment while Slack answers."""
    found: dict[str, list[Death]] = {}
    for point, detail in sorted(census.places):
        found.setdefault(point, []).append(Death(point, detail))
        if point == "delivery begun":
            found.setdefault(SENT, []).append(Death(SENT, detail))
    return found


def counted(deaths: Iterable[Death]) -> Counter[str]:
    """How often it died at each point."""
    return Counter(death.point for death in deaths)
