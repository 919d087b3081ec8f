"""Does it sound like a person? A meter that needs no network, says why, and gives the same answer every time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.language_guess import guess
from bot.domain.language_lists import Lists
from bot.domain.language_quiet import Quiet, quiet_about, quoted_words
from bot.domain.language_signs import Found, people_in, signs_of
from bot.domain.language_text import Text, text_of
from bot.domain.language_weights import PLAIN_SENTENCE, WEIGHTS

PRAISED = 70.0
FEWEST_WORDS = 8
MOST_TIPS = 3
MOST_TRIED = 12

_SMALLEST_REASON = 0.5


@dataclass(frozen=True)
class Reason:
    """A sign, its name for people, and how many points the text would lose or win without it."""

    sign: str
    name: str
    moved: float


@dataclass(frozen=True)
class Tip:
    """Words as they stand in the text, and what to say instead. Without them the text scores higher."""

    phrase: str
    say: str


@dataclass(frozen=True)
class Reading:
    """What the meter says of a text. `score`: 0 (a company) to 100 (a person), two decimals.

    `reasons`: strongest first. `question`: what would help most, when nobody is in it. `tips`: at most three, strongest
    first. A text of fewer than eight words, one that is praised and one to keep quiet about have neither of the two.
    """

    score: float
    language: str
    words: int
    reasons: tuple[Reason, ...] = ()
    question: str | None = None
    tips: tuple[Tip, ...] = ()
    quiet: Quiet | None = None


class Meter:
    """Reads texts with the lists of each language."""

    def __init__(self, lists: Mapping[str, Lists]) -> None:
        """`lists` by language; every language has weights."""
        self.lists = lists

    def read(
        self, written: str, language: str | None = None, *, allowed: Iterable[str] = (), otherwise: str = "en"
    ) -> Reading:
        """Read a text of any length. `language` is guessed when it is None or unknown, and `otherwise` if that fails.

        `allowed`: the company's own words, such as names of products; they count for nothing.
        """
        text = text_of(written)
        if language is None or language not in self.lists:
            language = guess(text, self.lists, otherwise)
        own = frozenset(words for one in allowed if (words := tuple(text_of(one).words)))
        return _Read(written, text, self.lists[language], own).reading()


class _Read:
    """One text, with everything that was found in it."""

    def __init__(self, written: str, text: Text, lists: Lists, own: frozenset[tuple[str, ...]]) -> None:
        self.written, self.text, self.lists, self.own = written, text, lists, own
        self.weights = WEIGHTS[lists.language]
        self.signs = signs_of(text, lists, own)
        self.pushes = self.weights.pushes(self.signs.values)
        self.score = round(self.weights.score(self.pushes), 2)

    def reading(self) -> Reading:
        quiet = quiet_about(self.text, self.lists)
        has_tips = quiet is None and self.score < PRAISED and self.text.length >= FEWEST_WORDS
        return Reading(
            self.score,
            self.lists.language,
            self.text.length,
            self._reasons(),
            self.lists.question if has_tips and not self._has_person() else None,
            self._tips() if has_tips else (),
            quiet,
        )

    def _reasons(self) -> tuple[Reason, ...]:
        moved = {sign: round(self.score - self._without(sign), 2) for sign in self.pushes}
        found = [
            Reason(sign, self.lists.names[sign], points)
            for sign, points in moved.items()
            if abs(points) >= _SMALLEST_REASON
        ]
        return tuple(sorted(found, key=lambda reason: (-abs(reason.moved), reason.sign)))

    def _without(self, sign: str) -> float:
        """The score if that sign were not there; for long sentences, if they were plain ones."""
        plain = {"sentences": min(self.signs.values["sentences"], PLAIN_SENTENCE)}
        other = self.weights.pushes({sign: plain.get(sign, 0.0)})
        return self.weights.score(self.pushes | other)

    def _has_person(self) -> bool:
        """Whether somebody is in it: who says I, did something, or is called by name."""
        counts = self.signs.counts
        return counts["first"] > 0 or counts["did"] > 0 or bool(people_in(self.text, self.lists))

    def _tips(self) -> tuple[Tip, ...]:
        quoted = quoted_words(self.text)
        shown = [found for found in self.signs.phrases if found.entry.say and found.first not in quoted]
        by_phrase = {self._phrase(found).casefold(): found for found in reversed(shown)}
        rises = [(self._rise(found), found.first, found) for found in list(by_phrase.values())[:MOST_TRIED]]
        best = sorted((-rise, at, found) for rise, at, found in rises if rise > 0)
        return tuple(Tip(self._phrase(found), found.entry.say or "") for _, _, found in best[:MOST_TIPS])

    def _phrase(self, found: Found) -> str:
        return self.text.between(found.first, found.last)

    def _rise(self, found: Found) -> float:
        """How much higher the text scores without those words; 0 when they do not stand there literally."""
        phrase = self._phrase(found)
        if phrase not in self.written:
            return 0.0
        rest = self.written.replace(phrase, "", 1)
        return _Read(rest, text_of(rest), self.lists, self.own).score - self.score
