"""Changes to the queue, on both databases: one transaction each, and what two people do at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.actions.cancel_story import cancel_story
from bot.actions.desk import Desk, Me
from bot.actions.move_story import move_up
from bot.actions.pause_posting import pause, resume
from bot.actions.post_now import post_now
from bot.actions.preview_story import preview_story
from bot.actions.publish_due import publish_due
from bot.actions.queue_story import edit_story, queue_story
from bot.actions.read_page import read_page
from bot.actions.show_queue import show_queue, story_to_edit
from bot.actions.who_asks import Asker
from bot.domain.captions import Caption
from bot.domain.fetch_problems import PageAnswered, PageTooSlow
from bot.domain.messages import Posted
from bot.domain.page_preview import PagePreview
from bot.domain.people import Profile, Standing
from bot.domain.problems import (
    AlreadyPosted,
    EditedMeanwhile,
    NoChannels,
    NotForYou,
    SlotTaken,
    StoryCancelled,
    StoryExpired,
    StoryGone,
)
from bot.domain.queue_problems import FirstAlready, InTheWay, PausedNow
from bot.domain.setup import Channel
from bot.domain.stories import StoryDraft, StoryState
from bot.store import deliveries, keys, people, stories
from bot.store import setup as setup_store

MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
TUESDAY, WEDNESDAY, THURSDAY = (datetime(2026, 3, day, 8, 0, tzinfo=UTC) for day in (3, 4, 5))
NEXT_TUESDAY = TUESDAY + timedelta(days=7)
A, B, C = "C0000000A", "C0000000B", "C0000000C"


class Pages:
    """Pages that answer as they are told."""

    def __init__(self) -> None:
        self.problem: Exception | None = None

    def read(self, url: str, seconds: float = 2.5) -> PagePreview:
        if self.problem is not None:
            raise self.problem
        return PagePreview()


class Letterbox:
    """A Slack that only remembers what was posted."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, Any]] = []

    def try_drawing(self, message: Any) -> None:
        pass

    def post(self, target: str, message: Any, delivery_id: str, thread: str | None = None) -> Posted:
        self.posted.append((target, message))
        return Posted(target, "1.1")


class Office:
    def __init__(self, store: Any) -> None:
        self.pages, self.slack = Pages(), Letterbox()
        me = Me("UBOT", "BBOT", "T1", "Veldkamp")
        self.desk = Desk(store=store, messenger=self.slack, previews=self.pages, me=me)  # type: ignore[arg-type]
        self.editor = asker("UEDITOR", is_editor=True)
        self.other = asker("UOTHER", is_editor=True)
        self.colleague = asker("UCOLLEAGUE", is_editor=False)
        for channel in (A, B, C):
            store.write(lambda c, channel=channel: setup_store.put_channel(c, Channel(channel, "x", "en"), MONDAY))

    def put(self, title: str, due_at: datetime, *channels: str, by: Asker | None = None, **more: Any) -> int:
        drawn = draft(title, due_at, *channels, **more)
        return queue_story(self.desk, by or self.editor, drawn, MONDAY).story.id

    def story(self, story_id: int) -> Any:
        return self.desk.store.read(lambda c: stories.find(c, story_id))

    def times(self) -> dict[str, datetime | None]:
        return {story.title: story.due_at for story in self.desk.store.read(stories.queued)}

    def owed(self, kind: str, now: datetime = THURSDAY + timedelta(days=60)) -> list[Any]:
        return [d for d in self.desk.store.write(lambda c: deliveries.claim(c, "test", now)) if d.kind == kind]


def draft(title: str, due_at: datetime | None, *channels: str, **more: Any) -> StoryDraft:
    captions = (Caption(None, "en", "One"),)
    link = f"https://example.com/{title}"
    return StoryDraft(link, title, "Because.", "en", captions, channels=channels or (A,), due_at=due_at, **more)


def asker(user: str, *, is_editor: bool) -> Asker:
    return Asker(Profile(user, "T1", user.title()), None, "en", is_editor=is_editor, is_admin=False)


@pytest.fixture
def office(store):
    return Office(store)


