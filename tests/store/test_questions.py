"""What is kept of questions, on both databases: who asked without a name is in them only as long as they are open."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

from sqlalchemy import select

from bot.domain.deliveries import SEALED, Owed
from bot.domain.people import Profile
from bot.domain.questions import Asked, QuestionKind, QuestionState, Settled, Why
from bot.domain.stories import StoryDraft, StoryState
from bot.store import deliveries, people, questions, stories
from bot.store.seal import Seal
from bot.store.tables import deliveries as rows
from tests.conftest import MONDAY

SEAL = Seal("xoxb-token")
ASKED = Asked("a" * 32, None, "Why?", is_named=False, may_stand=True)
SETTLED = Settled(QuestionState.CLOSED, "", "V1", reason=Why.NOT_YET)


def ask(connection, user="U1", asked=ASKED):
    questions.add(connection, asked, None, SEAL.close(user, asked.lot), MONDAY)
    return questions.by_lot(connection, asked.lot)


def test_a_form_sent_twice_is_one_question(store):
    assert store.write(lambda c: questions.add(c, ASKED, None, "x", MONDAY))
    assert not store.write(lambda c: questions.add(c, ASKED, None, "y", MONDAY))
    assert [q.sealed for q in store.read(questions.waiting)] == ["x"]


def test_settling_destroys_the_token_and_raises_the_version(store):
    before = store.write(ask)
    store.write(lambda c: questions.settle(c, before.id, SETTLED, "key", MONDAY + timedelta(hours=5)))
    after = store.write(lambda c: questions.hold(c, before.id))
    assert (after.sealed, after.state, after.reason, after.version) == (None, "closed", Why.NOT_YET, 2)
    assert store.read(questions.waiting) == []
    week = (MONDAY, MONDAY + timedelta(days=7))
    assert store.read(lambda c: questions.times_to_answer(c, *week)) == [], "closed is not answered"


def test_times_to_answer_and_what_waits(store):
    for number, hours in enumerate((1, 3, 9)):
        one = store.write(lambda c, n=number: ask(c, asked=replace(ASKED, lot=f"{n:032}")))
        answered = replace(SETTLED, state=QuestionState.ANSWERED, reason=None)
        at = MONDAY + timedelta(hours=hours)
        store.write(lambda c, i=one.id, a=at, s=answered: questions.settle(c, i, s, None, a))
    store.write(ask)
    week = (MONDAY, MONDAY + timedelta(hours=9))
    assert sorted(store.read(lambda c: questions.times_to_answer(c, *week))) == [timedelta(hours=n) for n in (1, 3)]
    assert store.read(lambda c: questions.count_waiting(c, MONDAY + timedelta(days=1))) == (1, MONDAY)
    assert store.read(lambda c: questions.count_waiting(c, MONDAY)) == (0, None)


def test_everything_somebody_asked_is_found_sealed_or_not(store):
    def work(connection):
        person = people.add(connection, Profile("U1", "T1", "Anna"), MONDAY)
        ask(connection)
        ask(connection, "U2", replace(ASKED, lot="b" * 32))
        questions.add(connection, replace(ASKED, lot="c" * 32, is_named=True), person.id, None, MONDAY)
        return [q.lot[0] for q in questions.asked_by(connection, SEAL, "U1", person.id)]

    assert sorted(store.write(work)) == ["a", "c"]
    assert store.read(lambda c: questions.asked_by(c, Seal("another"), "U1", None)) == []


def test_after_its_time_nothing_of_anybody_is_left(store):
    one = store.write(ask)
    store.write(lambda c: questions.forget_before(c, MONDAY))
    assert store.read(lambda c: questions.find(c, one.id)).text == "Why?"
    store.write(lambda c: questions.forget_before(c, MONDAY + timedelta(seconds=1)))
    left = store.read(lambda c: questions.find(c, one.id))
    assert (left.text, left.sealed, left.state) == (None, None, "withdrawn")


def test_what_is_sealed_leaves_no_row_however_it_ends(store):
    def owe(connection, key):
        deliveries.owe(connection, Owed("answer", key, SEALED, {"to": "t", "lot": "l"}), MONDAY)
        deliveries.owe(connection, Owed("notice", f"n{key}", "U1", {}), MONDAY)
        return {one.target: one for one in deliveries.claim(connection, "one", MONDAY)}

    endings = {
        "sent": lambda c, one: deliveries.sent(c, one.id, "D1", "1.0", MONDAY),
        "failed": lambda c, one: deliveries.failed(c, one, "user_disabled", MONDAY),
        "unwanted": lambda c, one: deliveries.unwanted(c, one.id, MONDAY),
    }
    for key, end in endings.items():
        held = store.write(lambda c, k=key: owe(c, k))
        for one in held.values():
            store.write(lambda c, e=end, o=one: e(c, o))
    left = store.read(lambda c: c.execute(select(rows.c.kind, rows.c.state)).all())
    assert sorted(map(tuple, left)) == [("notice", "failed"), ("notice", "sent"), ("notice", "unwanted")]


def asks(connection, title, dilemma):
    draft = StoryDraft(f"https://example.com/{title}", title, "A sentence.", "en", dilemma=dilemma)
    story_id = stories.add(connection, draft, None, MONDAY)
    stories.end(connection, story_id, [StoryState.QUEUED], StoryState.POSTED, MONDAY)
    return story_id


def test_answers_to_dilemmas_wait_apart_until_it_is_said_what_came_of_them(store):
    here, quiet, nothing = (
        store.write(lambda c, t=t, d=d: asks(c, t, d)) for t, d in (("a", "?"), ("b", "?"), ("c", ""))
    )
    answer = replace(ASKED, story_id=here, may_stand=False, kind=QuestionKind.DILEMMA)
    one = store.write(lambda c: ask(c, asked=answer))
    assert store.read(questions.waiting) == []
    assert [q.id for q in store.read(lambda c: questions.answers_waiting(c, here))] == [one.id]
    assert store.read(lambda c: questions.answers_waiting(c, quiet)) == []
    assert [s.id for s in store.read(lambda c: stories.with_dilemma(c, []))] == [here, quiet]
    assert [s.id for s in store.read(lambda c: stories.with_dilemma(c, [nothing]))] == [here, quiet, nothing]
    held = store.write(lambda c: stories.hold(c, here))
    store.write(lambda c: stories.say_outcome(c, here, "We wait.", "V1"))
    said = store.read(lambda c: stories.find(c, here))
    assert (held.asks, said.asks, said.outcome, said.version) == (True, False, "We wait.", held.version + 1)
    assert store.read(lambda c: stories.outcome_window(c, here)) == "V1"
    assert [s.id for s in store.read(lambda c: stories.with_dilemma(c, [here]))] == [quiet]


def test_nobodys_answer_is_taken_that_will_not_hear(store):
    """Somebody answers at the very moment in which it is said what came of it: who holds the story, goes first."""
    here = store.write(lambda c: asks(c, "a", "?"))
    held = Event()

    def answer(connection):
        story = stories.hold(connection, here)
        held.set()
        if story.asks:
            Event().wait(0.2)
            ask(connection, asked=replace(ASKED, story_id=here, kind=QuestionKind.DILEMMA))

    def settle(connection):
        stories.hold(connection, here)
        stories.say_outcome(connection, here, "We wait.", "V1")
        return len(questions.answers_waiting(connection, here))

    with ThreadPoolExecutor(2) as pool:
        answering = pool.submit(store.write, answer)
        assert held.wait(20)
        told = pool.submit(store.write, settle)
        answering.result(20)
        assert told.result(20) == 1
