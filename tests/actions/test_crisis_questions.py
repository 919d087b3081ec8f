"""Questions in a crisis: what is for everyone stands in its list; who asked and who answered hear what is so."""

from dataclasses import replace
from typing import Any

import pytest

from bot.actions.answer_question import settle_question
from bot.actions.ask_comms import ask_comms
from bot.actions.end_crisis import end_crisis
from bot.actions.send_answer import compose_answer, compose_settled
from bot.domain.deliveries import Delivery
from bot.domain.questions import Asked, QuestionState, Settled
from bot.domain.went_in import WentIn
from tests.actions.crisis_room import COMMS, MINUTE, NOW, Room

LATER = NOW + 10 * MINUTE
ANSWER = Settled(QuestionState.ANSWERED, "All is safe.", "V1", stands=True, listed="Is an order lost?")


class Asking(Room):
    """A crisis that was told, and a colleague with a question."""

    def __init__(self, store: Any) -> None:
        super().__init__(store)
        self.crisis = self.told().crisis.id
        self.desk.profiles.keep(self.colleague.profile)

    def ask(self, *, may_stand: bool = True) -> None:
        asked = Asked("0" * 32, None, "Mine, Daan's?", is_named=False, may_stand=may_stand, crisis_id=self.crisis)
        ask_comms(self.desk, self.colleague, asked, LATER)

    def listed(self) -> list[str]:
        return [one.question for one in self.know(self.crisis).answers]

    def heard(self) -> set[bool]:
        """What the colleague, and comms under the card, hear: whether it stands in the list."""
        to_them = Delivery(
            "1", "answer", "1", "UDAAN", {"question": 1}, None, None, 0, uncertain=False, made_at=LATER, due_at=LATER
        )
        to_comms = replace(to_them, kind="question_settled", target=COMMS)
        found = (compose_answer(self.desk, to_them, LATER), compose_settled(self.desk, to_comms, LATER))
        return {one.stands for one in found}  # type: ignore[union-attr]


@pytest.fixture
def at(store: Any) -> Asking:
    return Asking(store)


def test_an_answer_for_everyone_is_listed_and_all_hear_so(at: Asking) -> None:
    at.ask()
    done = settle_question(at.desk, at.editor, 1, ANSWER, LATER)
    assert (done.stands, at.listed(), at.heard()) == (True, ["Is an order lost?"], {True})
    again = settle_question(at.desk, at.editor, 1, ANSWER, LATER)
    assert (again.stands, at.listed()) == (True, ["Is an order lost?"])


def test_when_it_is_over_it_goes_to_who_asked_alone_and_nobody_hears_else(at: Asking) -> None:
    at.ask()
    end_crisis(at.desk, at.editor, at.crisis, {}, LATER)
    done = settle_question(at.desk, at.editor, 1, ANSWER, LATER)
    assert (done.stands, at.listed(), at.heard()) == (False, [], {False})


@pytest.mark.parametrize("listed", ["", "Is an order lost?"])
def test_nothing_is_listed_without_consent_or_in_the_words_of_who_asked(at: Asking, listed: str) -> None:
    at.ask(may_stand=not listed)
    settled = Settled(QuestionState.ANSWERED, "All is safe.", "V1", stands=True, listed=listed)
    done = settle_question(at.desk, at.editor, 1, settled, LATER)
    assert (done.stands, at.listed(), at.heard()) == (False, [], {False})


def test_sent_twice_in_other_words_it_speaks_of_the_list(at: Asking) -> None:
    at.ask()
    with pytest.raises(WentIn) as said:
        at.ask(may_stand=False)
    assert said.value.word == "ask.went_in.nameless_listed"
