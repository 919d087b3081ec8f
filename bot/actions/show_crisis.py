"""Where a crisis is seen in Slack: its card in the comms channel, its messages in channels and to people."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.actions.desk import Desk
from bot.actions.look_at_crisis import names_of, reaches
from bot.actions.say_notice import language_of_channel
from bot.domain.crisis import CrisisAudience, CrisisPost, CrisisStep, Did, Known, lot_of_reads, progress_of
from bot.domain.deliveries import SEALED, Delivery, Owed
from bot.domain.messages import CrisisCard, CrisisMessage, CrisisReminder, Message, Posted
from bot.store import crises, deliveries, keys, people, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

CARD, CARD_UPDATE = "crisis_card", "crisis_card_update"
CHANNEL, CHANNEL_UPDATE, PIN = "crisis", "crisis_update", "crisis_pin"
PERSON, REMINDER = "crisis_person", "crisis_reminder"
CHANNELS_LANE, PEOPLE_LANE, REMINDER_LANE = 0, 1, 50
"""Channels first, then people, most affected first; all else waits behind them."""


def owe_card(connection: Connection, crisis_id: int, now: datetime) -> None:
    """To the comms channel, if there is one."""
    channel = setup_store.load_setup(connection).comms_channel
    if channel is not None:
        key = f"{CARD}:{crisis_id}:{channel}"
        deliveries.owe(connection, Owed(CARD, key, channel, {"crisis": crisis_id}, lane=CHANNELS_LANE), now)


def owe_card_update(connection: Connection, crisis_id: int, now: datetime) -> None:
    """Its card is to say what is so now, where one stands."""
    crisis = crises.find(connection, crisis_id)
    if crisis is None or crisis.channel is None or crisis.ts is None:
        return
    key = f"{CARD_UPDATE}:{crisis_id}:{crisis.version}"
    body = {"crisis": crisis_id, "ts": crisis.ts}
    deliveries.owe(connection, Owed(CARD_UPDATE, key, crisis.channel, body, lane=CHANNELS_LANE), now)


def owe_posts(connection: Connection, known: Known, now: datetime) -> int:
    """To every channel of every audience; one that belongs to several hears what the most affected hear."""
    setup = setup_store.load_setup(connection)
    language_of = {one.id: one.language for one in setup_store.list_channels(connection)}
    going: dict[str, str] = {}
    for audience in known.audiences:
        everywhere = tuple(language_of) if audience.is_everyone and not known.crisis.is_rehearsal else ()
        for channel in (*audience.channels, *everywhere):
            going.setdefault(channel, audience.key)
    for channel, audience_key in going.items():
        language = known.text(language_of.get(channel, setup.comms_language)).language
        body = {"crisis": known.crisis.id, "audience": audience_key, "language": language}
        key = f"{CHANNEL}:{known.crisis.id}:{channel}"
        deliveries.owe(connection, Owed(CHANNEL, key, channel, body, lane=CHANNELS_LANE), now)
    return len(going)


def owe_changes(connection: Connection, crisis_id: int, now: datetime) -> None:
    """Its messages in channels, and its card, are to say what is so now."""
    crisis = crises.find(connection, crisis_id)
    assert crisis is not None
    for post in crises.posts(connection, crisis_id):
        _owe_change(connection, crisis_id, crisis.version, post, now)
    owe_card_update(connection, crisis_id, now)


def sealed_to(desk: Desk, crisis_id: int, user: str, said: dict[str, Any], kind: str, lane: int) -> Owed:
    """A message to one person; who it is for stands in it as a sealed token alone, and goes when it was sent."""
    lot = desk.seal.mark(user, f"{kind}:{crisis_id}")
    body = {"crisis": crisis_id, "to": desk.seal.close(user, lot), "lot": lot, **said}
    return Owed(kind, f"{kind}:{crisis_id}:{lot}", SEALED, body, lane=lane)


def compose_crisis_card(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What it should say now."""
    return _card(desk, delivery, now)


