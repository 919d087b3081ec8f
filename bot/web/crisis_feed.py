"""The updates of a crisis as an Atom feed (RFC 4287), in one language: an entry an update, and the statement."""

from datetime import UTC, datetime
from html import escape
from urllib.parse import urlsplit

from bot.domain.crisis import PageFacts, PageUpdate
from bot.sources.words import Words
from bot.web import crisis_text
from bot.web.crisis_html import FEED_TYPE, feed_name, whole_address

LONGEST_TITLE = 100
NAMELESS = "passalong.invalid"
"""In the ids of who has no public address."""


def crisis_feed(facts: PageFacts, language: str, words: Words, public_url: str) -> bytes:
    """The whole feed, as UTF-8. `language`: one of those the page is in. `public_url`: "" where it is not known."""
    return _Feed(facts, language, words, public_url).xml().encode("utf-8", "replace")


class _Feed:
    def __init__(self, facts: PageFacts, language: str, words: Words, public_url: str) -> None:
        self._facts, self._text, self._language, self._public_url = facts, facts.text(language), language, public_url
        exercise = f"{words.say(language, 'crisis_page.exercise')}: " if facts.is_rehearsal else ""
        self._title = f"{exercise}{crisis_text.words_of(self._text.title)}"

    def xml(self) -> str:
        facts = self._facts
        author = crisis_text.words_of(facts.company).strip() or self._title
        updates = "".join(map(self._update, self._text.updates))
        statement = self._entry(self._id("statement"), self._title, facts.published_at, self._text.statement)
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(self._language)}">'
            f"<id>{self._id()}</id><title>{escape(self._title)}</title><updated>{_time(facts.changed_at)}</updated>"
            f"<author><name>{escape(author)}</name></author>{self._page_link()}{self._own_link()}"
            f"{updates}{statement}</feed>\n"
        )

    def _update(self, update: PageUpdate) -> str:
        # When it came is its name: that never changes.
        name = f"update/{update.at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
        said = crisis_text.beginning(update.text, LONGEST_TITLE)
        return self._entry(self._id(name), said or self._title, update.at, update.text)

    def _entry(self, name: str, title: str, at: datetime, text: str) -> str:
        content = escape(crisis_text.paragraphs(text), quote=False)
        return (
            f"<entry><id>{name}</id><title>{escape(title)}</title><updated>{_time(at)}</updated>"
            f"<published>{_time(at)}</published>{self._page_link()}"
            f'<content type="html">{content}</content></entry>'
        )

    def _id(self, *what: str) -> str:
        """A name for ever, whatever becomes of the address."""
        host = urlsplit(self._public_url).hostname or NAMELESS
        start = f"tag:{host},{self._facts.published_at.astimezone(UTC):%Y-%m-%d}:now/{self._facts.page}"
        return escape("/".join((start, *what, self._language)))

    def _page_link(self) -> str:
        if not self._public_url:
            return ""
        page = escape(whole_address(self._public_url, self._facts.page, self._language))
        return f'<link rel="alternate" type="text/html" hreflang="{escape(self._language)}" href="{page}"/>'

    def _own_link(self) -> str:
        if not self._public_url:
            return ""
        feed = escape(f"{self._public_url}/now/{self._facts.page}/{feed_name(self._language)}")
        return f'<link rel="self" type="{FEED_TYPE}" href="{feed}"/>'


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
