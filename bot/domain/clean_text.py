"""Text from people, as it may be kept and shown: nothing unseen in it, nothing that reaches outside its own line."""

import re
import unicodedata
from typing import Any

MOST_MARKS = 4
"""Combining marks on one character. Vietnamese needs two, Hebrew and Thai four at most; a tower hides other lines."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, marks and orders that turn the direction of text round, spaces of no width, blanks that count as
# letters, what is no character at all. One of them in a title garbles all that follows, or hides what is there.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
)
_JOINERS = "\u200c\u200d"
_FIRST_MARK = "\u0300"


def clean(text: str) -> str:
    """The same text without what cannot be seen; line ends are `\\n`. Doing it twice changes nothing.

    Letters that run from right to left stay, the marks and orders for direction go. Joiners stay where they join.
    """
    shown = _UNSEEN.sub("", _LINE_ENDS.sub("\n", storable(text)))
    return _readable(shown) if any(char >= _FIRST_MARK for char in shown) else shown


def storable(value: Any) -> Any:
    """Text, or lists and mappings of it, that a database and UTF-8 can hold: no NUL, no half of a pair (U+FFFD).

    The same object where nothing is amiss, as it nearly always is.
    """
    return value if _is_storable(value) else _mended(value)


def _is_storable(value: Any) -> bool:
    if isinstance(value, str):
        return (value.isascii() and "\0" not in value) or value == _whole(value)
    if isinstance(value, dict):
        return all(map(_is_storable, value)) and all(map(_is_storable, value.values()))
    return all(map(_is_storable, value)) if isinstance(value, list) else True


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _whole(value)
    if isinstance(value, dict):
        return {_mended(key): _mended(inner) for key, inner in value.items()}
    return [_mended(inner) for inner in value] if isinstance(value, list) else value


def _whole(text: str) -> str:
    found = text.replace("\0", "")
    if _SURROGATE.search(found) is None:
        return found
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _readable(text: str) -> str:
    """Joiners between characters only, and no towers of marks."""
    kept: list[str] = []
    marks = 0
    for char in text:
        stands_alone = not kept or kept[-1].isspace()
        if char in _JOINERS:
            if not stands_alone and kept[-1] not in _JOINERS:
                kept.append(char)
        elif unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if not stands_alone and marks <= MOST_MARKS:
                kept.append(char)
        else:
            marks = 0
            _drop_joiner(kept, before=char)
            kept.append(char)
    _drop_joiner(kept, before=" ")
    return "".join(kept)


def _drop_joiner(kept: list[str], *, before: str) -> None:
    if kept and kept[-1] in _JOINERS and before.isspace():
        kept.pop()
