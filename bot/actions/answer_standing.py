"""The question of the three states, answered: by name, without a name, or not at all."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker, remember_even_out
from bot.domain.people import Person, Standing, as_answered
from bot.store import setup as setup_store
from bot.store.engine import Connection
from bot.store.leaving import put_standing


def put_answer(connection: Connection, person: Person, answer: Standing, now: datetime) -> None:
    """Note what this person answered, as it holds at this company."""
    totals_only = setup_store.load_setup(connection).totals_only
    standing = as_answered(answer, person.standing, totals_only=totals_only)
    put_standing(connection, person.id, standing, now)


def answer_standing(desk: Desk, asker: Asker, standing: Standing, now: datetime) -> bool:
    """Note the answer; it can be changed at any time, back from *don't count me* too. False: nothing may be kept.

    *Don't count me* is the same as leaving: nothing of theirs is stored from now on, what is owed to them is called
    off, and no list shows them. Their shares stay theirs, so that somebody who comes back is not counted twice; it is
    deletion that takes the person off.
    """

    def work(connection: Connection) -> bool:
        person = remember_even_out(connection, desk, asker.profile, now)
        if person is None:
            return False
        put_answer(connection, person, standing, now)
        return True

    return desk.store.write(work)
