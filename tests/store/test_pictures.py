"""What the digest's picture is counted from, and the files that show it."""

import itertools
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from bot.domain.deliveries import Owed
from bot.domain.local_time import day_of
from bot.domain.people import Profile
from bot.domain.picture import UploadState, week_ends
from bot.domain.retention import CLICKS
from bot.domain.stories import StoryDraft
from bot.store import boards, clicks, deliveries, links, people, pictures, readers, stories
from bot.store.tables import clicks as click_rows
from bot.store.tables import link_days, shares
from bot.store.tables import people as people_rows

ZONE = "Europe/Amsterdam"
END = datetime(2026, 4, 10, 13, 0, tzinfo=UTC)
MOMENTS = week_ends(END - timedelta(days=7), END, ZONE)
SECOND = timedelta(seconds=1)


def two_stories(connection):
    drafts = [StoryDraft(f"https://example.com/{name}", name, "Why", "en") for name in ("reef", "bakery")]
    return [stories.add(connection, draft, None, MOMENTS[0]) for draft in drafts]


# Weeks as a digest has them, and as a preview has them: two hours or eight after a digest went out, or two days.
AFTER = [MOMENTS, *((*MOMENTS[1:], END + timedelta(hours=hours)) for hours in (2, 8, 48))]


@pytest.mark.parametrize("moments", AFTER)
def test_readers_by_week_are_exact_at_the_hour_and_nobody_is_counted_twice(store, moments):
    """Clicks at random, most of them around the hours at which weeks meet; then clicks older than a month go."""
    dice = random.Random(7)
    end = moments[-1]

    def work(connection):
        reef, bakery = two_stories(connection)
        mine = {story: links.mint(connection, f"{story:011}", story, None, "x", MOMENTS[0]) for story in (reef, bakery)}
        came = []
        for _ in range(400):
            near = dice.choice((*moments, end)) + timedelta(seconds=dice.randrange(-40_000, 40_000))
            at = dice.choice((near, moments[0] + (end - moments[0]) * dice.random()))
            came.append((dice.choice((reef, bakery)), at, dice.choice(("reader", "reader", "repeat", "robot"))))
        connection.execute(
            insert(click_rows),
            [{"at": at, "link_id": mine[s].id, "kind": kind, "day": day_of(at, ZONE)} for s, at, kind in came],
        )
        days = Counter((mine[s].id, day_of(at, ZONE)) for s, at, kind in came if kind == "reader")
        rest = dict.fromkeys(("repeats", "previews", "robots", "colleagues"), 5)
        rows = [{"link_id": link, "day": day, "readers": n, **rest} for (link, day), n in days.items()]
        connection.execute(insert(link_days), rows)
        return came, readers.by_week(connection, moments, ZONE)

    came, found = store.write(work)
    for story in {story for story, _, _ in came}:
        read = [at for s, at, kind in came if s == story and kind == "reader"]
        weeks = itertools.pairwise(moments)
        assert list(found[story]) == [sum(start <= at < end for at in read) for start, end in weeks]

    def later(connection):
        clicks.forget_before(connection, END - CLICKS)
        return readers.by_week(connection, moments, ZONE)

    after = store.write(later)
    for story in found:
        assert after[story][-3:] == found[story][-3:]
        # Of an older week the day on which it ends is the next one's; the first one's first day is whole.
        first, last = day_of(moments[0], ZONE), day_of(end, ZONE)
        in_days = sum(1 for s, at, k in came if s == story and k == "reader" and first <= day_of(at, ZONE) < last)
        on_last_day = sum(
            1 for s, at, k in came if s == story and k == "reader" and day_of(at, ZONE) == last and at < end
        )
        assert sum(after[story]) == in_days + on_last_day


@pytest.mark.parametrize(
    ("standing", "for_person", "is_known", "found"),
    [("named", 3, True, False), ("out", 3, True, True), ("named", 2, True, True), ("named", 0, False, True)],
)
def test_readers_of_links_that_are_nobodys_are_known_as_such(store, standing, for_person, is_known, found):
    """Of who is out, of who was deleted, and those who came while somebody was out."""

    def work(connection):
        reef, _ = two_stories(connection)
        anna = people.add(connection, Profile("U1", "T1", "Anna"), END).id
        connection.execute(update(people_rows).values(standing=standing))
        link = links.mint(connection, f"{reef:011}", reef, anna if is_known else None, "x", END).id
        rest = dict.fromkeys(("repeats", "previews", "robots", "colleagues"), 5)
        row = {"link_id": link, "day": 100, "readers": 3, "for_person": for_person, **rest}
        connection.execute(insert(link_days), [row, {**row, "day": 103, "readers": 0, "for_person": 0}])
        return [readers.is_any_nobodys(connection, days) for days in ((98, 100), (101, 104))]

    assert store.write(work) == [found, False]


