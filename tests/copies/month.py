"""A month at the company with several copies: the weeks of the crash tests, and crowds who react all at once."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.domain.captions import Caption
from bot.domain.stories import StoryDraft
from bot.store import stories
from bot.store.engine import opened
from bot.store.tables import deliveries
from tests.copies.copies import Copies, Plan, copies
from tests.crash.company import NeverThrough
from tests.crash.judge import Verdict, judge
from tests.crash.weeks import START, Weeks

CROWD = slice(10, 24)
"""Who of the staff reacts with the others."""


@dataclass(frozen=True)
class Played:
    """What came of it."""

    plan: Plan
    verdict: Verdict
    kills: int
    starts: int
    together: int
    stories: int
    shares: int
    digests: int


class Month(Weeks):
    """The same weeks, and in each a crowd: their reactions reach all copies at once, and in any order."""

    def _week(self, week: int) -> list[tuple[timedelta, Callable[[], None]]]:
        title = f"The reef {week}"
        more = [(timedelta(days=1, hours=4), lambda: self.crowd(title)), (timedelta(days=1, hours=5), self.look_in)]
        return sorted([*super()._week(week), *more], key=lambda one: one[0])

    def crowd(self, title: str) -> None:
        """All react; every third thinks better of it at once, and every fifth does so twice."""
        for number, user in enumerate(self.staff[CROWD]):
            self.react(user, title)
            if number % 3 == 0:
                self.unreact(user, title)
            if number % 5 == 0:
                self.react(user, title)
                self.unreact(user, title)
                self.react(user, title)

    def look_in(self) -> None:
        """Three open their Home at the same time."""
        for user in self.staff[10:13]:
            self.open_home(user)


class FewDays(Month):
    """The sample: two stories, a crowd, a share, and a digest."""

    def _week(self, week: int) -> list[tuple[timedelta, Callable[[], None]]]:
        at, first, second = timedelta, "The reef", "The choir"
        return [
            (at(hours=1), lambda: self.write_down(first, 1)),
            (at(hours=1), lambda: self.write_down(second, 2)),
            (at(days=1, hours=1), lambda: None),
            (at(days=1, hours=2), lambda: self.crowd(first)),
            (at(days=1, hours=3), lambda: self.share(self.staff[1], first)),
            (at(days=2, hours=1), lambda: None),
            (at(days=4, hours=7), self.digest),
        ]

    def write_down(self, title: str, days: int) -> None:
        """In the queue without the form: the month does that."""
        room, due_at = self.company.english, START + timedelta(days=days, hours=1)
        draft = StoryDraft(
            link=f"https://example.com/{title[-4:]}",
            title=title,
            sentence="Anna did it.",
            language="en",
            captions=(Caption(None, "en", "One"), Caption(None, "en", "Two")),
            channels=(room,),
            due_at=due_at,
        )
        with opened(self.company.database_url) as store:
            store.write(lambda connection: stories.add(connection, draft, None, self.clock()))
        self.account.stories[title] = (room,)


def play(plan: Plan, database_url: str, weeks: int = 4, kind: type[Weeks] = Month) -> Played:
    """Play it on this empty database, and judge."""
    with (
        tempfile.TemporaryDirectory(prefix="passalong-copies-") as folder,
        copies(Path(folder), START, database_url, plan) as found,
    ):
        days = kind(found)
        try:
            days.run(weeks)
            verdict = judge(found, days.account)
            _excuse(verdict, found)
        except NeverThrough as stuck:
            verdict = Verdict(wrong=[str(stuck)])
        account = days.account
        said = len(account.stories), len(account.said), len(account.digests)
        return Played(plan, verdict, found.kills, found.starts, found.together, *said)


def _excuse(verdict: Verdict, found: Copies) -> None:
    """What was on its way to one person cannot be looked for, so it is not said again: as many as that, and no more."""
    unsure = select(deliveries.c.kind, func.count()).where(deliveries.c.ts == "").group_by(deliveries.c.kind)
    with opened(found.database_url) as store:
        counts = store.read(lambda connection: dict(connection.execute(unsure).all()))
    for line in verdict.unheard:
        kind, _, numbers = line.partition(": ")
        heard, _, wanted = numbers.partition(" of ")
        if int(wanted) - int(heard) > counts.get(kind, 0):
            verdict.lost.append(line)
