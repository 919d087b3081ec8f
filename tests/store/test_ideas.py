"""Ideas on both databases: of one page there is one that waits, and one story of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

from bot.domain.ideas import Idea, IdeaState, Suggestion, WhyAnswer, WhyNot, idea_key
from bot.domain.people import Profile
from bot.domain.stories import StoryDraft, StoryState
from bot.store import idea_traces, ideas, people, stories

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LINK = "https://example.com/reef"
MANY = 6


def at_once(store: Any, works: list[Callable[[Any], Any]]) -> list[Any]:
    """Each in a transaction of its own, all of them begun at the same moment."""
    start = Barrier(len(works))

    def run(work: Callable[[Any], Any]) -> Any:
        start.wait(20)
        return store.write(work)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def person(store: Any, number: int) -> int:
    found: int = store.write(lambda c: people.add(c, Profile(f"U00000P{number}", "T1", f"P {number}"), NOW)).id
    return found


def suggests(who: int, link: str = LINK, at: datetime = NOW) -> Callable[[Any], int]:
    def work(connection: Any) -> int:
        idea = ideas.take_up(connection, link, at - timedelta(days=30), at)
        ideas.add_sender(connection, idea, who, Suggestion(link, f"Why {who}", True), f"V{who}:{hash((link, at))}", at)
        return idea.id

    return work


def found(store: Any, idea_id: int) -> Idea:
    idea = store.read(lambda c: ideas.find(c, idea_id))
    assert idea is not None
    return idea


def a_story(store: Any, link: str) -> int:
    draft = StoryDraft(link, "The reef", "It grew.", "en")
    number: int = store.write(lambda c: stories.add(c, draft, None, NOW))
    return number


def test_who_suggest_a_page_at_once_meet_in_one_idea(store):
    crowd = [person(store, number) for number in range(MANY)]
    marks = ("", "/", "?utm_source=x", "#top", "?utm_medium=y&utm_campaign=z", "/?utm_term=q")
    links = [LINK + mark for mark in marks]
    one = set(at_once(store, [suggests(who, link) for who, link in zip(crowd, links, strict=True)]))
    assert len(one) == 1
    [number] = one
    assert {sender.person_id for sender in found(store, number).senders} == set(crowd)


def test_one_of_many_editors_makes_a_story_of_it(store):
    number = store.write(suggests(person(store, 1), ""))
    made = [a_story(store, f"{LINK}/{n}") for n in range(MANY)]
    done = at_once(store, [lambda c, s=story: ideas.accept(c, number, s, NOW) for story in made])
    assert done.count(True) == 1
    assert found(store, number).story_id == made[done.index(True)]


def test_one_answer_counts(store):
    number = store.write(suggests(person(store, 1)))
    answers = [WhyAnswer(why) for why in WhyNot]
    done = at_once(store, [lambda c, a=answer: ideas.decline(c, number, a, NOW) for answer in answers])
    assert done.count(True) == 1
    assert found(store, number).answer == answers[done.index(True)]


def test_somebody_joins_while_it_is_answered(store):
    """They stand with it, or with the answer that it got: never with nothing."""
    first, second = person(store, 1), person(store, 2)
    number = store.write(suggests(first))
    answer = WhyAnswer(WhyNot.HAD)
    joined, _ = at_once(store, [suggests(second), lambda c: ideas.decline(c, number, answer, NOW)])
    assert joined == number
    assert len(found(store, number).senders) == 2


def test_a_story_that_lives_keeps_its_idea_and_one_that_does_not_lets_it_go(store):
    number = store.write(suggests(person(store, 1)))
    first, second = a_story(store, LINK), a_story(store, f"{LINK}/2")
    assert store.write(lambda c: ideas.accept_link(c, LINK, first, NOW)) == [number]
    assert store.write(lambda c: ideas.accept_link(c, LINK, second, NOW)) == []
    store.write(lambda c: stories.end(c, first, [StoryState.QUEUED], StoryState.CANCELLED, NOW))
    assert store.write(lambda c: ideas.accept_link(c, LINK, second, NOW)) == [number]
    assert found(store, number).state is IdeaState.QUEUED


def test_two_ideas_of_one_page_are_one_story_and_each_hears_once(store):
    anna = person(store, 1)
    first = store.write(suggests(anna))
    store.write(lambda c: ideas.decline(c, first, WhyAnswer(WhyNot.MOMENT), NOW))
    later = NOW + timedelta(days=31)
    second = store.write(suggests(anna, at=later))
    assert second != first
    story = a_story(store, LINK)
    both = store.write(lambda c: ideas.accept_link(c, LINK, story, later))
    assert both == [first, second]
    assert [person_id for _, person_id, _ in store.read(lambda c: ideas.told_of(c, both))] == [anna]
    assert store.read(lambda c: ideas.count_out(c, anna)) == 0


def test_what_somebody_alone_suggested_goes_with_them(store):
    anna, bram = person(store, 1), person(store, 2)
    alone = store.write(suggests(anna, "https://example.com/alone"))
    shared = store.write(suggests(anna))
    store.write(suggests(bram))
    store.write(lambda c: idea_traces.forget_person(c, anna, NOW))
    assert store.read(lambda c: ideas.find(c, alone)) is None
    assert [sender.person_id for sender in found(store, shared).senders] == [bram]


def test_a_key_is_short_whatever_the_link():
    assert len(idea_key("https://example.com/" + "é" * 5000)) == 64
