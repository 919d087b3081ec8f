"""An open share modal between one press and the next: what it remembers, and what stands in its inputs."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any
from zlib import crc32

from bot.domain.problems import Unreadable

MOST = 10**18
"""Below the largest number a database can look for."""


@dataclass(frozen=True)
class ShareNote:
    """Where one person is with one story: small, and nothing the person typed.

    `dealt` and `chosen` are caption ids; `is_own` says that own words go along. `seen` is a check sum of the own words
    as they were last drawn, so that newly typed ones are noticed. `mine` are the networks in the order they were first
    drawn, so that buttons stay where they are; `opened` those whose button was pressed here.
    """

    story: int
    channel: str | None = None
    ts: str | None = None
    dealt: int | None = None
    chosen: int | None = None
    is_own: bool = False
    seen: int = 0
    mine: tuple[str, ...] = ()
    server: str | None = None
    opened: tuple[str, ...] = ()
    is_unfolded: bool = False
    is_choosing: bool = False

    def caught_up(self, own_words: str) -> "ShareNote":
        """Own words that changed since they were drawn go along now; emptied, the ready text does again."""
        sum_now = check_sum(own_words)
        is_own = bool(own_words) and (self.is_own or sum_now != self.seen)
        return replace(self, is_own=is_own, seen=sum_now)

    def with_opened(self, network: str) -> "ShareNote":
        """The button of this network was pressed."""
        return replace(self, opened=tuple(dict.fromkeys((*self.opened, network))))


def check_sum(text: str) -> int:
    """0 for nothing."""
    return crc32(text.encode(errors="replace")) if text else 0


def dump_note(note: ShareNote) -> str:
    """As private metadata; far below Slack's 3,000 characters."""
    return json.dumps(asdict(note), separators=(",", ":"))


def load_note(text: str) -> ShareNote:
    """Back again from `dump_note`. Raises Unreadable for anything else."""
    try:
        found = json.loads(text)
        known: dict[str, Any] = {
            name: tuple(map(str, value)) if isinstance(value, list) else value for name, value in found.items()
        }
        note = ShareNote(**known)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Unreadable from None
    if not _is_ours(note):
        raise Unreadable
    return note


def _is_ours(note: ShareNote) -> bool:
    numbers = (note.story, note.seen, note.dealt or 0, note.chosen or 0)
    texts = (note.channel or "", note.ts or "", note.server or "")
    return (
        all(isinstance(number, int) and abs(number) < MOST for number in numbers)
        and all(isinstance(text, str) for text in texts)
        and all(isinstance(names, tuple) for names in (note.mine, note.opened))
    )


@dataclass(frozen=True)
class ShareForm:
    """The inputs as they are now. None for one that is not on the modal."""

    words: str = ""
    disclosure: str | None = None
    ticked: tuple[str, ...] | None = None
    networks: tuple[str, ...] | None = None
    mastodon: str = ""
