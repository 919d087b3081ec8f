"""What an editor sets aside counts for nothing, until it is put back; who did it, and why, stands in the log."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event
from time import sleep
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text

from bot.actions.find_champions import find_champions
from bot.actions.keep_rankings import keep_rankings
from bot.actions.rebuild_clicks import rebuild_clicks
from bot.actions.rebuild_scores import keep_scores
from bot.actions.set_aside import put_back_link, put_back_share, set_aside_link, set_aside_share
from bot.domain.clicks import PERSON, ClickKind, Followed
from bot.domain.leaderboard import Measure, PeriodName
from bot.domain.people import Profile, Standing
from bot.domain.problems import NotForYou
from bot.domain.retention import CLICKS
from bot.domain.set_aside import NothingToSetAside, ReasonMissing, ReasonTooLong, SetAside
from bot.store import boards, champions, company, company_export, people, rankings
from bot.store.clicks import Click, count
from bot.store.own_data import Whose, own_data
from bot.store.readers import followed_within, readers_by_story, tallies
from bot.store.set_aside import set_aside_of
from bot.store.tables import clicks, editor_steps, link_days, links, shares
from tests.store.scored_company import EDITOR, Company

REASON = "A script follows it"


@pytest.fixture
def read(store) -> Company:
    """U0 brought three readers with one story and two with another, U1 four with the first."""
    found = Company(store)
    for user, story, readers in (("U0", 1, 3), ("U0", 2, 2), ("U1", 1, 4)):
        if found.asker(user).person is None:
            found.stand(user, Standing.NAMED)
        found.say(user, story, ["x"])
        found.read(user, story, readers)
    found.check_readers()
    return found


def link_of(read: Company, user: str, story: int) -> str:
    return read._theirs(links, user, story)[0].code


def share_of(read: Company, user: str, story: int) -> int:
    return read._theirs(shares, user, story)[0].id


def of_story(read: Company, story: int, user: str | None = None) -> Followed:
    person = read.asker(user).person.id if user else None
    found = read.store.read(lambda c: readers_by_story(c, [read.ids[story]], person))
    return found.get(read.ids[story], Followed())


def on_boards(read: Company, measure: Measure = Measure.READ) -> dict[str, int]:
    names = {read.asker(user).person.id: user for user in ("U0", "U1")}
    month = (key for key in read.kept(measure).items() if key[0][0] == PeriodName.MONTH)
    return {names[person]: count for (_, _, person), (count, _) in month}


def test_its_readers_are_readers_no_more_and_come_back(read):
    code = link_of(read, "U0", 1)
    before = read.kept(Measure.READ)
    assert on_boards(read) == {"U0": 5, "U1": 4}
    assert set_aside_link(read.desk, EDITOR, f"https://go.example.com/{code}", REASON, read.now)
    assert on_boards(read) == {"U0": 2, "U1": 4}, "at once"
    assert of_story(read, 1, "U0") == Followed(set_aside=3)
    assert of_story(read, 1) == Followed(readers=4, set_aside=3)
    read.read("U0", 1, 6)
    assert of_story(read, 1) == Followed(readers=4, set_aside=9), "nor who comes later"
    within = read.store.read(lambda c: followed_within(c, read.now - timedelta(days=2), read.now + timedelta(days=1)))
    assert within[read.ids[1]] == Followed(readers=4, set_aside=9)
    assert not set_aside_link(read.desk, EDITOR, code, REASON, read.now), "twice is once"
    read.check_readers()
    read.check_boards()
    assert put_back_link(read.desk, EDITOR, code, read.now)
    assert not put_back_link(read.desk, EDITOR, code, read.now)
    assert of_story(read, 1) == Followed(readers=13)
    assert on_boards(read) == {"U0": 11, "U1": 4}
    assert {key: value for key, value in read.kept(Measure.READ).items() if "U1" in str(value)} == {
        key: value for key, value in before.items() if "U1" in str(value)
    }
    read.check_readers()


def test_counting_anew_keeps_it_aside(read):
    set_aside_link(read.desk, EDITOR, link_of(read, "U0", 1), REASON, read.now)
    read.wait(24)
    before = of_story(read, 1)
    rebuild_clicks(read.store, read.now)
    keep_scores(read.store, read.now)
    assert of_story(read, 1) == before == Followed(readers=4, set_aside=3)
    assert on_boards(read) == {"U0": 2, "U1": 4}
    read.check_readers()


def test_what_comes_in_a_file_again_is_set_aside_still(read):
    """And what nobody counts for goes out in none."""

    def bring(connection):
        ids = company.stories_called(connection, {"reef": ""}, read.now)
        day = read.now.toordinal() - 40
        rows = [company.ShareRow(0, f"h{n}", "U0", "reef", "x", (day + n) * 86_400, True) for n in range(2)]
        company.add_shares(connection, rows, ids, ZoneInfo("UTC"))
        known = company.known_shares(connection)
        found = {known[f"h{n}"][0]: (known[f"h{n}"][1], {day + 35 + n: 5}) for n in range(2)}
        company.put_readers(connection, found, read.now.toordinal(), read.now - CLICKS)
        return known["h0"][0]

    link = read.store.write(bring)
    keep_scores(read.store, read.now)
    set_aside_link(read.desk, EDITOR, link, REASON, read.now)
    read.store.write(bring)
    rebuild_clicks(read.store, read.now)
    keep_scores(read.store, read.now)
    days = link_days.c
    row = read.store.read(lambda c: c.execute(select(link_days).where(days.link_id == link)).one())
    assert (row.readers, row.for_person, row.set_aside, row.set_aside_for) == (0, 0, 5, 5)
    kinds = select(clicks.c.kind, func.count()).where(clicks.c.link_id == link).group_by(clicks.c.kind)
    assert read.store.read(lambda c: c.execute(kinds).all()) == [("set_aside", 5)]
    rows = read.store.read(lambda c: [row for row in company_export.reader_rows(c) if row[0] == "h0"])
    assert rows == []
    put_back_link(read.desk, EDITOR, link, read.now)
    assert len(read.store.read(lambda c: [row for row in company_export.reader_rows(c) if row[0] == "h0"])) == 5


def test_rankings_follow(read):
    read.store.write(lambda c: c.execute(people.people.update().values(since=read.now.toordinal() - 60)))
    tomorrow = read.now + timedelta(days=1)
    keep_rankings(read.store, tomorrow)
    day = read.now.toordinal()

    def scores():
        shown = read.store.read(lambda c: find_champions(c, day)).listed
        return {one.candidate.person: (one.evidence.shares, one.candidate.readers) for one in shown}

    assert scores() == {"U0": (2, 5)}, "with two shares"
    read.say("U1", 2, ["x"])
    read.read("U1", 2, 1)
    set_aside_link(read.desk, EDITOR, link_of(read, "U0", 1), REASON, read.now)
    assert read.store.read(lambda c: rankings.true_days(c, [day])) == set()
    assert scores() == {"U1": (2, 5)}
    put_back_link(read.desk, EDITOR, link_of(read, "U0", 1), read.now)
    assert scores() == {"U0": (2, 5), "U1": (2, 5)}


def test_a_share_that_is_set_aside_is_said_nowhere(read):
    share = share_of(read, "U0", 1)
    assert set_aside_share(read.desk, EDITOR, share, "It was the other story", read.now)
    assert on_boards(read, Measure.SAID) == {"U0": 1, "U1": 1}
    assert not set_aside_share(read.desk, EDITOR, share, "Again", read.now)
    for channel, present in (("C1", True), ("C2", True), ("C1", False), ("C1", True)):
        read.act("react", "U0", 1, channel, present, 0)
        read.say("U0", 1, ["x"])
        read.check()
        assert on_boards(read, Measure.SAID) == {"U0": 1, "U1": 1}
    totals = read.store.read(lambda c: boards.story_totals(c, [read.ids[1]]))
    assert totals == {read.ids[1]: (0, 1)}
    assert on_boards(read) == {"U0": 5, "U1": 4}, "its readers are another thing"
    assert put_back_share(read.desk, EDITOR, share, read.now)
    assert not put_back_share(read.desk, EDITOR, share, read.now)
    assert on_boards(read, Measure.SAID) == {"U0": 2, "U1": 1}
    read.check()


def test_a_share_that_was_only_said_is_no_share_in_a_file(read):
    read.say("U2", 3, ["x"])
    read.stand("U2", Standing.NAMED)
    set_aside_share(read.desk, EDITOR, share_of(read, "U2", 3), REASON, read.now)
    people_rows = read.store.read(lambda c: [row[0] for row in company_export.people_rows(c)])
    share_rows = read.store.read(lambda c: [row[1] for row in company_export.share_rows(c, "UTC")])
    assert "U0" in people_rows
    assert "U2" not in {*people_rows, *share_rows}
    read.wait(24 * 400)
    read.forget()
    rows = read.store.read(lambda c: c.execute(select(shares.c.person_id)).scalars().all())
    assert set(rows) == {None}, "thirteen months are thirteen months"


def test_only_editors_and_with_a_reason(read):
    code, share = link_of(read, "U0", 1), share_of(read, "U0", 1)
    for act, what in ((set_aside_link, code), (set_aside_share, share)):
        with pytest.raises(NotForYou):
            act(read.desk, read.asker("U1"), what, REASON, read.now)
        with pytest.raises(ReasonMissing):
            act(read.desk, EDITOR, what, " \n ", read.now)
        with pytest.raises(ReasonTooLong):
            act(read.desk, EDITOR, what, "x" * 201, read.now)
        nothing = "nowhere" if act is set_aside_link else 10**9
        with pytest.raises(NothingToSetAside):
            act(read.desk, EDITOR, nothing, REASON, read.now)
    for act, what in ((put_back_link, code), (put_back_share, share)):
        with pytest.raises(NotForYou):
            act(read.desk, read.asker("U1"), what, read.now)
    assert on_boards(read) == {"U0": 5, "U1": 4}


def steps(read: Company):
    return read.store.read(lambda c: c.execute(select(editor_steps).order_by(editor_steps.c.id)).all())


def test_the_log_says_who_and_why_and_whom_it_concerns_can_read_it(read):
    editor = replace(EDITOR, profile=Profile("UED", "T1", "Comms"))
    person = read.asker("U0").person
    code, share = link_of(read, "U0", 1), share_of(read, "U0", 2)
    set_aside_link(read.desk, editor, code, f"  {REASON}\n now ", read.now)
    set_aside_share(read.desk, editor, share, "The other story", read.now + timedelta(minutes=1))
    known = read.store.read(lambda c: people.by_user(c, "UED"))
    who = known.key
    assert [(one.who, one.step, one.detail["of"]) for one in steps(read)] == [
        (who, "set_aside_link", person.key),
        (who, "set_aside_share", person.key),
    ]
    mine = read.store.read(lambda c: set_aside_of(c, person.id))
    link = read._theirs(links, "U0", 1)[0].id
    assert mine == [
        SetAside(False, share, "T", "x", read.now + timedelta(minutes=1), 0, "The other story"),
        SetAside(True, link, "T", "x", read.now, 3, f"{REASON} now"),
    ]
    assert read.store.read(lambda c: set_aside_of(c, read.asker("U1").person.id)) == []
    file = read.store.read(lambda c: own_data(c, Whose("U0", person.id, person.key)))["editor_steps"]
    assert [(row["who"], row["detail"]["reason"]) for row in file] == [
        (None, f"{REASON} now"),
        (None, "The other story"),
    ]
    theirs = read.store.read(lambda c: own_data(c, Whose("UED", known.id, who)))["editor_steps"]
    assert [row["detail"] for row in theirs] == [{"link": link}, {"share": share}]
    put_back_link(read.desk, editor, code, read.now)
    assert [one.id for one in read.store.read(lambda c: set_aside_of(c, person.id))] == [share]
    set_aside_link(read.desk, editor, link, "Once more", read.now + timedelta(hours=1))
    assert [one.reason for one in read.store.read(lambda c: set_aside_of(c, person.id))] == [
        "Once more",
        "The other story",
    ]


def test_who_is_deleted_takes_the_reason_along(read):
    person = read.asker("U0").person
    set_aside_link(read.desk, EDITOR, link_of(read, "U0", 1), "Zoë follows it herself", read.now)
    link = read._theirs(links, "U0", 1)[0].id
    read.vanish("U0")
    [step] = steps(read)
    assert (step.step, step.detail) == ("set_aside_link", {"link": link})
    assert person.key not in str(step)
    put_back_link(read.desk, EDITOR, link, read.now)
    assert of_story(read, 1) == Followed(readers=7), "the story's readers are the story's"
    nobodys = select(shares.c.id).where(shares.c.person_id.is_(None)).limit(1)
    with pytest.raises(NothingToSetAside):
        set_aside_share(read.desk, EDITOR, read.store.read(lambda c: c.execute(nobodys).scalar()), "x", read.now)


def test_who_is_out_meanwhile_has_their_readers_when_both_are_back(read):
    before = on_boards(read)
    read.stand("U0", Standing.OUT)
    set_aside_link(read.desk, EDITOR, link_of(read, "U0", 1), REASON, read.now)
    read.check_readers()
    read.return_("U0")
    assert on_boards(read) == {"U0": 2, "U1": 4}
    read.stand("U0", Standing.OUT)
    put_back_link(read.desk, EDITOR, link_of(read, "U0", 1), read.now)
    read.return_("U0")
    assert on_boards(read) == before
    read.check_readers()


def test_clicks_that_are_counted_at_the_same_moment_are_no_readers_afterwards(read):
    code = link_of(read, "U0", 1)
    with ThreadPoolExecutor(3) as pool:
        coming = [pool.submit(read.read, "U0", 1, 2) for _ in range(8)]
        aside = pool.submit(set_aside_link, read.desk, EDITOR, code, REASON, read.now)
        anew = pool.submit(rebuild_clicks, read.store, read.now)
        for each in (*coming, aside, anew):
            each.result(timeout=60)
    assert of_story(read, 1) == Followed(readers=4, set_aside=3 + 16)
    read.check_readers()
    days = read.store.read(lambda c: tallies(c, (1, 10**6)))
    assert {tally.count for tally in days} == {2, 4}
    assert read.store.read(lambda c: champions.readers_by_person(c, read.now.toordinal() + 1))


def test_who_sets_aside_and_who_counts_anew_wait_for_a_click_in_turn(read):
    """Else one has the sums and waits for the link, the click has the link and waits for the sums behind the other."""
    if not read.store.is_sqlite:
        with read.store.engine.begin() as connection:
            name = connection.exec_driver_sql("SELECT current_database()").scalar()
            # The server would sort it out after a second; whoever waits a second and a half may as well not.
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET deadlock_timeout = '9s'")
        read.store.engine.dispose()
    link = read._theirs(links, "U0", 1)[0]
    has_begun, may_go_on = Event(), Event()

    def count_slowly(connection):
        connection.execute(select(links.c.id).where(links.c.id == link.id).with_for_update(read=True, key_share=True))
        has_begun.set()
        may_go_on.wait(30)
        count(connection, [Click(link.id, PERSON, False, 77, 1)], read.now, read.now.toordinal(), read.now)

    with ThreadPoolExecutor(3) as pool:
        coming = pool.submit(read.store.write, count_slowly)
        has_begun.wait(30)
        aside = pool.submit(set_aside_link, read.desk, EDITOR, link.code, REASON, read.now)
        wait_for_locks(read, 1)
        anew = pool.submit(rebuild_clicks, read.store, read.now)
        wait_for_locks(read, 2)
        may_go_on.set()
        for each in (coming, aside, anew):
            each.result(timeout=60)
    read.check_readers()
    assert of_story(read, 1) == Followed(readers=4, set_aside=3 + 1)


def wait_for_locks(read: Company, those: int) -> None:
    """Until so many wait for another. On SQLite there is one line for all."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not read.store.is_sqlite and read.store.read(lambda c: c.execute(waiting).scalar()) < those:
        sleep(0.01)


def test_who_visits_what_is_set_aside_is_a_reader_of_the_others_still(read):
    """By the month a visitor of one link is known at all of a colleague's."""
    aside, other = (read._theirs(links, "U0", story)[0] for story in (1, 2))
    day = read.now.toordinal()

    def come(link, visitor):
        came = [Click(link.id, PERSON, False, visitor, 1)]
        return read.store.write(lambda c: count(c, came, read.now, day, read.now))[0]

    set_aside_link(read.desk, EDITOR, aside.code, REASON, read.now)
    assert come(aside, 77) is ClickKind.SET_ASIDE
    assert come(aside, 77) is ClickKind.REPEAT
    assert come(other, 77) is ClickKind.READER
    assert come(other, 77) is ClickKind.REPEAT
    assert come(other, 78) is ClickKind.READER
    assert come(aside, 78) is ClickKind.REPEAT, "they were counted for this colleague"
