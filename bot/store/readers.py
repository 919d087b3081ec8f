"""How many readers links brought: by story, person and day. Read from the sums, which do not grow with the clicks;

for less than whole days from the clicks themselves.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from bot.domain.clicks import APART, COUNTED, ClickKind, Followed
from bot.domain.leaderboard import Tally, shown_name
from bot.domain.local_time import day_of, moment_of
from bot.domain.people import Standing
from bot.store.tables import clicks, link_days, links, people, reader_days

Days = tuple[int, int]
"""The first and the last day, as Python numbers days (`domain.local_time.day_of`)."""


def readers_by_story(
    connection: Connection, story_ids: Collection[int] | None = None, person_id: int | None = None
) -> Mapping[int, Followed]:
    """What the links to each of these stories (or all) brought, if any was followed: everybody's, or this person's.

    A person's readers are those that boards count for them: who came while they were out is the story's alone.
    """
    readers = link_days.c.readers if person_id is None else link_days.c.for_person
    query = _sums(readers, links.c.story_id).join(links, links.c.id == link_days.c.link_id)
    if story_ids is not None:
        query = query.where(links.c.story_id.in_(list(story_ids)))
    if person_id is not None:
        query = query.where(links.c.person_id == person_id)
    return {row.story_id: _followed(row) for row in connection.execute(query.group_by(links.c.story_id))}


def followed_within(connection: Connection, start: datetime, end: datetime) -> Mapping[int, Followed]:
    """By story, who followed its links within [start, end): exact, and only of the days that single clicks are kept."""
    times = func.count().label("times")
    query = select(clicks.c.link_id, clicks.c.kind, times).where(clicks.c.at >= start, clicks.c.at < end)
    each = query.group_by(clicks.c.link_id, clicks.c.kind).subquery()
    of_stories = select(links.c.story_id, each.c.kind, each.c.times).join(each, each.c.link_id == links.c.id)
    found: dict[int, Counter[str]] = {}
    for story, kind, count in connection.execute(of_stories):
        found.setdefault(story, Counter())[COUNTED[ClickKind(kind)]] += count
    return {story: Followed(**counts) for story, counts in found.items()}


def by_week(connection: Connection, ends: Sequence[datetime], zone: str) -> Mapping[int, Sequence[int]]:
    """By story, its readers from each of these moments up to the next: exact as long as single clicks are kept.

    Of older weeks only days are known: a day in which one ends and another begins is the later one's.
    """
    days = [day_of(end, zone) for end in ends]
    found: dict[int, list[int]] = {}
    for story, day, readers in connection.execute(_by_day(days[0], days[-1] - 1)):
        found.setdefault(story, [0] * (len(ends) - 1))[bisect_right(days, day) - 1] += int(readers)
    for week, (day, end) in enumerate(zip(days, ends, strict=True)):
        # Two may meet on one day: a week that has only begun when it is looked at.
        midnight = moment_of(date.fromordinal(day), time(0), zone)
        since = max(midnight, ends[week - 1]) if week else midnight
        for story, followed in followed_within(connection, since, end).items():
            _move(found.setdefault(story, [0] * (len(ends) - 1)), bisect_right(days, day) - 1, week - 1, followed)
    return found


def _by_day(first: int, last: int) -> Select[Any]:
    """Readers by story and day."""
    query = select(links.c.story_id, link_days.c.day, func.sum(link_days.c.readers))
    query = query.join(links, links.c.id == link_days.c.link_id)
    query = query.where(link_days.c.day.between(first, last), link_days.c.readers > 0)
    return query.group_by(links.c.story_id, link_days.c.day)


def _move(weeks: list[int], week: int, before: int, followed: Followed) -> None:
    """These came on a day that is the later week's by the sums, and earlier than it: they are those of one before."""
    if week < len(weeks):
        weeks[week] = max(0, weeks[week] - followed.readers)
    if before >= 0:
        weeks[before] += followed.readers


def tallies(connection: Connection, days: Days) -> list[Tally]:
    """Unique readers of everybody who takes part, in these days; nobody who had none is in it."""
    query = (
        select(people.c.id, people.c.name, people.c.standing, people.c.is_active, func.sum(reader_days.c.readers))
        .join(people, people.c.id == reader_days.c.person_id)
        .where(reader_days.c.day.between(*days), reader_days.c.readers > 0, people.c.standing != Standing.OUT)
        .group_by(people.c.id)
        .order_by(people.c.id)
    )
    return [
        Tally(person, shown_name(name, standing, is_active=is_active), int(count))
        for person, name, standing, is_active, count in connection.execute(query)
    ]


def is_any_nobodys(connection: Connection, days: Days) -> bool:
    """Whether any reader of these days counts for a story and for nobody: their link's person left, or is out."""
    nobodys = or_(
        links.c.person_id.is_(None), people.c.standing == Standing.OUT, link_days.c.readers > link_days.c.for_person
    )
    query = select(link_days.c.day).join(links, links.c.id == link_days.c.link_id)
    query = query.outerjoin(people, people.c.id == links.c.person_id)
    query = query.where(link_days.c.day.between(*days), link_days.c.readers > 0, nobodys)
    return connection.execute(query.limit(1)).first() is not None


def is_anybody_read(connection: Connection) -> bool:
    """Whether anybody had a reader yet, whenever."""
    query = select(reader_days.c.day).where(reader_days.c.readers > 0).limit(1)
    return connection.execute(query).first() is not None


def _sums(readers: Any, *by: Any) -> Select[Any]:
    columns = {"readers": readers, **{name: link_days.c[name] for name in APART}}
    sums = (func.coalesce(func.sum(column), 0).label(name) for name, column in columns.items())
    return select(*by, *sums).select_from(link_days)


def _followed(row: Any) -> Followed:
    return Followed(**{name: int(getattr(row, name)) for name in ("readers", *APART)})
