"""The statement of the store says what the domain says, on both databases, for any day, with either salt."""

from collections import defaultdict
from datetime import date
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from bot.domain.champions import Passed, can_be_named, how_many, ranked, score
from bot.domain.company_files import DAY, PersonRow, ShareRow
from bot.domain.first_visits import FirstVisits
from bot.domain.people import Profile, Standing
from bot.domain.retention import CLICKS
from bot.store import champions, company, links, people
from bot.store.clicks import sum_up_anew
from bot.store.engine import Store
from bot.store.tables import link_days, reader_days, stories
from bot.store.tables import links as link_rows
from bot.store.tables import people as people_rows
from tests.conftest import MONDAY

TODAY = date(2026, 3, 31).toordinal()

DAYS = st.integers(TODAY - 400, TODAY + 30)
SHARES = st.lists(
    st.tuples(DAYS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5)), max_size=4)), min_size=1, max_size=6
)
COMPANY = st.lists(st.tuples(st.none() | DAYS, SHARES), min_size=1, max_size=4)

once_each = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def put(store: Store, staff: list) -> dict[str, tuple[int, list[Passed]]]:
    """These people and shares, as a file would bring them; answers what the domain is to judge."""
    truth = {}

    def work(connection):
        for table in (link_days, link_rows, people_rows, stories):
            connection.execute(delete(table))
        rows = [PersonRow(f"p{n}", f"P {n}", None, joined, Standing.NAMED) for n, (joined, _) in enumerate(staff)]
        company.put_people(connection, rows, "Europe/Amsterdam", MONDAY)
        ids = company.stories_called(connection, {"reef": ""}, MONDAY)
        number = 0
        for row, (joined, theirs) in zip(rows, staff, strict=True):
            passed = []
            for day, readers in theirs:
                name, number = f"h{number}", number + 1
                share = ShareRow(0, name, row.person, "reef", "x", day * DAY + 3600, False)
                company.add_shares(connection, [share], ids, ZoneInfo("UTC"))
                link, person = company.known_shares(connection)[name]
                by_day = defaultdict(int)
                for after, many in readers:
                    by_day[day + after] += many
                company.put_readers(connection, {link: (person, by_day)}, TODAY + 400, MONDAY - CLICKS)
                passed.append(Passed(day, dict(by_day)))
            truth[row.person] = (joined, passed)

    store.write(work)
    return truth


