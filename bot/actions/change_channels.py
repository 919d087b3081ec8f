"""The bot was added to a channel, taken out, or the channel changed."""

from dataclasses import replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import profile_of
from bot.domain.deliveries import Owed
from bot.domain.people import language_of
from bot.domain.setup import Channel
from bot.store import deliveries
from bot.store import setup as setup_store
from bot.store.engine import Connection


def bot_joined(desk: Desk, channel: str, inviter: str | None, now: datetime) -> None:
    """Stories can go there from now on, and the bot introduces itself, once.

    The language is the inviter's, until an admin says otherwise. The comms channel is not one for stories.
    """
    facts = desk.messenger.channel(channel)
    language = language_of(profile_of(desk, inviter).locale) if inviter else "en"

    def work(connection: Connection) -> None:
        known = setup_store.find_channel(connection, channel)
        if channel == setup_store.load_setup(connection).comms_channel:
            return
        if known is None and facts.is_private:
            # A private channel gets stories only when an admin says so: it may be anything, comms' own for one.
            return
        added = replace(known, is_gone=False) if known else Channel(channel, facts.name, language)
        setup_store.put_channel(connection, added, now)
        deliveries.owe(connection, Owed("introduction", f"introduction:{channel}", channel), now)

    desk.store.write(work)
    desk.wake()


def bot_left(desk: Desk, channel: str, now: datetime) -> None:
    """Nothing can be posted there any more."""

    def work(connection: Connection) -> None:
        known = setup_store.find_channel(connection, channel)
        if known is not None:
            setup_store.put_channel(connection, replace(known, is_gone=True), now)

    desk.store.write(work)


def look_at_channel(desk: Desk, channel: str, now: datetime) -> None:
    """Take over the name, and whether the channel is still there."""
    known = desk.store.read(lambda connection: setup_store.find_channel(connection, channel))
    if known is None:
        return
    facts = desk.messenger.channel(channel)
    changed = Channel(channel, facts.name, known.language, facts.is_archived or not facts.is_member)
    desk.store.write(lambda connection: setup_store.put_channel(connection, changed, now))
