"""Captions are dealt in turn on both databases, however many open the story at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from bot.domain.captions import Caption
from bot.domain.people import Profile
from bot.domain.shares import Share
from bot.domain.stories import StoryDraft
from bot.store import people, shares, stories

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def story_with(store, *texts):
    captions = tuple(Caption(None, "en", text) for text in texts)
    draft = StoryDraft("https://example.com/reef", "Reef", "Look.", "en", captions=captions)
    story_id = store.write(lambda c: stories.add(c, draft, None, NOW))
    return store.read(lambda c: stories.find(c, story_id))


def test_everybody_at_once_still_means_in_turn(store):
    story = story_with(store, "One", "Two", "Three")

    def deal(_):
        return store.write(lambda c: stories.deal_caption(c, story.id, story.captions)).text

    with ThreadPoolExecutor(6) as pool:
        got = list(pool.map(deal, range(30)))
    assert Counter(got) == {"One": 10, "Two": 10, "Three": 10}


def test_what_was_dealt_is_kept_for_the_person(store):
    story = story_with(store, "One", "Two")
    person = store.write(lambda c: people.add(c, Profile("U1", "T1", "Anna"), NOW))
    assert store.read(lambda c: shares.dealt_to(c, story.id, person.id)) is None
    for caption in story.captions:
        store.write(lambda c, caption=caption: shares.keep_dealt(c, story.id, person.id, caption.id))
        assert store.read(lambda c: shares.dealt_to(c, story.id, person.id)) == caption.id


def test_colleagues_are_counted_not_their_networks_and_not_oneself(store):
    story = story_with(store, "One", "Two")
    one = story.captions[0].id
    anna, ben = (
        store.write(lambda c, user=user: people.add(c, Profile(user, "T1", user), NOW)) for user in ("U1", "U2")
    )
    both = [Share(network, opened_at=NOW, caption_id=one) for network in ("linkedin", "x")]
    for person in (anna, ben):
        store.write(lambda c, person=person: shares.replace(c, story.id, person.id, both))
    assert store.read(lambda c: shares.caption_counts(c, story.id)) == {one: 2}
    assert store.read(lambda c: shares.caption_counts(c, story.id, but=anna.id)) == {one: 1}
