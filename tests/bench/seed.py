"""A company in the database: people who are known, stories that stand in a channel, and what was shared so far."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert

from bot.domain.setup import Channel
from bot.store import setup as setup_store
from bot.store.engine import Store
from bot.store.tables import people, placements, stories
from tests.bench.slack import CHANNEL

LONG_AGO = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""When the stories went out: so long ago that nobody looks their reactions up after a restart."""


@dataclass(frozen=True)
class Seeded:
    """Slack ids of the people, and the ts of the stories' messages."""

    users: tuple[str, ...]
    messages: tuple[str, ...]


def seed(store: Store, *, many_people: int, many_stories: int) -> Seeded:
    """People and stories, each story on one message."""
    found = Seeded(
        tuple(f"U{number:08d}" for number in range(1, many_people + 1)),
        tuple(f"{1_767_000_000 + number}.000100" for number in range(1, many_stories + 1)),
    )

    def work(connection: Connection) -> None:
        setup_store.put_channel(connection, Channel(CHANNEL, "good-stories", "en"), LONG_AGO)
        connection.execute(insert(people), [_person(number, user) for number, user in enumerate(found.users, 1)])
        connection.execute(insert(stories), [_story(number) for number in range(1, many_stories + 1)])
        rows = [
            {"channel": CHANNEL, "ts": ts, "story_id": number, "posted_at": LONG_AGO, "is_gone": False}
            for number, ts in enumerate(found.messages, 1)
        ]
        connection.execute(insert(placements), rows)

    store.write(work)
    return found


def _person(number: int, user: str) -> dict[str, object]:
    return {
        "id": number,
        "user": user,
        "key": f"{number:016x}",
        "name": f"Somebody {number}",
        "locale": "en-US",
        "zone": "Europe/Amsterdam",
        "standing": ("named", "unnamed", "unasked")[number % 3],
        "networks": [],
        "reminders": True,
        "is_active": True,
    }


def _story(number: int) -> dict[str, object]:
    return {
        "id": number,
        "link": f"https://example.com/{number}",
        "link_key": f"example.com/{number}",
        "title": f"Story {number}",
        "sentence": "Why it matters to us.",
        "background": "",
        "language": "en",
        "topics": [],
        "commercial": False,
        "state": "posted",
        "posted_at": LONG_AGO + timedelta(minutes=number),
        "version": 1,
        "created_at": LONG_AGO,
    }
