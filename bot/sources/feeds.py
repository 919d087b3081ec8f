"""Reading feeds, politely: only what changed, never more than a few megabytes, and no is taken for an answer."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.domain.fetch_problems import AddressRefused, NotAPageAddress, PageTooSlow, PageUnread, TooManyRedirects
from bot.domain.hook_feeds import Asked, FeedAnswer, FeedTrouble
from bot.sources.feed_guard import FeedUnreadable
from bot.sources.feed_text import feed_of
from bot.sources.fetch import Fetched, Fetcher

MAX_BYTES = 3_000_000
SECONDS = 15.0
LONGEST_MARK = 300

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_STATUSES = {
    401: FeedTrouble.CLOSED,
    402: FeedTrouble.CLOSED,
    403: FeedTrouble.CLOSED,
    404: FeedTrouble.NOT_FOUND,
    410: FeedTrouble.GONE,
    429: FeedTrouble.TOO_OFTEN,
    451: FeedTrouble.CLOSED,
}
_PROBLEMS: tuple[tuple[type[PageUnread], FeedTrouble], ...] = (
    (PageTooSlow, FeedTrouble.SLOW),
    (AddressRefused, FeedTrouble.REFUSED),
    (NotAPageAddress, FeedTrouble.REFUSED),
    (TooManyRedirects, FeedTrouble.CIRCLES),
)


class Feeds:
    """Reads feeds. `USER_AGENT`: how we call ourselves to servers."""

    USER_AGENT = "Passalong (+feeds)"

    def __init__(self, fetcher: Fetcher, seconds: float = SECONDS, max_bytes: int = MAX_BYTES) -> None:
        self._fetcher = fetcher
        self._seconds = seconds
        self._max_bytes = max_bytes

    def read(self, url: str, asked: Asked, now: datetime) -> FeedAnswer:
        """What the feed says now, or what is wrong with it; never raises for what a server does.

        `asked`: what the last answer gave, so that nothing is sent twice.
        """
        try:
            page = self._fetcher.get(
                url,
                timeout_seconds=self._seconds,
                max_bytes=self._max_bytes,
                accept=_ACCEPT,
                headers=_conditions(asked),
            )
        except PageUnread as problem:
            return FeedAnswer(trouble=_trouble_of(problem), asked=asked)
        return _answer(page, asked, now)


def _conditions(asked: Asked) -> dict[str, str]:
    conditions = {"If-None-Match": asked.etag, "If-Modified-Since": asked.modified}
    return {name: value for name, value in conditions.items() if value}


def _trouble_of(problem: PageUnread) -> FeedTrouble:
    return next((trouble for kind, trouble in _PROBLEMS if isinstance(problem, kind)), FeedTrouble.UNREACHABLE)


def _answer(page: Fetched, asked: Asked, now: datetime) -> FeedAnswer:
    wait = _retry_after(page.headers.get("retry-after", ""), now)
    if page.status == 304:
        return FeedAnswer(unchanged=True, asked=asked, moved_to=page.moved_to)
    if page.status != 200:
        trouble = _STATUSES.get(page.status, FeedTrouble.SERVER)
        return FeedAnswer(trouble=trouble, asked=asked, retry_after=wait)
    if page.truncated:
        return FeedAnswer(trouble=FeedTrouble.TOO_BIG, asked=asked)
    try:
        title, entries = feed_of(page.body, page.content_type, page.url)
    except FeedUnreadable as error:
        return FeedAnswer(trouble=error.trouble, asked=asked, hint=error.hint)
    return FeedAnswer(entries, title, asked=_marks(page), moved_to=page.moved_to)


def _marks(page: Fetched) -> Asked:
    """What the server wants to hear the next time; a mark that is too long or odd is none."""
    return Asked(*(_mark(page.headers.get(name, "")) for name in ("etag", "last-modified")))


def _mark(said: str) -> str:
    return said if len(said) <= LONGEST_MARK and said.isascii() and said.isprintable() else ""


def _retry_after(said: str, now: datetime) -> timedelta | None:
    """Seconds, or a date; None when it says neither, or a time that has passed."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said[:9]), 10**8))
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return at - now if at > now else None
