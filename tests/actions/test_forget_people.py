"""Who left the company goes when their last share lost its name; what was sent to one person goes too."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain import shares as sharing
from bot.domain.captions import Caption
from bot.domain.deliveries import Owed
from bot.domain.people import Profile, Standing
from bot.domain.retention import EDITOR_STEPS, SHARES
from bot.domain.setup import Setup
from bot.domain.stories import StoryDraft, StoryState
from bot.store import boards, deliveries, keys, people, shares, stories
from bot.store import setup as setup_store
from bot.store.tables import deliveries as delivery_rows
from bot.store.tables import stories as story_rows
from tests.actions.test_forget_old import BOTH_SIDES, SOON, a_story, forget
from tests.conftest import MONDAY

ANNA = Profile("U1", "T1", "Anna")


def close_account(connection):
    people.refresh(connection, replace(ANNA, is_active=False))


@BOTH_SIDES
def test_who_left_the_company_goes_with_their_last_share(store, late, is_kept):
    def work(connection):
        story, person = a_story(connection), people.add(connection, ANNA, MONDAY).id
        shares.replace(connection, story, person, sharing.claimed((), ["x"], MONDAY))
        setup_store.save_setup(connection, Setup(editors=("U1", "U2")), MONDAY)
        close_account(connection)
        return story

    story = store.write(work)
    forget(store, MONDAY + SHARES + late)
    assert (store.read(lambda c: people.by_user(c, "U1")) is not None) is is_kept
    assert (store.read(setup_store.load_setup).editors == ("U1", "U2")) is is_kept
    assert store.read(lambda c: boards.story_totals(c, [story])) == {story: (0, 1)}
    assert not store.read(lambda c: keys.is_forgotten(c, "U1")), "they may come back as anybody new"


def test_who_is_here_stays_with_what_they_chose(store):
    store.write(lambda c: people.add(c, ANNA, MONDAY))
    forget(store, MONDAY + 9 * SHARES)
    assert store.read(lambda c: people.by_user(c, "U1")) is not None


def test_who_left_both_stays_left(store):
    """*Don't count me* holds when somebody's account is opened again years later."""

    def work(connection):
        people.set_standing(connection, people.add(connection, ANNA, MONDAY).id, Standing.OUT)
        close_account(connection)

    store.write(work)
    forget(store, MONDAY)
    assert store.read(lambda c: people.by_user(c, "U1")) is None
    assert store.read(lambda c: keys.is_forgotten(c, "U1"))


@BOTH_SIDES
def test_that_something_was_sent_to_one_person_goes_after_thirteen_months(store, late, is_kept):
    def work(connection):
        person = people.add(connection, ANNA, MONDAY).id
        for key, target, of in (("dm", "U1", None), ("w", "W1", None), ("mine", "D1", person), ("all", "C1", None)):
            deliveries.owe(connection, Owed("notice", key, target, person_id=of), MONDAY)
        for taken in deliveries.claim(connection, "me", MONDAY):
            deliveries.sent(connection, taken.id, "D1", "1.0", MONDAY)
        deliveries.owe(connection, Owed("notice", "owed", "U1"), MONDAY)

    store.write(work)
    forget(store, MONDAY + SHARES + late)
    kept = set(store.read(lambda c: c.execute(select(delivery_rows.c.key)).scalars()))
    assert kept == ({"all", "owed", "dm", "w", "mine"} if is_kept else {"all", "owed"})


@pytest.mark.parametrize(("late", "known"), [(-SOON, 2), (SOON, 1)])
def test_who_queued_a_story_is_forgotten_with_the_log(store, late, known):
    def work(connection):
        draft = StoryDraft("https://example.com", "Reef", "A good one.", "en", (Caption(None, "en", "One"),))
        ended = stories.add(connection, draft, "key", MONDAY)
        stories.end(connection, ended, [StoryState.QUEUED], StoryState.POSTED, MONDAY)
        stories.add(connection, draft, "key", MONDAY + timedelta(hours=1))

    store.write(work)
    forget(store, MONDAY + EDITOR_STEPS + late)
    of_somebody = select(func.count()).select_from(story_rows).where(story_rows.c.queued_by.is_not(None))
    assert store.read(lambda c: c.execute(of_somebody).scalar()) == known
