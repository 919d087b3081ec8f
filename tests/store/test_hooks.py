"""What became of hooks, on both databases: counted by week, told apart for lessons, and what was undone."""

from datetime import timedelta
from typing import Any

from bot.domain.hook_cards import HookState, Mood
from bot.domain.hook_stories import Hook
from bot.domain.hook_week import HookCounts
from bot.domain.hooks import Found, WatchWord, WordKind
from bot.domain.stories import StoryDraft
from bot.store import hooks, stories
from tests.conftest import MONDAY

WEEK = (MONDAY, MONDAY + timedelta(days=7))
MINUTE = timedelta(minutes=1)
FOUND = (Found(WatchWord("water", WordKind.TOPIC), True),)


def add(connection: Any, number: int, state: HookState, *, mood: Mood | None = None, is_dated: bool = True) -> int:
    """Published, found a minute later, on a card as many minutes after that as it has a number."""
    hook = Hook(f"Title {number}", "", "", "nl", MONDAY, is_dated, ("Paper",), FOUND, 2.0)
    hooks.add(connection, hook, HookState.CARD, MONDAY + MINUTE)
    kept = hooks.since(connection, MONDAY)[-1]
    hooks.note_card(connection, kept.id, "C1", "1.0", MONDAY + (1 + number) * MINUTE)
    assert hooks.change(connection, kept, state, mood=mood)
    return kept.id


def test_a_week_is_counted(store: Any) -> None:
    def work(connection: Any) -> None:
        hook = Hook("Bare", "", "", "nl", MONDAY, True, ("Paper",), FOUND, 2.0)
        hooks.add(connection, hook, HookState.REST, MONDAY + MINUTE)
        for number, state in enumerate((HookState.QUEUED, HookState.IDEA, HookState.NOT_THIS, HookState.QUEUED)):
            add(connection, number, state, is_dated=number > 0)
        hooks.add(connection, hook, HookState.REST, WEEK[1])

    assert store.read(lambda c: hooks.count_week(c, *WEEK)) == HookCounts()
    store.write(work)
    assert store.read(lambda c: hooks.count_week(c, *WEEK)) == HookCounts(seen=5, cards=4, queued=2, ideas=1)
    to_card, to_post = store.read(lambda c: hooks.lags(c, *WEEK))
    assert (sorted(to_card), to_post) == ([2 * MINUTE, 3 * MINUTE, 4 * MINUTE], [])


def test_only_what_was_answered_teaches(store: Any) -> None:
    def work(connection: Any) -> None:
        for state in HookState:
            add(connection, 1, state)
        add(connection, 2, HookState.CARD, mood=Mood.BAD)

    store.write(work)
    found = store.read(lambda c: hooks.answered_since(c, MONDAY))
    assert [(kept.state, kept.mood) for kept in found] == [
        (HookState.NOT_THIS, None),
        (HookState.QUEUED, None),
        (HookState.IDEA, None),
        (HookState.CARD, Mood.BAD),
    ]
    assert store.read(lambda c: hooks.answered_since(c, MONDAY + 2 * MINUTE)) == []


def test_what_was_undone_is_kept_with_its_moment(store: Any) -> None:
    assert store.read(hooks.undone) == {}
    told = {"word:water": MONDAY, "source:de bode": MONDAY + MINUTE}
    store.write(lambda c: hooks.save_undone(c, told, MONDAY))
    assert store.read(hooks.undone) == told


def test_hooks_of_a_story_are_another_version(store: Any) -> None:
    def work(connection: Any) -> tuple[int, int]:
        story = stories.add(connection, StoryDraft("https://a.example.org", "T", "S", "nl"), None, MONDAY)
        mine, other = add(connection, 1, HookState.CARD), add(connection, 2, HookState.CARD)
        kept = hooks.find(connection, mine)
        assert kept is not None
        assert hooks.change(connection, kept, HookState.QUEUED, story_id=story)
        assert hooks.touch_of_story(connection, story) == [mine]
        return mine, other

    mine, other = store.write(work)
    assert [store.read(lambda c, one=one: hooks.find(c, one)).version for one in (mine, other)] == [4, 2]
