"""A ranking that is kept says what counting says, and is gone when what it rests on changes."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select

from bot.actions.find_champions import find_champions, rank_champions, seen_of, shown_champions, shown_day
from bot.actions.keep_rankings import SETTLES, keep_rankings
from bot.actions.look_at_champions import find_shown
from bot.actions.rebuild_clicks import rebuild_clicks
from bot.domain.champions import Candidate, how_many, ranked, weekly_days, worth_keeping
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
        company.put_people(connection, staff, "UTC", NOON)
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


def true_days(store: Store) -> list[int]:
    return store.read(lambda c: sorted(rankings.true_days(c, range(YESTERDAY - 99, YESTERDAY + 99))))


def test_kept_and_counted_are_the_same(read):
    counted = listed(read)
    assert len(counted.listed) == 15
    assert counted.risers
    assert counted.teams
    assert counted.concentration
    keep_rankings(read, NOON)
    assert true_days(read) == weekly_days(YESTERDAY)
    assert listed(read) == counted
    keep_rankings(read, NOON)
    assert listed(read) == counted, "twice is once"


def test_from_then_on_one_a_day(read):
    keep_rankings(read, NOON)
    keep_rankings(read, NOON + timedelta(days=1))
    assert true_days(read) == sorted([*weekly_days(YESTERDAY), *weekly_days(YESTERDAY + 1)])


def test_who_leaves_is_gone_at_once_and_who_loses_the_name_too(read):
    keep_rankings(read, NOON)
    first, second = [one.candidate for one in listed(read).listed if one.candidate.person][:2]
    read.write(lambda c: people.set_standing(c, first.id, Standing.OUT))
    read.write(lambda c: people.set_standing(c, second.id, Standing.UNNAMED))
    kept = listed(read)
    shown = {one.candidate.id: one.candidate for one in kept.listed}
    assert first.id not in shown
    assert (shown[second.id].person, shown[second.id].name) == (None, None)
    assert true_days(read), "nothing had to be counted for that"
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
    read.write(
        lambda c: company.put_people(c, [PersonRow("p1", "P 1", None, YESTERDAY - 400, Standing.NAMED)], "UTC", NOON)
    )
    assert true_days(read) == []
    keep_rankings(read, NOON)
    rebuild_clicks(read, NOON)
    assert true_days(read) == [day for day in weekly_days(YESTERDAY) if day < (NOON - CLICKS).toordinal() + 2]
    keep_rankings(read, NOON)
    assert true_days(read) == weekly_days(YESTERDAY)


def test_what_changed_while_it_was_counted_is_not_kept(read):
    found, sums = ranked(read.read(lambda c: champions.candidates(c, YESTERDAY))), Sums(9, 9, ())

    def finish(draft):
        read.write(lambda c: rankings.finish(c, YESTERDAY, draft, found, sums))

    assert read.write(lambda c: rankings.begin(c, YESTERDAY, "one"))
    read.write(rankings.drop)
    finish("one")
    assert true_days(read) == []
    assert read.write(lambda c: rankings.begin(c, YESTERDAY, "one"))
    assert read.write(lambda c: rankings.begin(c, YESTERDAY, "two")), "the other copy may be dead"
    finish("one")
    assert true_days(read) == []
    gone = found[0].id
    read.write(lambda c: people.remove(c, gone))
    finish("two")
    assert true_days(read) == [YESTERDAY]
    finish("two")
    assert not read.write(lambda c: rankings.begin(c, YESTERDAY, "three"))
    assert len(read.read(lambda c: c.execute(select(rows)).all())) == len(found) - 1


def test_a_day_is_shown_when_it_is_over_and_counted(store):
    midnight = datetime(2026, 4, 1, tzinfo=UTC) - timedelta(hours=2)
    assert store.read(lambda c: shown_day(c, midnight)) is None, "nothing is kept"
    keep_rankings(store, midnight - timedelta(minutes=1))
    assert store.read(lambda c: shown_day(c, midnight - timedelta(minutes=1))) == YESTERDAY - 1, "in Amsterdam"
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


@contextmanager
def said_to(store: Store):
    """What the database is asked meanwhile."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_):
        said.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def counts(statement: str) -> bool:
    return "WITH RECURSIVE weights" in statement or statement == champions.READ_BY


