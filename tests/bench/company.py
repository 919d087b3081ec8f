"""A company of ten thousand that has shared for a year, made in the database itself: anything else takes long."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, text

from bot.actions.rebuild_scores import rebuild_scores
from bot.store.engine import Store
from bot.store.tables import EPOCH
from tests.bench.seed import seed

NOW = datetime(2026, 5, 20, 10, tzinfo=UTC)
"""A Wednesday in the middle of a month and of a quarter."""
YEAR = timedelta(days=365)

SHARES = """
INSERT INTO shares (story_id, person_id, network, said_at, own_words)
SELECT story, person, 'linkedin', posted + (story * 7919 + person * 104729) % 259200 * 1000000, FALSE
FROM (SELECT id AS story, CAST(:first + :apart * id AS bigint) AS posted FROM stories) AS posts
CROSS JOIN (SELECT id AS person FROM people) AS staff
WHERE (story * 7919 + person * 104729 + story * person * 31) % 1000 < :often * (person % 100)
"""


READERS = """
INSERT INTO reader_days (day, person_id, readers, scored)
SELECT :today - ago, person, readers, readers
FROM (
  SELECT person, ago, 1 + (person * 104729 + ago * 7919) % 9 AS readers
  FROM (SELECT id AS ago FROM stories WHERE id < 90) AS days CROSS JOIN (SELECT id AS person FROM people) AS staff
) AS came
WHERE (person + ago * 31) % 10 = 0
"""


LINKS = """
INSERT INTO links (code, story_id, person_id, network, minted_at, day, share)
SELECT substr(CAST(100000000000 + story * 1000000 + person AS text), 2), story, person, 'linkedin',
       story * 1000000, CAST(:today - 364 + story * 364 / :stories AS integer), ''
FROM (SELECT id AS story FROM stories) AS posts CROSS JOIN (SELECT id AS person FROM people) AS staff
WHERE (story * 7919 + person * 104729 + story * person * 31) % 1000 < :often * (person % 100)
"""

BROUGHT = """
INSERT INTO link_days (link_id, day, readers, repeats, previews, robots, colleagues, for_person)
SELECT id, day + after, 1 + (id * 104729 + after) % 9, 1, 1, 0, 0, 1 + (id * 104729 + after) % 9
FROM links CROSS JOIN (SELECT id - 1 AS after FROM stories WHERE id <= 3) AS days
WHERE (links.id * 7919) % 10 < 6 AND (links.id + after * 7) % 3 < 2
ORDER BY 1, 2
"""


def make_read_company(store: Store, *, many_people: int, many_shares: int) -> None:
    """People who shared by personal links for a year, more than half of which brought readers, on a day or two each."""
    many_stories = max(100, 2 * many_shares // many_people)
    seed(store, many_people=many_people, many_stories=many_stories)
    values = {
        "today": NOW.toordinal(),
        "stories": many_stories,
        "often": many_shares / many_stories / many_people * 1000 / 49.5,
    }

    def work(connection: Connection) -> None:
        connection.execute(text(LINKS), values)
        connection.execute(text(BROUGHT))

    store.write(work)
    _analyze(store)


def make_company(store: Store, *, many_people: int, many_shares: int) -> None:
    """People who share now and then, some a hundred times as often as others, and bring readers every tenth day.

    Scores and statistics are there.
    """
    many_stories = max(100, 2 * many_shares // many_people)
    seed(store, many_people=many_people, many_stories=many_stories)
    each = many_shares / many_stories / many_people
    first = (NOW - YEAR - EPOCH) / timedelta(microseconds=1)
    values = {
        "first": int(first),
        "apart": int((YEAR - timedelta(days=3)) / timedelta(microseconds=1) / many_stories),
        "often": each * 1000 / 49.5,
    }

    def work(connection: Connection) -> None:
        connection.execute(text(SHARES), values)
        connection.execute(text(READERS), {"today": NOW.toordinal()})

    store.write(work)
    rebuild_scores(store, NOW)
    _analyze(store)


def _analyze(store: Store) -> None:
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
