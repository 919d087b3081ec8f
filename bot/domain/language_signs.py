"""What stands in a text that tells a person from a company: each sign counted, none of them weighed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from bot.domain.language_lists import LOWERING, RAISING, Entry, Index, Lists
from bot.domain.language_text import Text

LONGEST_SENTENCE = 40
SHORTEST_SENTENCE = 3

_MONEY = re.compile(r"[$€£]\s?\d|\d\s?(?:%|€)|[™®©]")
_QUESTION = re.compile(r"\?+")
_EASE = re.compile(
    r"(?<!\w)[:;=8]['-]?[)(dp3/\\|]+(?!\w)|<3|\.\.+|…|([^\W\d_])\1\1|\((?=[^\W\d_])|!!|\?!",
    re.IGNORECASE,
)
_SMALL_THING = re.compile(r"(?!oranje|spanje|franje|enquetje).{2,}[a-z]je(?:s)?")
_SIGNED = re.compile(r"(?<!\S)(?:\^\s?[A-Za-z]{1,12}|[-–~*/]\s?(?:[A-Z]{2}|[A-Z][a-z]{2,11}))\.?\s*\Z")
LONG = {"en": 8, "nl": 9}
_ABSTRACT = {
    "en": re.compile(r".{3,}(?:tions?|sions?|ments?|ness|ity|ities|ance|ence|ancy|ency|ism|ships?|ings?)"),
    "nl": re.compile(
        r".{3,}(?:ties?|heid|heden|ingen|ing|teit|teiten|ment|menten|atie|schap|schappen|isme|nis|uur|ering)"
    ),
}
_PARTICIPLE = {
    "en": re.compile(
        r".{2,}ed|done|made|given|taken|seen|known|shown|held|built|sent|told|found|kept|set|written|chosen"
    ),
    "nl": re.compile(r"(?:ge|be|ver|ont|her|aan|af|in|op|uit|door|over|toe|mee|voor)(?:ge)?.{2,}(?:[dt]|en)"),
}
_REACH = {"en": 2, "nl": 6}


@dataclass(frozen=True)
class Found:
    """An entry, and from which word through which."""

    entry: Entry
    first: int
    last: int


@dataclass(frozen=True)
class Signs:
    """`counts`: how often, by sign. `values`: what is weighed, by sign. `phrases`: the lowering ones."""

    counts: Mapping[str, int]
    values: Mapping[str, float]
    phrases: tuple[Found, ...]


def signs_of(text: Text, lists: Lists, allowed: frozenset[tuple[str, ...]] = frozenset()) -> Signs:
    """Count every sign. `allowed`: the company's own words, each as its words; they count for nothing.

    Signs are weighed by the hundred other words: those of no lowering phrase. So one that comes or goes changes nothing
    but itself, and can never make a text better by making it longer.
    """
    own = set(_own_words(text, allowed))
    phrases = tuple(find(text, lists.indexes["lowering"], own))
    taken = own | {at for found in phrases for at in range(found.first, found.last + 1)}
    counts = {kind: sum(found.entry.kind == kind for found in phrases) for kind in LOWERING}
    counts |= {kind: sum(1 for _ in find(text, lists.indexes[kind], taken)) for kind in RAISING}
    counts["did"] += _deeds(text, lists, taken)
    counts["ease"] += _at_ease(text, lists)
    counts["titles"] += len(_MONEY.findall(text.plain))
    counts["officialese"] += _SIGNED.search(text.plain) is not None
    counts |= {"hashtags": text.hashtags, "question": len(_QUESTION.findall(text.plain))}
    counts |= _shapes(text, lists, own)
    others, sentences = _others(text, taken)
    values = {sign: sqrt(count / (others + 15) * 100) for sign, count in counts.items()}
    values["sentences"] = min(LONGEST_SENTENCE, others / sentences) / 10
    return Signs(counts, values, phrases)


def find(text: Text, index: Index, taken: set[int]) -> Iterator[Found]:
    """What is listed, from left to right, the longest first, no word twice and none of `taken`."""
    at = 0
    while at < len(text.words):
        found = None if at in taken else _found_at(text, index, at)
        if found is not None and not any(place in taken for place in range(at, found.last + 1)):
            yield found
            at = found.last
        at += 1


def _own_words(text: Text, allowed: frozenset[tuple[str, ...]]) -> Iterator[int]:
    """Where the company's own words stand."""
    for words in allowed:
        for at in range(len(text.words) - len(words) + 1):
            if tuple(text.words[at : at + len(words)]) == words:
                yield from range(at, at + len(words))


