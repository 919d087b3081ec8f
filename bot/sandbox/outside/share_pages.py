"""The share pages of the networks: which one an address is, and what arrives there with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

WAY_ON = re.compile(r'href="([^"]*)"')
"""A link in a page; some lead to share pages."""
_LINK = re.compile(r"https?://[^\s<>\"]+")
_END = ".,!?;:)]}>'\"”’»…"


@dataclass(frozen=True)
class SharePage:
    """What stands ready on a network's page. `title`: of a mail, or for a link of its own."""

    network: str
    address: str
    text: str = ""
    link: str = ""
    title: str = ""


@dataclass(frozen=True)
class _Kind:
    network: str
    fits: Callable[[SplitResult], bool]
    text: str = "text"
    link: str = "url"
    title: str = "title"


def _at(host: str, path: str) -> Callable[[SplitResult], bool]:
    """On that host, with or without www., at that path or below."""
    return lambda parts: (parts.hostname or "").removeprefix("www.") == host and parts.path.startswith(path)


_KINDS = (
    _Kind("LinkedIn", _at("linkedin.com", "/feed")),
    _Kind("LinkedIn", _at("linkedin.com", "/sharing/share-offsite")),
    _Kind("X", _at("x.com", "/intent/")),
    _Kind("Bluesky", _at("bsky.app", "/intent/compose")),
    _Kind("Threads", _at("threads.com", "/intent/post")),
    _Kind("Facebook", _at("facebook.com", "/sharer/sharer.php"), link="u"),
    _Kind("WhatsApp", _at("wa.me", "/")),
    _Kind("Reddit", _at("reddit.com", "/submit")),
    _Kind("Telegram", _at("t.me", "/share/url")),
    _Kind("E-mail", lambda parts: parts.scheme == "mailto", text="body", title="subject"),
    _Kind("Mastodon", lambda parts: parts.scheme == "https" and parts.path == "/share"),
)


def share_page(address: str) -> SharePage | None:
    """The share page at this address; None when it is something else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    kind = next((kind for kind in _KINDS if parts.scheme in ("https", "mailto") and kind.fits(parts)), None)
    if kind is None:
        return None
    sent = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    text = sent.get(kind.text, "").replace("\r\n", "\n")
    return SharePage(kind.network, address, text, sent.get(kind.link) or link_in(text), sent.get(kind.title, ""))


def link_in(text: str) -> str:
    """The last link in a text: it stands at the end. Empty without one."""
    found = _LINK.findall(text)
    return found[-1].rstrip(_END) if found else ""
