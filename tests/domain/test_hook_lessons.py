from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.domain.hook_cards import HookState, KeptHook, Mood, Mutes
from bot.domain.hook_lessons import REMEMBERED, Lesson, chosen, is_quiet, lessons_of
from bot.domain.hook_stories import Hook
from bot.domain.hooks import Found, WatchWord, WordKind

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NUMBERS = count(1)
BRAND = WatchWord("Riverbank", WordKind.BRAND)
TOPICS = {name: WatchWord(name, WordKind.TOPIC) for name in ("water", "goot")}


def kept(
    state: HookState = HookState.NOT_THIS,
    *words: str,
    sources: Iterable[str] = (),
    mood: Mood | None = None,
    days_ago: float = 1,
) -> KeptHook:
    """A hook of papers that nobody else has, unless they are named."""
    number = next(NUMBERS)
    found = tuple(Found(TOPICS.get(word, BRAND), True) for word in words)
    papers = tuple(sources) or (f"Paper {number}",)
    at = NOW - days_ago * DAY
    hook = Hook(f"Title {number}", "", "", "nl", at, True, papers, found, 2.0)
    return KeptHook(number, hook, state, mood, at, at, 1, None, None, None, None, 1)


def learned(*hooks: KeptHook, undone: dict[str, datetime] | None = None, muted: Mutes | None = None) -> list[str]:
    return [lesson.key for lesson in lessons_of(hooks, undone or {}, muted or Mutes(), NOW)]


def dismissed(times: int, *words: str, **more: object) -> list[KeptHook]:
    return [kept(HookState.NOT_THIS, *words, **more) for _ in range(times)]  # type: ignore[arg-type]


def test_three_times_not_this_is_enough_and_two_are_not() -> None:
    assert learned(*dismissed(2, "water")) == []
    assert learned(*dismissed(3, "water")) == ["word:water"]
    (lesson,) = lessons_of(dismissed(4, sources=["De Krant"]), {}, Mutes(), NOW)
    assert lesson == Lesson("source", "De Krant", 4)


def test_one_that_was_of_use_is_worth_all_that_were_not() -> None:
    for useful in (kept(HookState.QUEUED, "water"), kept(HookState.IDEA, "water")):
        assert learned(*dismissed(9, "water"), useful) == []
    for mood in Mood:
        assert learned(*dismissed(9, "water"), kept(HookState.CARD, "water", mood=mood)) == []
        assert learned(*dismissed(9, "water"), kept(HookState.NOT_THIS, "water", mood=mood)) == []


def test_what_only_lies_there_teaches_nothing() -> None:
    for state in (HookState.WAITING, HookState.CARD, HookState.REST, HookState.LATER, HookState.OLD):
        assert learned(*(kept(state, "water", sources=["De Krant"]) for _ in range(9))) == []


def test_thirty_days_and_no_longer() -> None:
    old = kept(HookState.NOT_THIS, "water", days_ago=REMEMBERED / DAY)
    assert learned(*dismissed(2, "water"), old) == []
    # What was of use so long ago is forgotten with it.
    assert learned(*dismissed(3, "water"), kept(HookState.QUEUED, "water", days_ago=31)) == ["word:water"]


def test_what_is_undone_counts_from_nothing_again() -> None:
    before = dismissed(3, "water", days_ago=5)
    undone = {"word:water": NOW - 4 * DAY}
    assert learned(*before, undone=undone) == []
    assert learned(*before, *dismissed(2, "water"), undone=undone) == []
    assert learned(*before, *dismissed(3, "water"), undone=undone) == ["word:water"]
    assert learned(*before, undone={"word:goot": NOW - 4 * DAY}) == ["word:water"]


def test_names_of_ours_are_never_learned_and_what_is_muted_need_not_be() -> None:
    assert learned(*dismissed(9, "Riverbank")) == []
    assert learned(*dismissed(3, "water"), muted=Mutes(words=("Water",))) == []
    assert learned(*dismissed(3, sources=["De Krant"]), muted=Mutes(sources=("de krant",))) == []


def test_however_it_is_written_and_once_for_each_hook() -> None:
    hooks = [kept(sources=[name]) for name in ("De Krant", "de krant", "DE KRANT")]
    assert learned(*hooks) == ["source:de krant"]
    assert learned(kept(sources=["De Krant", "de krant", "DE KRANT"])) == []


def test_what_a_word_explains_says_nothing_of_its_source() -> None:
    water = dismissed(3, "water", sources=["De Krant"])
    assert learned(*water) == ["word:water"]
    assert learned(*water, *dismissed(2, "goot", sources=["De Krant"])) == ["word:water"]
    assert learned(*water, *dismissed(3, "Riverbank", sources=["De Krant"])) == ["word:water", "source:de krant"]
    # Undone, it says nothing of its source either.
    assert learned(*water, undone={"word:water": NOW}) == []
    used = kept(HookState.QUEUED, "water", sources=["De Krant"])
    assert learned(*dismissed(3, "goot", "Riverbank", sources=["De Krant"]), used) == ["word:goot"]


def test_all_that_it_was_found_by_must_be_of_no_use() -> None:
    lessons = (Lesson("word", "water", 3), Lesson("source", "De Krant", 3))
    assert is_quiet(kept(HookState.WAITING, "water"), lessons)
    assert not is_quiet(kept(HookState.WAITING, "water", "goot"), lessons)
    assert not is_quiet(kept(HookState.WAITING, "water", "Riverbank"), lessons)
    assert is_quiet(kept(HookState.WAITING, "Riverbank", sources=["de krant"]), lessons)
    assert not is_quiet(kept(HookState.WAITING, sources=["De Krant", "De Bode"]), lessons)
    assert not is_quiet(kept(HookState.WAITING), lessons)
    assert not is_quiet(kept(HookState.WAITING, "water", sources=["De Krant"]), ())


def test_who_gets_a_card() -> None:
    plain, quiet, ours, quiet_ours, again = (
        kept(HookState.WAITING, "goot"),
        kept(HookState.WAITING, "water"),
        kept(HookState.WAITING, "Riverbank"),
        kept(HookState.WAITING, "Riverbank"),
        kept(HookState.LATER, "water"),
    )
    waiting, silent = [quiet, plain, quiet_ours, ours, again], {quiet.id, quiet_ours.id, again.id}
    assert chosen(waiting, silent, 9, 0) == ([plain, ours, again], [quiet, quiet_ours])
    assert chosen(waiting, silent, 1, 0) == ([plain, again], [quiet, quiet_ours, ours])
    assert chosen(waiting, silent, 0, 1) == ([quiet_ours, again], [quiet, plain, ours])
    assert chosen(waiting, silent, 1, 9) == ([plain, quiet_ours, ours, again], [quiet])
    assert chosen([], silent, 9, 9) == ([], [])
