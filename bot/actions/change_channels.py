"""The channels the bot is in: added to one, taken out, renamed, archived; and, after downtime, which they are now.

Events come late, twice and in the wrong order, so each is only a reason to ask Slack how it is.
"""

import logging
from dataclasses import replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.give_up import is_open_again
from bot.actions.ports import ChannelFacts
from bot.actions.refresh_roles import refresh_roles
from bot.actions.show_question import owe_cards
from bot.actions.who_asks import profile_of, remember
from bot.domain.deliveries import Owed
from bot.domain.people import Profile, language_of
from bot.domain.problems import Cause, Refused, SlackTrouble
from bot.domain.setup import Channel, Setup
from bot.store import deliveries
from bot.store import setup as setup_store
from bot.store.engine import Connection

log = logging.getLogger(__name__)


def bot_joined(desk: Desk, channel: str, inviter: str | None, now: datetime) -> None:
    """Stories can go there from now on, and the bot introduces itself: once, however often it is invited again.

    The language is the inviter's, until an admin says otherwise. A private channel gets stories only when an admin
    says so (it may be anything), and where an admin said no it stays no: then the inviter alone hears how it works.
    """
    facts = facts_of(desk, channel)
    if facts is None or not facts.is_member:
        bot_left(desk, channel, now)
        return
    host = profile_of(desk, inviter) if inviter else None

    def work(connection: Connection) -> None:
        setup = setup_store.load_setup(connection)
        known = setup_store.find_channel(connection, channel)
        is_open_again(connection, channel)
        if channel == setup.comms_channel:
            introduce_to_comms(connection, setup, now)
            owe_cards(connection, setup, now)
        elif known is not None or _is_welcome(facts, setup):
            language = known.language if known else language_of(host.locale) if host else "en"
            setup_store.put_channel(connection, Channel(channel, facts.name, language), now)
            introduce(connection, channel, now)
        elif host is not None:
            _explain(connection, desk, host, channel, now)

    desk.store.write(work)
    desk.wake()
    _look_at_roles(desk, channel)


def bot_left(desk: Desk, channel: str, now: datetime) -> None:
    """Nothing can be posted there any more, unless Slack says that the bot is there after all."""
    look_at_channel(desk, channel, now)


def look_at_channel(desk: Desk, channel: str, now: datetime) -> None:
    """Take over the name, and whether the channel is still there with the bot in it."""
    _look_at_roles(desk, channel)
    known = desk.store.read(lambda connection: setup_store.find_channel(connection, channel))
    if known is None:
        return
    facts = facts_of(desk, channel)
    changed = _as_it_is(known, facts)

    def work(connection: Connection) -> None:
        if not changed.is_gone:
            is_open_again(connection, channel)
        if changed != known:
            setup_store.put_channel(connection, changed, now)

    desk.store.write(work)


def look_around(desk: Desk, now: datetime) -> None:
    """Compare the channels we know with those the bot is in, for what happened while nobody was connected.

    New public channels become story channels, in the first admin's language. Before the first set-up nothing is said
    in them: when stories come and in which language is not known yet; the introduction follows with the set-up.
    """
    try:
        mine = {facts.id: facts for facts in desk.messenger.my_channels()}
    except SlackTrouble as trouble:
        log.warning("Could not look up which channels I am in: %s", trouble)
        return
    language = language_of(profile_of(desk, desk.admins[0]).locale) if desk.admins else "en"

    def work(connection: Connection) -> None:
        setup = setup_store.load_setup(connection)
        known = {channel.id: channel for channel in setup_store.list_channels(connection, gone_too=True)}
        for channel in known.values():
            changed = _as_it_is(channel, mine.get(channel.id))
            if changed != channel:
                setup_store.put_channel(connection, changed, now)
        for facts in mine.values():
            if facts.id not in known and _is_welcome(facts, setup):
                setup_store.put_channel(connection, Channel(facts.id, facts.name, language), now)
        introduce_all(connection, setup, now)

    desk.store.write(work)
    desk.wake()


def introduce_all(connection: Connection, setup: Setup, now: datetime) -> None:
    """Every channel that gets stories has heard who the bot is, once somebody did the set-up."""
    if setup.version:
        for channel in setup_store.list_channels(connection):
            introduce(connection, channel.id, now)


def introduce(connection: Connection, channel: str, now: datetime) -> None:
    """Say once in this channel what comes here."""
    deliveries.owe(connection, Owed("introduction", f"introduction:{channel}", channel), now)


def introduce_to_comms(connection: Connection, setup: Setup, now: datetime) -> None:
    """Say once in the comms channel what editors can do."""
    if setup.comms_channel is not None:
        key = f"introduction:comms:{setup.comms_channel}"
        deliveries.owe(connection, Owed("introduction", key, setup.comms_channel, {"comms": True}), now)


def facts_of(desk: Desk, channel: str) -> ChannelFacts | None:
    """What Slack says of a channel; None when it is gone, or private without us in it."""
    try:
        return desk.messenger.channel(channel)
    except Refused as refused:
        if refused.cause is not Cause.GONE:
            raise
        return None


def _is_welcome(facts: ChannelFacts, setup: Setup) -> bool:
    """Whether stories may go there without an admin having said so."""
    return not facts.is_private and facts.id not in setup.without_stories and facts.id != setup.comms_channel


def _as_it_is(known: Channel, facts: ChannelFacts | None) -> Channel:
    if facts is None:
        return replace(known, is_gone=True)
    return replace(known, name=facts.name, is_gone=facts.is_archived or not facts.is_member)


def _explain(connection: Connection, desk: Desk, host: Profile, channel: str, now: datetime) -> None:
    person = remember(connection, desk, host, now)
    if person is None:
        return
    body = {"word": "notice.invited_elsewhere", "params": {"channel": channel}, "times": []}
    owed = Owed("notice", f"notice:invited:{channel}", host.user, body, person_id=person.id)
    deliveries.owe(connection, owed, now)


def _look_at_roles(desk: Desk, channel: str) -> None:
    if channel == desk.setup().comms_channel:
        refresh_roles(desk)
