"""What HTML says when it is read aloud: no tags, no scripts, no styles."""

import re
from html import unescape
from html.parser import HTMLParser

_SILENT = frozenset(("script", "style", "iframe", "object", "template", "noscript", "svg", "title"))
_HTML = re.compile(r"<(!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_LEFT_OVER = re.compile(r"&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_HEAD = 100_000


def text_of(html: str) -> str:
    """The text alone. What was packed twice (`&amp;amp;`) is unpacked, and its tags go too."""
    text = _read(html)
    if _LEFT_OVER.search(text):
        # Tags that were written as text stay text: nobody packs a tag three times to be read.
        text = _read(unescape(text))
    return text


def looks_like_html(text: str) -> bool:
    """Whether it is a web page."""
    return _HTML.search(text[:4_000]) is not None


def feed_link_of(html: str) -> str:
    """The address of the first feed that a page names, as it stands there; empty when it names none."""
    links = _Links()
    links.feed(html[:_HEAD])
    return links.feed_at


class _Aloud(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append(" ")
        if tag in _SILENT:
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.said.append(" ")
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed_at = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "link" and not self.feed_at and said.get("type", "").strip().lower() in _FEEDS:
            self.feed_at = said.get("href", "").strip()


def _read(html: str) -> str:
    if "<" not in html and "&" not in html:
        return html
    aloud = _Aloud()
    # A tag behind it lets the last words out. `close()` would too, but is quadratic on tags that stay open.
    aloud.feed(html + "<br>")
    return "".join(aloud.said)
