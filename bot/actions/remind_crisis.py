"""Those who have not read it are reminded, once. Who they are is worked out to send it, and shown to nobody."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.show_crisis import owe_card_update
from bot.actions.which_crisis import hold_told, know, note, who_acts
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis import Did, Known
from bot.domain.crisis_desk import NoCrisis, RemindedBefore
from bot.store import crises
from bot.store.engine import Connection


def remind_crisis(desk: Desk, asker: Asker, crisis_id: int, audience_key: str, now: datetime) -> Known:
    """Ask for it; the messages are made when Slack has said who is in this audience now.

    Raises NotForYou, NoCrisis, NotToldYet, RemindedBefore.
    """
    require_editor(asker)

    def work(connection: Connection) -> Known:
        hold_told(connection, crisis_id)
        audience = next((one for one in crises.audiences(connection, crisis_id) if one.key == audience_key), None)
        if audience is None:
            raise NoCrisis
        if audience.reminded_at is not None:
            raise RemindedBefore
        crises.change_audience(connection, crisis_id, audience_key, reminded_at=now)
        crises.touch(connection, crisis_id)
        note(connection, crisis_id, Did.REMINDED, who_acts(connection, desk, asker, now), now, audience=audience_key)
        owe_card_update(connection, crisis_id, now)
        return know(connection, crisis_id)

    done = desk.store.write(work)
    desk.wake()
    return done
