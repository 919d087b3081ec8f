"""Which language a text is in, by the small words that stand in every sentence."""

from collections.abc import Mapping

from bot.domain.language_lists import Lists
from bot.domain.language_text import Text


def guess(text: Text, lists: Mapping[str, Lists], otherwise: str) -> str:
    """The language whose small words stand there most often; `otherwise` when that is none, or two."""
    many = {name: sum(word in one.words["common"] for word in text.words) for name, one in lists.items()}
    most = max(many.values(), default=0)
    found = [name for name, count in many.items() if count == most]
    return found[0] if most and len(found) == 1 else otherwise
