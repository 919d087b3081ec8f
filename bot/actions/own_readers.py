"""What one person's links brought, for their own Home: counted from rows when it is looked at, kept nowhere."""

from datetime import date, datetime
from typing import NamedTuple

from bot.actions.find_champions import seen_of, shown_day
from bot.domain.champions import score
from bot.domain.leaderboard import Measure, Period, PeriodName, days_of, make_board, period_of, sum_up
from bot.domain.local_time import day_of
from bot.domain.own_readers import LineToComms, OwnReaders, by_week, is_in_top_quarter, shown_place
from bot.domain.people import Person
from bot.domain.retention import SHARES
from bot.domain.scores import is_kept
from bot.domain.setup import Setup
from bot.domain.stories import Story
from bot.store import invitations, my_shares, readers, scores, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

MOST_EDITORS = 3
"""To choose from, when there is something to say to comms."""


def own_readers(connection: Connection, person: Person, now: datetime) -> OwnReaders:
    """Of somebody whose readers are counted."""
    setup = setup_store.load_setup(connection)
    zone = setup.zone
    today = day_of(now, zone)
    weeks = by_week(my_shares.readers_by_day(connection, person.id, (day_of(now - SHARES, zone), today)), today)
    if weeks is None:
        return OwnReaders()
    seen = seen_of(connection, person.id, now)
    place = _Place() if setup.totals_only else _place(connection, person, period_of(PeriodName.DAYS, now, zone), zone)
    shown = shown_day(connection, now)
    until = today - 1 if shown is None else shown
    return OwnReaders(
        by_week=weeks,
        a_week=readers_a_week(connection, person, until),
        until=date.fromordinal(until),
        best=_best_story(connection, person),
        place=place.number,
        is_in_top_quarter=place.is_in_top_quarter,
        is_champion=seen is not None and seen.has_badge,
        known_for=seen.champion.word if seen else "",
        line=_line_to_comms(connection, setup, person) if seen and seen.has_badge else None,
    )


def _line_to_comms(connection: Connection, setup: Setup, person: Person) -> LineToComms | None:
    if setup.champions_channel and invitations.is_joining(connection, person.id):
        return LineToComms(setup.champions_channel)
    others = tuple(user for user in setup.editors if user != person.user)[:MOST_EDITORS]
    return LineToComms(people=others) if others else None


def is_first_share(connection: Connection, person: Person, now: datetime) -> bool:
    """Whether they passed something along this week, and never before.

    After thirteen months shares lose their person, so of who was there before then nobody knows.
    """
    zone = setup_store.load_setup(connection).zone
    first, since = my_shares.first_said(connection, person.id), my_shares.since(connection, person.id)
    is_new = since is None or since > day_of(now - SHARES, zone)
    return first is not None and is_new and first >= period_of(PeriodName.WEEK, now, zone).start


def readers_a_week(connection: Connection, person: Person, as_of: int) -> float:
    """What their shares bring lately, by the end of this day: the figure that champions are found by."""
    shares = my_shares.passed_by(connection, person.id)
    first = min((share.day for share in shares if share.readers_until(as_of)), default=None)
    since = my_shares.since(connection, person.id)
    since = first if since is None else since
    return 0.0 if since is None or since > as_of else score(shares, since, as_of)


def _best_story(connection: Connection, person: Person) -> tuple[Story, int] | None:
    """Of several that were read; of equal ones the latest."""
    followed = readers.readers_by_story(connection, person_id=person.id)
    read = {story: found.readers for story, found in followed.items() if found.readers}
    if len(read) < 2:
        return None
    best = max(read, key=lambda story: (read[story], story))
    return stories.find_many(connection, [best])[best], read[best]


class _Place(NamedTuple):
    number: int | None = None
    is_in_top_quarter: bool = False


def _place(connection: Connection, person: Person, period: Period, zone: str) -> _Place:
    """The board's own place; and whether it is in the top quarter of all who had readers, named on boards or not."""
    if is_kept(scores.find_scoring(connection), period, zone):
        sums = scores.sums(connection, Measure.READ, period, person.id)
        above = scores.count_above(connection, Measure.READ, period, sums.mine.count) if sums.mine else 0
    else:
        tallies = readers.tallies(connection, days_of(period, zone))
        sums = sum_up(tallies, person.id)
        above = sum(tally.count > sums.mine.count for tally in tallies) if sums.mine else 0
    own = make_board(period, sums).own
    if own is None:
        return _Place()
    number = shown_place(own.place, above + 1, sums.people)
    return _Place(number, number is None and is_in_top_quarter(above + 1, sums.people))
