"""What a page says about itself (Open Graph, title, description, language), to fill in the form for an editor."""

import codecs
import re
import time
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bot.domain.clean_text import clean
from bot.domain.fetch_problems import PageAnswered
from bot.domain.page_preview import PagePreview
from bot.sources.fetch import Fetched, Fetcher

MAX_BYTES = 512_000
LONGEST_TITLE = 150
LONGEST_DESCRIPTION = 300
LONGEST_ALT = 2_000
LONGEST_IMAGE = 3_000

_ACCEPT = "text/html,application/xhtml+xml;q=0.9"
_LONGEST_HEAD = 256_000
_PIECE = 8_192
_PARSING_SECONDS = 0.5
_WHERE_A_CHARSET_STANDS = 4_096
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_END_OF_HEAD = re.compile(r"</head\s*>|<body[\s>]", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What browsers know; Python also calls "punycode" or "unicode_escape" an encoding.
_KNOWN = re.compile(r"utf-8|utf-16(-[lb]e)?|iso8859-\d+|cp125\d|cp866|koi8-[ru]|gb\w+|big5|euc_\w+|shift_jis|mac-roman")


class Previews:
    """Reads pages for a preview."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def read(self, url: str, seconds: float = 2.5) -> PagePreview:
        """What the page says, within that many seconds; empty when it is not HTML.

        Raises what the fetcher raises, and PageAnswered for an error status.
        """
        page = self._fetcher.get(url, timeout_seconds=seconds, max_bytes=MAX_BYTES, accept=_ACCEPT)
        if page.status >= 400:
            raise PageAnswered(page.url, page.status)
        return preview_of(page)


def preview_of(page: Fetched) -> PagePreview:
    """What a fetched page says about itself."""
    kind = page.content_type.partition(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml"):
        return PagePreview()
    head = _Head()
    _feed(head, _head_of(_decoded(page.body, page.content_type)))
    return _preview(head, page.url)


def _feed(head: HTMLParser, text: str) -> None:
    """In pieces, so that a page made to be slow can be left. `close()` is not for us: it is quadratic on open tags."""
    enough = time.monotonic() + _PARSING_SECONDS
    for start in range(0, len(text), _PIECE):
        if time.monotonic() > enough:
            return
        head.feed(text[start : start + _PIECE])


class _Head(HTMLParser):
    """Collects what stands in the head of a page; the first of a kind counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: dict[str, str] = {}
        self.language = ""
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = self.language or values.get("lang", "") or values.get("xml:lang", "")
        elif tag == "meta":
            name = (values.get("property") or values.get("name") or "").strip().lower()
            if values.get("content", "").strip():
                self.said.setdefault(name, values["content"])
        self._in_title = tag == "title" and not self.title

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def first(self, *names: str) -> str:
        """The first of these that the page says, on one line."""
        return next((_one_line(self.said[name]) for name in names if name in self.said), "")


def _preview(head: _Head, url: str) -> PagePreview:
    title = head.first("og:title", "twitter:title") or _one_line(head.title)
    description = head.first("og:description", "twitter:description", "description")
    image = _image(head.first("og:image:secure_url", "og:image", "og:image:url", "twitter:image"), url)
    alt = _cut(head.first("og:image:alt", "twitter:image:alt"), LONGEST_ALT)
    return PagePreview(
        title=_cut(title, LONGEST_TITLE),
        description=_cut(description, LONGEST_DESCRIPTION),
        image=image,
        image_alt=(alt or None) if image else None,
        language=_language(head.language) or _language(head.first("og:locale")),
        site_name=_cut(head.first("og:site_name"), LONGEST_TITLE) or None,
        has_card=bool(head.first("og:title", "twitter:title")),
    )


def _image(named: str, url: str) -> str | None:
    """The image as an absolute address, or None when nothing could fetch it."""
    if not named:
        return None
    try:
        image = urljoin(url, named)
        usable = urlsplit(image).scheme in ("http", "https") and bool(urlsplit(image).hostname)
    except ValueError:
        return None
    return image if usable and len(image) <= LONGEST_IMAGE else None


def _language(tag: str) -> str | None:
    """ "nl" of "nl-BE" and of "nl_NL"."""
    found = _LANGUAGE.match(tag.strip().lower())
    return found.group() if found else None


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _cut(text: str, longest: int) -> str:
    """Cut between words, with an ellipsis, when it is too long."""
    if len(text) <= longest:
        return text
    start = text[: longest - 1]
    return (start.rpartition(" ")[0] or start).rstrip(" ,;:.-–") + "…"


def _head_of(text: str) -> str:
    """The head alone: bodies are long, say nothing for a preview, and cost time to parse."""
    end = _END_OF_HEAD.search(text, 0, _LONGEST_HEAD)
    return text[: end.start() if end else _LONGEST_HEAD]


def _decoded(body: bytes, content_type: str) -> str:
    """As browsers do it: byte order mark, header, meta; else UTF-8, and Windows-1252 when it cannot be that."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace")
    named = _encoding(content_type) or _encoding_in_page(body)
    return body.decode(named, errors="replace") if named else _guessed(body)


def _encoding_in_page(body: bytes) -> str | None:
    """A page that can be read far enough to find "utf-16" in it is no UTF-16."""
    named = _encoding(body[:_WHERE_A_CHARSET_STANDS].decode("latin-1"))
    return "utf-8" if named and named.startswith("utf-16") else named


def _guessed(body: bytes) -> str:
    """A multi-byte character cut in two at the end does not make it another encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return decoder.decode(body)
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _encoding(said: str) -> str | None:
    """Python's name of the encoding named there. "iso-8859-1" means Windows-1252 to every browser."""
    found = _CHARSET.search(said)
    if found is None:
        return None
    try:
        name = codecs.lookup(found.group(1)).name
    except LookupError:
        return None
    if not _KNOWN.fullmatch(name):
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name
