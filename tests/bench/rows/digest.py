"""`digest_cost`: the digests of a company of 10,000, against asking for everybody one by one."""

import time
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert

from bot.actions.gather_digest import comms_digest, staff_digest
from bot.actions.keep_rankings import keep_rankings
from bot.compose import read_words
from bot.domain.digest import Week
from bot.domain.messages import CommsDigestPost, DigestPost
from bot.slack.blocks.render import render
from bot.sources.words import Words
from bot.store.engine import Store
from bot.store.tables import clicks, link_days, links, shares
from tests.bench import base
from tests.bench.bench import Bench
from tests.bench.measure import Figure, in_turns
from tests.bench.seed import LONG_AGO, seed

KEYS = ("digest_cost",)
ON_POSTGRES = True
PEOPLE = 10_000
SAMPLE = 40
"""The usual way would take most of a minute: so many are asked for, and the rest is multiplied."""
LINKS = 2 * PEOPLE
FOLLOWED = 10_000
"""How often their links were followed in the week of the digest."""
WEEK = timedelta(days=7)
WEEKS = 6
NOW = LONG_AGO + WEEK * WEEKS


def measure(bench: Bench, kind: str) -> list[Figure]:
    url = bench.database(kind)
    words = read_words(bench.settings(url))
    with bench.store(url) as store:
        seed(store, many_people=PEOPLE, many_stories=30)
        store.write(_fill)
        keep_rankings(store, NOW)
        each = base.AskingEach(url)
        turns = in_turns(lambda: _all_at_once(store, words), lambda: _one_by_one(each), bench.rounds)
        each.close()
    what = "both digests for 10,000 people, SQL and rendering / asking for each person"
    return [turns.figure(KEYS[0], what, 0.01, unit="ms")]


def _fill(connection: Connection) -> None:
    """Six weeks in which everybody passed on about every third week's story, on one network or another."""
    rows = [
        _share(person, week * 5 + person * 7 % 5 + 1, NOW - WEEK * (WEEKS - week) + timedelta(minutes=person))
        for week in range(WEEKS)
        for person in range(1, PEOPLE + 1)
        if (person * 2_654_435_761 >> week * 3) % 3 == 0
    ]
    connection.execute(insert(shares), rows)
    connection.execute(insert(links), [_link(number) for number in range(1, LINKS + 1)])
    connection.execute(insert(link_days), [_day(number) for number in range(1, LINKS + 1)])
    connection.execute(insert(clicks), [_click(number) for number in range(FOLLOWED)])


def _link(number: int) -> dict[str, object]:
    """Everybody has two, to a story of each half of the weeks."""
    story, at = number % 30 + 1, LONG_AGO + WEEK * (number % WEEKS)
    return {
        "code": f"{number:011}",
        "story_id": story,
        "person_id": (number - 1) % PEOPLE + 1,
        "network": "linkedin" if number <= PEOPLE else "x",
        "minted_at": at,
        "day": at.toordinal(),
    }


def _day(number: int) -> dict[str, object]:
    day = (LONG_AGO + WEEK * (number % WEEKS)).toordinal() + 1
    readers = number % 7
    apart = dict.fromkeys(("repeats", "previews", "robots", "colleagues"), 1)
    return {"link_id": number, "day": day, "readers": readers, "for_person": readers, **apart}


def _click(number: int) -> dict[str, object]:
    """All within the last week, each tenth of them a preview."""
    story, kind = number % 30 + 1, "reader" if number % 10 else "preview"
    at = NOW - WEEK * (number + 1) / (FOLLOWED + 1)
    return {"at": at, "link_id": story, "person_id": story, "kind": kind, "day": at.toordinal()}


def _share(person: int, story: int, at: datetime) -> dict[str, object]:
    return {
        "story_id": story,
        "person_id": person,
        "network": "linkedin",
        "opened_at": at,
        "claimed_at": at,
        "said_at": at,
    }


def _all_at_once(store: Store, words: Words) -> float:
    """Milliseconds for the staff's digest and the one for comms, ready to be sent."""
    week = Week(NOW - WEEK, NOW)
    start = time.perf_counter()
    staff = store.read(lambda connection: staff_digest(connection, week, None, NOW, is_measured=True))
    comms = store.read(lambda connection: comms_digest(connection, week, NOW, is_measured=True))
    assert staff is not None
    assert staff.people > PEOPLE / 4
    assert staff.picture is not None
    assert comms.following.champions
    render(words, DigestPost(staff, "en", "UTC"))
    render(words, CommsDigestPost(comms, "en", "UTC"))
    return (time.perf_counter() - start) * 1e3


def _one_by_one(each: base.AskingEach) -> float:
    weeks = [(NOW - WEEK * (number + 1), NOW - WEEK * number) for number in range(5)]
    start = time.perf_counter()
    for person in range(1, PEOPLE + 1, PEOPLE // SAMPLE):
        each(person, weeks)
    return (time.perf_counter() - start) * 1e3 * PEOPLE / SAMPLE
