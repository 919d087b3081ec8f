"""The leaderboard of a period, with the asker's own place for them alone."""

from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker
from bot.domain.leaderboard import (
    Board,
    Leaderboard,
    Measure,
    Period,
    PeriodName,
    Tally,
    days_of,
    is_first_week,
    make_board,
    period_of,
    sum_up,
    without_people,
)
from bot.domain.scores import is_kept
from bot.store import boards, readers, scores
from bot.store import setup as setup_store
from bot.store.engine import Connection


def show_leaderboard(desk: Desk, asker: Asker, name: PeriodName, now: datetime) -> Leaderboard:
    """The board; while a month is in its first week, last month stands beside it.

    By readers where people have personal links, and else by what they say.
    """
    me = asker.person.id if asker.person is not None and asker.person.is_in else None
    measure = Measure.READ if desk.public_url else Measure.SAID

    def work(connection: Connection) -> Leaderboard:
        setup = setup_store.load_setup(connection)
        zone = setup.zone
        look = _Look(connection, measure, zone, me)
        board, before = look.board(period_of(name, now, zone)), None
        if name is PeriodName.MONTH and is_first_week(now, zone):
            before = look.board(period_of(PeriodName.LAST_MONTH, now, zone))
        shown = before if before is not None and before.people else None
        is_beginning = measure is Measure.READ and not readers.is_anybody_read(connection)
        if setup.totals_only:
            board, shown = without_people(board), None if shown is None else without_people(shown)
        return Leaderboard(board, shown, measure, is_beginning, setup.totals_only)

    return desk.store.read(work)


@dataclass(frozen=True)
class _Look:
    """At boards of one measure, for somebody (their id, if they have a line of their own)."""

    connection: Connection
    measure: Measure
    zone: str
    me: int | None

    def board(self, period: Period) -> Board:
        """From scores, or counted where they are in doubt."""
        if is_kept(scores.find_scoring(self.connection), period, self.zone):
            return make_board(period, scores.sums(self.connection, self.measure, period, self.me))
        return make_board(period, sum_up(self._tallies(period), self.me))

    def _tallies(self, period: Period) -> list[Tally]:
        if self.measure is Measure.READ:
            return readers.tallies(self.connection, days_of(period, self.zone))
        return boards.tallies(self.connection, period.start, period.end)
