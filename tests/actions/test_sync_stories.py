"""Story files and the queue: run twice it changes nothing, and what was edited in Slack is kept and said."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.actions.sync_stories import Came, sync_stories
from bot.domain.captions import Caption
from bot.domain.setup import Channel
from bot.domain.stories import StoryState, draft_of
from bot.domain.story_file import StoryFile
from bot.domain.story_sync import Turn
from bot.store import setup, stories, voices
from bot.store.engine import Store
from tests.conftest import MONDAY, fresh_postgres, shipped_meter

ONE = StoryFile(
    "one", "https://example.org/1", "One", "It pumps.", (Caption(None, "en", "A."), Caption(None, "en", "B."))
)
TWO = replace(ONE, slug="two", link="https://example.org/2", title="Two")


@pytest.fixture
def queue(store):
    def begin(connection):
        setup.put_channel(connection, Channel("C1", "good-stories", "en"), MONDAY)

    store.write(begin)
    return store


def came(found):
    return [(one.slug, one.came) for one in found]


def story(store, slug="one"):
    return store.read(lambda c: stories.find_slug(c, slug))


def edit(store, slug="one", **changes):
    before = story(store, slug)
    assert store.write(lambda c: stories.change(c, before.id, before.version, replace(draft_of(before), **changes)))


def test_a_new_file_is_queued_once(queue):
    assert came(sync_stories(queue, [ONE, TWO], MONDAY)) == [("one", Came.QUEUED), ("two", Came.QUEUED)]
    assert came(sync_stories(queue, [ONE, TWO], MONDAY)) == [("one", Came.SAME), ("two", Came.SAME)]
    assert story(queue).due_at < story(queue, "two").due_at


def test_what_changed_in_the_file_is_taken_and_what_was_edited_in_slack_is_kept(queue):
    sync_stories(queue, [ONE], MONDAY)
    edit(queue, title="Better in Slack")
    file = replace(ONE, sentence="It pumps well.", captions=(Caption(None, "en", "A."), Caption(None, "en", "C.")))
    [found] = sync_stories(queue, [file], MONDAY)
    assert {c.part: c.turn for c in found.changes} == {
        "title": Turn.KEPT,
        "sentence": Turn.TAKEN,
        "captions": Turn.TAKEN,
    }
    now = story(queue)
    assert (now.title, now.sentence, [c.text for c in now.captions]) == (
        "Better in Slack",
        "It pumps well.",
        ["A.", "C."],
    )
    version = now.version
    [again] = sync_stories(queue, [file], MONDAY)
    assert {c.part: c.turn for c in again.changes} == {"title": Turn.KEPT}
    assert story(queue).version == version, "nothing was written"
    [both] = sync_stories(queue, [replace(file, title="Better in the file")], MONDAY)
    assert [c.turn for c in both.changes] == [Turn.BOTH]
    assert story(queue).title == "Better in Slack"
    sync_stories(queue, [replace(file, title="Better in the file")], MONDAY, overwrite=["one"])
    assert story(queue).title == "Better in the file"
    assert came(sync_stories(queue, [replace(file, title="Better in the file")], MONDAY)) == [("one", Came.SAME)]


def test_a_trial_shows_the_same_and_does_nothing(queue):
    sync_stories(queue, [ONE], MONDAY)
    files = [replace(ONE, title="Other"), TWO]
    trial = sync_stories(queue, files, MONDAY, is_trial=True)
    assert (story(queue).title, story(queue, "two")) == ("One", None)
    assert sync_stories(queue, files, MONDAY) == trial


def test_what_is_left_alone_and_why(queue):
    sync_stories(queue, [ONE, TWO], MONDAY)
    one = story(queue)
    queue.write(lambda c: stories.end(c, one.id, [StoryState.QUEUED], StoryState.CANCELLED, MONDAY))
    assert came(sync_stories(queue, [replace(ONE, title="Other")], MONDAY)) == [
        ("one", Came.ENDED),
        ("two", Came.NO_FILE),
    ]
    copy = replace(TWO, slug="copy")
    assert ("copy", Came.ELSEWHERE) in came(sync_stories(queue, [TWO, copy], MONDAY))
    late = replace(ONE, slug="late", link="https://example.org/3", best_before=MONDAY + timedelta(minutes=1))
    assert ("late", Came.TOO_LATE) in came(sync_stories(queue, [TWO, late], MONDAY))


def test_without_a_channel_there_is_no_place(store):
    assert came(sync_stories(store, [ONE], MONDAY)) == [("one", Came.NO_PLACE)]


def test_how_it_sounds_stays_with_what_is_queued_and_what_changes(queue):
    meter = shipped_meter()
    company = replace(ONE, sentence="We are proud to announce that we are leveraging our stakeholders in the region.")
    sync_stories(queue, [company], MONDAY, meter=meter)
    [before] = queue.read(lambda c: voices.scores(c, but=0))
    person = replace(
        company, sentence="I saw Anna dive yesterday, and I still can't believe what she found down there."
    )
    sync_stories(queue, [person], MONDAY, meter=meter)
    [after] = queue.read(lambda c: voices.scores(c, but=0))
    assert before < 35 < 70 < after


@pytest.fixture
def two_channels(queue):
    """One and two, each in a channel of its own at the same time."""
    queue.write(lambda c: setup.put_channel(c, Channel("C2", "mooie-verhalen", "nl"), MONDAY))
    sync_stories(queue, [HERE, THERE], MONDAY)
    assert story(queue).due_at == story(queue, "two").due_at
    return queue


HERE, THERE = replace(ONE, channels=("good-stories",)), replace(TWO, channels=("mooie-verhalen",))
NEW = replace(ONE, slug="zz", link="https://example.org/9", channels=("good-stories",))


def test_a_time_that_another_story_has_there_stops_no_other_file(two_channels):
    both = replace(HERE, channels=("good-stories", "mooie-verhalen"), title="Other")
    trial = sync_stories(two_channels, [both, THERE, NEW], MONDAY, is_trial=True)
    found = sync_stories(two_channels, [both, THERE, NEW], MONDAY)
    assert came(found) == [("one", Came.SLOT_TAKEN), ("two", Came.SAME), ("zz", Came.QUEUED)]
    assert trial == found
    assert (story(two_channels).title, story(two_channels).channels) == ("One", ("C1",)), "nothing of it was taken"


def test_a_time_that_a_later_file_leaves_is_taken_at_once(two_channels):
    moved = [replace(HERE, channels=("mooie-verhalen",)), replace(THERE, channels=("third",))]
    two_channels.write(lambda c: setup.put_channel(c, Channel("C3", "third", "nl"), MONDAY))
    assert came(sync_stories(two_channels, moved, MONDAY)) == [("one", Came.DIFFERS), ("two", Came.DIFFERS)]
    assert (story(two_channels).channels, story(two_channels, "two").channels) == (("C2",), ("C3",))
    assert came(sync_stories(two_channels, moved, MONDAY)) == [("one", Came.SAME), ("two", Came.SAME)]


def test_channels_of_what_is_out_stay_whatever_the_file_adds(two_channels):
    one = story(two_channels)
    two_channels.write(lambda c: stories.end(c, one.id, [StoryState.QUEUED], StoryState.POSTED, MONDAY))
    file = replace(HERE, channels=("good-stories", "mooie-verhalen"))
    for _ in range(2):
        [found] = sync_stories(two_channels, [file, THERE], MONDAY)[:1]
        assert [(change.part, change.turn) for change in found.changes] == [("channels", Turn.OUT)]
        assert story(two_channels).channels == ("C1",)


def test_a_best_before_that_comes_before_its_turn_is_not_taken(queue):
    sync_stories(queue, [ONE], MONDAY)
    before = story(queue)
    file = replace(ONE, best_before=before.due_at, title="Other")
    for _ in range(2):
        assert came(sync_stories(queue, [file], MONDAY, overwrite=["one"])) == [("one", Came.TOO_LATE)]
    assert story(queue) == before
    after = replace(file, best_before=before.due_at + timedelta(minutes=1))
    assert came(sync_stories(queue, [after], MONDAY)) == [("one", Came.DIFFERS)]
    queue.write(lambda c: stories.end(c, before.id, [StoryState.QUEUED], StoryState.POSTED, MONDAY))
    assert came(sync_stories(queue, [file], MONDAY)) == [("one", Came.DIFFERS)], "what is out has no turn"


def test_a_renamed_file_takes_its_story_along(queue):
    sync_stories(queue, [ONE], MONDAY)
    before = story(queue)
    better = replace(ONE, slug="one-better", title="Other")
    [trial] = sync_stories(queue, [better], MONDAY, is_trial=True)
    assert story(queue) == before
    [found] = sync_stories(queue, [better], MONDAY)
    assert (found.slug, found.came, found.was) == ("one-better", Came.DIFFERS, "one")
    assert trial == found
    after = story(queue, "one-better")
    assert (after.id, after.title, after.due_at) == (before.id, "Other", before.due_at)
    [again] = sync_stories(queue, [better], MONDAY)
    assert (again.came, again.was) == (Came.SAME, None)


def test_a_file_that_cannot_be_read_is_not_renamed_and_not_gone(queue):
    sync_stories(queue, [ONE], MONDAY)
    copy = replace(ONE, slug="copy")
    assert came(sync_stories(queue, [copy], MONDAY, unreadable=["one"])) == [("copy", Came.ELSEWHERE)]


def test_a_link_that_slack_kept_stands_in_nobodys_way(queue):
    sync_stories(queue, [ONE], MONDAY)
    edit(queue, link="https://example.org/new")
    other = draft_of(story(queue))
    queue.write(
        lambda c: stories.add(
            c, replace(other, link=ONE.link, slug=None, due_at=MONDAY + timedelta(days=40)), None, MONDAY
        )
    )
    [found] = sync_stories(queue, [replace(ONE, sentence="It pumps well.")], MONDAY)
    assert {c.part: c.turn for c in found.changes} == {"link": Turn.KEPT, "sentence": Turn.TAKEN}
    assert story(queue).sentence == "It pumps well."


def test_a_link_that_another_story_has_is_not_taken_and_is_named(queue):
    sync_stories(queue, [ONE, TWO], MONDAY)
    swapped = [replace(ONE, link=TWO.link), replace(TWO, link=ONE.link)]
    found = sync_stories(queue, swapped, MONDAY)
    assert [(one.came, one.other) for one in found] == [(Came.ELSEWHERE, "Two"), (Came.ELSEWHERE, "One")]
    in_turn = [replace(ONE, link=TWO.link), replace(TWO, link="https://example.org/3")]
    assert came(sync_stories(queue, in_turn, MONDAY)) == [("one", Came.DIFFERS), ("two", Came.DIFFERS)]


def somebody_waits(store):
    """Until a transaction stands in front of a row that another one holds."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if store.read(lambda c: c.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar()):
            return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_an_editor_at_the_same_moment_loses_nothing_and_neither_does_the_file(postgres, migrated_postgres):
    store = Store(fresh_postgres(postgres, migrated_postgres))
    store.write(lambda c: setup.put_channel(c, Channel("C1", "good-stories", "en"), MONDAY))
    sync_stories(store, [ONE], MONDAY)
    before = story(store)
    later = before.due_at + timedelta(days=1)
    file = replace(ONE, sentence="New words in the file.")
    with ThreadPoolExecutor(1) as beside:
        with store.engine.begin() as editor:
            stories.change(editor, before.id, before.version, replace(draft_of(before), title="Editor", due_at=later))
            stories.book(editor, before.id, before.channels, later)
            syncing = beside.submit(sync_stories, store, [file], MONDAY)
            somebody_waits(store)
        found = {change.part: change.turn for change in syncing.result(60)[0].changes}
    after = story(store)
    booked = store.read(lambda c: stories.taken(c, ["C1"]))
    store.close()
    assert found == {"title": Turn.KEPT, "sentence": Turn.TAKEN}
    assert (after.title, after.sentence, after.due_at) == ("Editor", "New words in the file.", later)
    assert booked == {later: after.id}


def test_a_dilemma_is_taken_and_kept_like_any_other_part(queue):
    sync_stories(queue, [ONE], MONDAY)
    asks = replace(ONE, dilemma="Would you mend it once more?")
    assert came(sync_stories(queue, [asks], MONDAY)) == [("one", Came.DIFFERS)]
    assert story(queue).dilemma == "Would you mend it once more?"
    edit(queue, dilemma="Would you let it rest?")
    [kept] = sync_stories(queue, [asks], MONDAY)
    assert [(change.part, change.turn) for change in kept.changes] == [("dilemma", Turn.KEPT)]
    [both] = sync_stories(queue, [ONE], MONDAY)
    assert [(change.part, change.turn) for change in both.changes] == [("dilemma", Turn.BOTH)]
    assert story(queue).dilemma == "Would you let it rest?"
