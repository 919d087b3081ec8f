"""An editor fills in what nobody could know beforehand."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.show_crisis import owe_card_update
from bot.actions.which_crisis import hold_crisis, know, note, who_acts
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis import CrisisText, Did, Known, filled
from bot.domain.crisis_desk import FillWish, ToldAlready
from bot.store import crises
from bot.store.engine import Connection


def fill_crisis(desk: Desk, asker: Asker, crisis_id: int, wish: FillWish, now: datetime) -> Known:
    """Take over what was filled in; what is still open stays a place, and nobody is told before it is filled in.

    Raises NotForYou, NoCrisis, ToldAlready.
    """
    require_editor(asker)

    def work(connection: Connection) -> Known:
        crisis = hold_crisis(connection, crisis_id)
        if crisis.told_at is not None:
            raise ToldAlready
        new = [_filled(text, wish) for text in crises.texts(connection, crisis_id)]
        for text in new:
            crises.put_text(connection, crisis_id, text)
        is_whole = not any(text.places for text in new)
        values = {"filled_at": now if is_whole else None, "tell_asked_by": None, "changed_at": now}
        crises.change(connection, crisis_id, next_update=wish.next_update, **values)
        note(connection, crisis_id, Did.FILLED, who_acts(connection, desk, asker, now), now)
        owe_card_update(connection, crisis_id, now)
        return know(connection, crisis_id)

    done = desk.store.write(work)
    desk.wake()
    return done


def _filled(text: CrisisText, wish: FillWish) -> CrisisText:
    language = text.language
    said = text.with_words(wish.statements.get(language), wish.contacts.get(language))
    return filled(said, wish.places.get(language, {}))
