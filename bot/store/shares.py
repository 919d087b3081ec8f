"""Shares and the reactions that are one of their sources."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from bot.domain.shares import Share
from bot.store import scores
from bot.store.rows import insert_or_ignore, upsert
from bot.store.tables import dealt, people, placements, reactions, shares


def to_change(connection: Connection, story_id: int, person_id: int) -> tuple[Share, ...]:
    """The same as `of_person`, for whoever changes it: what this person does at the same moment waits until then."""
    connection.execute(select(people.c.id).where(people.c.id == person_id).with_for_update(key_share=True))
    return of_person(connection, story_id, person_id)


def of_person(connection: Connection, story_id: int, person_id: int) -> tuple[Share, ...]:
    """What is known of this person's shares of this story."""
    query = select(shares).where(shares.c.story_id == story_id, shares.c.person_id == person_id)
    return tuple(_share(row) for row in connection.execute(query.order_by(shares.c.id)))


def replace(
    connection: Connection, story_id: int, person_id: int, wanted: Sequence[Share], known: Sequence[Share] | None = None
) -> None:
    """Make these this person's shares of this story; rows that stay keep their id. The person's scores follow.

    `known`: what `to_change` answered; looked up where it is not given.
    """
    known = of_person(connection, story_id, person_id) if known is None else known
    before = {share.network: share for share in known}
    mine = and_(shares.c.story_id == story_id, shares.c.person_id == person_id)
    gone = set(before) - {share.network for share in wanted}
    if gone:
        connection.execute(delete(shares).where(mine, shares.c.network.in_(gone)))
    for share in wanted:
        if share.network not in before:
            connection.execute(insert(shares).values(story_id=story_id, person_id=person_id, **asdict(share)))
        elif share != before[share.network]:
            connection.execute(update(shares).where(mine, shares.c.network == share.network).values(**asdict(share)))
    scores.change_scores(connection, person_id, _said(known), _said(wanted))


def note_reaction(
    connection: Connection, channel: str, ts: str, person_id: int, emoji: str, *, present: bool, at: datetime
) -> bool:
    """Note a reaction or its removal, unless something newer is known. Answers whether anything changed."""
    key = {"channel": channel, "ts": ts, "person_id": person_id, "emoji": emoji}
    if insert_or_ignore(connection, reactions, **key, is_present=present, at=at):
        return present
    older = and_(
        *(reactions.c[name] == value for name, value in key.items()),
        reactions.c.at <= at,
        reactions.c.is_present.is_(not present),
    )
    return connection.execute(update(reactions).where(older).values(is_present=present, at=at)).rowcount == 1


def count_reactions(connection: Connection, story_id: int, person_id: int) -> int:
    """How many reactions of this person that counted when they came stand on any placement of this story."""
    query = (
        select(func.count())
        .select_from(reactions.join(placements, _same_message()))
        .where(
            placements.c.story_id == story_id,
            reactions.c.person_id == person_id,
            reactions.c.is_present.is_(True),
        )
    )
    return connection.execute(query).scalar_one()


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


def _same_message() -> ColumnElement[bool]:
    return and_(placements.c.channel == reactions.c.channel, placements.c.ts == reactions.c.ts)


def _share(row: Row[Any]) -> Share:
    return Share(
        network=row.network,
        opened_at=row.opened_at,
        claimed_at=row.claimed_at,
        reacted_at=row.reacted_at,
        said_at=row.said_at,
        caption_id=row.caption_id,
        own_words=row.own_words,
        disclosure=row.disclosure,
        post_url=row.post_url,
    )
