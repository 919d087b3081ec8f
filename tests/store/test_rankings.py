"""A ranking that is kept says what counting says, and is gone when what it rests on changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.actions.find_champions import find_champions, seen_of, shown_day
from bot.actions.keep_rankings import SETTLES, keep_rankings
from bot.actions.rebuild_clicks import rebuild_clicks
from bot.domain.champions import Candidate, ranked, weekly_days, worth_keeping
from bot.domain.company_files import DAY, PersonRow, ShareRow
from bot.domain.people import Standing
from bot.domain.retention import CLICKS
from bot.store import champions, company, people, rankings, teams
from bot.store.engine import Store
from bot.store.rankings import Sums
from bot.store.tables import ranking_days
from bot.store.tables import rankings as rows

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
STAFF = 120
YESTERDAY = date(2026, 3, 31).toordinal()


@pytest.fixture
def read(store) -> Store:
    """People who shared for a year, some of them lately; some are without a name, or out."""
    dice = Random(7)
    standings = [Standing.NAMED] * 5 + [Standing.UNNAMED, Standing.OUT]
    staff = [
        PersonRow(f"p{n}", f"P {n}", f"T{n % 9}", YESTERDAY - dice.randrange(300), dice.choice(standings))
        for n in range(STAFF)
    ]

    def work(connection):
        company.put_people(connection, staff, "UTC")
        ids = company.stories_called(connection, dict.fromkeys(("reef", "bakery", "choir"), ""), NOON)
        shares = [
            ShareRow(0, f"h{n}", f"p{n % STAFF}", dice.choice(list(ids)), "x", day * DAY + 7, False)
            for n, day in enumerate(YESTERDAY + 1 - dice.randrange(400) for _ in range(480))
        ]
        company.add_shares(connection, shares, ids, ZoneInfo("UTC"))
        found, known = {}, company.known_shares(connection)
        for share in shares:
            days = {share.day + dice.randrange(40): dice.randrange(9) for _ in range(2)}
            if share.share in known:
                found[known[share.share][0]] = (known[share.share][1], days)
        company.put_readers(connection, found, NOON.toordinal(), NOON - CLICKS)
        teams.keep_staff(connection, {f"T{n}": 3 + n for n in range(9)} | {"": 700}, NOON)

    store.write(work)
    return store


def listed(store: Store, as_of: int = YESTERDAY):
    return store.read(lambda connection: find_champions(connection, as_of))


def kept_days(store: Store) -> list[int]:
    return store.read(lambda c: sorted(rankings.kept_days(c, range(YESTERDAY - 99, YESTERDAY + 99))))


def test_kept_and_counted_are_the_same(read):
    counted = listed(read)
    assert len(counted.listed) == 15
    assert counted.risers
    assert counted.teams
    assert counted.concentration
    keep_rankings(read, NOON)
    assert kept_days(read) == weekly_days(YESTERDAY)
    assert listed(read) == counted
    keep_rankings(read, NOON)
    assert listed(read) == counted, "twice is once"


def test_from_then_on_one_a_day(read):
    keep_rankings(read, NOON)
    keep_rankings(read, NOON + timedelta(days=1))
    assert kept_days(read) == sorted([*weekly_days(YESTERDAY), *weekly_days(YESTERDAY + 1)])


def test_who_leaves_is_gone_at_once_and_who_loses_the_name_too(read):
    keep_rankings(read, NOON)
    first, second = [one.candidate for one in listed(read).listed if one.candidate.person][:2]
    read.write(lambda c: people.set_standing(c, first.id, Standing.OUT))
    read.write(lambda c: people.set_standing(c, second.id, Standing.UNNAMED))
    kept = listed(read)
    shown = {one.candidate.id: one.candidate for one in kept.listed}
    assert first.id not in shown
    assert (shown[second.id].person, shown[second.id].name) == (None, None)
    assert kept_days(read), "nothing had to be counted for that"
    read.write(rankings.drop)
    assert replace(kept, teams=()) == replace(listed(read), teams=())


def test_who_comes_back_has_their_place_again(read):
    before = listed(read)
    first = before.listed[0].candidate
    read.write(lambda c: people.set_standing(c, first.id, Standing.OUT))
    keep_rankings(read, NOON)
    assert listed(read) != before
    read.write(lambda c: people.set_standing(c, first.id, Standing.NAMED))
    assert listed(read) == before
    keep_rankings(read, NOON)
    assert listed(read) == before


def test_who_is_deleted_is_in_no_ranking(read):
    keep_rankings(read, NOON)
    first = listed(read).listed[0].candidate
    read.write(lambda c: people.remove(c, first.id))
    assert read.read(lambda c: c.execute(select(rows).where(rows.c.person_id == first.id)).all()) == []


def test_what_came_in_and_what_was_counted_anew_is_ranked_anew(read):
    keep_rankings(read, NOON)
    read.write(lambda c: company.put_people(c, [PersonRow("p1", "P 1", None, YESTERDAY - 400, Standing.NAMED)], "UTC"))
    assert kept_days(read) == []
    keep_rankings(read, NOON)
    rebuild_clicks(read, NOON)
    assert kept_days(read) == [day for day in weekly_days(YESTERDAY) if day < (NOON - CLICKS).toordinal() + 2]
    keep_rankings(read, NOON)
    assert kept_days(read) == weekly_days(YESTERDAY)


def test_what_changed_while_it_was_counted_is_not_kept(read):
    found, sums = ranked(read.read(lambda c: champions.candidates(c, YESTERDAY))), Sums(9, 9, ())

    def finish(draft):
        read.write(lambda c: rankings.finish(c, YESTERDAY, draft, found, sums))

    assert read.write(lambda c: rankings.begin(c, YESTERDAY, "one"))
    read.write(rankings.drop)
    finish("one")
    assert kept_days(read) == []
    assert read.write(lambda c: rankings.begin(c, YESTERDAY, "one"))
    assert read.write(lambda c: rankings.begin(c, YESTERDAY, "two")), "the other copy may be dead"
    finish("one")
    assert kept_days(read) == []
    gone = found[0].id
    read.write(lambda c: people.remove(c, gone))
    finish("two")
    assert kept_days(read) == [YESTERDAY]
    finish("two")
    assert not read.write(lambda c: rankings.begin(c, YESTERDAY, "three"))
    assert len(read.read(lambda c: c.execute(select(rows)).all())) == len(found) - 1


def test_a_day_is_shown_when_it_is_over_and_counted(store):
    midnight = datetime(2026, 4, 1, tzinfo=UTC) - timedelta(hours=2)
    assert store.read(lambda c: shown_day(c, midnight - timedelta(minutes=1))) == YESTERDAY - 1, "in Amsterdam"
    assert store.read(lambda c: shown_day(c, midnight)) == YESTERDAY, "nothing is kept"
    keep_rankings(store, midnight - timedelta(minutes=1))
    assert store.read(lambda c: shown_day(c, midnight)) == YESTERDAY - 1
    keep_rankings(store, midnight + SETTLES - timedelta(minutes=1))
    assert store.read(lambda c: shown_day(c, midnight)) == YESTERDAY - 1
    keep_rankings(store, midnight + SETTLES)
    assert store.read(lambda c: shown_day(c, midnight)) == YESTERDAY
    store.write(lambda c: rankings.forget_before(c, YESTERDAY))
    assert [day for (day,) in store.read(lambda c: c.execute(select(ranking_days.c.as_of)).all())] == [YESTERDAY]


def test_what_comms_sees_of_somebody(read):
    keep_rankings(read, NOON)
    shown = listed(read)
    for one in {*shown.listed, *shown.risers}:
        seen = read.read(lambda c, one=one: seen_of(c, one.candidate.id, NOON))
        assert seen.champion == one
        assert (seen.place > 0, seen.is_rising) == (one in shown.listed, one in shown.risers)
        assert seen.has_badge is (one.candidate.id in shown.badges)
    others = {one.id for one in read.read(lambda c: champions.candidates(c, YESTERDAY))}
    others -= {one.candidate.id for one in (*shown.listed, *shown.risers)} | shown.badges
    assert read.read(lambda c: seen_of(c, others.pop(), NOON)) is None


def test_the_best_by_score_are_kept_and_the_best_by_readers():
    everybody = [Candidate(n, f"p{n}", None, 300 - n, n, 0) for n in range(300)]
    kept = worth_keeping(everybody)
    assert {one.id for one in kept} == {*range(100), *range(200, 300)}
    assert len(kept) == 200
    assert worth_keeping([replace(everybody[0])]) == everybody[:1]
