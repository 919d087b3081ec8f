"""Captions and topics that worked, stories nobody wanted, and why: for comms, of stories alone."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.show_home import count_stories
from bot.actions.who_asks import Asker, require_editor
from bot.domain.digest import SETTLING
from bot.domain.local_time import day_of
from bot.domain.stories import Story
from bot.domain.what_worked import (
    MOST_CAPTIONS,
    MOST_REASONED,
    MOST_UNWANTED,
    WINDOW,
    Caption,
    NotForMe,
    WhatWorked,
    best_topics,
    by_topic,
)
from bot.store import boards, not_for_me, readers, stories, what_worked
from bot.store import setup as setup_store
from bot.store.engine import Connection

EVERY = 10_000


def look_at_what_worked(desk: Desk, asker: Asker, now: datetime) -> WhatWorked:
    """The last twelve weeks. Raises NotForYou for everyone but editors."""
    require_editor(asker)
    counts_readers = bool(desk.public_url)
    return desk.store.read(lambda connection: _look(connection, now, counts_readers=counts_readers))


def _look(connection: Connection, now: datetime, *, counts_readers: bool) -> WhatWorked:
    topics = by_topic(count_stories(connection, stories.posted(connection, EVERY, now - WINDOW)))
    return WhatWorked(
        topics=best_topics(topics, by_readers=counts_readers),
        captions=_captions(connection, now, counts_readers=counts_readers),
        unwanted=_unwanted(connection, now),
        not_for_me=_not_for_me(connection, now),
        counts_readers=counts_readers,
    )


def _captions(connection: Connection, now: datetime, *, counts_readers: bool) -> tuple[Caption, ...]:
    since = now - WINDOW
    if counts_readers:
        first_day = day_of(since, setup_store.load_setup(connection).zone)
        return tuple(what_worked.captions_read(connection, since, first_day, MOST_CAPTIONS))
    return tuple(Caption(*found) for found in boards.captions_used(connection, since, now, MOST_CAPTIONS))


def _unwanted(connection: Connection, now: datetime) -> tuple[Story, ...]:
    """Newest first; a story gets a day before it can be called so."""
    ids = boards.untouched(connection, now - WINDOW, now - SETTLING, now)[::-1]
    read = readers.readers_by_story(connection, ids)
    ids = [story for story in ids if story not in read or not read[story].readers][:MOST_UNWANTED]
    found = stories.find_many(connection, ids)
    return tuple(found[story] for story in ids if story in found)


def _not_for_me(connection: Connection, now: datetime) -> tuple[NotForMe, ...]:
    times = not_for_me.least_wanted(connection, now - WINDOW, MOST_REASONED)
    ids = [story for story, _ in times]
    found, why = stories.find_many(connection, ids), not_for_me.reasons(connection, ids)
    return tuple(NotForMe(found[story], n, why.get(story, {})) for story, n in times)
