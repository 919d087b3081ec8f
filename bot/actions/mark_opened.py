"""A network's button was pressed: *opened*, the first rung of proof."""

from dataclasses import replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.open_share import story_to_share
from bot.actions.who_asks import Asker, remember
from bot.domain import shares as sharing
from bot.domain.networks import network
from bot.domain.people import Person
from bot.domain.shares import Share, Words
from bot.store import people, shares
from bot.store.engine import Connection


def mark_opened(
    desk: Desk, asker: Asker, story_id: int, network_key: str, words: Words, now: datetime
) -> tuple[Share, ...]:
    """Note it, with the words that went along. Answers what is known of this person's shares of the story now.

    Raises:
        NetworkUnknown, and what `open_share` raises: past its best-before a story takes no new shares.
    """
    key = network(network_key).key

    def work(connection: Connection) -> tuple[Share, ...]:
        story_to_share(connection, story_id, now)
        person = remember(connection, desk, asker.profile, now)
        if person is None:
            return ()
        return note_opened(connection, person, story_id, key, words, now)

    return desk.store.write(work)


def note_opened(
    connection: Connection, person: Person, story_id: int, key: str, words: Words, now: datetime
) -> tuple[Share, ...]:
    """Note it for somebody of whom that may be kept; twice is the same as once."""
    before = shares.to_change(connection, story_id, person.id)
    wanted = sharing.opened(before, key, now, words)
    shares.replace(connection, story_id, person.id, wanted, before)
    _put_on_top(connection, person, key)
    return wanted


def _put_on_top(connection: Connection, person: Person, key: str) -> None:
    """The network used last comes first the next time; one that is not among theirs does not get in unasked."""
    mine = person.preferences.networks
    if key in mine[1:]:
        ordered = (key, *(other for other in mine if other != key))
        people.set_preferences(connection, person.id, replace(person.preferences, networks=ordered))