ROLES: dict[str, Callable[[Desk, Asker, int], Any]] = {
    "queue": lambda desk, who, _: queue_story(desk, who, draft("other", None), MONDAY),
    "edit": lambda desk, who, story: edit_story(desk, who, story, 1, draft("x", TUESDAY), MONDAY),
    "open": lambda desk, who, story: story_to_edit(desk, who, story),
    "cancel": lambda desk, who, story: cancel_story(desk, who, story, MONDAY),
    "move up": lambda desk, who, story: move_up(desk, who, story, MONDAY),
    "post now": lambda desk, who, story: post_now(desk, who, story, MONDAY),
    "preview": lambda desk, who, story: preview_story(desk, who, story, MONDAY),
    "pause": lambda desk, who, _: pause(desk, who, MONDAY),
    "resume": lambda desk, who, _: resume(desk, who, MONDAY),
}


@pytest.mark.parametrize("act", ROLES)
def test_every_act_of_editors_is_refused_to_others(office, act):
    story = office.put("reef", WEDNESDAY)
    before = office.story(story)
    with pytest.raises(NotForYou):
        ROLES[act](office.desk, office.colleague, story)
    assert office.story(story) == before
    assert office.owed("preview") == []
    ROLES[act](office.desk, office.editor, story)


@pytest.mark.parametrize("act", ["open", "cancel", "move up", "post now", "edit", "preview"])
def test_a_story_that_is_not_there(office, act):
    with pytest.raises(StoryGone):
        ROLES[act](office.desk, office.editor, 999)


@pytest.mark.parametrize("act", ["open", "cancel", "move up", "post now", "edit"])
def test_a_story_that_was_cancelled(office, act):
    story = office.put("reef", WEDNESDAY)
    cancel_story(office.desk, office.editor, story, MONDAY)
    with pytest.raises(StoryCancelled):
        ROLES[act](office.desk, office.editor, story)


def test_cancelling_frees_the_slot(office):
    story = office.put("reef", TUESDAY)
    with pytest.raises(SlotTaken):
        office.put("other", TUESDAY)
    cancel_story(office.desk, office.editor, story, MONDAY)
    office.put("other", TUESDAY)


def test_two_editors_at_once_one_edit_goes_in(office):
    story = office.put("reef", TUESDAY)

    def edit(number: int) -> bool:
        try:
            edit_story(office.desk, office.editor, story, 1, draft(f"reef{number}", TUESDAY), MONDAY)
        except EditedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(edit, range(8)))
    assert done.count(True) == 1
    assert office.story(story).title == f"reef{done.index(True)}"
    assert office.story(story).version == 2


@pytest.mark.parametrize("due_at", [TUESDAY, None])
def test_the_same_edit_again_is_no_quarrel(office, due_at):
    """The bot died before the editor heard that it went in; the form is still open, and is sent once more."""
    story = office.put("reef", TUESDAY)
    for _ in range(2):
        edit_story(office.desk, office.editor, story, 1, draft("second", due_at), MONDAY)
    assert office.story(story).version == 2
    assert office.story(story).title == "second"
    other = replace(draft("second", due_at), sentence="Because of something else.")
    with pytest.raises(EditedMeanwhile):
        edit_story(office.desk, office.editor, story, 1, other, MONDAY)


def test_two_editors_at_once_one_gets_the_time(office):
    def queue(number: int) -> bool:
        try:
            office.put(f"reef{number}", TUESDAY)
        except SlotTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(queue, range(8))).count(True) == 1


def test_move_up_stops_at_the_nearest_free_slot(office):
    office.put("first", TUESDAY)
    last = office.put("last", NEXT_TUESDAY)
    move_up(office.desk, office.editor, last, MONDAY)
    assert office.times() == {"first": TUESDAY, "last": THURSDAY}


def test_move_up_looks_only_at_its_own_channels(office):
    office.put("elsewhere", TUESDAY, B)
    mine = office.put("mine", WEDNESDAY, A)
    move_up(office.desk, office.editor, mine, MONDAY)
    assert office.times() == {"elsewhere": TUESDAY, "mine": TUESDAY}
    with pytest.raises(FirstAlready):
        move_up(office.desk, office.editor, mine, MONDAY)


