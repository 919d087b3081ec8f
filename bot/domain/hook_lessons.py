"""What *Not this* teaches: a word or a source of which nothing was ever of use comes in the round-up from then on.

Nothing is thrown away by it, and every lesson can be undone. It is worked out anew from what became of hooks, so there
is nothing that could be forgotten wrongly.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.hook_cards import HookState, KeptHook, Mutes
from bot.domain.hooks import WordKind

ENOUGH = 3
"""So many that were dismissed, and none that was of use."""
REMEMBERED = timedelta(days=30)
USED = (HookState.QUEUED, HookState.IDEA)

WORD, SOURCE = "word", "source"


@dataclass(frozen=True)
class Lesson:
    """A word or a source (`kind`) whose hooks come in the round-up; `dismissed`: so many taught it."""

    kind: str
    what: str
    dismissed: int

    @property
    def key(self) -> str:
        """The same however it is written."""
        return lesson_key(self.kind, self.what)


def lesson_key(kind: str, what: str) -> str:
    """What a lesson is known by."""
    return f"{kind}:{what.casefold()}"


def lessons_of(
    hooks: Iterable[KeptHook], undone: Mapping[str, datetime], muted: Mutes, now: datetime
) -> tuple[Lesson, ...]:
    """What the last thirty days taught: words first, each kind in the order in which it was learned.

    Of use is what was queued, became an idea, or was called good, bad or mixed. `undone`: since when (UTC) a lesson
    counts from nothing again, by its key. What is muted needs no lesson. Names of ours are never learned: what is said
    about us is heard, unless its source is never of use. What a word explains says nothing of its source.
    """
    recent = [kept for kept in hooks if kept.found_at > now - REMEMBERED]
    explained = {lesson.key for lesson in _taught(recent, WORD, {})}
    others = [kept for kept in recent if _is_of_use(kept) or not _words_are_in(kept, explained)]
    silent = {*(lesson_key(WORD, word) for word in muted.words), *(lesson_key(SOURCE, one) for one in muted.sources)}
    learned = (*_taught(recent, WORD, undone), *_taught(others, SOURCE, undone))
    return tuple(lesson for lesson in learned if lesson.key not in silent)


def _taught(hooks: Iterable[KeptHook], kind: str, undone: Mapping[str, datetime]) -> list[Lesson]:
    dismissed: dict[str, Lesson] = {}
    useful: set[str] = set()
    for kept in hooks:
        for key, what in _subjects(kept, kind).items():
            if key in undone and kept.found_at <= undone[key]:
                continue
            if _is_of_use(kept):
                useful.add(key)
            elif kept.state is HookState.NOT_THIS:
                before = dismissed.get(key, Lesson(kind, what, 0))
                dismissed[key] = replace(before, dismissed=before.dismissed + 1)
    return [one for one in dismissed.values() if one.key not in useful and one.dismissed >= ENOUGH]


def is_quiet(kept: KeptHook, lessons: Iterable[Lesson]) -> bool:
    """Whether it goes to the round-up: all that it was found by, or everybody who brings it, was never of use."""
    learned = {lesson.key for lesson in lessons}
    return _words_are_in(kept, learned) or _subjects(kept, SOURCE).keys() <= learned


def chosen(
    waiting: Sequence[KeptHook], quiet: Collection[int], room: int, room_for_us: int
) -> tuple[list[KeptHook], list[KeptHook]]:
    """Which of these get a card, and which come in the round-up; the best first.

    Who said *Later* hears of it again, whatever else the day brought. `quiet`: hooks (by id) that *Not this* taught to
    wait for the round-up. `room_for_us`: so many more about us, quiet or not, while there is far more than usual.
    """
    cards, rest = [], []
    for kept in waiting:
        if kept.state is HookState.LATER:
            cards.append(kept)
        elif room > 0 and kept.id not in quiet:
            cards.append(kept)
            room -= 1
        elif room_for_us > 0 and is_about_us(kept):
            cards.append(kept)
            room_for_us -= 1
        else:
            rest.append(kept)
    return cards, rest


def is_about_us(kept: KeptHook) -> bool:
    """Whether it names the brand or its people."""
    return any(each.word.kind is not WordKind.TOPIC for each in kept.hook.found)


def _is_of_use(kept: KeptHook) -> bool:
    return kept.state in USED or kept.mood is not None


def _words_are_in(kept: KeptHook, learned: Set[str]) -> bool:
    """Whether it was found by words, and all of them are learned."""
    words = {lesson_key(WORD, each.word.text) for each in kept.hook.found}
    return bool(words) and words <= learned


def _subjects(kept: KeptHook, kind: str) -> dict[str, str]:
    """The topics it was found by, or the papers that bring it, by their keys."""
    topics = [each.word.text for each in kept.hook.found if each.word.kind is WordKind.TOPIC]
    return {lesson_key(kind, what): what for what in (topics if kind == WORD else kept.hook.sources)}
