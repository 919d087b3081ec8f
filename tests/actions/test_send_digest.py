"""The weekly digest: once, however many copies run; late, or not at all; counted at the moment it is sent."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.actions.deliver import deliver
from bot.actions.desk import Desk, Me
from bot.actions.send_digest import make_digest
from bot.domain.messages import CommsDigestPost, DigestPost, Notice, Posted
from bot.domain.people import Profile, Standing
from bot.domain.setup import Channel, Setup, WeeklyTime
from bot.domain.stories import StoryDraft, StoryState
from bot.store import people, stories
from bot.store import setup as setup_store
from bot.store import tables as t
from bot.store.engine import Store

DUE = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)
"""Friday 15:00 in Amsterdam."""
BEFORE = DUE - timedelta(days=30)
NEWS, NIEUWS, COMMS = "C0NEWS001", "C0NIEUWS1", "C0COMMS01"


@dataclass
class Memory:
    """A messenger that remembers what was said where."""

    said: list[tuple[str, Any]] = field(default_factory=list)

    def try_drawing(self, message: Any) -> None:
        pass

    def post(self, target: str, message: Any, delivery_id: str, thread: str | None = None) -> Posted:
        self.said.append((target, message))
        return Posted(target, f"{len(self.said)}.0")

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"nobody asked for {name}")


def desk_on(store: Store, copy: str = "one") -> Desk:
    nobody: Any = None
    return Desk(store, Memory(), nobody, Me("UBOT", "B1", "T1", "Reef"), copy=copy)


@pytest.fixture
def desk(store):
    """Two channels and one for comms, set up long ago; one story went out on Wednesday."""

    def work(connection):
        setup_store.save_setup(connection, Setup(comms_channel=COMMS, comms_language="en"), BEFORE)
        setup_store.put_channel(connection, Channel(NEWS, "news", "en"), BEFORE)
        setup_store.put_channel(connection, Channel(NIEUWS, "nieuws", "nl"), BEFORE)
        add_story(connection, 1, DUE - timedelta(days=2))

    store.write(work)
    return desk_on(store)


def add_story(connection, number, posted_at=None, due_at=None, channels=(NEWS, NIEUWS)):
    draft = StoryDraft(
        f"https://example.com/{number}", f"Story {number}", "Why", "en", due_at=due_at, channels=channels
    )
    story_id = stories.add(connection, draft, None, BEFORE)
    if posted_at is not None:
        stories.end(connection, story_id, [StoryState.QUEUED], StoryState.POSTED, posted_at)
    return story_id


def passed(desk, name, *, story=1, at=DUE - timedelta(days=1), standing=Standing.NAMED):
    def work(connection):
        profile = Profile(f"U{name}", "T1", name)
        person = people.by_user(connection, profile.user) or people.add(connection, profile, at)
        people.set_standing(connection, person.id, standing)
        connection.execute(
            insert(t.shares).values(
                story_id=story, person_id=person.id, network="linkedin", opened_at=at, said_at=at, own_words=False
            )
        )
        return person.id

    return desk.store.write(work)


def rows(desk):
    return desk.store.read(lambda c: [tuple(r) for r in c.execute(select(t.digests.c.due_at, t.digests.c.is_skipped))])


def said(desk, now):
    """What went out, by channel."""
    while deliver(desk, now):
        pass
    found = desk.messenger.said
    assert len({target for target, _ in found}) == len(found)
    return dict(found)


def test_one_for_each_channel_and_one_for_comms(desk):
    passed(desk, "Anna")
    assert make_digest(desk, DUE) == 1
    found = said(desk, DUE)
    assert found.keys() == {NEWS, NIEUWS, COMMS}
    assert isinstance(found[COMMS], CommsDigestPost)
    assert [(found[c].language, found[c].digest.thanks) for c in (NEWS, NIEUWS)] == [
        ("en", ("Anna",)),
        ("nl", ("Anna",)),
    ]
    assert rows(desk) == [(DUE, False)]


def test_a_channel_that_is_both_gets_both(desk):
    setup = desk.setup()
    desk.store.write(lambda c: setup_store.save_setup(c, replace(setup, comms_channel=NEWS), BEFORE))
    make_digest(desk, DUE)
    while deliver(desk, DUE):
        pass
    kinds = [type(message) for target, message in desk.messenger.said if target == NEWS]
    assert sorted(kinds, key=str) == [CommsDigestPost, DigestPost]


def test_not_before_its_time(desk):
    assert make_digest(desk, DUE - timedelta(seconds=1)) == 0
    assert rows(desk) == []


def test_once_however_often_it_comes_round(desk):
    assert [make_digest(desk, DUE + timedelta(minutes=n)) for n in range(4)] == [1, 0, 0, 0]
    assert len(said(desk, DUE + timedelta(minutes=4))) == 3


def test_once_however_many_copies_run(desk, migrated_url):
    stores = [Store(migrated_url) for _ in range(4)]
    copies = [desk_on(store, f"copy {n}") for n, store in enumerate(stores)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda copy: make_digest(copy, DUE), copies))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda copy: [deliver(copy, DUE) for _ in range(3)], copies))
    targets = sorted(target for copy in copies for target, _ in copy.messenger.said)
    for store in stores:
        store.close()
    assert sorted(made) == [0, 0, 0, 1]
    assert targets == sorted([NEWS, NIEUWS, COMMS])


@pytest.mark.parametrize("late", [timedelta(days=1), timedelta(days=2)])
def test_late_and_still_about_its_own_week(desk, late):
    passed(desk, "Anna", at=DUE - timedelta(microseconds=1))
    passed(desk, "Bram", at=DUE)
    passed(desk, "Cees", at=DUE - timedelta(days=7))
    passed(desk, "Dirk", at=DUE - timedelta(days=7, microseconds=1))
    assert make_digest(desk, DUE + late) == 1
    digest = said(desk, DUE + late)[NEWS].digest
    assert (digest.thanks, digest.people, digest.times) == (("Anna", "Cees"), 2, 2)


def test_more_than_two_days_late_it_is_skipped_and_comms_hears_so_once(desk):
    now = DUE + timedelta(days=3)
    assert [make_digest(desk, now), make_digest(desk, now)] == [1, 0]
    found = said(desk, now)
    assert found.keys() == {COMMS}
    assert isinstance(found[COMMS], Notice)
    assert (found[COMMS].word, found[COMMS].params["due"]) == ("digest.skipped", DUE)
    assert rows(desk) == [(DUE, True)]


def test_after_a_long_absence_only_the_latest_counts(desk):
    now = DUE + timedelta(days=21, hours=1)
    assert [make_digest(desk, now), make_digest(desk, now)] == [1, 0]
    assert rows(desk) == [(DUE + timedelta(days=21), False)]


@pytest.mark.parametrize(
    ("due", "hours"),
    [(datetime(2026, 4, 3, 13, tzinfo=UTC), 167), (datetime(2026, 10, 30, 14, tzinfo=UTC), 169)],
)
def test_the_week_in_which_the_clocks_change(desk, due, hours):
    assert make_digest(desk, due) == 1
    week = said(desk, due)[COMMS].digest.week
    assert (week.end, week.end - week.start) == (due, timedelta(hours=hours))


def test_a_fresh_install_sends_nothing_for_weeks_before_it(store):
    desk = desk_on(store)
    store.write(lambda c: setup_store.put_channel(c, Channel(NEWS, "news", "en"), DUE))
    assert make_digest(desk, DUE + timedelta(hours=1)) == 0
    store.write(lambda c: add_story(c, 1, DUE + timedelta(hours=2)))
    assert make_digest(desk, DUE + timedelta(hours=3)) == 0
    assert rows(desk) == []
    assert make_digest(desk, DUE + timedelta(days=7)) == 1


def test_an_admin_who_sets_a_time_that_passed_does_not_get_it_at_once(desk):
    setup, saturday = desk.setup(), DUE + timedelta(days=1)
    make_digest(desk, DUE)
    thursday = replace(setup, digest=WeeklyTime(3, time(9, 0)))
    desk.store.write(lambda c: setup_store.save_setup(c, thursday, saturday))
    assert make_digest(desk, saturday) == 0
    assert make_digest(desk, datetime(2026, 3, 12, 8, tzinfo=UTC)) == 1


def test_no_digest_where_none_is_set(desk):
    setup = desk.setup()
    desk.store.write(lambda c: setup_store.save_setup(c, replace(setup, digest=None), BEFORE))
    assert make_digest(desk, DUE) == 0


def test_an_empty_week_only_comms_hears_of(desk):
    due = DUE + timedelta(days=14)
    make_digest(desk, due)
    found = said(desk, due)
    assert found.keys() == {COMMS}
    assert (found[COMMS].digest.stories, found[COMMS].digest.people) == ((), 0)


def test_who_left_between_the_end_of_the_week_and_the_sending_is_not_in_it(desk):
    passed(desk, "Anna")
    bram = passed(desk, "Bram")
    make_digest(desk, DUE)
    desk.store.write(lambda c: people.set_standing(c, bram, Standing.OUT))
    digest = said(desk, DUE)[NEWS].digest
    assert (digest.thanks, digest.others, digest.people) == (("Anna",), 0, 1)
    assert [count.said for count in digest.top] == [2]


def test_who_is_new_and_who_rises(desk):
    for n in range(2, 7):
        desk.store.write(lambda c, n=n: add_story(c, n, DUE - timedelta(days=4)))
    for name in ("Top1", "Top2", "Top3", "Top4", "Top5"):
        for story in (2, 3, 4):
            passed(desk, name, story=story)
    for story in (1, 5, 6):
        passed(desk, "Top5", story=story, at=DUE - timedelta(days=12))
    passed(desk, "Anna", story=1, at=DUE - timedelta(days=20))
    passed(desk, "Anna", story=2)
    passed(desk, "Anna", story=3)
    passed(desk, "Bram", story=2)
    passed(desk, "Cees", story=2, standing=Standing.UNASKED)
    make_digest(desk, DUE)
    digest = said(desk, DUE)[NEWS].digest
    assert digest.risers == ("Anna",)
    assert (digest.newcomers, digest.other_newcomers) == (("Bram", "Top1", "Top2", "Top3", "Top4"), 1)
    assert (digest.others, digest.people, digest.times) == (3, 8, 19)


def test_what_is_coming_is_what_comes_in_that_channel_while_nothing_is_paused(desk):
    soon, later = DUE + timedelta(days=4), DUE + timedelta(days=8)
    desk.store.write(lambda c: add_story(c, 2, due_at=soon, channels=(NEWS,)))
    desk.store.write(lambda c: add_story(c, 3, due_at=later, channels=(NEWS,)))
    make_digest(desk, DUE)
    found = said(desk, DUE)
    assert [[story.title for story in found[c].digest.coming] for c in (NEWS, NIEUWS)] == [["Story 2"], []]


def test_while_paused_the_digest_goes_and_promises_nothing(desk):
    desk.store.write(lambda c: add_story(c, 2, due_at=DUE + timedelta(days=4)))
    setup = desk.setup()
    desk.store.write(lambda c: setup_store.save_setup(c, replace(setup, paused=True), BEFORE))
    make_digest(desk, DUE)
    found = said(desk, DUE)
    assert found[NEWS].digest.coming == ()
    assert found[COMMS].digest.is_paused
    assert found[COMMS].digest.free_slots == ()


def test_what_comms_reads(desk):
    wanted = desk.store.write(lambda c: add_story(c, 2, DUE - timedelta(days=3)))
    fresh = desk.store.write(lambda c: add_story(c, 3, DUE - timedelta(hours=3)))
    desk.store.write(lambda c: add_story(c, 4, due_at=datetime(2026, 3, 10, 8, tzinfo=UTC)))
    passed(desk, "Anna", story=wanted)
    bram = passed(desk, "Bram", story=wanted)
    desk.store.write(lambda c: c.execute(update(t.shares).where(t.shares.c.person_id == bram).values(said_at=None)))
    make_digest(desk, DUE)
    digest = said(desk, DUE)[COMMS].digest
    assert [(c.story.title, c.opened, c.said) for c in digest.stories] == [
        ("Story 2", 2, 1),
        ("Story 1", 0, 0),
        ("Story 3", 0, 0),
    ]
    assert fresh not in [story.id for story in digest.unwanted]
    assert [story.title for story in digest.unwanted] == ["Story 1"]
    # Tuesday is taken; Wednesday and Thursday at nine are free.
    assert digest.free_slots == tuple(datetime(2026, 3, day, 8, tzinfo=UTC) for day in (11, 12))