def test_move_up_from_a_time_of_its_own_to_a_time_of_its_own(office):
    office.put("odd", TUESDAY - timedelta(hours=3))
    mine = office.put("mine", TUESDAY)
    move_up(office.desk, office.editor, mine, MONDAY)
    assert office.times() == {"mine": TUESDAY - timedelta(hours=3), "odd": TUESDAY}


def test_a_third_story_in_another_channel_is_not_pushed_away(office):
    office.put("before", TUESDAY, A)
    office.put("third", TUESDAY, B)
    mine = office.put("mine", WEDNESDAY, A, B)
    with pytest.raises(InTheWay):
        move_up(office.desk, office.editor, mine, MONDAY)
    assert office.times() == {"before": TUESDAY, "third": TUESDAY, "mine": WEDNESDAY}


def test_a_story_is_not_moved_past_its_best_before(office):
    office.put("before", TUESDAY, best_before=WEDNESDAY)
    mine = office.put("mine", WEDNESDAY)
    with pytest.raises(InTheWay):
        move_up(office.desk, office.editor, mine, MONDAY)
    assert office.times() == {"before": TUESDAY, "mine": WEDNESDAY}


def test_many_moves_at_once_keep_one_story_a_time(office):
    ids = [office.put(f"s{n}", TUESDAY + timedelta(hours=n)) for n in range(4)]

    def move(story: int) -> None:
        try:
            move_up(office.desk, office.editor, story, MONDAY)
        except (FirstAlready, InTheWay, EditedMeanwhile, SlotTaken):
            return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(move, ids * 5))
    assert len(set(office.times().values())) == 4
    booked = office.desk.store.read(lambda c: stories.taken(c, [A]))
    assert {story: at for at, story in booked.items()} == {story: office.story(story).due_at for story in ids}


def test_post_now_says_why_not(office):
    story = office.put("reef", WEDNESDAY, best_before=THURSDAY)
    pause(office.desk, office.editor, MONDAY)
    with pytest.raises(PausedNow):
        post_now(office.desk, office.editor, story, MONDAY)
    resume(office.desk, office.editor, MONDAY)
    with pytest.raises(StoryExpired):
        post_now(office.desk, office.editor, story, THURSDAY)
    gone = Channel(A, "x", "en", is_gone=True)
    office.desk.store.write(lambda c: setup_store.put_channel(c, gone, MONDAY))
    with pytest.raises(NoChannels):
        post_now(office.desk, office.editor, story, MONDAY)
    office.desk.store.write(lambda c: setup_store.put_channel(c, replace(gone, is_gone=False), MONDAY))
    post_now(office.desk, office.editor, story, MONDAY)
    with pytest.raises(AlreadyPosted):
        post_now(office.desk, office.editor, story, MONDAY)
    assert [d.target for d in office.owed("story")] == [A]


def test_after_a_long_silence_a_channel_gets_one_story_and_the_editor_is_told(office):
    first = office.put("first", TUESDAY)
    second = office.put("second", WEDNESDAY)
    elsewhere = office.put("elsewhere", WEDNESDAY, B)
    back = THURSDAY + timedelta(hours=1)
    assert publish_due(office.desk, back) == 2
    assert publish_due(office.desk, back + timedelta(seconds=15)) == 0
    assert [office.story(s).state for s in (first, elsewhere)] == [StoryState.POSTED] * 2
    assert office.times() == {"second": NEXT_TUESDAY}
    words = {(d.body["word"], d.body["params"]["title"]) for d in office.owed("notice")}
    assert words == {
        ("queue.notice.late", "first"),
        ("queue.notice.late", "elsewhere"),
        ("queue.notice.put_off", "second"),
    }
    assert office.story(second).version == 2


def test_after_a_short_silence_nothing_is_put_off(office):
    office.put("first", TUESDAY)
    office.put("second", TUESDAY + timedelta(minutes=20))
    assert publish_due(office.desk, TUESDAY + timedelta(minutes=50)) == 2
    assert office.owed("notice") == []


