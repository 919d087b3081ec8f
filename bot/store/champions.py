"""The ranking of champions, in one statement that both databases read; and what stands behind each place.

The score is that of `domain.champions.score`. Only what was known by the end of a day counts for that day.
"""

from collections.abc import Collection, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select, text

from bot.domain.champions import (
    ADDED_WEEKS,
    HALF_LIFE,
    WEEK,
    WINDOW,
    Brought,
    Candidate,
    can_be_named,
)
from bot.domain.leaderboard import shown_name
from bot.domain.people import Standing
from bot.store import teams
from bot.store.links import OURS
from bot.store.tables import link_days, links, people, shares, stories

AT_ONCE = 500
DIGITS = 9
"""Of a score: what was added up in another order is the same number still."""

# How many weeks ago, what a reader counts then, and what all weeks up to it come to: instead of pow(), which SQLite
# may not have. Readers by share first, and only of shares that have some: that is all a score is made of. CROSS JOIN
# keeps SQLite to this order, in which it goes through both tables once, and needs no room for what it found.
RANKING = f"""
WITH RECURSIVE weights(week, weight, total) AS (
  SELECT 0, CAST(1 AS double precision), CAST(1 AS double precision)
  UNION ALL
  SELECT week + 1, weight * {2 ** (-1 / HALF_LIFE)!r}, total + weight * {2 ** (-1 / HALF_LIFE)!r}
  FROM weights WHERE week < {WINDOW - 1}
),
passed AS (
  SELECT links.person_id, SUM(weights.weight * read.readers) AS weighed, SUM(read.readers) AS readers,
         COUNT(*) AS proven, MIN(links.day) AS first
  FROM (
    SELECT link_id, SUM(for_person) AS readers FROM link_days WHERE day <= :as_of AND for_person > 0 GROUP BY link_id
  ) AS read CROSS JOIN links CROSS JOIN weights
  WHERE links.id = read.link_id AND weights.week = (:as_of - links.day) / {WEEK}
    AND links.day > :as_of - {WINDOW * WEEK} AND links.day <= :as_of AND links.person_id IS NOT NULL
  GROUP BY links.person_id
),
known AS (
  SELECT passed.*, people."user", people.name, people.standing, COALESCE(people.since, passed.first) AS since
  FROM passed JOIN people ON people.id = passed.person_id
  WHERE people.standing IN ('{Standing.NAMED}', '{Standing.UNNAMED}') AND people.is_active
)
SELECT known.person_id, known."user", known.name, known.standing, known.readers, known.proven, known.since,
       known.weighed / (weights.total + {ADDED_WEEKS}) AS score
FROM known JOIN weights ON weights.week = CASE
  WHEN (:as_of - known.since) / {WEEK} < {WINDOW} THEN (:as_of - known.since) / {WEEK} ELSE {WINDOW - 1} END
"""

READ_BY = f"""
SELECT links.person_id, SUM(read.readers)
FROM (SELECT link_id, SUM(readers) AS readers FROM link_days WHERE day <= :as_of GROUP BY link_id) AS read
CROSS JOIN links
WHERE links.id = read.link_id AND links.day > :as_of - {WINDOW * WEEK} AND links.day <= :as_of
GROUP BY links.person_id
"""


def candidates(connection: Connection, as_of: int) -> list[Candidate]:
    """Everybody who can be named by the end of this day, in no order."""
    rows = connection.execute(text(RANKING), {"as_of": as_of})
    return [
        candidate(row.person_id, row.user, row.name, row.standing, round(row.score, DIGITS), row.readers, row.since)
        for row in rows
        if can_be_named(row.proven, row.since, as_of)
    ]


def brought_by(connection: Connection, ids: Collection[int], as_of: int) -> Mapping[int, list[Brought]]:
    """What each share of these people brought by the end of this day.

    A link that was never used is no share, nor is one that was set aside.
    """
    found: dict[int, list[tuple[int, int]]] = {person: [] for person in ids}
    each = iter(ids)
    while some := list(islice(each, AT_ONCE)):
        for person, story, readers in connection.execute(_brought(some, as_of)):
            found[person].append((story, int(readers)))
    asked = {story for theirs in found.values() for story, _ in theirs}
    titles = {
        story: title for story, title in connection.execute(select(stories.c.id, stories.c.title)) if story in asked
    }
    return {person: [Brought(titles[story], n) for story, n in theirs] for person, theirs in found.items()}


def readers_by_person(connection: Connection, as_of: int) -> dict[int, int]:
    """What everybody's shares that count brought by the end of this day; under 0, what is nobody's any more."""
    rows = connection.execute(text(READ_BY), {"as_of": as_of})
    return {person or 0: int(readers) for person, readers in rows}


def count_staff(connection: Connection) -> int:
    """How many people work here: as a file said, or as many as take part."""
    told = teams.count_staff(connection)
    taking_part = select(func.count()).where(people.c.standing != Standing.OUT, people.c.is_active)
    return max(told, int(connection.execute(taking_part).scalar_one()))


def candidate(person_id: int, user: str, name: str, standing: str, score: float, readers: int, since: int) -> Candidate:
    """Who is counted without a name has none here."""
    is_named = standing == Standing.NAMED
    shown = shown_name(name, standing, is_active=True) if is_named else None
    return Candidate(person_id, user if is_named else None, shown, float(score), int(readers), since)


def _brought(ids: Collection[int], as_of: int) -> Any:
    readers = func.coalesce(func.sum(link_days.c.for_person), 0).label("readers")
    known = exists().where(
        shares.c.story_id == links.c.story_id,
        shares.c.person_id == links.c.person_id,
        shares.c.network == links.c.network,
        or_(shares.c.opened_at.is_not(None), shares.c.said_at.is_not(None)),
    )
    read = and_(link_days.c.link_id == links.c.id, link_days.c.day <= as_of)
    query = select(links.c.person_id, links.c.story_id, readers).outerjoin(link_days, read)
    query = query.where(links.c.person_id.in_(ids), links.c.day.between(as_of - WINDOW * WEEK + 1, as_of))
    query = query.where(links.c.set_aside_at.is_(None))
    return query.group_by(links.c.id).having(or_(links.c.share != OURS, readers > 0, known))
