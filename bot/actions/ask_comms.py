"""Somebody asks comms something: with their name, or without. Then nothing that says who they are is in the clear."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.show_question import owe_card
from bot.actions.who_asks import Asker, remember
from bot.domain.crisis_desk import NoCrisis
from bot.domain.people import Person
from bot.domain.problems import StoryGone, TryLater, Unreadable
from bot.domain.question_problems import DilemmaOver, NotOfHere, NotWithName, QuestionGone
from bot.domain.questions import Asked, Question, QuestionKind
from bot.domain.share_problems import NotOutYet
from bot.domain.stories import Story, StoryState
from bot.domain.went_in import WentIn
from bot.store import crises, keys, questions, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

_LOT = re.compile("[0-9a-f]{32}")
_WENT_IN = {
    (True, False): "ask.went_in.named",
    (True, True): "ask.went_in.named_stands",
    (False, False): "ask.went_in.nameless",
    (False, True): "ask.went_in.nameless_stands",
}
"""Whether it is with a name, and may stand under the story."""
_WENT_IN_LISTED = {True: "ask.went_in.named_listed", False: "ask.went_in.nameless_listed"}
"""Whether it is with a name; and it may stand in the list of a crisis."""


@dataclass(frozen=True)
class AskSheet:
    """What the form is about (None: nothing in particular), and whether the answer can come to who asks.

    It cannot come to those of whom nothing may be kept, and they cannot ask with their name.
    """

    story: Story | None
    is_reached: bool


@dataclass(frozen=True)
class AskedNow:
    """What who asked hears. `is_shown`: there is a comms channel, in which the question stands by now."""

    is_named: bool
    is_reached: bool
    is_shown: bool


def open_ask(desk: Desk, asker: Asker, story_id: int | None) -> AskSheet:
    """Nothing is kept by looking. Raises NotOfHere, StoryGone, NotOutYet."""
    _require_of_here(desk, asker)
    return desk.store.read(lambda c: AskSheet(_story(c, story_id), _may_be_kept(c, asker)))


def open_dilemma(desk: Desk, asker: Asker, story_id: int) -> AskSheet:
    """What a story asks. One of which it was said what came of it is shown too. Raises NotOfHere, DilemmaOver."""
    _require_of_here(desk, asker)

    def look(connection: Connection) -> AskSheet:
        story = stories.find(connection, story_id)
        if story is None or not (story.asks or (story.dilemma and story.outcome)):
            raise DilemmaOver
        return AskSheet(story, _may_be_kept(connection, asker))

    return desk.store.read(look)


def ask_comms(desk: Desk, asker: Asker, asked: Asked, now: datetime) -> AskedNow:
    """Keep the question, and owe comms its card. The same form sent twice is one question: the one that came first.

    Without a name, who asks is in it as a sealed token alone: no person is made or looked up for it, no step is noted,
    and nothing is logged. Of whom nothing may be kept not even that is.

    Raises:
        NotOfHere, NotWithName, StoryGone, NotOutYet, Unreadable; TryLater while Slack does not say who they are.
        WentIn: the form came before and said something else, or something else about the name; that is what counts.
        QuestionGone: it came before, and nothing of it is kept any more.
        Of an answer to a dilemma: DilemmaOver. About a crisis: NoCrisis when it is over.
    """
    _require_of_here(desk, asker)
    if not _LOT.fullmatch(asked.lot):
        raise Unreadable

    def work(connection: Connection) -> AskedNow:
        setup = setup_store.load_setup(connection)
        before = questions.by_lot(connection, asked.lot)
        if before is not None:
            is_reached = _is_reached(connection, before, asker)
            return AskedNow(_went_in(before, asked), is_reached, setup.comms_channel is not None)
        _check_story(connection, asked)
        is_reached = _may_be_kept(connection, asker)
        person = _named(connection, desk, asker, now) if asked.is_named else None
        sealed = desk.seal.close(asker.user, asked.lot) if is_reached and not asked.is_named else None
        is_new = questions.add(connection, asked, person.id if person else None, sealed, now)
        kept = questions.by_lot(connection, asked.lot)
        assert kept is not None
        if is_new:
            owe_card(connection, setup, kept, now)
        return AskedNow(_went_in(kept, asked), is_reached, setup.comms_channel is not None)

    done = desk.store.write(work)
    desk.wake()
    return done


def _require_of_here(desk: Desk, asker: Asker) -> None:
    if not asker.profile.counts_at(desk.me.team):
        raise NotOfHere
    if asker.person is None and not asker.profile.is_known:
        raise TryLater(5.0, "Slack did not say who this is")


def _named(connection: Connection, desk: Desk, asker: Asker, now: datetime) -> Person:
    person = remember(connection, desk, asker.profile, now)
    if person is None:
        raise NotWithName
    return person


def _went_in(kept: Question, asked: Asked) -> bool:
    """Whether the one that is kept is with a name. Nobody is to hear of another than the one comms sees."""
    if kept.text is None:
        raise QuestionGone
    is_named = kept.person_id is not None
    if (kept.text, is_named, kept.may_stand) != (asked.text, asked.is_named, asked.may_stand):
        is_listed = kept.may_stand and kept.crisis_id is not None
        raise WentIn(_WENT_IN_LISTED[is_named] if is_listed else _WENT_IN[is_named, kept.may_stand], kept.text)
    return is_named


def _is_reached(connection: Connection, kept: Question, asker: Asker) -> bool:
    if kept.is_open and kept.person_id is None and kept.sealed is None:
        return False
    return _may_be_kept(connection, asker)


def _may_be_kept(connection: Connection, asker: Asker) -> bool:
    if keys.is_forgotten(connection, asker.user):
        return False
    return asker.person is None or asker.person.is_in


def _check_story(connection: Connection, asked: Asked) -> None:
    """Of a dilemma the story is held: who says what came of it, says it to everybody whose answer was taken."""
    if asked.crisis_id is not None:
        _check_crisis(connection, asked.crisis_id)
        return
    if asked.kind is QuestionKind.QUESTION:
        _story(connection, asked.story_id)
        return
    story = stories.hold(connection, asked.story_id or 0)
    if story is None or not story.asks:
        raise DilemmaOver


def _check_crisis(connection: Connection, crisis_id: int) -> None:
    crisis = crises.find(connection, crisis_id)
    if crisis is None or not crisis.is_open:
        raise NoCrisis


def _story(connection: Connection, story_id: int | None) -> Story | None:
    """One that went out, whatever became of it since."""
    if story_id is None:
        return None
    story = stories.find(connection, story_id)
    if story is None:
        raise StoryGone
    if story.state is StoryState.QUEUED:
        raise NotOutYet
    return story
