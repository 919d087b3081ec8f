"""How much of a feed's bytes may be read. Some are made to blow up, most are longer than anybody needs.

expat reads them first, which takes no time. Entities that stand for other entities, or for files, are sent away: a few
lines of them stand for gigabytes. Of a feed with ten thousand entries the first ones are left. What is no XML after all
is kept short, for it is read by patterns, and some bytes are made to be slow for those.
"""

from xml.parsers import expat

from bot.domain.hook_feeds import FeedTrouble

MOST_ENTRIES = 200
"""The newest stand first in a feed."""
LONGEST_BROKEN = 120_000
DEEPEST = 60


class FeedUnreadable(Exception):
    """It is not a feed, or not one to open; `hint` is the address of the feed that a page names."""

    def __init__(self, trouble: FeedTrouble, hint: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.hint = hint


def readable_part(body: bytes) -> tuple[bytes, bool]:
    """As much of it from the start as is worth reading, and whether it is XML. Raises FeedUnreadable for a trap."""
    look = _Look(body)
    if not look.is_whole:
        return body[:LONGEST_BROKEN], False
    return (body if look.end is None else body[: look.end] + look.closing.encode()), True


class _Trap(Exception):
    """It declares what is made to blow up, or to read files."""


class _Look:
    """One look through XML. `end`: where the first entry too many begins; `closing`: what then has to be closed."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._open: list[str] = []
        self._entries = 0
        self.end: int | None = None
        self.closing = ""
        self._parser = expat.ParserCreate()
        self._parser.EntityDeclHandler = self._declared
        self._parser.StartElementHandler = self._begun
        self._parser.EndElementHandler = self._ended
        self.is_whole = self._look_through()

    def _look_through(self) -> bool:
        try:
            self._parser.Parse(self._body, True)
        except _Trap as trap:
            raise FeedUnreadable(FeedTrouble.BOMB) from trap
        except (expat.ExpatError, ValueError, LookupError):
            return False
        return True

    def _declared(
        self, _name: str, _is_parameter: int, value: str | None, _base: str | None, *outside: str | None
    ) -> None:
        if value is None or "&" in value or "%" in value or any(outside):
            raise _Trap

    def _begun(self, name: str, _attributes: object) -> None:
        if len(self._open) >= DEEPEST:
            raise _Trap
        if name.rpartition(":")[2] in ("item", "entry"):
            self._entries += 1
            self._note_end()
        self._open.append(name)

    def _note_end(self) -> None:
        at = self._parser.CurrentByteIndex
        # Wide letters have other closing tags; those feeds are read to their end.
        if (
            self._entries == MOST_ENTRIES + 1
            and self._body[at : at + 1] == b"<"
            and self._body[at + 1 : at + 2] != b"\0"
        ):
            self.end = at
            self.closing = "".join(f"</{name}>" for name in reversed(self._open))

    def _ended(self, _name: str) -> None:
        self._open.pop()
