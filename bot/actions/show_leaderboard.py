"""The leaderboard of a period, with the asker's own place for them alone."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker
from bot.domain.leaderboard import Board, Leaderboard, PeriodName, is_first_week, make_board, period_of, sum_up
from bot.domain.scores import is_kept
from bot.store import boards, scores
from bot.store import setup as setup_store
from bot.store.engine import Connection


def show_leaderboard(desk: Desk, asker: Asker, name: PeriodName, now: datetime) -> Leaderboard:
    """The board; while a month is in its first week, last month stands beside it."""
    me = asker.person.id if asker.person is not None and asker.person.is_in else None

    def work(connection: Connection) -> Leaderboard:
        zone = setup_store.load_setup(connection).zone
        board = _board(connection, name, zone, now, me)
        if name is not PeriodName.MONTH or not is_first_week(now, zone):
            return Leaderboard(board)
        before = _board(connection, PeriodName.LAST_MONTH, zone, now, me)
        return Leaderboard(board, before if before.people else None)

    return desk.store.read(work)


def _board(connection: Connection, name: PeriodName, zone: str, now: datetime, me: int | None) -> Board:
    period = period_of(name, now, zone)
    if is_kept(scores.find_scoring(connection), period, zone):
        return make_board(period, scores.sums(connection, period, me))
    return make_board(period, sum_up(boards.tallies(connection, period.start, period.end), me))
