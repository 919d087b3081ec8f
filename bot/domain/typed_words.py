"""Typed times, made equal: English and Dutch words for days and parts of the day become the same few tokens.

Tokens are capitals, everything else is lower case. `morgenochtend 9 uur` and `tomorrow morning 9 o'clock` both become
`TOMORROW MORNING 9 uur`.
"""

import re
import unicodedata

from bot.domain.weekdays import NAMES, NUMBER_OF

NUMBERS: dict[str, int] = {
    word: number
    for number, words in {
        1: "een één one",
        2: "twee two",
        3: "drie three",
        4: "vier four",
        5: "vijf five",
        6: "zes six",
        7: "zeven seven",
        8: "acht eight",
        9: "negen nine",
        10: "tien ten",
        11: "elf eleven",
        12: "twaalf twelve",
        15: "vijftien fifteen",
        20: "twintig twenty",
        25: "vijfentwintig twenty-five",
        30: "dertig thirty",
    }.items()
    for word in words.split()
}

NUMBER = r"(?:\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
"""A pattern for a number of one or two digits, or in words."""

_WEEKDAY = "|".join(sorted(NUMBER_OF, key=len, reverse=True))
_DUTCH_WEEKDAY = "|".join(names[1] for names in NAMES["nl"])

_TIDY: list[tuple[str, str]] = [
    (r"[‘’´`]", "'"),
    (r"(?<!\d),|,(?!\d)|[;!?]", " "),
    (r"\b([ap])\.\s?m\b\.?", r"\1m"),
    (r"\ba\.\s?s\.", "aanstaande"),
    (r"\bo'?\s?clock\b", "uur"),
    (r"\b(\d{4}-\d{2}-\d{2})t(?=\d{2}:)", r"\1 "),
    (r"\b(?:on|op|de|the|of|please|pls|graag|aub|svp|precies|stipt|sharp|exactly)\b", " "),
    (r"\.(?=\s|$)", " "),
    (r"\s+", " "),
]

_TOKENS: list[tuple[str, str]] = [
    (rf"\b(morgen|overmorgen|{_DUTCH_WEEKDAY})(ochtend|middag|avond|nacht|vroeg)\b", r"\1 \2"),
    (rf"\b(overmorgen|{_DUTCH_WEEKDAY})morgen\b", r"\1 ochtend"),
    (r"\bovermorgen\b|\bday after (?:tomorrow|tomorow|tommorow|tommorrow)\b", "OVERMORROW"),
    (r"\b(?:vanochtend|vanmorgen|this morning)\b", "TODAY MORNING"),
    (r"\b(?:vanmiddag|this afternoon)\b", "TODAY AFTERNOON"),
    (r"\b(?:vanavond|tonight|tonite|this evening)\b", "TODAY EVENING"),
    (r"\bmorgen vroeg\b", "TOMORROW MORNING"),
    (r"(?:\bin )?(?:(?<!\w)'?s )?\b(?:ochtends?|morgens|morning)\b", "MORNING"),
    (r"(?:\bin )?(?:(?<!\w)'?s )?\b(?:middags?|afternoon)\b", "AFTERNOON"),
    (r"(?:\b(?:in|at) )?(?:(?<!\w)'?s )?\b(?:avonds?|evening|night)\b", "EVENING"),
    (r"(?:(?<!\w)'?s )?\bnachts?\b", "NIGHT"),
    (r"\b(?:vandaag|today)\b", "TODAY"),
    (r"\b(?:morgen|tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr)\b", "TOMORROW"),
    (r"\b(?:gisteren|yesterday)\b", "YESTERDAY"),
    (r"\b(?:volgende|next) week\b", "NEXTWEEK"),
    (r"\b(?:deze|this) week\b", "THISWEEK"),
    (r"\b(?:komende|aanstaande|aankomende|eerstvolgende|coming|upcoming)\b", "COMING"),
    (r"\b(?:volgende|next)\b", "NEXT"),
    (r"\b(?:deze|this)\b", "THIS"),
]

_DUTCH = re.compile(
    rf"\b(?:{_DUTCH_WEEKDAY}|\w*morgen|van(?:daag|middag|avond|ochtend)|volgende|komende|aanstaande|om|uur|over|deze"
    r"|\w*ochtends?|\w*middags?|\w*avonds?|maart|mei|mrt|januari|februari|juni|juli|augustus|oktober|okt)\b"
)
_ENGLISH = re.compile(
    r"\b(?:\w+day|tomorrow|at|next|this|coming|morning|afternoon|evening|tonight|in|january|february|march|may|june"
    r"|july|august|october|oct|mar)\b"
)


def tidy(text: str) -> str:
    """Lower case, one kind of apostrophe, no commas and no words that mean nothing for the time."""
    text = unicodedata.normalize("NFKC", text).lower()
    for pattern, plain in _TIDY:
        text = re.sub(pattern, plain, text)
    return text.strip()


def tokens(tidied: str) -> str:
    """The tidied text with every day word and part of the day as a token, weekdays as `WD0` (Monday) … `WD6`."""
    for pattern, token in _TOKENS:
        tidied = re.sub(pattern, token, tidied)
    return re.sub(rf"\b({_WEEKDAY})\b", lambda found: f"WD{NUMBER_OF[found[1]]}", tidied)


def tongue(tidied: str, language: str) -> str | None:
    """In which language this was typed: what its words say, else the person's own; None when they say both."""
    dutch, english = bool(_DUTCH.search(tidied)), bool(_ENGLISH.search(tidied))
    if dutch != english:
        return "nl" if dutch else "en"
    return None if dutch else language


def number(word: str) -> int:
    """The number a match of NUMBER stands for."""
    return NUMBERS[word] if word in NUMBERS else int(word)
