"""One trial: so many weeks, the bot dying where it is told, and the judge's verdict."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.domain.fault_points import FaultPoint
from tests.crash.bot_process import Census
from tests.crash.company import Company, Fate, NeverThrough, company
from tests.crash.judge import Verdict, judge
from tests.crash.places import SENT, Death
from tests.crash.weeks import CROWD, START, Weeks

WORKING_DAYS = 5
AMONG_MANY = tuple(
    Death(point, detail, START + CROWD)
    for point, detail in (
        (FaultPoint.EVENT_RECEIVED, "reacted"),
        (FaultPoint.EVENT_STORED, "reacted"),
        (FaultPoint.WORK_DONE, "take_reactions"),
        (FaultPoint.WORK_COMMITTED, "take_reactions"),
    )
)


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
    fate: Callable[[Company], Fate] | None = None,
    without: str | None = None,
    database_url: str | None = None,
) -> Trial:
    """Play it. It dies once at each of `deaths`; or else each life ends as `fate` says when it begins."""
    with (
        tempfile.TemporaryDirectory(prefix="passalong-crash-") as folder,
        company(Path(folder), START, database_url) as found,
    ):
        found.deaths, found.without = list(deaths), without
        if fate is not None:
            found.fate = lambda: fate(found)
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


def walk(kills: int, weeks: int, seed: int, among: Sequence[Death], database_url: str | None = None) -> Trial:
    """Dies at random, `kills` times in all, spread over the working days of these weeks.

    One life in two ends after so many places, which is mostly where it comes often; the others at one of some of
    these places where it did not die yet, however seldom it comes there.
    """
    random = Random(seed)

    def fate(company: Company) -> Fate:
        days = (company.clock() - START) / timedelta(days=1)
        spread = days // 7 * WORKING_DAYS + min(days % 7, WORKING_DAYS)
        if len(company.died) >= kills:
            return (), None
        is_last_day = spread >= weeks * WORKING_DAYS - 1
        if len(company.died) >= kills * (1.1 * spread / (weeks * WORKING_DAYS) + 0.02):
            return (), random.randint(60, 200)
        if is_last_day or random.random() < 0.5:
            return (), random.randint(1, 60)
        new = [death for death in among if death not in company.died]
        return tuple(random.sample(new, len(new) // 4)), random.randint(20, 200)

    return trial(weeks=weeks, fate=fate, database_url=database_url)


def places(census: Census) -> dict[str, list[Death]]:
    """Every place that was come past, by its point.

    For what is posted also the moment while Slack answers; for reactions also those that many send together.
    """
    found: dict[str, list[Death]] = {}
    for point, detail in sorted(census.places):
        found.setdefault(point, []).append(Death(point, detail))
        if point == "delivery begun":
            found.setdefault(SENT, []).append(Death(SENT, detail))
    for death in AMONG_MANY:
        found.setdefault(death.point, []).append(death)
    return found


def counted(deaths: Iterable[Death]) -> Counter[str]:
    """How often it died at each point."""
    return Counter(death.point for death in deaths)