def test_what_is_put_off_in_a_week_without_slots_comes_an_hour_apart(office):
    office.put("first", TUESDAY)
    office.put("second", WEDNESDAY)
    office.put("third", WEDNESDAY + timedelta(hours=1))
    setup = office.desk.setup()
    office.desk.store.write(lambda c: setup_store.save_setup(c, replace(setup, slots=()), MONDAY))
    publish_due(office.desk, THURSDAY)
    assert office.times() == {"second": THURSDAY + timedelta(hours=1), "third": THURSDAY + timedelta(hours=2)}


def test_two_copies_that_come_back_at_once_post_once(office):
    office.put("first", TUESDAY)
    office.put("second", WEDNESDAY)
    with ThreadPoolExecutor(4) as pool:
        gone = list(pool.map(lambda _: publish_due(office.desk, THURSDAY), range(4)))
    assert sum(gone) == 1
    assert office.times() == {"second": NEXT_TUESDAY}
    assert [d.key.split(":")[0] for d in office.owed("story")] == ["story"]


def test_resume_tells_the_editor_whose_story_was_put_off_by_another(office):
    office.put("first", TUESDAY)
    office.put("mine", TUESDAY + timedelta(minutes=1))
    office.put("theirs", TUESDAY + timedelta(minutes=2), by=office.other)
    pause(office.desk, office.editor, MONDAY)
    resumed = resume(office.desk, office.editor, TUESDAY + timedelta(hours=1))
    assert [s.title for s in resumed.going] == ["first"]
    assert [(s.title, s.due_at) for s in resumed.put_off] == [("mine", WEDNESDAY), ("theirs", THURSDAY)]
    assert [(d.target, d.body["params"]["title"]) for d in office.owed("notice")] == [("UOTHER", "theirs")]


def test_pausing_twice_and_while_an_admin_saves_keeps_both(office):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: pause(office.desk, office.editor, MONDAY), range(4)))
    assert office.desk.setup().paused
    assert office.desk.setup().version == 1
    resume(office.desk, office.editor, MONDAY)
    assert office.desk.setup().version == 2


def test_a_page_that_fails_is_told_once_and_the_story_stays(office):
    story = office.story(office.put("reef", TUESDAY))
    read_page(office.desk, story, MONDAY)
    assert office.owed("notice") == []
    for problem in (PageAnswered(story.link, 404), PageTooSlow(story.link)):
        office.pages.problem = problem
        read_page(office.desk, story, MONDAY)
    [notice] = office.owed("notice")
    assert (notice.target, notice.body["word"]) == ("UEDITOR", "queue.notice.page_answered")
    assert notice.body["params"]["status"] == 404
    assert office.story(story.id).state is StoryState.QUEUED


def test_an_editor_of_whom_nothing_is_kept_still_gets_the_preview(office):
    story = office.put("reef", TUESDAY, by=office.other)
    office.desk.store.write(lambda c: keys.make_secret(c))
    office.desk.store.write(lambda c: keys.remember_forgotten(c, "UEDITOR", MONDAY))
    preview_story(office.desk, office.editor, story, MONDAY)
    assert [target for target, _ in office.slack.posted] == ["UEDITOR"]
    assert office.owed("preview") == []
    assert office.desk.store.read(lambda c: people.by_user(c, "UEDITOR")) is None


def test_who_left_the_programme_can_still_queue_without_being_kept(office):
    office.put("first", TUESDAY)
    person = office.desk.store.read(lambda c: people.by_user(c, "UEDITOR"))
    office.desk.store.write(lambda c: people.set_standing(c, person.id, Standing.OUT))
    assert office.story(office.put("second", WEDNESDAY)).queued_by is None


def test_the_queue_shows_free_slots_and_what_comes_later(office):
    office.put("first", TUESDAY)
    office.put("far", MONDAY + timedelta(days=20))
    view = show_queue(office.desk, MONDAY)
    assert [story.title for story in view.stories] == ["first"]
    assert (view.after, view.free) == (1, (WEDNESDAY, THURSDAY, NEXT_TUESDAY))
