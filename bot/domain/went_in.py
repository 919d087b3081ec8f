"""A window that is sent again says something else than what went in before."""

from bot.domain.graphemes import start_of
from bot.domain.problems import Problem

SHOWN = 80
"""So much of what went in before is shown, to tell which it was."""


class WentIn(Problem):
    """This form went in before, in other words or otherwise named; `word` says how, and it begins with `text`."""

    def __init__(self, word: str, text: str) -> None:
        super().__init__(text=start_of(text, SHOWN))
        self.word = word
