"""*Remind me later*: one message to one person, the next morning, if the story still matters then."""

from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.open_share import story_to_share
from bot.actions.who_asks import Asker, remember, who_asks
from bot.domain.deliveries import Delivery, Owed
from bot.domain.local_time import local
from bot.domain.messages import Message, Posted, Reminder
from bot.domain.people import Person
from bot.domain.problems import SlackTrouble
from bot.domain.quiet_hours import quiet_until, tomorrow_morning
from bot.domain.share_problems import NothingIsKept, OverByThen, RemindersOff
from bot.domain.stories import Story
from bot.store import deliveries, shares, stories
from bot.store.engine import Connection


@dataclass(frozen=True)
class Reminded:
    """When the reminder comes (UTC). `is_new` False: it was noted before."""

    at: datetime
    is_new: bool


def remind_later(desk: Desk, asker: Asker, story_id: int, where: Posted | None, now: datetime) -> Reminded:
    """Owe a reminder for tomorrow at nine in the person's zone, or when their quiet hours end after that.

    `where`: the message they pressed under, to be linked to.

    Raises:
        RemindersOff, NothingIsKept (they left), OverByThen, and what `open_share` raises.
    """

    def work(connection: Connection) -> Reminded:
        story = story_to_share(connection, story_id, now)
        person = remember(connection, desk, asker.profile, now)
        if person is None:
            raise NothingIsKept
        if not person.preferences.reminders:
            raise RemindersOff
        at = _when(person, asker.zone, now)
        if story.is_over(at):
            raise OverByThen(until=story.best_before)
        return Reminded(at, deliveries.owe(connection, _reminder(story, person, asker, where, at), now))

    return desk.store.write(work)


def compose_reminder(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What it says; nothing when the story is over, they shared it meanwhile, or left, or want no more."""
    asker = who_asks(desk, delivery.target)
    if not asker.profile.is_active:
        return None
    story = desk.store.read(lambda connection: _still_wanted(connection, delivery, asker.person, now))
    if story is None:
        return None
    return Reminder(story, asker.language, _permalink(desk, delivery))


def _when(person: Person, zone: str, now: datetime) -> datetime:
    at = tomorrow_morning(zone, now)
    quiet = person.preferences.quiet
    return (quiet_until(quiet, zone, at) or at) if quiet else at


def _reminder(story: Story, person: Person, asker: Asker, where: Posted | None, at: datetime) -> Owed:
    key = f"reminder:{story.id}:{person.id}:{local(at, asker.zone).date().isoformat()}"
    body = {"channel": where.channel, "ts": where.ts} if where else {}
    return Owed("reminder", key, asker.user, body, not_before=at, story_id=story.id, person_id=person.id)


def _still_wanted(connection: Connection, delivery: Delivery, person: Person | None, now: datetime) -> Story | None:
    story = stories.find(connection, delivery.story_id) if delivery.story_id else None
    if story is None or person is None or not person.is_in or not person.preferences.reminders:
        return None
    is_said = any(share.is_said for share in shares.of_person(connection, story.id, person.id))
    return story if story.is_open(now) and not is_said else None


def _permalink(desk: Desk, delivery: Delivery) -> str | None:
    if "ts" not in delivery.body:
        return None
    try:
        return desk.messenger.permalink(Posted(delivery.body["channel"], delivery.body["ts"]))
    except SlackTrouble:
        return None
