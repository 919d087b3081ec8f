"""Shares and the reactions that are one of their sources."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from bot.domain.shares import Share
from bot.store import scores
from bot.store.prepared import Prepared, inserting
from bot.store.rows import upsert
from bot.store.tables import dealt, people, placements, reactions, shares


def hold(connection: Connection, person_id: int) -> bool:
    """What this person does at the same moment waits until we are done. False: they were deleted just now.

    SQLite has one writer anyway.
    """
    return connection.dialect.name == "sqlite" or _HOLD.first(connection, {"person": person_id}) is not None


def to_change(connection: Connection, story_id: int, person_id: int) -> tuple[Share, ...]:
    """The same as `of_person`, for whoever changes it: the person is held."""
    hold(connection, person_id)
    return of_person(connection, story_id, person_id)


def of_person(connection: Connection, story_id: int, person_id: int) -> tuple[Share, ...]:
    """What is known of this person's shares of this story."""
    rows = _OF_PERSON.rows(connection, {"story": story_id, "person": person_id})
    return tuple(Share(*facts) for _, *facts in sorted(rows, key=itemgetter(0)))


def replace(
    connection: Connection, story_id: int, person_id: int, wanted: Sequence[Share], known: Sequence[Share] | None = None
) -> None:
    """Make these this person's shares of this story; rows that stay keep their id. The person's scores follow.

    `known`: what `to_change` answered; looked up where it is not given.
    """
    known = of_person(connection, story_id, person_id) if known is None else known
    before = {share.network: share for share in known}
    key = {"story": story_id, "person": person_id}
    for network in before.keys() - {share.network for share in wanted}:
        _DROP.run(connection, {**key, "network": network})
    for share in wanted:
        if share.network not in before:
            _ADD.run(connection, {**key, **vars(share)})
        elif share != before[share.network]:
            _CHANGE.run(connection, {**key, **vars(share)})
    scores.change_scores(connection, person_id, _said(known), _said(wanted))


def note_reaction(
    connection: Connection, channel: str, ts: str, person_id: int, emoji: str, *, present: bool, at: datetime
) -> bool:
    """Note a reaction or its removal, unless something newer is known. Answers whether anything was noted."""
    values = {"channel": channel, "ts": ts, "person_id": person_id, "emoji": emoji, "is_present": present, "at": at}
    return _NOTE.first(connection, values) is not None


def count_reactions(connection: Connection, story_id: int, person_id: int) -> int:
    """How many reactions of this person that counted when they came stand on any placement of this story."""
    return int(_STANDING.rows(connection, {"story": story_id, "person": person_id})[0][0])


def reactions_at(connection: Connection, channel: str, ts: str) -> dict[tuple[int, str], tuple[bool, datetime]]:
    """What is known of one message: by person and emoji, whether it stands and since when."""
    query = select(reactions).where(reactions.c.channel == channel, reactions.c.ts == ts)
    return {(row.person_id, row.emoji): (row.is_present, row.at) for row in connection.execute(query)}


def dealt_to(connection: Connection, story_id: int, person_id: int) -> int | None:
    """The id of the caption this person was dealt, None before the first opening."""
    query = select(dealt.c.caption_id).where(dealt.c.story_id == story_id, dealt.c.person_id == person_id)
    return connection.execute(query).scalar()


def keep_dealt(connection: Connection, story_id: int, person_id: int, caption_id: int) -> None:
    """Keep what this person was dealt, so that nobody sees theirs change."""
    upsert(connection, dealt, {"story_id": story_id, "person_id": person_id}, {"caption_id": caption_id})


def caption_counts(connection: Connection, story_id: int, but: int | None = None) -> dict[int, int]:
    """How many colleagues used each caption unchanged; `but` is the person who asks, if they are known."""
    # A share whose person was forgotten counts as one of its own.
    who = func.coalesce(shares.c.person_id, -shares.c.id)
    query = select(shares.c.caption_id, func.count(who.distinct()).label("colleagues")).where(
        shares.c.story_id == story_id, shares.c.caption_id.is_not(None), who != (but or 0)
    )
    query = query.group_by(shares.c.caption_id)
    return {row.caption_id: row.colleagues for row in connection.execute(query)}


def _said(found: Sequence[Share]) -> set[datetime]:
    return {share.said_at for share in found if share.said_at is not None}


def _note(insert: Any) -> Any:
    statement = insert.values({column.name: bindparam(column.name) for column in reactions.c})
    new = statement.excluded
    # The same again, only later, is noted too: it came after a removal of which nothing was heard yet.
    newer = or_(reactions.c.at < new.at, reactions.c.is_present != new.is_present)
    changes = and_(reactions.c.at <= new.at, newer)
    wanted = {"is_present": new.is_present, "at": new.at}
    statement = statement.on_conflict_do_update(index_elements=list(reactions.primary_key), set_=wanted, where=changes)
    return statement.returning(reactions.c.is_present)


_MINE = and_(shares.c.story_id == bindparam("story"), shares.c.person_id == bindparam("person"))
_FACTS = tuple(field.name for field in fields(Share))
_HOLD = Prepared(select(people.c.id).where(people.c.id == bindparam("person")).with_for_update(key_share=True))
# Put in order here: asked for in order, SQLite would rather look through all shares of the story.
_OF_PERSON = Prepared(select(shares.c.id, *(shares.c[name] for name in _FACTS)).where(_MINE))
_NETWORK = and_(_MINE, shares.c.network == bindparam("network"))
_ADD = Prepared(
    insert(shares).values(
        story_id=bindparam("story"), person_id=bindparam("person"), **{name: bindparam(name) for name in _FACTS}
    )
)
_CHANGE = Prepared(
    update(shares).where(_NETWORK).values({name: bindparam(name) for name in _FACTS if name != "network"})
)
_DROP = Prepared(delete(shares).where(_NETWORK))
_NOTE = inserting(reactions, _note)
_STANDING = Prepared(
    select(func.count())
    .select_from(reactions)
    .join(placements, and_(placements.c.channel == reactions.c.channel, placements.c.ts == reactions.c.ts))
    .where(
        placements.c.story_id == bindparam("story"),
        reactions.c.person_id == bindparam("person"),
        reactions.c.is_present.is_(True),
    )
)