def note_crisis_card(connection: Connection, delivery: Delivery, posted: Posted, said: Message, now: datetime) -> None:
    """Where it stands; what changed on its way is said anew."""
    assert isinstance(said, CrisisCard)
    crises.change(connection, said.known.crisis.id, channel=posted.channel, ts=posted.ts)
    owe_card_update(connection, said.known.crisis.id, now)


def change_crisis_card(desk: Desk, delivery: Delivery, message: Message) -> Posted:
    """Update it; twice does no harm."""
    where = Posted(delivery.target, delivery.body["ts"])
    desk.messenger.update(where, message)
    return where


def compose_crisis(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What a channel, or one person, is told; None when the crisis was over before it got there."""
    message = _message(desk, delivery, now)
    return message if message is not None and message.known.crisis.is_open else None


def note_crisis(connection: Connection, delivery: Delivery, posted: Posted, said: Message, now: datetime) -> None:
    """Where it stands; it is pinned, and says anew what changed on its way."""
    assert isinstance(said, CrisisMessage)
    _stands(connection, delivery, posted, now, told=None if delivery.uncertain else said.known.crisis.version)


def note_crisis_left(connection: Connection, delivery: Delivery, posted: Posted, now: datetime) -> None:
    """The crisis was over while it was not known whether it had arrived: it had, so it says so."""
    _stands(connection, delivery, posted, now, told=None)


def compose_crisis_update(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What it should say now."""
    return _message(desk, delivery, now)


def change_crisis(desk: Desk, delivery: Delivery, message: Message) -> Posted:
    """Update a message; twice does no harm. If something changed again meanwhile, that is said too."""
    assert isinstance(message, CrisisMessage)
    where = Posted(delivery.target, delivery.body["ts"])
    desk.messenger.update(where, message)
    while (newer := _message(desk, delivery, message.now)) is not None and _said(newer) != _said(message):
        message = newer
        desk.messenger.update(where, message)
    return where


def _said(message: CrisisMessage) -> CrisisMessage:
    """Without the figures, which change with every person who is told and stand in no message."""
    known = message.known
    crisis = replace(known.crisis, version=0, channel=None, ts=None, changed_at=None)
    audiences = tuple(CrisisAudience(one.key, one.names, one.leads) for one in known.audiences)
    said = replace(known, crisis=crisis, audiences=audiences, posts=(), ticked=frozenset(), outside=frozenset())
    return replace(message, known=said)


def pin_crisis(desk: Desk, delivery: Delivery, _: Message) -> Posted:
    """Pin it; twice does no harm."""
    where = Posted(delivery.target, delivery.body["ts"])
    desk.messenger.pin(where)
    return where


def note_pinned(connection: Connection, delivery: Delivery, posted: Posted, _: Message, __: datetime) -> None:
    """It is pinned there."""
    crises.note_pinned(connection, delivery.body["crisis"], posted.channel)


def note_told(connection: Connection, delivery: Delivery, _: Posted, __: Message, now: datetime) -> None:
    """One more person was told; who, is not kept."""
    crises.count_told(connection, delivery.body["crisis"], delivery.body["audience"], now)


def compose_crisis_reminder(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """None for who has read it meanwhile or wants nothing kept of them, and when the crisis is over."""

    def look(connection: Connection) -> Known | None:
        mark = desk.seal.mark(delivery.target, lot_of_reads(delivery.body["crisis"]))
        if mark in crises.has_read(connection, delivery.body["crisis"]):
            return None
        person = people.by_user(connection, delivery.target)
        if keys.is_forgotten(connection, delivery.target) or (person is not None and not person.is_in):
            return None
        return crises.know(connection, delivery.body["crisis"])

    known = desk.store.read(look)
    if known is None or not known.crisis.is_open:
        return None
    body = delivery.body
    return CrisisReminder(known, body["audience"], body["language"], page_of(desk, known))


def page_of(desk: Desk, known: Known) -> str | None:
    """The address of its public page; None while it is dark."""
    crisis = known.crisis
    return f"{desk.public_url}/now/{crisis.page}" if crisis.is_published and desk.public_url else None


def note_not_told(connection: Connection, delivery: Delivery, reason: str, now: datetime) -> None:
    """Slack says no for good: the log and the card say so; of people only how many."""
    crisis_id = delivery.body["crisis"]
    if delivery.kind == PERSON:
        crises.count_unreachable(connection, crisis_id, delivery.body["audience"])
        return
    detail = {"channel": delivery.target, "reason": reason[:100]}
    crises.note(connection, crisis_id, CrisisStep(now, Did.NOT_TOLD, None, detail))
    crises.touch(connection, crisis_id)
    owe_card_update(connection, crisis_id, now)


def _card(desk: Desk, delivery: Delivery, now: datetime) -> CrisisCard | None:
    def look(connection: Connection) -> CrisisCard | None:
        known = crises.know(connection, delivery.body["crisis"])
        if known is None:
            return None
        crisis, setup = known.crisis, setup_store.load_setup(connection)
        keys = [crisis.asked_by, crisis.started_by, crisis.tell_asked_by, crisis.told_by]
        return CrisisCard(
            known=known,
            reach=reaches(connection, known, now),
            progress=progress_of(known.audiences),
            names=names_of(connection, keys),
            language=setup.comms_language,
            zone=setup.zone,
            now=now,
            page=page_of(desk, known),
            held=sum(story.held_by == crisis.id for story in stories.held(connection)),
            not_told=_not_told(connection, crisis.id),
            can_publish=desk.can_publish,
        )

    return desk.store.read(look)


def _not_told(connection: Connection, crisis_id: int) -> tuple[str, ...]:
    """Channels that were refused, as far as it does not stand there by now."""
    stands = {post.channel for post in crises.posts(connection, crisis_id)}
    refused = [step.detail.get("channel") for step in crises.steps(connection, crisis_id) if step.did is Did.NOT_TOLD]
    return tuple(dict.fromkeys(str(channel) for channel in refused if channel and channel not in stands))


def _message(desk: Desk, delivery: Delivery, now: datetime) -> CrisisMessage | None:
    body = delivery.body
    known = desk.store.read(lambda connection: crises.know(connection, body["crisis"]))
    if known is None:
        return None
    is_direct, zone = delivery.kind == PERSON, desk.setup().zone
    language = body.get("language") or language_of_channel(desk, delivery.target)
    return CrisisMessage(
        known, body["audience"], language, zone, now, page_of(desk, known), is_direct, body.get("stands")
    )


def _stands(connection: Connection, delivery: Delivery, posted: Posted, now: datetime, told: int | None) -> None:
    crisis_id, body = delivery.body["crisis"], delivery.body
    post = CrisisPost(posted.channel, posted.ts, body["audience"], body["language"])
    crises.add_post(connection, crisis_id, post)
    pin = {"crisis": crisis_id, "ts": posted.ts, "audience": post.audience, "language": post.language}
    deliveries.owe(connection, Owed(PIN, f"{PIN}:{crisis_id}:{posted.channel}", posted.channel, pin), now)
    crisis = crises.find(connection, crisis_id)
    if crisis is not None and crisis.version != told:
        _owe_change(connection, crisis_id, crisis.version, post, now)


def _owe_change(connection: Connection, crisis_id: int, version: int, post: CrisisPost, now: datetime) -> None:
    body = {"crisis": crisis_id, "ts": post.ts, "audience": post.audience, "language": post.language}
    key = f"{CHANNEL_UPDATE}:{crisis_id}:{version}:{post.channel}"
    deliveries.owe(connection, Owed(CHANNEL_UPDATE, key, post.channel, body, lane=CHANNELS_LANE), now)
