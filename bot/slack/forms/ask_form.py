"""What came back from the forms of questions: asking, answering, closing, and what readers said."""

import secrets

from bot.actions.bring_reaction import Heard
from bot.domain.problems import BadField, Unreadable
from bot.domain.questions import Asked, QuestionKind, QuestionState, Settled, Why
from bot.slack import ids
from bot.slack.forms.state import Values, all_chosen, chosen, typed


def new_note(story_id: int | None) -> str:
    """What a form carries: what it is about, and a lot drawn for it, so that sent twice it counts once."""
    return f"{story_id or ''}:{secrets.token_hex(16)}"


def read_note(note: str) -> tuple[int | None, str]:
    """Back again: the story, and the lot."""
    story, _, lot = note.partition(":")
    return (ids.parse_number(story) if story else None), lot


def read_asked(values: Values, note: str) -> Asked:
    """The question. Raises BadField at what is missing."""
    story_id, lot = read_note(note)
    text = _needed(values, ids.ASK_TEXT, "ask.problem.no_question")
    may_stand = bool(all_chosen(values, ids.ASK_MAY_STAND)) if ids.ASK_MAY_STAND in values else False
    return Asked(lot, story_id, text, _is_named(values), may_stand)


def read_asked_in_crisis(values: Values, note: str) -> Asked:
    """The question about what goes on. Raises BadField at what is missing."""
    crisis_id, lot = read_note(note)
    text = _needed(values, ids.ASK_TEXT, "ask.problem.no_question")
    may_stand = bool(all_chosen(values, ids.ASK_MAY_STAND))
    return Asked(lot, None, text, _is_named(values), may_stand, crisis_id=crisis_id)


def read_dilemma(values: Values, note: str) -> Asked:
    """What somebody would do. Raises BadField at what is missing."""
    story_id, lot = read_note(note)
    text = _needed(values, ids.ASK_TEXT, "dilemma.problem.no_answer")
    return Asked(lot, story_id, text, _is_named(values), may_stand=False, kind=QuestionKind.DILEMMA)


def read_outcome(values: Values) -> str:
    """What came of it. Raises BadField when there is nothing to be seen."""
    return _needed(values, ids.OUTCOME_TEXT, "dilemma.problem.no_outcome")


def read_heard(values: Values, note: str) -> Heard:
    """What readers said. Raises BadField at what is missing."""
    story_id, lot = read_note(note)
    text = _needed(values, ids.HEARD_TEXT, "ask.problem.nothing_heard")
    network = chosen(values, ids.HEARD_NETWORK)
    if network is None:
        raise BadField("ask.problem.no_choice", field=ids.HEARD_NETWORK)
    where = None if network == ids.HEARD_ELSEWHERE else network
    return Heard(lot, story_id or 0, where, text, _is_named(values))


def read_answer(values: Values, window: str) -> Settled:
    """The answer. Raises BadField when there is none to be seen, or no question to go with it in a list for all."""
    text = _needed(values, ids.ANSWER_TEXT, "ask.problem.no_answer")
    stands = bool(all_chosen(values, ids.ANSWER_STANDS)) if ids.ANSWER_STANDS in values else False
    listed = " ".join(typed(values, ids.ANSWER_LISTED).split()) if ids.ANSWER_LISTED in values else ""
    if stands and not listed and ids.ANSWER_LISTED in values:
        raise BadField("crisis.problem.no_listed", field=ids.ANSWER_LISTED)
    return Settled(QuestionState.ANSWERED, text, window, stands=stands, listed=listed)


def read_closed(values: Values, window: str) -> Settled:
    """Why there is no answer. Raises BadField when nothing was chosen."""
    why = chosen(values, ids.CLOSE_WHY)
    if why is None:
        raise BadField("ask.problem.no_choice", field=ids.CLOSE_WHY)
    if why not in set(Why):
        raise Unreadable
    return Settled(QuestionState.CLOSED, typed(values, ids.CLOSE_WORDS), window, reason=Why(why))


def _needed(values: Values, name: str, word: str) -> str:
    text = typed(values, name)
    if not text:
        raise BadField(word, field=name)
    return text


def _is_named(values: Values) -> bool:
    who = chosen(values, ids.ASK_WHO)
    if who is None:
        raise BadField("ask.problem.no_choice", field=ids.ASK_WHO)
    return who == ids.ASK_NAMED
