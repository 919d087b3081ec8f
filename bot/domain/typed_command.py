"""What was typed after `/passalong queue`: a link and, behind it, a time; and a message, as people read it."""

import re

_SLACK_LINK = re.compile(r"<(?P<link>[a-z][a-z0-9+.-]*:[^|>\s]+)(?:\|[^>]*)?>", re.IGNORECASE)
_BARE_LINK = re.compile(r"(?<!\S)(?P<link>[a-z][a-z0-9+.-]*://\S+)", re.IGNORECASE)
_TOKEN = re.compile(r"<(?P<mark>[@#!]?)(?P<body>[^|<>\n]*)(?:\|(?P<label>[^<>\n]*))?>")
_CLOSING = ".,;:!?)]}>\"'"


def split_command(text: str) -> tuple[str, str]:
    """`https://… tomorrow 9:00` (or `<https://…|label> …`) as link and the words around it; "" for what is not there.

    Slack's escapes of & are undone; a full stop or a bracket behind a bare link is not part of it.
    """
    found = _SLACK_LINK.search(text) or _BARE_LINK.search(text)
    if found is None:
        return "", _unescaped(" ".join(text.split()))
    link = found["link"] if text[found.start()] == "<" else _without_closing(found["link"])
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return _unescaped(link), _unescaped(" ".join(rest.split()))


def readable(text: str) -> str:
    """A message as Slack writes it, in the words that people see: links by their addresses, others by their names.

    Whoever is called by an id alone is `@…`: a name is not ours to add.
    """
    return _unescaped(_TOKEN.sub(_read, text)).strip()


def _read(token: re.Match[str]) -> str:
    mark, body, label = token["mark"], token["body"], token["label"]
    if mark == "@":
        return f"@{(label or '…').removeprefix('@')}"
    if mark == "#":
        return f"#{label or '…'}"
    if mark == "!":
        return label or f"@{body.partition('^')[0]}"
    return body


def _without_closing(link: str) -> str:
    while link[-1] in _CLOSING and not (link[-1] == ")" and link.count("(") >= link.count(")")):
        link = link[:-1]
    return link


def _unescaped(text: str) -> str:
    """What somebody typed, out of what Slack made of it in a command."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
