"""What somebody meant to write later, and a crisis would send as it stands."""

import re

from bot.domain.crisis_scenario import without_places

_LEFT_OVER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XX+|lorem|ipsum|NNTB|N\.N\.)(?!\w)|\bn\.t\.b\.|\.\.\.|…|_{2,}|\?{2,}|\{[^{}]*\}|<(?!https?:|mailto:)[^<>]*>",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\[[^\[\]]*\]?(?!\()|\]")


def left_over(text: str) -> str | None:
    """The first thing in a text that was to be replaced before the file was ready; None when it is ready.

    A place for the moment of need, `[what happened]`, is none. `[…]`, `[ ]`, `[TODO: …]` and a bracket alone are.
    """
    found = _LEFT_OVER.search(text) or _BRACKET.search(_without_links(without_places(text)))
    return found[0] if found else None


def _without_links(text: str) -> str:
    return re.sub(r"\[[^\[\]]*\]\([^()\s]*\)", "", text)
