"""Comms answers an idea: it becomes a story, or not now, because. Of two who answer at once one is first."""

from dataclasses import replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.tell_senders import owe_answer
from bot.actions.who_asks import Asker, remember, require_editor
from bot.domain.idea_problems import IdeaAnswered, IdeaGone
from bot.domain.ideas import Idea, IdeaState, Said, WhyAnswer
from bot.store import editor_steps, idea_traces, ideas
from bot.store.engine import Connection


def idea_to_answer(desk: Desk, asker: Asker, idea_id: int) -> Idea:
    """The idea, while it waits for an answer. Raises NotForYou, IdeaGone, IdeaAnswered."""
    found = idea_to_queue(desk, asker, idea_id)
    if found.state is not IdeaState.OPEN:
        raise IdeaAnswered
    return found


def idea_to_queue(desk: Desk, asker: Asker, idea_id: int) -> Idea:
    """The idea, for the form of a story: one that was declined may be queued after all. Raises NotForYou, IdeaGone."""
    require_editor(asker)
    found = desk.store.read(lambda connection: ideas.find(connection, idea_id))
    if found is None:
        raise IdeaGone
    return found


def decline_idea(desk: Desk, asker: Asker, idea_id: int, answer: WhyAnswer, now: datetime) -> None:
    """Owe everybody who suggested it the answer. `answer.by` is filled in here. The same once more does nothing more.

    Raises:
        NotForYou, IdeaGone, IdeaAnswered.
    """
    require_editor(asker)

    def work(connection: Connection) -> None:
        editor = remember(connection, desk, asker.profile, now)
        key = editor.key if editor else None
        before = ideas.find(connection, idea_id)
        if before is None:
            raise IdeaGone
        said = WhyAnswer(answer.ready, answer.words, answer.is_signed and key is not None, key)
        if before.state is IdeaState.DECLINED and before.answer == _as_kept(said):
            return
        if not ideas.decline(connection, idea_id, said, now):
            raise IdeaAnswered
        editor_steps.note(connection, key, "decline idea", now)
        _tell(connection, [idea_id], Said.DECLINED, now)

    desk.store.write(work)
    desk.wake()


def _as_kept(said: WhyAnswer) -> WhyAnswer:
    """Whose words they are is kept where there are words."""
    return said if said.words else replace(said, by=None)


def accept_ideas(connection: Connection, idea_id: int | None, link: str, story_id: int, now: datetime) -> None:
    """In the transaction that queues a story: the idea it was made from, and all that suggested the same page.

    Raises:
        IdeaAnswered: somebody else made a story of it.
    """
    taken = ideas.accept_link(connection, link, story_id, now)
    if idea_id is not None and idea_id not in taken:
        if not ideas.accept(connection, idea_id, story_id, now) and ideas.find(connection, idea_id) is not None:
            raise IdeaAnswered
        taken.append(idea_id)
    _tell(connection, taken, Said.QUEUED, now)


def take_name_off(desk: Desk, asker: Asker, sender: int, now: datetime) -> bool:
    """They are thanked by name for this one no more. False: it is not theirs."""
    person = asker.person
    if person is None:
        return False

    def work(connection: Connection) -> bool:
        found = ideas.uncredit(connection, sender, person.id)
        if found is not None:
            idea_traces.redraw(connection, [found], now)
        return found is not None

    done = desk.store.write(work)
    desk.wake()
    return done


def _tell(connection: Connection, idea_ids: list[int], said: Said, now: datetime) -> None:
    owe_answer(connection, idea_ids, said, now)
    for found in (ideas.find(connection, idea_id) for idea_id in idea_ids):
        if found is not None:
            idea_traces.redraw_card(connection, found, now)
