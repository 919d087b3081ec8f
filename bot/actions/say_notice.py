"""Sentences to editors, and the bot's introduction in a channel."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.tell_editor import ADMINS, spread
from bot.actions.who_asks import who_asks
from bot.domain.deliveries import Delivery
from bot.domain.messages import Introduction, Message, Notice
from bot.domain.problems import Cause, Refused
from bot.store import setup as setup_store


def compose_notice(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """The sentence in the reader's language: a person's own, or that of the comms channel.

    One for the admins is made one for each of them, and has no reader of its own. Raises Refused when its reader left.
    """
    if delivery.target == ADMINS:
        desk.store.write(lambda connection: spread(connection, delivery, desk.admins, now))
        return None
    setup = desk.setup()
    language, zone = "en", setup.zone
    if delivery.target.startswith(("U", "W")):
        asker = who_asks(desk, delivery.target)
        if not asker.profile.is_active:
            raise Refused("user_disabled", Cause.PERSON_GONE)
        language, zone = asker.language, asker.zone
    else:
        language = language_of_channel(desk, delivery.target)
    times = delivery.body["times"]
    params = {
        name: datetime.fromisoformat(value) if name in times else value
        for name, value in delivery.body["params"].items()
    }
    story_id = delivery.story_id if delivery.body.get("offers_post") else None
    return Notice(delivery.body["word"], language, zone, now, params, story_id)


def compose_introduction(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What comes here, how often, what is kept, how to leave; None where it is not needed any more.

    The comms channel (`comms` in the body) has one of its own.
    """
    setup = desk.setup()
    if delivery.body.get("comms"):
        is_comms = delivery.target == setup.comms_channel
        return Introduction(setup.comms_language, setup, is_comms=True) if is_comms else None
    known = desk.store.read(lambda connection: setup_store.find_channel(connection, delivery.target))
    return None if known is None or known.is_gone else Introduction(known.language, setup)


def language_of_channel(desk: Desk, channel: str) -> str:
    """The language an admin gave the channel; the comms channel has the one of its setup."""
    known = desk.store.read(lambda connection: setup_store.find_channel(connection, channel))
    return known.language if known else desk.setup().comms_language
