"""Messages made of headings and lines: the blocks and the text for screen readers come from the same parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.mrkdwn import Block, context, header, section

MOST_CHARACTERS = 2000


@dataclass(frozen=True)
class Part:
    """Some lines, already safe to show, below a heading if there is one. `is_small`: small print.

    `drawn`: blocks that say the same to those who look; then the lines are only read out.
    """

    lines: tuple[str, ...]
    heading: str | None = None
    is_small: bool = False
    drawn: tuple[Block, ...] = ()


def parts_text(title: str, parts: Sequence[Part]) -> str:
    """Everything, a line each."""
    return "\n".join([title, *(line for part in parts for line in (part.heading, *part.lines) if line)])


def parts_blocks(title: str, parts: Sequence[Part]) -> list[Block]:
    """A header, and a block a part; more where its lines do not fit in one."""
    return [header(title), *parts_body(parts)]


def parts_body(parts: Sequence[Part]) -> list[Block]:
    """The same without the header."""
    return [block for part in parts for block in _blocks(part)]


def _blocks(part: Part) -> list[Block]:
    if part.drawn:
        return list(part.drawn)
    lines = [f"*{part.heading}*", *part.lines] if part.heading else list(part.lines)
    return [context(text) if part.is_small else section(text) for text in _chunks(lines)]


def _chunks(lines: Sequence[str]) -> list[str]:
    """Whole lines together, each text short enough for a block."""
    chunks: list[str] = []
    for line in lines:
        if chunks and len(chunks[-1]) + 1 + len(line) <= MOST_CHARACTERS:
            chunks[-1] += f"\n{line}"
        else:
            chunks.append(line)
    return chunks
