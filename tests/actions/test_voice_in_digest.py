"""Comms reads whether stories that sound like a person went further: of a year, settled, with how sure that is."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.actions.gather_digest import comms_digest
from bot.domain.digest import Week
from bot.domain.messages import CommsDigestPost
from bot.slack.blocks.digest import comms_digest_text
from bot.sources.words import Words
from bot.store import people, stories, voices
from tests.conftest import MONDAY
from tests.store.test_boards import add_person, add_share, add_story

DAY = timedelta(days=1)
NOW = MONDAY + 60 * DAY
CONTENT = Path(__file__).parents[2] / "content"
WEEK = Week(NOW - 7 * DAY, NOW)


@pytest.fixture(scope="module")
def words():
    return Words.load(CONTENT / "words")


def told(store, number, score, times, posted_at):
    """A story with this score that so many people said they passed along."""

    def work(connection):
        story = add_story(connection, number, posted_at)
        voices.keep(connection, story, score)
        for person in range(times):
            known = people.by_user(connection, f"U{person:05}")
            who = known.id if known else add_person(connection, person)
            add_share(connection, story, who, said=posted_at + DAY)
        return story

    return store.write(work)


def digest(store):
    return store.read(lambda connection: comms_digest(connection, WEEK, NOW, is_measured=False))


def said(words, found, language="en"):
    return comms_digest_text(words, CommsDigestPost(found, language, "UTC"))


def test_a_year_of_settled_stories_counts(store, words):
    for number in range(24):
        told(store, number, float(number), 3 if number % 3 else 1, NOW - timedelta(days=10 + number))
    told(store, 30, 99.0, 9, NOW - timedelta(days=3))
    told(store, 31, 99.0, 9, NOW - timedelta(days=400))
    taken_back = told(store, 32, 99.0, 9, NOW - timedelta(days=20))
    store.write(lambda c: stories.end(c, taken_back, ["posted"], "cancelled", NOW))
    found = digest(store)
    assert (found.voice.stories, found.voice.times) == (24, 1)
    assert "can't be told yet: 1 times as much, but anything from 0.7 to 1.4" in said(words, found)


@pytest.mark.parametrize(("low", "high", "key"), [(1, 4, "passed along *4 times*"), (4, 1, "*0.2 times* as much")])
def test_more_and_less_are_told(store, words, low, high, key):
    for number in range(20):
        told(store, number, float(number), high if number >= 10 else low, NOW - timedelta(days=10 + number))
    found = digest(store)
    assert key in said(words, found)
    assert "*" in said(words, found, "nl")


def test_nothing_is_said_of_a_few(store, words):
    told(store, 1, 50.0, 2, NOW - timedelta(days=10))
    found = digest(store)
    assert found.voice is None
    assert "Sounding like a person" not in said(words, found)
