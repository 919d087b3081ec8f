"""From the bytes of a feed to entries in plain text: RSS of any age, Atom, JSON Feed.

feedparser knows the dialects; `feed_guard` decides how much of the bytes it gets to see.
"""

import hashlib
import io
import json
import re
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.domain.clean_text import clean
from bot.domain.hook_feeds import FeedTrouble
from bot.domain.hooks import FeedEntry
from bot.sources.feed_guard import MOST_ENTRIES, FeedUnreadable, readable_part
from bot.sources.html_text import feed_link_of, looks_like_html, text_of

LONGEST_TITLE = 200
LONGEST_SUMMARY = 600
LONGEST_LINK = 2_000
LONGEST_SOURCE = 60

_HEAD = 20_000
_A_FEED = re.compile(r"<([\w.-]{1,20}:)?(rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_RAW_TITLE = 1_000
_RAW_SUMMARY = 4_000
_YEARS = range(1990, 2100)
_JSON_FEED = "https://jsonfeed.org/version/"


def feed_of(body: bytes, content_type: str, url: str) -> tuple[str, tuple[FeedEntry, ...]]:
    """Its title and its entries, in its own order, each once. Raises FeedUnreadable."""
    if body.lstrip()[:1] == b"{":
        title, found = _json_feed(body, url)
    else:
        title, found = _xml_feed(body, content_type, url)
    entries: dict[str, FeedEntry] = {}
    for entry in found:
        if entry is not None:
            entries.setdefault(entry.key, entry)
    return title, tuple(entries.values())


def _xml_feed(body: bytes, content_type: str, url: str) -> tuple[str, list[FeedEntry | None]]:
    head = body[:_HEAD].replace(b"\0", b"").decode("utf-8", "replace")
    if not _A_FEED.search(head):
        raise _no_feed(head, url)
    # A third of a second to import, which only those who watch feeds wait for.
    import feedparser

    part, is_whole = readable_part(body)
    parsed = feedparser.parse(
        io.BytesIO(part),
        response_headers={"content-type": _said_kind(content_type)},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    version = str(parsed.get("version") or "")
    if not parsed.entries and not (version and is_whole):
        raise FeedUnreadable(FeedTrouble.BROKEN)
    knows_plain = version.startswith("atom")
    title = _line(text_of(str(parsed.feed.get("title", ""))[:_RAW_TITLE]), LONGEST_SOURCE)
    found: list[Mapping[str, Any]] = parsed.entries[:MOST_ENTRIES]
    return title, [_entry(entry, url, knows_plain) for entry in found]


def _no_feed(head: str, url: str) -> FeedUnreadable:
    if looks_like_html(head):
        return FeedUnreadable(FeedTrouble.PAGE, _web(feed_link_of(head), url))
    return FeedUnreadable(FeedTrouble.NO_FEED)


def _said_kind(content_type: str) -> str:
    """Servers say "text/html" of feeds; whoever believes that would take another set of letters for it."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", content_type, re.IGNORECASE)
    return "application/xml" + (f"; charset={charset.group(1)}" if charset else "")


def _entry(said: Mapping[str, Any], url: str, knows_plain: bool) -> FeedEntry | None:
    """One entry; None when it says nothing at all. `knows_plain`: this dialect says which texts have no tags."""
    title = _line(_text(said.get("title_detail") or {}, _RAW_TITLE, knows_plain), LONGEST_TITLE)
    summary = _line(_text(_longest_summary(said), _RAW_SUMMARY, knows_plain), LONGEST_SUMMARY)
    name, link = str(said.get("id") or ""), str(said.get("link") or "")
    # feedparser takes any name for a link where there is no other.
    link = _web(link, url) if said.get("links") else _web(name, "")
    return _made(name, title, link, summary, _date_of(said), _source(said))


def _made(name: str, title: str, link: str, summary: str, at: datetime | None, source: str) -> FeedEntry | None:
    heading = title or _line(summary, 100)
    if not heading:
        return None
    told_apart_by = name or link or f"{heading}\n{at}"
    key = hashlib.sha256(told_apart_by.encode("utf-8", "replace")).hexdigest()[:32]
    return FeedEntry(key, heading, link, summary, at, source)


def _longest_summary(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an entry says of itself; the whole article where it has no summary."""
    detail: Mapping[str, Any] = said.get("summary_detail") or {}
    if detail.get("value"):
        return detail
    return next((content for content in said.get("content") or () if content.get("value")), {})


def _source(said: Mapping[str, Any]) -> str:
    told = said.get("source") or {}
    return _line(text_of(str(told.get("title", ""))[:_RAW_TITLE]), LONGEST_SOURCE)


def _text(detail: Mapping[str, Any], longest_raw: int, knows_plain: bool) -> str:
    value = str(detail.get("value") or "")[:longest_raw]
    return value if knows_plain and detail.get("type") == "text/plain" else text_of(value)


def _line(text: str, longest: int) -> str:
    """Clean, on one line, cut between words."""
    line = " ".join(clean(str(text)).split())
    if len(line) <= longest:
        return line
    start = line[: longest - 1]
    return (start.rpartition(" ")[0] or start).rstrip(" ,;:.-–") + "…"


def _date_of(said: Mapping[str, Any]) -> datetime | None:
    # As a plain mapping: feedparser's own takes one date for the other, with a warning.
    plain = dict(said)
    parsed = plain.get("published_parsed") or plain.get("updated_parsed")
    try:
        at = datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None
    return at if at is not None and at.year in _YEARS else None


def _web(link: str, base: str) -> str:
    """The link as an address of the web; empty when it is none. Nothing that could break out of a message."""
    try:
        absolute = urljoin(base, clean(link).strip()) if link.strip() else ""
        parts = urlsplit(absolute)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return ""
    is_safe = usable and len(absolute) <= LONGEST_LINK and not re.search(r"[\s<>|\"]", absolute)
    return absolute if is_safe else ""


def _json_feed(body: bytes, url: str) -> tuple[str, list[FeedEntry | None]]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedUnreadable(FeedTrouble.BROKEN) from error
    if not isinstance(told, dict) or not str(told.get("version", "")).startswith(_JSON_FEED):
        raise FeedUnreadable(FeedTrouble.NO_FEED)
    items = told.get("items")
    first = items[:MOST_ENTRIES] if isinstance(items, list) else ()
    title = _line(told.get("title") or "", LONGEST_SOURCE)
    return title, [_item(item, url) for item in first if isinstance(item, dict)]


def _item(item: Mapping[str, Any], url: str) -> FeedEntry | None:
    name = str(item.get("id") or "")
    plain = item.get("summary") or item.get("content_text")
    summary = str(plain) if plain else text_of(str(item.get("content_html") or "")[:_RAW_SUMMARY])
    link = _web(str(item.get("url") or item.get("external_url") or ""), url) or _web(name, "")
    title = _line(item.get("title") or "", LONGEST_TITLE)
    return _made(name, title, link, _line(summary, LONGEST_SUMMARY), _iso(item.get("date_published")), "")


def _iso(said: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(said)) if said else None
    except ValueError:
        return None
    if at is None or at.year not in _YEARS:
        return None
    return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).astimezone(UTC)
