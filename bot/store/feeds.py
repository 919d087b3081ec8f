"""The feeds that are watched, and what was seen in them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from bot.domain.hook_feeds import LEASE, Asked, FeedTrouble, WatchedFeed
from bot.domain.hooks import Feed
from bot.store.rows import insert_or_ignore
from bot.store.tables import feed_entries, feeds


def all_of_them(connection: Connection) -> tuple[WatchedFeed, ...]:
    """Every feed, by name."""
    return tuple(_feed(row) for row in connection.execute(select(feeds).order_by(feeds.c.name, feeds.c.id)))


def find(connection: Connection, feed_id: int) -> WatchedFeed | None:
    """This feed."""
    row = connection.execute(select(feeds).where(feeds.c.id == feed_id)).first()
    return None if row is None else _feed(row)


def add(connection: Connection, feed: Feed, now: datetime, *, is_own: bool) -> bool:
    """Watch it from now on. False when it is watched already."""
    return insert_or_ignore(
        connection,
        feeds,
        **_said(feed),
        is_own=is_own,
        etag="",
        modified="",
        moved_to="",
        next_at=now,
        failures=0,
        hint="",
    )


def remove(connection: Connection, feed_id: int) -> None:
    """Not watched any more, and what was seen in it is forgotten."""
    connection.execute(delete(feeds).where(feeds.c.id == feed_id))


def follow_file(connection: Connection, told: Iterable[Feed], now: datetime) -> None:
    """The feeds of the file are those that it names now; what it says of one that is known is taken over."""
    wanted = {feed.url: feed for feed in told}
    known = {feed.feed.url: feed for feed in all_of_them(connection)}
    for url, feed in wanted.items():
        if url not in known:
            add(connection, feed, now, is_own=False)
        elif known[url].feed != feed or known[url].is_own:
            changes = {**_said(feed), "is_own": False}
            connection.execute(update(feeds).where(feeds.c.url == url).values(**changes))
    for url, gone in known.items():
        if url not in wanted and not gone.is_own:
            remove(connection, gone.id)


def claim(connection: Connection, now: datetime) -> WatchedFeed | None:
    """One that is due, for this copy alone until its lease ends."""
    is_free = or_(feeds.c.lease_until.is_(None), feeds.c.lease_until <= now, feeds.c.lease_until > now + LEASE)
    due = and_(feeds.c.next_at <= now, is_free)
    row = connection.execute(select(feeds).where(due).order_by(feeds.c.next_at, feeds.c.id).limit(1)).first()
    if row is None:
        return None
    mine = update(feeds).where(feeds.c.id == row.id, due).values(lease_until=now + LEASE)
    return _feed(row) if connection.execute(mine).rowcount == 1 else None


def note_answer(connection: Connection, feed: WatchedFeed, now: datetime, **values: Any) -> bool:
    """What came of asking, unless the lease ran out and another copy has it. `values` are columns."""
    mine = and_(feeds.c.id == feed.id, feeds.c.lease_until == now + LEASE)
    return connection.execute(update(feeds).where(mine).values(**values, lease_until=None)).rowcount == 1


def new_entries(connection: Connection, feed_id: int, keys: Collection[str], now: datetime) -> set[str]:
    """Which of these were never seen in this feed; all of them count as seen from here on."""
    mine = feed_entries.c.feed_id == feed_id
    listed = list(keys)
    known = set(
        connection.execute(select(feed_entries.c.entry).where(mine, feed_entries.c.entry.in_(listed))).scalars()
    )
    connection.execute(update(feed_entries).where(mine, feed_entries.c.entry.in_(known)).values(seen_at=now))
    fresh = [key for key in listed if key not in known]
    if fresh:
        connection.execute(insert(feed_entries), [{"feed_id": feed_id, "entry": key, "seen_at": now} for key in fresh])
    return set(fresh)


def forget_entries_before(connection: Connection, moment: datetime) -> None:
    """Entries that have not been in their feed since. What a feed still shows is seen again with every reading; one
    that answers that nothing changed shows what it showed when it was read last, so those stay."""
    last = select(feeds.c.id).where(feeds.c.read_at >= moment)
    connection.execute(delete(feed_entries).where(feed_entries.c.seen_at < moment, feed_entries.c.feed_id.in_(last)))


def _said(feed: Feed) -> dict[str, Any]:
    return {"url": feed.url, "name": feed.name, "language": feed.language, "everything": feed.everything}


def _feed(row: Row[Any]) -> WatchedFeed:
    return WatchedFeed(
        id=row.id,
        feed=Feed(row.name, row.url, row.language, row.everything),
        is_own=row.is_own,
        asked=Asked(row.etag, row.modified),
        moved_to=row.moved_to,
        next_at=row.next_at,
        read_at=row.read_at,
        failures=row.failures,
        trouble=None if row.trouble is None else FeedTrouble(row.trouble),
        hint=row.hint,
    )
