"""In a crisis: what was asked and answered for all, until whoever asked it takes it back, or its time is over."""

from datetime import timedelta

import pytest

from bot.actions.answer_question import settle_question
from bot.actions.ask_comms import ask_comms
from bot.actions.crisis_pages import published_pages
from bot.actions.delete_me import delete_me
from bot.actions.end_crisis import end_crisis
from bot.actions.forget_old import forget_old
from bot.domain.questions import Asked, QuestionState, Settled
from bot.domain.retention import SHARES
from bot.store import crises, questions
from tests.actions.crisis_room import MINUTE, NOW, Room


@pytest.fixture
def room(store):
    return Room(store)


ASKED = "Is it safe, asks Daan?"


@pytest.fixture
def crisis_id(room):
    """Somebody asked in it with their name, and the answer is for everyone."""
    known = room.told(publish=True)
    room.run(NOW)
    asked = Asked("a" * 32, None, ASKED, True, True, crisis_id=known.crisis.id)
    ask_comms(room.desk, room.colleague, asked, NOW)
    [waiting] = room.desk.store.read(questions.waiting)
    answers = Settled(QuestionState.ANSWERED, "It is.", "V1", stands=True, listed=ASKED)
    settle_question(room.desk, room.editor, waiting.id, answers, NOW + MINUTE)
    assert [one.question for one in room.know(known.crisis.id).answers] == [ASKED]
    room.run(NOW + MINUTE)
    return known.crisis.id


def test_it_goes_with_whoever_asked(room, crisis_id):
    later, before = NOW + 2 * MINUTE, room.know(crisis_id).crisis
    delete_me(room.desk, room.colleague.user, later)
    assert room.know(crisis_id).answers == ()
    assert room.know(crisis_id).crisis.changed_at == later > before.changed_at
    assert "asks Daan" not in str(published_pages(room.desk.store, later))
    kinds = [one.kind for one in room.owed()]
    assert kinds.count("crisis_update") == len(room.know(crisis_id).posts) > 0
    assert "crisis_card_update" in kinds


def test_it_goes_when_its_time_is_over(room, crisis_id):
    end_crisis(room.desk, room.editor, crisis_id, {}, NOW + 3 * MINUTE)
    forget_old(room.desk, NOW + SHARES)
    assert len(room.know(crisis_id).answers) == 1
    forget_old(room.desk, NOW + SHARES + timedelta(seconds=1))
    assert room.desk.store.read(lambda connection: crises.know(connection, crisis_id)).answers == ()
