"""Texts of a crisis, made safe and kept within the room that a message has."""

import re
from collections.abc import Sequence

from bot.domain.crisis import Crisis, CrisisText, CrisisUpdate, Known
from bot.slack.mrkdwn import cut, escape, fit, link
from bot.sources.words import Words

LONGEST_TITLE = 120
LONGEST_NAME = 60
LONGEST_LINE = 600
"""Of a list, with its places filled in."""
LONGEST_AUDIENCE = 100
_ADDRESS = re.compile(r"\[(?P<label>[^\[\]\n]+)\]\((?P<to>https?://[^\s()]+)\)|(?P<bare>https?://[^\s<>|]*[\w/#=&%-])")


class Room:
    """How many characters a message still has for texts. `is_full`: something was left out."""

    def __init__(self, most: int) -> None:
        self._left = most
        self.is_full = False

    def text(self, text: str, most: int) -> str:
        """The beginning of it, if there is room for that; else ""."""
        return self._taken(safe_text(text, most)) if text else ""

    def whole(self, text: str, most: int) -> str:
        """All of what is safe already, if there is room for it and it is not longer; else ""."""
        self.is_full = self.is_full or len(text) > most
        return self._taken(text) if len(text) <= most else ""

    def lines(self, lines: Sequence[str], most: int) -> list[str]:
        """Whole lines, as many as fit, each safe; the first ones are the ones that matter."""
        shown: list[str] = []
        for line in lines:
            safe = "• " + safe_text(" ".join(line.split()), LONGEST_LINE)
            if sum(map(len, shown)) + len(safe) > most or not self._taken(safe):
                self.is_full = True
                break
            shown.append(safe)
        return shown

    def _taken(self, shown: str) -> str:
        if len(shown) > self._left:
            self.is_full = True
            return ""
        self._left -= len(shown)
        return shown


def safe_text(text: str, most: int) -> str:
    """At most so many characters of a text of comms, with its addresses as links; it formats and pings nothing else.

    Making text safe can make one character five, so of a text full of those less is shown.
    """
    shown = _linked(cut(text.strip(), most))
    return shown if len(shown) <= most else escape(cut(text.strip(), most // 5))


def _linked(text: str) -> str:
    pieces, start = [], 0
    for found in _ADDRESS.finditer(text):
        address = found["to"] or found["bare"]
        pieces += [escape(text[start : found.start()]), link(address, found["label"] or address)]
        start = found.end()
    return "".join([*pieces, escape(text[start:])])


def headline(words: Words, language: str, crisis: Crisis, title: str) -> str:
    """On one line, plain; of an exercise that comes first, so that nobody takes it for real."""
    line = cut(" ".join(title.split()), LONGEST_TITLE)
    return words.say(language, "crisis.exercise_title", title=line) if crisis.is_rehearsal else line


def title_for_staff(text: CrisisText) -> str:
    """What it is called for who reads of it: the title of the scenario is for those who choose one."""
    return text.text.page_title or text.text.title


def own_first(known: Known, language: str) -> list[CrisisText]:
    """All texts, the one in the language of who looks on top."""
    return sorted(known.texts, key=lambda text: text.language != language)


def lead_of(known: Known, text: CrisisText, audience: str) -> str:
    """What this audience reads above the statement."""
    return next((one.lead for one in text.text.audiences if one.key == audience), "")


def audience_name(known: Known, language: str, audience: str) -> str:
    """What it is called, on one safe line; its key where it has no name."""
    found = next((one for one in known.audiences if one.key == audience), None)
    names = dict(found.names) if found else {}
    return fit(names.get(language) or next(iter(names.values()), audience) or audience, LONGEST_AUDIENCE)


def update_text(update: CrisisUpdate, language: str) -> str:
    """In this language, or in the first there is."""
    return update.texts.get(language) or next(iter(update.texts.values()), "")
