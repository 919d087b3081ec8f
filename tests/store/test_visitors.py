"""One salt for all copies, whatever changes while they run."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.actions.count_clicks import Came, ClickCounter
from bot.actions.link_desk import LinkDesk
from bot.domain.captions import Caption
from bot.domain.clicks import PERSON, ClickKind
from bot.domain.stories import StoryDraft
from bot.domain.visitors import Visitor, salt_time
from bot.store import links, stories, visitors
from bot.store import setup as setup_store
from bot.store.tables import salts
from bot.store.tables import visitors as hashes

NOON = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
SOMEBODY = Visitor("198.51.100.1", "A browser")
DAY = timedelta(days=1)


def a_link(store, zone):
    def work(connection):
        move(connection, zone)
        draft = StoryDraft("https://example.com", "Reef", "A good one.", "en", (Caption(None, "en", "One"),))
        return links.mint(connection, "a" * 11, stories.add(connection, draft, None, NOON), None, "x", NOON)

    return store.write(work)


def move(connection, zone):
    setup_store.save_setup(connection, replace(setup_store.load_setup(connection), zone=zone), NOON)


def follow(counter, link, now):
    hashed, salt = counter.hashed([Came(link, PERSON, False, SOMEBODY)], now)
    [kind] = counter.count(hashed, salt, now)
    return kind


def copy_of(store):
    return ClickCounter(LinkDesk(store, lambda agent: False, "https://go.example.com"))


def test_a_zone_that_changes_in_the_middle_of_a_day_makes_nobody_a_reader_twice(store):
    """One copy runs since before; another one starts after the change."""
    link, running = a_link(store, "Europe/Amsterdam"), copy_of(store)
    assert follow(running, link, NOON) is ClickKind.READER
    store.write(lambda c: move(c, "Pacific/Auckland"))
    started = copy_of(store)
    assert follow(started, link, NOON + timedelta(minutes=5)) is ClickKind.REPEAT
    assert follow(running, link, NOON + timedelta(minutes=6)) is ClickKind.REPEAT


def test_after_a_change_of_zone_the_next_salt_begins_where_that_one_ended(store):
    link, counter = a_link(store, "Europe/Amsterdam"), copy_of(store)
    follow(counter, link, NOON)
    before = counter.salt(NOON)
    store.write(lambda c: move(c, "Pacific/Auckland"))
    after = counter.salt(before.end)
    assert (after.start, after.end) == (before.end, salt_time(before.end, "Pacific/Auckland", "daily")[1])
    assert copy_of(store).salt(after.end - timedelta(seconds=1)) == after
    assert store.read(lambda c: c.execute(select(salts.c.start)).scalars().all()) == [after.start]
    assert store.read(lambda c: c.execute(select(hashes)).all()) == []


def test_a_salt_of_a_month_is_none_for_a_day(store):
    """The company turns from months to days, on the first of a month: both begin then."""
    first = datetime(2026, 3, 1, tzinfo=UTC)
    month = store.write(lambda c: visitors.salt(c, first, first, first + 31 * DAY))
    day = store.write(lambda c: visitors.salt(c, first, first, first + DAY))
    assert (day.start, day.end) == (first, first + DAY)
    assert day.value != month.value
