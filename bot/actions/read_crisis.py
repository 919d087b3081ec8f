"""*I've read this*."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker
from bot.domain.crisis import lot_of_reads
from bot.domain.crisis_desk import NoCrisis
from bot.domain.question_problems import NotOfHere
from bot.store import crises, keys
from bot.store.engine import Connection


def mark_read(desk: Desk, asker: Asker, crisis_id: int, audience_key: str, now: datetime) -> None:
    """Count it once a person, as a mark that leads to nobody; of who wants nothing kept not even that.

    Raises NotOfHere for other organisations; NoCrisis when it is over.
    """
    if not asker.profile.counts_at(desk.me.team):
        raise NotOfHere

    def work(connection: Connection) -> None:
        crisis = crises.find(connection, crisis_id)
        if crisis is None or not crisis.is_open or crisis.told_at is None:
            raise NoCrisis
        if keys.is_forgotten(connection, asker.user) or (asker.person is not None and not asker.person.is_in):
            return
        known = {one.key for one in crises.audiences(connection, crisis_id)}
        if audience_key in known:
            mark = desk.seal.mark(asker.user, lot_of_reads(crisis_id))
            crises.add_read(connection, crisis_id, mark, audience_key, now)

    desk.store.write(work)
