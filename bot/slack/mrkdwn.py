"""The one place where text from people is made safe for Slack, and the smallest Block Kit pieces are built."""

import re
from typing import Any

from bot.domain.clean_text import clean as clean
from bot.domain.graphemes import start_of

Block = dict[str, Any]

# What makes text bold, slanted, struck or code, where it stands at the edge of a word; and what looks like it.
_FORMATS = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
_LIKE = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
_QUOTES = re.compile("^>", re.MULTILINE)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def escape(text: str) -> str:
    """Text of a person, safe inside mrkdwn: it pings nobody, links nowhere, and formats nothing.

    Letters that run from right to left stand in an isolate, so that what follows keeps its direction.
    """
    shown = _FORMATS.sub(lambda mark: _LIKE[mark[0]], clean(text))
    # With something before it, if nothing to see, a > at the start of a line begins no quotation.
    shown = _entities(_QUOTES.sub("\u2060>", shown))
    return f"\u2068{shown}\u2069" if _RIGHT_TO_LEFT.search(shown) else shown


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    """At most this many characters, with an ellipsis where some were left out; no emoji is torn apart."""
    return text if len(text) <= most else start_of(text, most - 1).rstrip() + "…"


def fit(text: str, most: int) -> str:
    """One safe line of at most so many characters; making text safe can make one character five."""
    line = " ".join(text.split())
    shown = escape(cut(line, most))
    return shown if len(shown) <= most else escape(cut(line, most // 5))


def link(address: str, label: str) -> str:
    """A link in mrkdwn."""
    return f"<{_entities(clean(address)).replace('|', '%7C')}|{escape(label)}>"


def mrkdwn(text: str) -> Block:
    """A mrkdwn text object. `verbatim` keeps Slack from making links and mentions of what people typed."""
    return {"type": "mrkdwn", "text": _cut_whole(text, 3000), "verbatim": True}


def _cut_whole(text: str, most: int) -> str:
    """The same for mrkdwn: no half link and no half `&amp;`, which would be shown as they are written."""
    shown = cut(text, most)
    if shown == text:
        return text
    whole = shown[: shown.rfind("<")] if shown.rfind("<") > shown.rfind(">") else shown[:-1]
    return re.sub(r"&[a-z]*$", "", whole).rstrip() + "…"


def plain(text: str, most: int = 3000) -> Block:
    """A plain text object."""
    return {"type": "plain_text", "text": cut(clean(text), most), "emoji": True}


def section(text: str, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A section of mrkdwn."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    if block_id is not None:
        block["block_id"] = block_id
    return block


def paragraphs(text: str) -> list[Block]:
    """A text that is a message by itself, a section a paragraph: text without blocks is searched for links by Slack."""
    return [section(paragraph) for paragraph in text.split("\n\n") if paragraph.strip()][:50]


def context(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, 150)}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of buttons and menus."""
    block: Block = {"type": "actions", "elements": list(elements)}
    if block_id is not None:
        block["block_id"] = block_id
    return block


def button(
    text: str,
    action_id: str,
    value: str = "",
    *,
    url: str | None = None,
    style: str | None = None,
    label: str | None = None,
) -> Block:
    """A button; `label` is what screen readers say where the text alone says too little."""
    element: Block = {"type": "button", "text": plain(text, 75), "action_id": action_id}
    if value:
        element["value"] = value
    if url is not None:
        element["url"] = url
    if style is not None:
        element["style"] = style
    if label is not None:
        element["accessibility_label"] = cut(clean(label), 75)
    return element


def choice(text: str, value: str) -> Block:
    """An option of a select, an overflow or a row of radio buttons."""
    return {"text": plain(text, 75), "value": value}


def overflow(action_id: str, *options: Block) -> Block:
    """The menu behind the three dots."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def image(address: str, alt: str) -> Block:
    """A picture."""
    return {"type": "image", "image_url": address, "alt_text": cut(clean(alt), 2000)}
