"""What is done is ticked off: steps of the checklist, and where it was posted outside Slack."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.show_crisis import owe_card_update
from bot.actions.which_crisis import hold_crisis, know, note, who_acts
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis import Did, Known
from bot.store import crises
from bot.store.engine import Connection


def tick_crisis(
    desk: Desk, asker: Asker, crisis_id: int, steps: frozenset[int], outside: frozenset[str], now: datetime
) -> Known:
    """These are done now, and no others. Raises NotForYou, NoCrisis."""
    require_editor(asker)

    def work(connection: Connection) -> Known:
        hold_crisis(connection, crisis_id)
        known, who = know(connection, crisis_id), who_acts(connection, desk, asker, now)
        text = known.texts[0].text
        steps_now = steps & set(range(len(text.steps)))
        outside_now = outside & {one.key for one in text.outside}
        for step in sorted(steps_now ^ known.ticked):
            did = Did.TICKED if step in steps_now else Did.UNTICKED
            note(connection, crisis_id, did, who, now, step=step)
        for key in sorted(outside_now ^ known.outside):
            did = Did.POSTED_OUTSIDE if key in outside_now else Did.UNTICKED
            note(connection, crisis_id, did, who, now, outside=key)
        crises.touch(connection, crisis_id)
        owe_card_update(connection, crisis_id, now)
        return know(connection, crisis_id)

    done = desk.store.write(work)
    desk.wake()
    return done
