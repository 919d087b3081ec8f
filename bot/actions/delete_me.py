"""Deletion, in one click: everything kept of a person goes; one keyed hash remains, so that nothing is stored again."""

from dataclasses import replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.list_answer import take_off_list
from bot.actions.send_answer import forget_asker
from bot.actions.show_crisis import owe_changes
from bot.actions.show_question import owe_card_update
from bot.domain.crisis import lot_of_reads
from bot.store import (
    crises,
    deliveries,
    digests,
    editor_steps,
    idea_traces,
    inbox,
    keys,
    nameless,
    people,
    questions,
    shares,
    team_rest,
    thanks,
)
from bot.store import setup as setup_store
from bot.store.engine import Connection
from bot.store.seal import Seal


def delete_me(desk: Desk, user: str, now: datetime) -> None:
    """Delete all that is kept of this Slack user. Twice does no harm, and neither does it for somebody unknown.

    Their shares stay in the totals of the stories, without them. The log of editors' steps, and the stories they
    queued, hold a key that leads to nobody any more.
    """
    desk.store.write(lambda connection: _delete(connection, desk.seal, user, now))
    desk.profiles.drop(user)
    desk.wake()


def _delete(connection: Connection, seal: Seal, user: str, now: datetime) -> None:
    keys.remember_forgotten(connection, user, now)
    take_out(connection, seal, user, now)


def take_out(connection: Connection, seal: Seal, user: str, now: datetime) -> None:
    """Everything of this Slack user goes; unlike after a deletion, they may come back as anybody new.

    The person is held before anything of theirs goes, as by everybody who changes their scores or shares.
    """
    person = people.by_user(connection, user)
    if person is not None:
        shares.hold(connection, person.id)
    inbox.forget_person(connection, user)
    _unread(connection, seal, user)
    deliveries.forget_person(connection, person.id if person else None, user)
    _no_editor_any_more(connection, user, now)
    _ask_no_more(connection, seal, user, person.id if person else None, now)
    if person is not None:
        team_rest.give(connection, person.id)
        thanks.forget_writer(connection, person.key, now)
        idea_traces.forget_writer(connection, person.key, now)
        idea_traces.forget_person(connection, person.id, now)
        nameless.forget_person(connection, person.id)
        editor_steps.forget_person(connection, person.key)
        questions.forget_editor(connection, person.key)
        people.remove(connection, person.id)


def _unread(connection: Connection, seal: Seal, user: str) -> None:
    """That they read what was said in a crisis."""
    marks = {crisis_id: seal.mark(user, lot_of_reads(crisis_id)) for crisis_id in crises.with_reads(connection)}
    crises.forget_reader(connection, marks)


def _ask_no_more(connection: Connection, seal: Seal, user: str, person_id: int | None, now: datetime) -> None:
    """What they asked goes, from the lists of crises too, and the cards in the comms channel say it no more.

    Those without a name say so the next night, with all others: cards that change at the same moment would tell whose
    they are. Until then their buttons say that it is gone.
    """
    for question in forget_asker(connection, seal, user, person_id):
        left = questions.find(connection, question.id)
        if left is not None and question.person_id is not None:
            owe_card_update(connection, left, now)
            listed_in = crises.forget_answer(connection, question.id, now)
            if listed_in is not None:
                owe_changes(connection, listed_in, now)
    take_off_list(connection, now)


def _no_editor_any_more(connection: Connection, user: str, now: datetime) -> None:
    """The list of editors in the set-up holds Slack ids. Saved by an admin meanwhile, it is read again.

    It counts as no change of the set-up: a digest that is due stays due.
    """
    changed_at = digests.setup_changed_at(connection) or now
    while user in (setup := setup_store.load_setup(connection)).editors:
        left = tuple(editor for editor in setup.editors if editor != user)
        if setup_store.save_setup(connection, replace(setup, editors=left), changed_at):
            return
