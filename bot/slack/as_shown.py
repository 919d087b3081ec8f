"""What stood in the inputs of a form when it was opened: what nobody touched goes over no colleague's words."""

from collections.abc import Mapping
from hashlib import sha256

from bot.domain.clean_text import clean


def shown_note(number: int, shown: Mapping[str, str]) -> str:
    """What the form is about, and a mark and the length of each text by the name of its input; as a view keeps it."""
    return " ".join([str(number), *(f"{name}={_mark(text)}.{len(text)}" for name, text in shown.items())])


def number_of(note: str) -> str:
    """What the form is about."""
    return note.partition(" ")[0]


def is_untouched(note: str, name: str, text: str) -> bool:
    """Whether this is what stood there."""
    return _shown(note).get(name, "").partition(".")[0] == _mark(text)


def length_shown(note: str, name: str) -> int:
    """How long what stood there was; 0 where nothing did."""
    length = _shown(note).get(name, "").partition(".")[2]
    return int(length) if length.isdecimal() else 0


def _shown(note: str) -> dict[str, str]:
    """By the name of an input: the mark, and the length."""
    parts = (part.rpartition("=") for part in note.split(" ")[1:])
    return {name: found for name, _, found in parts}


def _mark(text: str) -> str:
    return sha256(clean(text).strip().encode()).hexdigest()[:12]