def expected(truth: dict, as_of: int) -> dict[str, tuple[float, int]]:
    found = {}
    for person, (joined, passed) in truth.items():
        within = [one for one in passed if 0 <= (as_of - one.day) // 7 < 52]
        read = [one for one in within if one.readers_until(as_of)]
        since = joined if joined is not None else min((one.day for one in read), default=as_of)
        if can_be_named(len(read), since, as_of):
            readers = sum(one.readers_until(as_of) for one in within)
            found[person] = (pytest.approx(score(within, since, as_of)), readers)
    return found


@once_each
@given(staff=COMPANY, back=st.integers(0, 60))
def test_the_statement_is_the_formula(store, staff, back):
    truth = put(store, staff)
    for as_of in (TODAY, TODAY - back):
        found = store.read(lambda c, day=as_of: champions.candidates(c, day))
        assert {one.person: (one.score, one.readers) for one in found} == expected(truth, as_of)


def test_a_figure_by_hand():
    """One share a week for two weeks, ten readers each, joined fourteen days ago."""
    shares = [Passed(TODAY - 7, {TODAY - 6: 10}), Passed(TODAY, {TODAY: 10})]
    week = 2 ** (-1 / 6)
    assert score(shares, TODAY - 14, TODAY) == pytest.approx((10 * week + 10) / (1 + week + week**2 + 2))
    assert score(shares, TODAY - 14, TODAY - 7) == 0, "nobody had read it then"


def test_six_weeks_halve_and_a_year_ends():
    def of(day: int) -> float:
        return score([Passed(day, {day: 100})], TODAY - 700, TODAY)

    assert of(TODAY - 42) == pytest.approx(of(TODAY) / 2)
    assert of(TODAY - 363) > 0
    assert of(TODAY - 364) == 0


@pytest.mark.parametrize(("staff", "many"), [(0, 5), (200, 5), (600, 12), (2000, 25), (40_000, 25)])
def test_the_list_is_two_in_a_hundred(staff, many):
    assert how_many(staff) == many


def native(connection, user: str, standing: Standing, readers: int = 10) -> int:
    """Somebody of ours, with links we minted."""
    person = people.add(connection, Profile(user, "T1", f"Name {user}"), MONDAY)
    people.set_standing(connection, person.id, standing)
    for number, name in enumerate(("reef", "bakery")):
        story = company.stories_called(connection, {name: ""}, MONDAY)[name]
        link = links.mint(connection, f"{user:_>9}{number:02}", story, person.id, "x", MONDAY)
        row = {"link_id": link.id, "day": MONDAY.toordinal() + 1, "readers": readers, "for_person": readers}
        connection.execute(insert(link_days).values(**row, repeats=0, previews=0, robots=0, colleagues=0))
    return person.id


def test_who_is_out_is_on_no_list_and_who_is_unnamed_has_no_name(store):
    def work(connection):
        for user, standing in zip("ABCD", Standing, strict=True):
            native(connection, f"U{user}", standing)

    store.write(work)
    later = MONDAY.toordinal() + 20
    found = ranked(store.read(lambda c: champions.candidates(c, later)))
    assert {(one.person, one.name) for one in found} == {("UB", "Name UB"), (None, None)}
    assert len(found) == 2, "who was not asked yet is not on it either"


def test_a_link_that_nobody_used_is_no_share(store):
    def work(connection):
        person = native(connection, "UA", Standing.NAMED)
        story = company.stories_called(connection, {"garden": ""}, MONDAY)["garden"]
        links.mint(connection, "u" * 11, story, person, "linkedin", MONDAY)
        return person

    person = store.write(work)
    brought = store.read(lambda c: champions.brought_by(c, [person], MONDAY.toordinal() + 20))
    assert sorted((one.story, one.readers) for one in brought[person]) == [("bakery", 10), ("reef", 10)]


def test_sums_of_late_days_are_made_anew_from_the_ledger(store):
    """What came in a file lately is in the ledger too, and stands on boards as our own does."""
    today = MONDAY.toordinal()
    put(store, [(today - 90, [(today - 60, [(0, 2)]), (today - 3, [(0, 4), (2, 1)])])])

    def sums(connection):
        return [connection.execute(select(t).order_by(*t.primary_key)).all() for t in (link_days, reader_days)]

    before = store.read(sums)
    assert [row.readers for row in before[0]] == [2, 4, 1] == [row.readers for row in before[1]]
    for day in range(today - CLICKS.days, today + 1):
        store.write(lambda c, day=day: sum_up_anew(c, day))
    assert store.read(sums) == before


@pytest.mark.parametrize("by", ["daily", "monthly"])
def test_first_visits_are_readers(by):
    """Against the plain way of counting them."""
    dice = Random(4)
    clicks = [(dice.randrange(6), dice.randrange(8), (TODAY - dice.randrange(60)) * DAY + n) for n in range(400)]
    dice.shuffle(clicks)
    visits = FirstVisits(by)
    for share, visitor, second in clicks:
        visits.add(share, share // 2, f"v{visitor}", second)
    seen, plain = set(), defaultdict(lambda: defaultdict(int))
    for share, visitor, second in sorted(clicks, key=lambda click: click[2]):
        day = date.fromordinal(second // DAY)
        who = (share // 2, visitor, day.year, day.month) if by == "monthly" else (share, visitor, day)
        if who not in seen:
            seen.add(who)
            plain[share][second // DAY] += 1
    assert visits.readers() == plain
