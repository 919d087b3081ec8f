"""What has to be known of a reaction before anything is done about it: all of it in one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.domain.people import Standing
from bot.domain.setup import Setup
from bot.store.prepared import Prepared
from bot.store.tables import people, placements, settings


@dataclass(frozen=True)
class ReactionContext:
    """The story it is on and the emojis that count; the person is None while we do not know them."""

    story_id: int
    person_id: int | None
    is_out: bool
    share_emojis: tuple[str, ...]


def look_around(connection: Connection, user: str, channel: str, ts: str) -> ReactionContext | None:
    """None when no story of ours stands there."""
    row = _AROUND.first(connection, {"user": user, "channel": channel, "ts": ts})
    if row is None:
        return None
    story, person, standing, setup = row
    return ReactionContext(story, person, standing == Standing.OUT, _share_emojis(setup))


def _share_emojis(setup: Mapping[str, Any] | None) -> tuple[str, ...]:
    return Setup().share_emojis if setup is None else tuple(setup["share_emojis"])


_AROUND = Prepared(
    select(placements.c.story_id, people.c.id, people.c.standing, settings.c.value)
    .select_from(placements)
    .outerjoin(people, people.c.user == bindparam("user"))
    .outerjoin(settings, settings.c.name == "setup")
    .where(placements.c.channel == bindparam("channel"), placements.c.ts == bindparam("ts"))
)