def test_what_was_said_by_week_counts_a_person_and_a_story_once_a_week(store):
    def work(connection):
        reef, bakery = two_stories(connection)
        anna, bram = (people.add(connection, Profile(f"U{n}", "T1", n), END).id for n in ("Anna", "Bram"))
        said = [
            (reef, anna, "x", MOMENTS[3]),
            (reef, anna, "linkedin", MOMENTS[4] - SECOND),
            (reef, bram, "x", MOMENTS[4]),
            (reef, None, "x", MOMENTS[4]),
            (bakery, bram, "x", END - SECOND),
            (bakery, anna, "x", END),
            (bakery, anna, "linkedin", MOMENTS[0] - SECOND),
        ]
        rows = [
            {"story_id": story, "person_id": person, "network": network, "said_at": at, "own_words": False}
            for story, person, network, at in said
        ]
        connection.execute(insert(shares), rows)
        return reef, bakery, boards.said_by_week(connection, MOMENTS)

    reef, bakery, found = store.write(work)
    assert list(found[reef]) == [0, 0, 0, 1, 2, 0, 0, 0, 0, 0]
    assert list(found[bakery]) == [0] * 9 + [1]


def test_only_one_uploads_a_picture_and_whoever_comes_after_a_death_begins_again(store):
    def work(connection):
        assert pictures.begin(connection, "k", END)
        assert not pictures.begin(connection, "k", END)
        pictures.note_file(connection, "k", "F1")
        held = pictures.find(connection, "k")
        assert (held.state, held.file, held.tries) == (UploadState.UPLOADING, "F1", 1)
        assert pictures.begin_again(connection, held, END + SECOND)
        assert not pictures.begin_again(connection, held, END + SECOND)
        pictures.note_whole(connection, "k", "F1", END)
        assert pictures.find(connection, "k").state is UploadState.UPLOADING
        pictures.note_file(connection, "k", "F2")
        pictures.note_whole(connection, "k", "F2", END)
        assert pictures.find(connection, "k").state is UploadState.WHOLE

    store.write(work)


def test_what_a_message_shows_is_never_unused_and_nothing_is_while_a_digest_is_open(store):
    def work(connection):
        for key in ("shown", "left", "gone"):
            pictures.begin(connection, key, END)
            pictures.note_file(connection, key, f"F{key}")
            pictures.note_whole(connection, key, f"F{key}", END)
        pictures.note_shown(connection, "Fshown", END)
        pictures.give_up(connection, "shown", END)
        pictures.give_up(connection, "gone", END)
        deliveries.owe(connection, Owed("digest", "digest:1", "C1"), END)
        assert pictures.unused(connection, END + SECOND) == []
        [held] = deliveries.claim(connection, "one", END)
        assert pictures.unused(connection, END + SECOND) == []
        deliveries.sent(connection, held.id, "C1", "1.0", END)
        assert [one.key for one in pictures.unused(connection, END + SECOND)] == ["gone", "left"]
        assert pictures.unused(connection, END) == []
        for one in pictures.unused(connection, END + SECOND):
            pictures.forget(connection, one)
        pictures.forget_before(connection, END)
        assert pictures.find(connection, "shown").state is UploadState.SHOWN
        pictures.forget_before(connection, END + SECOND)
        assert pictures.find(connection, "shown") is None

    store.write(work)


def test_that_charts_are_refused_is_kept_once(store):
    def work(connection):
        assert pictures.charts_refused_at(connection) is None
        for at in (END, END + SECOND):
            pictures.note_charts_refused(connection, at)
        assert pictures.charts_refused_at(connection) == END + SECOND
        pictures.forget_charts_refused(connection)
        assert pictures.charts_refused_at(connection) is None

    store.write(work)
