"""How a message will be read: what in it pings, links or formats. It knows nothing of how our texts are made safe."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(r"<([^<>\n]+)>")
BARE = re.compile(r"https?://[^\s<>|]+|(?<![\w./@-])(?:[\w-]+\.)+(?:example|com|org|nl)\b(?!\w)", re.IGNORECASE)
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e]")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\u2028\u2029\ud800-\udfff\U000e0000-\U000e001f]")
FORMATTED = re.compile(r"(?<![^\W_])([*_~`])(?=\S)[^\n]*?(?<=\S)\1(?![^\W_])")
MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]{5,}")


@dataclass(frozen=True)
class Said:
    """One text of a message or view: `kind` is mrkdwn, plain_text, or the field of a plain string."""

    kind: str
    text: str
    verbatim: bool = False


def texts(value: Any) -> Iterator[Said]:
    """Every text that is shown or read out."""
    if isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, dict):
        if value.get("type") in ("mrkdwn", "plain_text"):
            yield Said(value["type"], value["text"], bool(value.get("verbatim")))
            return
        for key, inner in value.items():
            if key in ("alt_text", "accessibility_label", "initial_value") and isinstance(inner, str):
                yield Said(key, inner)
            else:
                yield from texts(inner)


def tokens(mrkdwn: str) -> list[str]:
    """What stands between < and >: the only thing that can ping or link where `verbatim` is set."""
    return TOKEN.findall(mrkdwn)


def faults(said: Said) -> list[str]:
    """What must not be in any text, whoever wrote it."""
    found = []
    if TURNING.search(said.text):
        found.append("turns the direction")
    if said.text.count("\u2066") + said.text.count("\u2067") or said.text.count("\u2068") != said.text.count("\u2069"):
        found.append("an isolate that is left open")
    if UNSEEN.search(said.text):
        found.append("something unseen")
    if MARKS.search(said.text):
        found.append("a tower of marks")
    if re.search("\u200d(\\s|…|$)|^\u200d", said.text):
        found.append("half of a joined emoji")
    if said.kind == "mrkdwn":
        found += _in_mrkdwn(said)
    return found


def _in_mrkdwn(said: Said) -> list[str]:
    found = [f"pings: {token}" for token in tokens(said.text) if token.startswith(("@", "!")) and not _ours(token)]
    found += [f"links: {t}" for t in tokens(said.text) if re.match(r"[a-z]+:", t) and not _web(t)]
    rest = TOKEN.sub("", said.text)
    if "<" in rest or ">" in rest:
        found.append("a bracket that is not escaped")
    if re.search(r"&(?!amp;|lt;|gt;)", rest):
        found.append("half an entity")
    if not said.verbatim:
        found.append("Slack looks for links in it by itself")
    return found


def _ours(token: str) -> bool:
    return token.startswith("!date^")


def _web(token: str) -> bool:
    return token.startswith(("https://", "http://", "mailto:"))
