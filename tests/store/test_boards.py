"""What SQL counts is what one counts by hand, on SQLite and on PostgreSQL, and nobody who left is in it."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, update

from bot.domain.people import Profile, Standing
from bot.domain.stories import StoryDraft, StoryState
from bot.store import boards, people, stories
from bot.store import tables as t
from tests.conftest import MONDAY

WEEK = timedelta(days=7)
START, END = MONDAY, MONDAY + WEEK


def add_person(connection, number, standing=Standing.NAMED, *, name=None):
    person = people.add(connection, Profile(f"U{number:05}", "T1", name or f"Person {number}"), MONDAY)
    people.set_standing(connection, person.id, standing)
    return person.id


def add_story(connection, number, posted_at=None):
    draft = StoryDraft(f"https://example.com/{number}", f"Story {number}", "Why", "en")
    story_id = stories.add(connection, draft, None, MONDAY)
    if posted_at is not None:
        stories.end(connection, story_id, [StoryState.QUEUED], StoryState.POSTED, posted_at)
    return story_id


def add_share(connection, story, person, network="linkedin", *, opened=None, said=None, caption=None, own=False):
    connection.execute(
        insert(t.shares).values(
            story_id=story,
            person_id=person,
            network=network,
            opened_at=opened,
            said_at=said,
            caption_id=caption,
            own_words=own,
        )
    )


@dataclass(frozen=True)
class Made:
    """A share as the test made it."""

    story: int
    person: int | None
    opened: datetime | None
    said: datetime | None


def random_shares(connection, seed):
    """A few hundred shares around the week, its edges among them; some of people who are gone or out."""
    dice = random.Random(seed)
    standings = {
        add_person(connection, n, standing): standing
        for n, standing in enumerate(dice.choices(list(Standing), k=12), start=1)
    }
    ids = [add_story(connection, n) for n in range(8)]
    moments = [None, START - WEEK, START - timedelta(microseconds=1), START, START + WEEK / 2]
    moments += [END - timedelta(microseconds=1), END, END + WEEK]
    found = []
    for story in ids:
        for person in [*standings, *[None] * 3]:
            for network in dice.sample(["linkedin", "x", "bluesky", "unknown"], dice.randint(0, 3)):
                made = Made(story, person, dice.choice(moments), dice.choice(moments))
                if made.opened or made.said:
                    add_share(connection, story, person, network, opened=made.opened, said=made.said)
                    found.append(made)
    return standings, found


def within(at):
    return at is not None and START <= at < END


def counted(made, which):
    """By hand: different people, and each nameless share once."""
    hits = [m for m in made if which(m)]
    return len({m.person for m in hits if m.person is not None}) + sum(m.person is None for m in hits)


@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_made_by_hand(store, seed):
    standings, made = store.write(lambda c: random_shares(c, seed))
    in_week = [m for m in made if within(m.said) and m.person and standings[m.person] is not Standing.OUT]
    by_hand = {p: len({m.story for m in in_week if m.person == p}) for p in {m.person for m in in_week}}
    tallies = store.read(lambda c: boards.tallies(c, START, END))
    assert {tally.person_id: tally.count for tally in tallies} == by_hand
    assert {tally.person_id for tally in tallies if tally.name} == {
        p for p in by_hand if standings[p] is Standing.NAMED
    }
    totals = store.read(lambda c: boards.story_totals_within(c, START, END))
    touched = {m.story for m in made if within(m.opened) or within(m.said)}
    assert totals == {
        story: (
            counted(made, lambda m, s=story: m.story == s and within(m.opened)),
            counted(made, lambda m, s=story: m.story == s and within(m.said)),
        )
        for story in touched
    }
    ever = store.read(lambda c: boards.story_totals(c, {m.story for m in made}))
    assert ever == {
        story: (
            counted(made, lambda m, s=story: m.story == s and m.opened),
            counted(made, lambda m, s=story: m.story == s and m.said),
        )
        for story in {m.story for m in made}
    }
    now = {m.person for m in made if within(m.said) and m.person}
    before = {m.person for m in made if m.said and m.said < START}
    assert store.read(lambda c: boards.passed_before(c, START, END)) == now & before


def test_networks_do_not_count(store):
    def work(c):
        anna, story = add_person(c, 1), add_story(c, 1)
        for network in ("linkedin", "x", "mastodon"):
            add_share(c, story, anna, network, opened=START, said=START)
        return boards.tallies(c, START, END), boards.story_totals_within(c, START, END)

    [anna], totals = store.write(work)
    assert anna.count == 1
    assert list(totals.values()) == [(1, 1)]


def test_who_left_is_in_no_figure_by_person_and_the_story_keeps_the_share(store):
    def work(c):
        story = add_story(c, 1)
        for number, standing in enumerate([Standing.NAMED, Standing.OUT, Standing.NAMED], start=1):
            add_share(c, story, add_person(c, number, standing), said=START)
        gone = people.by_user(c, "U00003")
        people.remove(c, gone.id)
        return boards.tallies(c, START, END), boards.story_totals(c, [story])

    tallies, totals = store.write(work)
    assert [tally.name for tally in tallies] == ["Person 1"]
    assert list(totals.values()) == [(0, 3)]


def test_somebody_who_no_longer_works_here_is_counted_and_not_named(store):
    def work(c):
        story = add_story(c, 1)
        add_share(c, story, add_person(c, 1), said=START)
        c.execute(update(t.people).values(is_active=False))
        return boards.tallies(c, START, END)

    [tally] = store.write(work)
    assert (tally.name, tally.count) == (None, 1)


@pytest.mark.parametrize(("name", "shown"), [("Anna\n1. Evil, 99 stories", "Anna 1. Evil, 99 stories"), (" ", None)])
def test_a_name_is_one_line_or_none(store, name, shown):
    def work(c):
        story = add_story(c, 1)
        person = add_person(c, 1)
        c.execute(update(t.people).values(name=name))
        add_share(c, story, person, said=START)
        return boards.tallies(c, START, END)

    [tally] = store.write(work)
    assert tally.name == shown


def test_untouched_stories(store):
    def work(c):
        ids = [add_story(c, n, START + timedelta(days=1)) for n in range(4)]
        old, new = add_story(c, 8, START - timedelta(seconds=1)), add_story(c, 9, END)
        person = add_person(c, 1)
        add_share(c, ids[0], person, opened=START + timedelta(days=2))
        add_share(c, ids[1], None, said=START + timedelta(days=2))
        add_share(c, ids[2], person, opened=END)
        stories.end(c, ids[3], [StoryState.POSTED], StoryState.CANCELLED, END)
        return ids, {old, new}, boards.untouched(c, START, END, END)

    ids, others, found = store.write(work)
    assert found == [ids[2]]
    assert not others & set(found)


def test_captions_by_how_many_people_used_them_unchanged(store):
    def work(c):
        story = add_story(c, 1)
        ids = [
            c.execute(
                insert(t.captions)
                .values(story_id=story, language="en", position=n, text=text)
                .returning(t.captions.c.id)
            ).scalar_one()
            for n, text in enumerate(["One", "Two", "Three"])
        ]
        anna, bram = add_person(c, 1), add_person(c, 2)
        add_share(c, story, anna, opened=START, caption=ids[1])
        add_share(c, story, anna, "x", opened=START, caption=ids[1])
        add_share(c, story, bram, opened=START, caption=ids[1])
        add_share(c, story, bram, "x", opened=START, caption=ids[0])
        add_share(c, story, bram, "reddit", opened=START, caption=ids[2], own=True)
        add_share(c, story, None, opened=END, caption=ids[2])
        return boards.captions_used(c, START, END, 3)

    assert store.write(work) == [("Story 1", "Two", 2), ("Story 1", "One", 1)]


def test_anything_posted(store):
    assert not store.read(lambda c: boards.was_anything_posted(c, END))
    story = store.write(lambda c: add_story(c, 1, START))
    assert not store.read(lambda c: boards.was_anything_posted(c, START))
    store.write(lambda c: stories.end(c, story, [StoryState.POSTED], StoryState.CANCELLED, START))
    assert store.read(lambda c: boards.was_anything_posted(c, START + timedelta(seconds=1)))