def test_nobody_who_waits_counts_rankings(read):
    with said_to(read) as said:
        assert read.read(lambda c: shown_champions(c, NOON)) is None, "nothing is kept: it is being counted"
        assert read.read(lambda c: seen_of(c, 1, NOON)) is None
        keep_rankings(read, NOON)
        assert any(map(counts, said)), "the job counts"
    shown = read.read(lambda c: shown_champions(c, NOON))
    first = shown.listed[0].candidate.id
    read.write(rankings.drop)
    assert true_days(read) == []
    with said_to(read) as said:
        assert read.read(lambda c: shown_champions(c, NOON)) == shown
        assert read.read(lambda c: seen_of(c, first, NOON)).place == 1
        assert read.read(lambda c: find_shown(c, first, NOON)).champion == shown.listed[0]
        assert read.read(lambda c: shown_champions(c, NOON + timedelta(days=1))) == shown, (
            "a new day is not counted yet"
        )
    assert not any(map(counts, said))
    read.write(lambda c: people.set_standing(c, first, Standing.OUT))
    assert read.read(lambda c: shown_champions(c, NOON)).listed[0].candidate.id != first, (
        "also what is stale leaves out"
    )
    keep_rankings(read, NOON)
    assert true_days(read) == weekly_days(YESTERDAY)


def test_what_is_stale_stays_until_it_is_made_anew(read):
    keep_rankings(read, NOON)
    before = read.read(lambda c: shown_champions(c, NOON))
    others = before.listed[1:]
    found, sums = [replace(others[0].candidate, score=99.0)], Sums(9, 9, ())
    read.write(rankings.drop)
    assert read.write(lambda c: rankings.begin(c, YESTERDAY, "one"))
    assert read.read(lambda c: shown_champions(c, NOON)) == before, "while it is made too"
    read.write(rankings.drop)
    read.write(lambda c: rankings.finish(c, YESTERDAY, "one", found, sums))
    assert read.read(lambda c: shown_champions(c, NOON)) == before, "it was begun too early"
    assert read.write(lambda c: rankings.begin(c, YESTERDAY, "two"))
    read.write(lambda c: rankings.finish(c, YESTERDAY, "two", found, sums))
    assert [one.candidate.score for one in read.read(lambda c: shown_champions(c, NOON)).listed] == [99.0]
    assert true_days(read) == [YESTERDAY]


def test_only_what_is_not_true_is_counted_again(read):
    keep_rankings(read, NOON)
    read.write(lambda c: rankings.drop(c, since=YESTERDAY - 7))
    with said_to(read) as said:
        keep_rankings(read, NOON)
    assert sum("WITH RECURSIVE weights" in one for one in said) == 2
    with said_to(read) as said:
        keep_rankings(read, NOON)
    assert not any(map(counts, said))


def test_the_list_of_a_day_is_as_long_as_there_were_people_then(read):
    keep_rankings(read, NOON)
    kept = read.read(lambda c: rankings.sums(c, YESTERDAY)).staff
    read.write(lambda c: teams.keep_staff(c, {"": 5000}, NOON + timedelta(days=1)))
    assert read.read(champions.count_staff) > kept
    for_machines = read.read(lambda c: rank_champions(c, YESTERDAY, everybody=False))
    assert len(for_machines) == len(listed(read).listed) == how_many(kept)


def test_the_best_by_score_are_kept_and_the_best_by_readers():
    everybody = [Candidate(n, f"p{n}", None, 300 - n, n, 0) for n in range(300)]
    kept = worth_keeping(everybody)
    assert {one.id for one in kept} == {*range(100), *range(200, 300)}
    assert len(kept) == 200
    assert worth_keeping([replace(everybody[0])]) == everybody[:1]
