"""The weekly digest: made once, whoever comes round first; counted when it is sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.gather_digest import comms_digest, staff_digest
from bot.actions.kept_digest import NOT_KEPT
from bot.actions.say_notice import language_of_channel
from bot.actions.show_picture import show_picture
from bot.actions.tell_editor import owe_notice
from bot.domain.deliveries import Delivery, Owed
from bot.domain.digest import StaffDigest, Week, is_too_late, week_until
from bot.domain.fault_points import FaultPoint, reached
from bot.domain.messages import CommsDigestPost, DigestPost, Message
from bot.domain.people import Person
from bot.domain.setup import Setup
from bot.domain.slots import last_weekly, next_weekly
from bot.store import boards, crises, deliveries, digests, people
from bot.store import setup as setup_store
from bot.store.engine import Connection

APART = timedelta(seconds=1)
"""Between two direct messages: Slack takes no more, and what is due meanwhile does not wait behind all of them."""
JUST_SET = timedelta(minutes=10)
"""An admin who changes the set-up later than this after a digest's time did not ask for that digest."""


def make_digest(desk: Desk, now: datetime) -> int:
    """Make the digest that is due, if it was not made yet. Answers 1 when this call made or skipped it.

    While there is a crisis it waits. More than two days late it is skipped, and comms hears so. Before the first story
    there is nothing to tell.
    """
    setup = desk.setup()
    due = _due(setup, now)
    if due is None or not desk.store.read(lambda connection: _is_wanted(connection, due, now)):
        return 0
    if desk.store.read(crises.stops_promotion):
        return 0
    done = desk.store.write(lambda connection: _make(connection, setup, due, now))
    if done:
        reached(FaultPoint.DIGEST_MADE)
        desk.wake()
    return int(done)


def next_digest(connection: Connection, setup: Setup, now: datetime) -> datetime | None:
    """When `make_digest` has something to do: a moment that has passed while one waits to be made."""
    if crises.stops_promotion(connection):
        return None
    due = _due(setup, now)
    if setup.digest is None or due is None or _is_wanted(connection, due, now):
        return due
    return next_weekly(setup.digest.weekday, setup.digest.at, setup.zone, now)


def compose_digest(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """For one channel, in its language. None when there is nothing to tell of this week."""
    week, is_measured = _week_of(delivery), bool(desk.public_url)
    digest = desk.store.read(lambda c: staff_digest(c, week, delivery.target, now, is_measured=is_measured))
    reached(FaultPoint.DIGEST_GATHERED)
    if digest is None:
        return None
    post = DigestPost(digest, language_of_channel(desk, delivery.target), desk.setup().zone)
    return show_picture(desk, post, now)


def compose_digest_dm(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """For one person who asked for it, in their language; None for who does not want it any more, left, or is gone."""
    person_id = delivery.person_id
    person = desk.store.read(lambda c: people.wants_digest(c, person_id)) if person_id is not None else None
    digest = _kept(desk, _week_of(delivery), now) if person is not None else None
    if person is None or digest is None:
        return None
    return show_picture(desk, DigestPost(digest, person.language, desk.setup().zone), now)


def compose_comms_digest(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """For the comms channel."""
    setup = desk.setup()
    is_measured = bool(desk.public_url)
    digest = desk.store.read(lambda c: comms_digest(c, _week_of(delivery), now, is_measured=is_measured))
    return show_picture(desk, CommsDigestPost(digest, setup.comms_language, setup.zone), now)


def _kept(desk: Desk, week: Week, now: datetime) -> StaffDigest | None:
    """For all channels together, counted once a minute at most."""
    stamp = desk.store.read(people.who_is_named), desk.setup().version
    kept = desk.kept_digest.get(week, stamp, now)
    if kept is not NOT_KEPT:
        return kept
    is_measured = bool(desk.public_url)
    digest = desk.store.read(lambda c: staff_digest(c, week, None, now, is_measured=is_measured))
    desk.kept_digest.put(week, stamp, now, digest)
    return digest


def _due(setup: Setup, now: datetime) -> datetime | None:
    """The latest moment at which a digest should have gone out."""
    if setup.digest is None:
        return None
    return last_weekly(setup.digest.weekday, setup.digest.at, setup.zone, now)


def _is_wanted(connection: Connection, due: datetime, now: datetime) -> bool:
    if digests.is_done(connection, due) or not boards.was_anything_posted(connection, due):
        return False
    changed_at = digests.setup_changed_at(connection)
    # Changed later than it is now: by a clock that was ahead, so nobody knows when.
    return changed_at is None or changed_at <= due + JUST_SET or changed_at > now


def _make(connection: Connection, setup: Setup, due: datetime, now: datetime) -> bool:
    """The row and what is owed, in one transaction: of two copies, the second finds the row."""
    too_late = is_too_late(due, now)
    if not digests.put(connection, due, now, is_skipped=too_late):
        return False
    if too_late:
        owe_notice(connection, setup, None, f"digest:{due.isoformat()}", "digest.skipped", now, {"due": due})
    else:
        _owe(connection, setup, due, now)
    return True


def _owe(connection: Connection, setup: Setup, due: datetime, now: datetime) -> None:
    assert setup.digest is not None
    week = week_until(setup.digest, setup.zone, due)
    body = {"start": week.start.isoformat(), "end": week.end.isoformat()}
    for channel in setup_store.list_channels(connection):
        deliveries.owe(connection, Owed("digest", _key(due, channel.id), channel.id, body), now)
    if setup.comms_channel is not None:
        comms = setup.comms_channel
        deliveries.owe(connection, Owed("comms_digest", f"comms_{_key(due, comms)}", comms, body), now)
    asked = enumerate(people.wanting_digest(connection))
    deliveries.owe_all(connection, [_dm(due, person, body, now + APART * place) for place, person in asked], now)


def _dm(due: datetime, person: Person, body: Mapping[str, str], at: datetime) -> Owed:
    return Owed("digest_dm", _key(due, person.user), person.user, body, not_before=at, person_id=person.id)


def _key(due: datetime, target: str) -> str:
    return f"digest:{due.isoformat()}:{target}"


def _week_of(delivery: Delivery) -> Week:
    start, end = (datetime.fromisoformat(delivery.body[name]) for name in ("start", "end"))
    return Week(start, end)
