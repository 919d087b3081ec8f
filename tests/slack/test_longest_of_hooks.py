"""Hooks with the longest that they can hold, in both languages: Slack takes it."""

from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.actions.change_feeds import FeedsSeen
from bot.domain.hook_cards import MOST_IN_ROUND_UP, HookState, KeptHook, Mood, Mutes, Surge
from bot.domain.hook_feeds import Asked, FeedTrouble, WatchedFeed
from bot.domain.hook_lessons import Lesson
from bot.domain.hook_stories import Hook
from bot.domain.hooks import Feed, Found, WatchWord, WordKind
from bot.domain.ideas import Idea, IdeaState, Sender
from bot.domain.messages import HookCard, HookRoundUp, IdeaCard
from bot.sandbox.blocks_check import check_message
from bot.slack.blocks.feeds_list import feeds_blocks
from bot.slack.blocks.render import render
from bot.sources.words import Words

WORDS = Words.load(Path(__file__).parents[2] / "content" / "words")
NOW = datetime(2026, 9, 30, 22, 59, tzinfo=UTC)
ZONE = "America/Argentina/ComodRivadavia"
ID = 2**62
FILLINGS = {"plain": "Verantwoordelijkheidsgevoel ", "unsafe": "<&>", "emoji": "👩🏽‍🚒"}
ALL = pytest.mark.parametrize(("filling", "language"), tuple(product(FILLINGS.values(), ("en", "nl"))))


def filled(filling: str, most: int) -> str:
    return (filling * most)[:most].strip()


def a_hook(filling: str, state: HookState, number: int = 0, link: int = 2000) -> KeptHook:
    words = [WatchWord(f"{number}{filled(filling, 59)}", WordKind.TOPIC)] * 100
    sources = tuple(f"{n}{filled(filling, 58)}" for n in range(30))
    link = f"https://paper.example.org/{'a' * (link - 40)}"
    found = tuple(Found(word, True) for word in words)
    hook = Hook(filled(filling, 200), link, filled(filling, 600), "nl", NOW, True, sources, found, 9.0)
    day = timedelta(days=1)
    return KeptHook(ID - number, hook, state, Mood.MIXED, NOW, NOW + day, 9, "C0COMMS", "1.0", NOW, ID, 9)


@ALL
def test_cards(filling: str, language: str) -> None:
    for state in HookState:
        card = HookCard(a_hook(filling, state), language, ZONE, NOW, Surge(99_999, 999))
        check(render(WORDS, card))


@ALL
def test_round_ups(filling: str, language: str) -> None:
    for link in (300, 880, 2000):
        hooks = tuple(a_hook(filling, HookState.REST, number, link) for number in range(MOST_IN_ROUND_UP))
        check(render(WORDS, HookRoundUp(hooks, language, ZONE, NOW, 9_999, 9_999)))


@ALL
def test_an_idea_of_a_hook(filling: str, language: str) -> None:
    senders = (Sender(ID, None, None, filled(filling, 801), True), *[Sender(ID, ID, None, "", False)] * 9)
    for state in (IdeaState.OPEN, IdeaState.DECLINED):
        check(render(WORDS, IdeaCard(Idea(ID, "", state, 1, senders, NOW), None, language)))


@ALL
def test_feeds(filling: str, language: str) -> None:
    every = [a_feed(filling, number, link=(60, 120, 480)[number % 3]) for number in range(100)]
    muted = Mutes(*(tuple(f"{n}{filled(filling, 58)}" for n in range(50)) for _ in "ab"))
    lessons = [Lesson(kind, f"{n}{filled(filling, 58)}", 9_999) for n in range(50) for kind in ("word", "source")]
    moods = dict.fromkeys(Mood, 9_999)
    second = timedelta(seconds=1)
    for feeds, quiet, learned in product(((), tuple(every)), (Mutes(), muted), ((), tuple(lessons))):
        seen = FeedsSeen(feeds, quiet, False, moods, 99_999 * second, 99_999 * second, learned)
        blocks = feeds_blocks(WORDS, language, seen, ZONE, NOW)
        check((blocks[0]["text"]["text"], blocks))
        assert (len(learned) > 0) is ("learned:0" in {block.get("block_id") for block in blocks})


def a_feed(filling: str, number: int, link: int) -> WatchedFeed:
    feed = Feed(filled(filling, 60), f"https://paper.example.org/{number}{'a' * link}", "nl", True)
    trouble = list(FeedTrouble)[number] if number < len(FeedTrouble) else None
    moved = f"https://paper.example.org/{'b' * link}"
    return WatchedFeed(number, feed, True, Asked(), moved, NOW, NOW, 9, trouble, moved)


def check(drawn: tuple[str, list[dict[str, object]]]) -> None:
    text, blocks = drawn
    assert check_message(blocks, {}, {}) == ("", [])
    assert 0 < len(text) <= 4_000
