"""Feeds are asked when they are due, one at a time; what is new in them and watched becomes a hook, once."""

import logging
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.show_hook import owe_update
from bot.domain.hook_cards import HookState
from bot.domain.hook_feeds import FeedAnswer, WatchedFeed, next_ask
from bot.domain.hook_rank import TOO_OLD
from bot.domain.hook_stories import SAME_NEWS, Hook, gathered, hook_of, is_same, joined
from bot.domain.hook_words import WatchList
from bot.domain.hooks import FeedEntry, WatchWord, WordKind
from bot.store import feeds, hooks
from bot.store.engine import Connection

log = logging.getLogger(__name__)


def watch_feeds(desk: Desk, now: datetime) -> int:
    """Ask one feed that is due. Answers how many were asked (0 or 1); the caller comes back for more.

    Without a comms channel nobody would read it, so nobody is asked.
    """
    if desk.feeds is None or desk.setup().comms_channel is None:
        return 0
    _follow_file(desk, now)
    feed = desk.store.write(lambda connection: feeds.claim(connection, now))
    if feed is None:
        return 0
    answer = desk.feeds.read(feed.address, feed.asked, now)
    if answer.trouble is not None:
        log.info("A feed cannot be read just now: %s", answer.trouble)
    desk.store.write(lambda connection: _take(connection, desk, feed, answer, now))
    desk.wake()
    return 1


def _follow_file(desk: Desk, now: datetime) -> None:
    """The file is read when the bot starts; what it says is taken over by whoever comes round first."""
    told = {feed.url: feed for feed in desk.watching.feeds}
    known = {each.feed.url: each.feed for each in desk.store.read(feeds.all_of_them) if not each.is_own}
    if told != known:
        desk.store.write(lambda connection: feeds.follow_file(connection, told.values(), now))


def _take(connection: Connection, desk: Desk, feed: WatchedFeed, answer: FeedAnswer, now: datetime) -> None:
    """All that follows from an answer, in one transaction: a copy that lost its lease changes nothing."""
    hooks.hold(connection)
    failures = 0 if answer.trouble is None else feed.failures + 1
    usual = timedelta(minutes=desk.watching.minutes_between)
    noted = feeds.note_answer(
        connection,
        feed,
        now,
        etag=answer.asked.etag,
        modified=answer.asked.modified,
        moved_to=answer.moved_to or feed.moved_to,
        next_at=next_ask(answer.trouble, failures, answer.retry_after, usual, now),
        failures=failures,
        trouble=answer.trouble,
        hint=answer.hint,
        read_at=feed.read_at if answer.trouble is not None or answer.unchanged else now,
    )
    if not noted or not answer.entries:
        return
    fresh = feeds.new_entries(connection, feed.id, [entry.key for entry in answer.entries], now)
    if feed.read_at is None:
        # All that was there before anybody watched: remembered, so that a new feed floods nobody.
        return
    new = [entry for entry in answer.entries if entry.key in fresh]
    for hook in _hooks_in(connection, desk, feed, new, now):
        _keep(connection, hook, now)


def _hooks_in(connection: Connection, desk: Desk, feed: WatchedFeed, new: list[FeedEntry], now: datetime) -> list[Hook]:
    muted = hooks.mutes(connection)
    unwanted = {word.casefold() for word in muted.words}
    words = WatchList(word for word in desk.watching.words if word.text.casefold() not in unwanted)
    quiet = WatchList(WatchWord(word, WordKind.TOPIC) for word in muted.words)
    silent = {source.casefold() for source in muted.sources}
    found = (hook_of(feed.feed, entry, words, now) for entry in new)
    fresh = (hook for hook in found if hook is not None and now - hook.at < TOO_OLD)
    heard = (hook for hook in fresh if hook.found or not quiet.found_in(hook.title, hook.summary, hook.language))
    return gathered(hook for hook in heard if hook.sources[0].casefold() not in silent)


def _keep(connection: Connection, hook: Hook, now: datetime) -> None:
    """A new hook, or one source more of a known one; its card says so."""
    for kept in reversed(hooks.since(connection, now - SAME_NEWS)):
        if is_same(kept.hook, hook):
            both = joined(kept.hook, hook)
            if both != kept.hook:
                hooks.join(connection, kept.id, both)
                owe_update(connection, kept.id, now)
            return
    hooks.add(connection, hook, HookState.WAITING, now)
