"""A story is out: those who follow one of its topics, or asked to be told, hear of it. Once a story each."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.who_asks import who_asks
from bot.domain.deliveries import Delivery, Owed
from bot.domain.messages import Message, StoryOut
from bot.domain.people import Person
from bot.domain.stories import Story
from bot.domain.topics import followed_among, without
from bot.store import deliveries, people, shares, stories
from bot.store.engine import Connection

TOPIC, FIRST_PICK = "topic", "first_pick"
A_MINUTE = 100
"""So many are told in a minute: Slack takes a few more, and what else is to be said need not wait behind them."""


def out_key(story_id: int, person_id: int) -> str:
    """One for both kinds, so that nobody is told twice of a story."""
    return f"out:{story_id}:{person_id}"


def tell_followers(connection: Connection, story: Story, now: datetime) -> None:
    """In the transaction that notes that it stands somewhere; noted again, it does nothing more."""
    if not story.is_open(now):
        return
    deliveries.release(connection, story.id, FIRST_PICK, now)
    if story.topics:
        followers = [one for one in people.following_topics(connection) if _follows(one, story)]
        deliveries.owe_all(connection, [_owed(story, one, n, now) for n, one in enumerate(followers)], now)


def compose_story_out(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What it says; nothing when the story is over or taken back, or they shared it, left, or follow it no more."""
    asker = who_asks(desk, delivery.target)
    person = asker.person
    if person is None or not person.is_in or not asker.profile.counts_at(desk.me.team):
        return None
    story = desk.store.read(lambda connection: _to_be_told(connection, delivery, person, now))
    if story is None:
        return None
    topics = followed_among(story.topics, person.preferences.topics)
    was_asked_for = delivery.kind == FIRST_PICK
    return StoryOut(story, asker.language, topics, was_asked_for) if topics or was_asked_for else None


def stop_following(desk: Desk, user: str, topics: Collection[str]) -> bool:
    """Hear no more of these. False when nothing is kept of this person, so nothing is sent either."""

    def work(connection: Connection) -> bool:
        person = people.by_user(connection, user)
        if person is None or not person.is_in:
            return False
        people.set_topics(connection, person.id, without(person.preferences.topics, topics))
        return True

    return desk.store.write(work)


def _follows(person: Person, story: Story) -> bool:
    return bool(followed_among(story.topics, person.preferences.topics))


def _owed(story: Story, person: Person, number: int, now: datetime) -> Owed:
    at = now + timedelta(minutes=number // A_MINUTE)
    key = out_key(story.id, person.id)
    return Owed(TOPIC, key, person.user, not_before=at, story_id=story.id, person_id=person.id)


def _to_be_told(connection: Connection, delivery: Delivery, person: Person, now: datetime) -> Story | None:
    story = stories.find(connection, delivery.story_id) if delivery.story_id else None
    if story is None or not story.is_open(now):
        return None
    is_said = any(share.is_said for share in shares.of_person(connection, story.id, person.id))
    return None if is_said else story
