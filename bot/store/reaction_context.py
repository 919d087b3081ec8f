"""What has to be known of a reaction before anything is done about it: all of it in one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.domain.happenings import Reacted
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


def look_around_all(
    connection: Connection, reactions: Sequence[Reacted]
) -> dict[tuple[str, str, str], ReactionContext]:
    """The same for many, by user, channel and ts; who is known among them is held (`shares.hold`)."""
    messages = {(reaction.channel, reaction.ts) for reaction in reactions}
    rows = connection.execute(_STORIES, {"all_ts": sorted({ts for _, ts in messages})})
    stories = {(channel, ts): story for channel, ts, story in rows if (channel, ts) in messages}
    ours = [reaction for reaction in reactions if (reaction.channel, reaction.ts) in stories]
    if not ours:
        return {}
    emojis = _share_emojis(connection.execute(_SETUP).scalar())
    users = sorted({reaction.user for reaction in ours})
    found = {user: (person, standing) for person, user, standing in connection.execute(_PEOPLE, {"users": users})}

    def around(reaction: Reacted) -> ReactionContext:
        person, standing = found.get(reaction.user, (None, None))
        return ReactionContext(stories[reaction.channel, reaction.ts], person, standing == Standing.OUT, emojis)

    return {(reaction.user, reaction.channel, reaction.ts): around(reaction) for reaction in ours}


def _share_emojis(setup: Mapping[str, Any] | None) -> tuple[str, ...]:
    return Setup().share_emojis if setup is None else tuple(setup["share_emojis"])


_AROUND = Prepared(
    select(placements.c.story_id, people.c.id, people.c.standing, settings.c.value)
    .select_from(placements)
    .outerjoin(people, people.c.user == bindparam("user"))
    .outerjoin(settings, settings.c.name == "setup")
    .where(placements.c.channel == bindparam("channel"), placements.c.ts == bindparam("ts"))
)
_STORIES = select(placements.c.channel, placements.c.ts, placements.c.story_id).where(
    placements.c.ts.in_(bindparam("all_ts", expanding=True))
)
_SETUP = select(settings.c.value).where(settings.c.name == "setup")
# In one order, so that two who hold the same people take turns.
_PEOPLE = (
    select(people.c.id, people.c.user, people.c.standing)
    .where(people.c.user.in_(bindparam("users", expanding=True)))
    .order_by(people.c.id)
    .with_for_update(key_share=True)
)
