"""The lists that ship: one replacement each, nothing twice, and every shown phrase worth showing."""

import re

import pytest

from bot.domain.language_lists import LOWERING, Lists, Phrase
from bot.domain.language_signs import find
from bot.domain.language_text import LONGEST, text_of
from tests.bench.language import the_meter

METER = the_meter()
LANGUAGES = ["en", "nl"]


def shown(lists: Lists) -> list[tuple[Phrase, str]]:
    """The shortest and the longest phrase of every shown entry, and what to say instead."""
    return [
        (phrase, entry.say)
        for entry in lists.entries
        if entry.say
        for phrase in {min(entry.phrases, key=length), max(entry.phrases, key=length)}
    ]


def length(phrase: Phrase) -> int:
    return len(phrase.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shown_entry_says_one_thing_instead(language: str) -> None:
    lists = METER.lists[language]
    says = [entry.say for entry in lists.entries if entry.say is not None]
    assert len(says) >= {"en": 60, "nl": 80}[language]
    assert all(say.strip() == say and not re.search(r"[/|;\n]", say) for say in says)
    assert all(entry.kind in LOWERING for entry in lists.entries if entry.say)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_of_two_kinds(language: str) -> None:
    kinds: dict[Phrase, set[str]] = {}
    for entry in METER.lists[language].entries:
        for phrase in entry.phrases:
            kinds.setdefault(phrase, set()).add(entry.kind)
    assert [phrase for phrase, found in kinds.items() if len(found) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shown_phrase_that_is_cut_never_lowers_the_score(language: str) -> None:
    around = {"en": ("the pump in the hall", "and it runs again"), "nl": ("de pomp in de hal", "en hij loopt weer")}
    before, after = around[language]
    lowered = [
        phrase.words
        for phrase, _ in shown(METER.lists[language])
        if METER.read(f"{before} {' '.join(phrase.words)} {after}", language).score
        >= METER.read(f"{before} {after}", language).score
    ]
    assert lowered == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_replacement_is_itself_something_to_replace(language: str) -> None:
    lists = METER.lists[language]
    says = {entry.say: text_of(entry.say) for entry in lists.entries if entry.say}
    wordy = [
        say
        for say, text in says.items()
        if any(found.entry.say for found in find(text, lists.indexes["lowering"], set()))
    ]
    assert wordy == []


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 200_000, "a " * 100_000, "(" * 100_000, "<@" * 50_000, "```" * 50_000, "we're proud to " * 10_000),
        *("“" * 50_000, ":a" * 50_000, "#a" * 50_000, "in order to " * 20_000, "é" * 100_000, '"a b c" ' * 20_000),
        *("ab." * 50_000, "a-" * 90_000, "he was born " * 20_000, "@" * 50_000),
    ],
    ids=lambda text: text[:6],
)
def test_no_text_takes_long(text: str) -> None:
    reading = METER.read(text)
    assert reading.words <= LONGEST
