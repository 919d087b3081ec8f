"""What the leaderboard, the digest and Home count. A person and a story count once, however many networks.

Two kinds of figures, never mixed: those by person leave out everybody who left or was deleted; a story's totals keep
their shares, without a name.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select
from sqlalchemy.sql.schema import Column

from bot.domain.leaderboard import Tally, shown_name
from bot.domain.people import Standing
from bot.domain.stories import StoryState
from bot.store.tables import captions, people, shares, stories

Totals = dict[int, tuple[int, int]]
"""By story id: how many people opened, and how many said."""


def tallies(connection: Connection, start: datetime, end: datetime) -> list[Tally]:
    """Everybody who takes part and said within [start, end) that they shared: how many different stories."""
    query = (
        select(people.c.id, people.c.name, people.c.standing, people.c.is_active, _distinct(shares.c.story_id))
        .join(people, people.c.id == shares.c.person_id)
        .where(_within(shares.c.said_at, start, end), people.c.standing != Standing.OUT)
        .group_by(people.c.id)
        .order_by(people.c.id)
    )
    return [
        Tally(person, shown_name(name, standing, is_active=is_active), count)
        for person, name, standing, is_active, count in connection.execute(query)
    ]


def stories_by_person(connection: Connection, start: datetime, end: datetime) -> Mapping[int, int]:
    """The figures alone: how many different stories each said within [start, end); also of who takes no part now."""
    said = and_(_within(shares.c.said_at, start, end), shares.c.person_id.is_not(None))
    query = select(shares.c.person_id, _distinct(shares.c.story_id)).where(said).group_by(shares.c.person_id)
    return {int(person): int(count) for person, count in connection.execute(query)}


def passed_before(connection: Connection, start: datetime, end: datetime) -> set[int]:
    """Of those who said so within [start, end): who had done it before."""
    who = select(shares.c.person_id).where(_within(shares.c.said_at, start, end), shares.c.person_id.is_not(None))
    now, before = who.distinct().subquery(), shares.alias("before")
    earlier = exists().where(before.c.person_id == now.c.person_id, before.c.said_at < start)
    return set(connection.execute(select(now.c.person_id).where(earlier)).scalars())


def story_totals(connection: Connection, ids: Collection[int]) -> Totals:
    """These stories since they went out. One that nobody touched is not in the answer."""
    opened, said = shares.c.opened_at.is_not(None), shares.c.said_at.is_not(None)
    return _totals(connection, opened, said, shares.c.story_id.in_(ids))


def story_totals_within(connection: Connection, start: datetime, end: datetime) -> Totals:
    """Every story that was opened or said within [start, end)."""
    opened, said = _within(shares.c.opened_at, start, end), _within(shares.c.said_at, start, end)
    return _totals(connection, opened, said, or_(opened, said))


def said_by_week(connection: Connection, ends: Sequence[datetime]) -> Mapping[int, Sequence[int]]:
    """By story, how many different people said from each of these moments up to the next that they shared it."""
    week = case(*((shares.c.said_at < end, number) for number, end in enumerate(ends[1:])))
    said = _within(shares.c.said_at, ends[0], ends[-1])
    query = select(shares.c.story_id, week.label("week"), _everybody(said)).where(said)
    found: dict[int, list[int]] = {}
    for story, number, count in connection.execute(query.group_by(shares.c.story_id, "week")):
        found.setdefault(story, [0] * (len(ends) - 1))[number] = count
    return found


def posted_within(connection: Connection, start: datetime, end: datetime) -> list[int]:
    """Ids of the stories that went out within [start, end) and still stand."""
    posted = and_(stories.c.state == StoryState.POSTED, _within(stories.c.posted_at, start, end))
    query = select(stories.c.id).where(posted).order_by(stories.c.posted_at, stories.c.id)
    return [story for (story,) in connection.execute(query)]


def was_anything_posted(connection: Connection, before: datetime) -> bool:
    """Whether any story went out before this moment, whatever became of it."""
    query = select(stories.c.id).where(stories.c.posted_at < before).limit(1)
    return connection.execute(query).first() is not None


def untouched(connection: Connection, start: datetime, end: datetime, until: datetime) -> list[int]:
    """Ids of the stories that went out within [start, end) and that nobody opened or said before `until`."""
    touched = exists().where(
        shares.c.story_id == stories.c.id, or_(shares.c.opened_at < until, shares.c.said_at < until)
    )
    posted = and_(stories.c.state == StoryState.POSTED, _within(stories.c.posted_at, start, end))
    query = select(stories.c.id).where(posted, ~touched)
    return [story for (story,) in connection.execute(query.order_by(stories.c.posted_at, stories.c.id))]


def captions_used(connection: Connection, start: datetime, end: datetime, most: int) -> list[tuple[str, str, int]]:
    """Title, text and how many people went to a network with it within [start, end), unchanged; most used first."""
    used = _everybody(_within(shares.c.opened_at, start, end)).label("used")
    query = (
        select(stories.c.title, captions.c.text, used)
        .select_from(shares.join(captions, captions.c.id == shares.c.caption_id))
        .join(stories, stories.c.id == captions.c.story_id)
        .where(_within(shares.c.opened_at, start, end), shares.c.own_words.is_(False))
        .group_by(captions.c.id, captions.c.text, stories.c.title)
        .order_by(used.desc(), captions.c.id)
        .limit(most)
    )
    return [(title, text, count) for title, text, count in connection.execute(query)]


def _totals(
    connection: Connection, opened: ColumnElement[bool], said: ColumnElement[bool], which: ColumnElement[bool]
) -> Totals:
    query = select(shares.c.story_id, _everybody(opened), _everybody(said)).where(which).group_by(shares.c.story_id)
    return {story: (opens, says) for story, opens, says in connection.execute(query)}


def _everybody(which: ColumnElement[bool]) -> ColumnElement[int]:
    """Different people; a share whose person is forgotten counts as one."""
    known = func.count(case((which, shares.c.person_id)).distinct())
    return known + func.count(case((and_(which, shares.c.person_id.is_(None)), 1)))


def _distinct(column: Column[int]) -> ColumnElement[int]:
    return func.count(column.distinct())


def _within(column: Column[datetime], start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(column >= start, column < end)
