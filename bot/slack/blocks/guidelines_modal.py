"""*What may I post?*: the guidelines, from the Markdown that comms writes to what Slack shows."""

import re

from bot.slack.blocks.sheet import sheet_to_read
from bot.slack.mrkdwn import Block, cut, escape, link, section
from bot.sources.words import Words

_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+|mailto:[^\s)]+)\)")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)(.+?)(?<!\*)\*\*(?!\*)")


def guidelines_modal(words: Words, language: str, text: str) -> Block:
    """A view to push on top of the share modal, which stays as it is below. The title is not said twice."""
    pieces = _pieces(re.sub(r"\A\s*# .*\n", "", text))
    return sheet_to_read(words, language, "share.guidelines", [section(piece) for piece in pieces][:100])


def _pieces(text: str) -> list[str]:
    """A section a paragraph or list; no section is longer than Slack takes."""
    paragraphs = (paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip())
    return [cut("\n".join(_line(line) for line in _unwrapped(paragraph)), 3000) for paragraph in paragraphs]


def _unwrapped(paragraph: str) -> list[str]:
    """Lines that were only broken for the editor's eye belong together."""
    lines: list[str] = []
    for line in paragraph.splitlines():
        if lines and not re.match(r"\s*([-*#>]|\d+\.)\s", line) and not lines[-1].startswith("#"):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return lines


def _line(line: str) -> str:
    heading = re.match(r"#+\s+(.*)", line)
    if heading:
        return f"*{escape(heading[1])}*"
    item = re.match(r"\s*[-*]\s+(.*)", line)
    return f"• {_inline(item[1])}" if item else _inline(line)


def _inline(text: str) -> str:
    parts = _LINK.split(text)
    links = (link(address, label) for label, address in zip(parts[1::3], parts[2::3], strict=True))
    return "".join(piece for pair in zip(map(_words, parts[::3]), [*links, ""], strict=True) for piece in pair)


def _words(text: str) -> str:
    """Every second piece stood between backquotes."""
    pieces = _CODE.split(text)
    return "".join(f"`{escape(piece)}`" if place % 2 else _bold(piece) for place, piece in enumerate(pieces))


def _bold(text: str) -> str:
    """Every second piece stood between two stars."""
    pieces = _BOLD.split(text)
    return "".join(f"*{escape(piece)}*" if place % 2 else escape(piece) for place, piece in enumerate(pieces))
