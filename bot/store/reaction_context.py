"""What has to be known of a reaction before anything is done about it: all of it in one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from bot.domain.happenings import Reacted
from bot.domain.people import Standing
from bot.domain.setup import Setup
from bot.store.given import Given, as_rows, for_given, types_of
from bot.store.prepared import Prepared
from bot.store.tables import people, placements, settings

Message = tuple[str, str, str]
"""Who reacted, and to what: user, channel, ts."""


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


def look_around_all(connection: Connection, reactions: Sequence[Reacted]) -> dict[Message, ReactionContext]:
    """The same for many, by user, channel and ts; who is known among them is held (`shares.hold`)."""
    rows = as_rows({"user": each.user, "channel": each.channel, "ts": each.ts} for each in reactions)
    if connection.dialect.name != "sqlite":
        _HOLD_ALL.rows(connection, rows)
    setup = _SETUP.first(connection, {})
    emojis = _share_emojis(setup and setup[0])
    return {
        (user, channel, ts): ReactionContext(story, person, standing == Standing.OUT, emojis)
        for user, channel, ts, story, person, standing in _AROUND_ALL.rows(connection, rows)
    }


def _share_emojis(setup: Mapping[str, Any] | None) -> tuple[str, ...]:
    return Setup().share_emojis if setup is None else tuple(setup["share_emojis"])


_AROUND = Prepared(
    select(placements.c.story_id, people.c.id, people.c.standing, settings.c.value)
    .select_from(placements)
    .outerjoin(people, people.c.user == bindparam("user"))
    .outerjoin(settings, settings.c.name == "setup")
    .where(placements.c.channel == bindparam("channel"), placements.c.ts == bindparam("ts"))
)
_SETUP = Prepared(select(settings.c.value).where(settings.c.name == "setup"))
_MESSAGE = {**types_of(people, ["user"]), **types_of(placements, ["channel", "ts"])}


def _around_all(_: Any, given: Given) -> Any:
    on = (placements.c.channel == given.c["channel"], placements.c.ts == given.c["ts"])
    joined = given.source.join(placements, and_(*on)).outerjoin(people, people.c.user == given.c["user"])
    return select(*given.c.values(), placements.c.story_id, people.c.id, people.c.standing).select_from(joined)


def _hold_all(_: Any, given: Given) -> Any:
    # In one order, so that two who hold the same people take turns.
    users = select(given.c["user"]).select_from(given.source)
    return select(people.c.id).where(people.c.user.in_(users)).order_by(people.c.id).with_for_update(key_share=True)


_AROUND_ALL = for_given(_MESSAGE, _around_all)
_HOLD_ALL = for_given(_MESSAGE, _hold_all)
