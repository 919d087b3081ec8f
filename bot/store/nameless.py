"""Shares that lose their person: a story's totals stay as they were, and nothing leads back to who it was.

Totals count people, not rows. Of one person's shares of one story, on several networks, only one keeps the moment of
*opened*, and one the moment of *said*; the others keep what captions are counted by.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, or_, select, tuple_, update

from bot.store import links, scores
from bot.store.tables import dealt, placements, reactions, shares, stories

AT_ONCE = 500


def forget_person(connection: Connection, person_id: int) -> None:
    """The shares stay in the totals; what points at the person goes."""
    scores.drop_person(connection, person_id)
    _take_names_off(connection, shares.c.person_id == person_id)
    links.forget_texts_of(connection, person_id)
    connection.execute(delete(reactions).where(reactions.c.person_id == person_id))
    connection.execute(delete(dealt).where(dealt.c.person_id == person_id))


def forget_before(connection: Connection, moment: datetime) -> None:
    """Shares whose last source is older than this lose their person; scores, reactions and dealt turns of then go."""
    scores.forget_before(connection, moment)
    # Said so last, or else opened: put so that both find their index.
    latest = or_(shares.c.said_at < moment, and_(shares.c.said_at.is_(None), shares.c.opened_at < moment))
    _take_names_off(connection, and_(latest, shares.c.person_id.is_not(None)))
    aside = and_(shares.c.said_at.is_(None), shares.c.opened_at.is_(None), shares.c.set_aside_at < moment)
    _take_names_off(connection, and_(aside, shares.c.person_id.is_not(None)))
    stood_at = select(placements.c.channel, placements.c.ts).where(placements.c.posted_at < moment)
    connection.execute(delete(reactions).where(tuple_(reactions.c.channel, reactions.c.ts).in_(stood_at)))
    posted = select(stories.c.id).where(stories.c.posted_at < moment)
    connection.execute(delete(dealt).where(dealt.c.story_id.in_(posted)))


def _take_names_off(connection: Connection, which: ColumnElement[bool]) -> None:
    ids = connection.execute(select(shares.c.id).where(which).order_by(shares.c.id)).scalars().all()
    for start in range(0, len(ids), AT_ONCE):
        _take_off(connection, ids[start : start + AT_ONCE])


def _take_off(connection: Connection, ids: Sequence[int]) -> None:
    mine = shares.c.id.in_(ids)
    for name in ("opened_at", "said_at"):
        connection.execute(update(shares).where(mine, _counted_elsewhere(name, ids)).values({name: None}))
    nobody = {"person_id": None, "post_url": None, "claimed_at": None, "reacted_at": None}
    connection.execute(update(shares).where(mine).values(nobody))


def _counted_elsewhere(name: str, ids: Sequence[int]) -> ColumnElement[bool]:
    """Another share of the same person and story has this moment: one that keeps its person, or an earlier row."""
    other = shares.alias("other")
    same = and_(other.c.person_id == shares.c.person_id, other.c.story_id == shares.c.story_id)
    counts = or_(other.c.id.not_in(ids), other.c.id < shares.c.id)
    return exists().where(same, other.c.id != shares.c.id, other.c[name].is_not(None), counts)