def _found_at(text: Text, index: Index, at: int) -> Found | None:
    words = text.words
    for phrase, entry in index.by_word.get(words[at], ()):
        last = at + len(phrase.words) - 1
        if last < len(words) and all(text.joined[at:last]):
            said = tuple(words[at : last + 1])
            if said == phrase.words or (
                phrase.is_start and said[:-1] == phrase.words[:-1] and said[-1].startswith(phrase.words[-1])
            ):
                return Found(entry, at, last)
    for length in index.lengths:
        if (entry_or_none := index.by_start.get(words[at][:length])) is not None:
            return Found(entry_or_none, at, at)
    return None


def people_in(text: Text, lists: Lists) -> set[int]:
    """Where somebody is called by name, with a capital."""
    called = lists.words["called"]
    return {at for at, word in enumerate(text.words) if word in called and text.original[text.places[at][0]].isupper()}


def _deeds(text: Text, lists: Lists, taken: set[int]) -> int:
    """How often somebody did something: who, and close to it what they did, in one sentence."""
    who = lists.words["who"]
    people = {at for at, word in enumerate(text.words) if word in who} | people_in(text, lists)
    return sum(_did(text, lists, at) for at in people - taken)


def _did(text: Text, lists: Lists, at: int) -> bool:
    past, is_english = lists.words["past"], lists.language == "en"
    if text.echoed[at]:
        return False  # "I I I I I" is nobody who does something
    if not is_english and at and not text.starts[at] and text.words[at - 1] in past:
        return True  # "toen ging ik": what was done comes first
    for place in range(at + 1, min(at + 4, len(text.words))):
        if text.starts[place]:
            return False
        word = text.words[place]
        if word in past or (is_english and len(word) > 4 and word.endswith("ed")):
            return True
    return False


def _at_ease(text: Text, lists: Lists) -> int:
    small = sum(_SMALL_THING.fullmatch(word) is not None for word in text.words) if lists.language == "nl" else 0
    return small + len(_EASE.findall(text.plain))


def _others(text: Text, taken: set[int]) -> tuple[int, int]:
    """How many words are in no phrase, numbers and echoes apart; and in how many sentences of three such or more."""
    in_sentences = [0]
    for at, word in enumerate(text.words):
        if text.starts[at]:
            in_sentences.append(0)
        in_sentences[-1] += at not in taken and not text.echoed[at] and not word.isdigit()
    return sum(in_sentences), max(1, sum(many >= SHORTEST_SENTENCE for many in in_sentences))


def _shapes(text: Text, lists: Lists, own: set[int]) -> dict[str, int]:
    language = lists.language
    long, abstract, plain = LONG[language], _ABSTRACT[language], lists.words["plain"]
    words = [word for at, word in enumerate(text.words) if at not in own]
    return {
        "long": sum(len(word) >= long for word in words),
        "abstract": sum(abstract.fullmatch(word) is not None for word in words if word not in plain),
        "passive": _passives(text, lists),
    }


def _passives(text: Text, lists: Lists) -> int:
    helpers, reach = lists.words.get("passive", frozenset()), _REACH[lists.language]
    return sum(
        1
        for at, word in enumerate(text.words)
        if word in helpers and _is_done(text, lists.language, range(at + 1, min(at + 1 + reach, len(text.words))))
    )


def _is_done(text: Text, language: str, places: range) -> bool:
    for place in places:
        if text.starts[place]:
            return False
        if _PARTICIPLE[language].fullmatch(text.words[place]):
            return True
    return False
