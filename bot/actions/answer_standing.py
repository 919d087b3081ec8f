"""The question of the three states, answered: by name, without a name, or not at all."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker
from bot.domain.people import Person, Standing
from bot.store import deliveries, keys, people, shares
from bot.store.engine import Connection


def answer_standing(desk: Desk, asker: Asker, standing: Standing, now: datetime) -> bool:
    """Note the answer; it can be changed at any time, back from *don't count me* too. False: nothing may be kept.

    *Don't count me* also takes the person off what was counted until now: the story's totals stay, nobody stands with
    them, and what is still owed to the person is called off.
    """

    def work(connection: Connection) -> bool:
        person = _person(connection, desk, asker, now)
        if person is None:
            return False
        people.set_standing(connection, person.id, standing)
        if standing is Standing.OUT:
            shares.forget_person(connection, person.id)
            deliveries.call_off_person(connection, person.id, now)
        return True

    return desk.store.write(work)


def _person(connection: Connection, desk: Desk, asker: Asker, now: datetime) -> Person | None:
    """Unlike `remember`, somebody who is out may answer too: that is how they come back."""
    if not asker.profile.counts_at(desk.me.team) or keys.is_forgotten(connection, asker.user):
        return None
    return people.by_user(connection, asker.user) or people.add(connection, asker.profile, now)
