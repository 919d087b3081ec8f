"""Shares that lose their person: totals count people, before and after."""

from datetime import timedelta

import pytest

from bot.domain import shares as sharing
from bot.domain.captions import Caption
from bot.domain.people import Profile
from bot.domain.stories import StoryDraft
from bot.store import boards, nameless, people, shares, stories
from tests.conftest import MONDAY

DAY = timedelta(days=1)


class Kept:
    """A store with a story, and people who open and say."""

    def __init__(self, store):
        self.store = store
        draft = StoryDraft("https://example.com", "Reef", "A good one.", "en", (Caption(None, "en", "One"),))
        self.story = store.write(lambda c: stories.add(c, draft, None, MONDAY))

    def person(self, name):
        return self.store.write(lambda c: people.add(c, Profile(f"U{name}", "T1", name), MONDAY)).id

    def opened(self, person, network, at):
        self.change(person, lambda before: sharing.opened(before, network, at))

    def said(self, person, network, at):
        self.change(person, lambda before: sharing.claimed(before, [network], at, "https://x.com/a/status/1"))

    def change(self, person, decide):
        def work(connection):
            before = shares.of_person(connection, self.story, person)
            shares.replace(connection, self.story, person, decide(before))

        self.store.write(work)

    def totals(self):
        return self.store.read(lambda c: boards.story_totals(c, [self.story])).get(self.story)

    def forget_before(self, moment):
        self.store.write(lambda c: nameless.forget_before(c, moment))


@pytest.fixture
def kept(store):
    return Kept(store)


def test_three_networks_of_one_person_stay_one(kept):
    anna, bram = kept.person("anna"), kept.person("bram")
    for network in ("linkedin", "x", "bluesky"):
        kept.opened(anna, network, MONDAY)
    kept.said(anna, "x", MONDAY)
    kept.said(anna, "bluesky", MONDAY)
    kept.opened(bram, "x", MONDAY)
    assert kept.totals() == (2, 1)
    kept.store.write(lambda c: nameless.forget_person(c, anna))
    assert kept.totals() == (2, 1)
    kept.store.write(lambda c: nameless.forget_person(c, bram))
    assert kept.totals() == (2, 1)


def test_opened_here_and_said_there(kept):
    anna = kept.person("anna")
    kept.opened(anna, "linkedin", MONDAY)
    kept.said(anna, "x", MONDAY)
    kept.store.write(lambda c: nameless.forget_person(c, anna))
    assert kept.totals() == (1, 1)


def test_the_old_share_goes_and_the_new_one_counts_on(kept):
    """One person, one story, two networks a year apart: counted once at every moment."""
    anna = kept.person("anna")
    kept.opened(anna, "linkedin", MONDAY)
    kept.said(anna, "linkedin", MONDAY)
    kept.opened(anna, "x", MONDAY + 300 * DAY)
    for days in (1, 200, 301):
        kept.forget_before(MONDAY + days * DAY)
        assert kept.totals() == (1, 1), days
    assert kept.store.read(lambda c: shares.of_person(c, kept.story, anna)) == ()


def test_more_at_once_than_one_statement_takes(kept):
    """A person's shares may be dealt with in two goes; they count once all the same."""

    def work(connection):
        for number in range(nameless.AT_ONCE // 3 + 2):
            person = people.add(connection, Profile(f"U{number}", "T1", "Anna"), MONDAY).id
            said = sharing.claimed((), ["linkedin", "x", "bluesky"], MONDAY)
            shares.replace(connection, kept.story, person, said)

    kept.store.write(work)
    before = kept.totals()
    assert before == (0, nameless.AT_ONCE // 3 + 2)
    kept.forget_before(MONDAY + DAY)
    assert kept.totals() == before
