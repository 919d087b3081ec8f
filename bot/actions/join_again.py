"""Coming back, in one click, after leaving or after deletion."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker
from bot.domain.people import Standing
from bot.store import keys, people
from bot.store.engine import Connection


def join_again(desk: Desk, asker: Asker, now: datetime) -> None:
    """Who left is asked anew how they want to be counted. Who was deleted is as new: the hash goes, and nothing is
    stored yet.

    Neither is named, or has a personal link, before they say so.
    """
    if not asker.profile.counts_at(desk.me.team):
        return

    def work(connection: Connection) -> None:
        keys.welcome_back(connection, asker.user)
        person = people.by_user(connection, asker.user)
        if person is not None and person.standing is Standing.OUT:
            people.set_standing(connection, person.id, Standing.UNASKED)

    desk.store.write(work)
