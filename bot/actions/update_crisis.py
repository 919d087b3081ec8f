"""Something is known since: messages, card and page say so."""

from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.show_crisis import owe_changes
from bot.actions.which_crisis import hold_told, know, note, who_acts
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis import CrisisUpdate, Did, Known
from bot.domain.crisis_desk import UpdateWish
from bot.store import crises
from bot.store.engine import Connection


def update_crisis(desk: Desk, asker: Asker, crisis_id: int, wish: UpdateWish, window: str, now: datetime) -> Known:
    """A dated update. The same window sent twice is one. Raises NotForYou, NoCrisis, NotToldYet."""
    require_editor(asker)

    def work(connection: Connection) -> Known:
        crisis = hold_told(connection, crisis_id)
        who = who_acts(connection, desk, asker, now)
        if not crises.add_update(connection, crisis_id, CrisisUpdate(now, wish.texts, who), window):
            return know(connection, crisis_id)
        for text in crises.texts(connection, crisis_id):
            lines = (wish.known.get(text.language), wish.unknown.get(text.language), wish.doing.get(text.language))
            crises.put_text(connection, crisis_id, text.with_lines(*lines))
        minutes = wish.next_update
        next_at = None if minutes is None else now + timedelta(minutes=minutes)
        values = {"next_update": minutes or crisis.next_update, "next_update_at": next_at, "changed_at": now}
        crises.change(connection, crisis_id, **values)
        note(connection, crisis_id, Did.UPDATED, who, now)
        owe_changes(connection, crisis_id, now)
        return know(connection, crisis_id)

    done = desk.store.write(work)
    desk.wake()
    return done
