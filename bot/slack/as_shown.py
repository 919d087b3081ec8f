"""What stood in the inputs of a form when it was opened: what nobody touched goes over no colleague's words."""

from collections.abc import Mapping
from hashlib import sha256

from bot.domain.clean_text import clean


def shown_note(number: int, shown: Mapping[str, str]) -> str:
    """What the form is about, and a mark of each text by the name of its input; as a view keeps it."""
    return " ".join([str(number), *(f"{name}={_mark(text)}" for name, text in shown.items())])


def number_of(note: str) -> str:
    """What the form is about."""
    return note.partition(" ")[0]


def is_untouched(note: str, name: str, text: str) -> bool:
    """Whether this is what stood there."""
    return f"{name}={_mark(text)}" in note.split(" ")[1:]


def _mark(text: str) -> str:
    return sha256(clean(text).strip().encode()).hexdigest()[:12]
