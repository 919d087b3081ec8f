"""Comms looks at the feeds that are watched, adds one, takes one away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.learn_from_hooks import lessons_now
from bot.actions.who_asks import Asker, require_editor
from bot.domain.hook_cards import FeedInFile, FeedKnown, FeedUnusable, Mood, Mutes, TooManyFeeds
from bot.domain.hook_feeds import WatchedFeed
from bot.domain.hook_lessons import Lesson
from bot.domain.hook_links import canonical
from bot.domain.hooks import Feed
from bot.domain.questions import half_within
from bot.sources.feeds_file import LONGEST_NAME, MOST_FEEDS, why_no_address
from bot.store import feeds, hooks
from bot.store.engine import Connection

LATELY = timedelta(days=30)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class FeedsSeen:
    """What is watched, what is muted or learned, and what comms called the hooks of the last seven days.

    How quick it goes: half of all are quicker. None: nothing to measure yet.
    """

    feeds: tuple[WatchedFeed, ...]
    muted: Mutes
    has_words: bool
    moods: Mapping[Mood, int]
    to_card: timedelta | None
    to_post: timedelta | None
    lessons: tuple[Lesson, ...]


def look_at_feeds(desk: Desk, asker: Asker, now: datetime) -> FeedsSeen:
    """Raises NotForYou."""
    require_editor(asker)

    def work(connection: Connection) -> FeedsSeen:
        to_card, to_post = hooks.lags(connection, now - LATELY, now)
        return FeedsSeen(
            feeds.all_of_them(connection),
            hooks.mutes(connection),
            bool(desk.watching.words),
            hooks.moods(connection, now - WEEK, now),
            half_within(to_card),
            half_within(to_post),
            lessons_now(connection, now),
        )

    return desk.store.read(work)


def add_feed(desk: Desk, asker: Asker, url: str, name: str, now: datetime) -> Feed:
    """Watch a feed from now on, everything in it where no words are watched. It is first read by itself.

    Raises NotForYou, FeedUnusable, FeedKnown, TooManyFeeds.
    """
    require_editor(asker)
    if why_no_address(url, desk.fetch_allow) is not None:
        raise FeedUnusable(url=url)
    shown = " ".join(name.split())[:LONGEST_NAME] or canonical(url).partition("/")[0]
    feed = Feed(shown, url, desk.setup().comms_language, everything=not desk.watching.words)

    def work(connection: Connection) -> None:
        known = feeds.all_of_them(connection)
        if canonical(url) in {canonical(each.feed.url) for each in known}:
            raise FeedKnown
        if len(known) >= MOST_FEEDS:
            raise TooManyFeeds
        feeds.add(connection, feed, now, is_own=True)

    desk.store.write(work)
    return feed


def remove_feed(desk: Desk, asker: Asker, feed_id: int) -> WatchedFeed | None:
    """Watch it no more; None when it is not there any more. Raises NotForYou, FeedInFile."""
    require_editor(asker)

    def work(connection: Connection) -> WatchedFeed | None:
        feed = feeds.find(connection, feed_id)
        if feed is not None and not feed.is_own:
            raise FeedInFile(name=feed.feed.name)
        if feed is not None:
            feeds.remove(connection, feed_id)
        return feed

    return desk.store.write(work)
