"""People are told: channels first, then those who are most affected, one by one."""

from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.settle_audiences import settle_names
from bot.actions.show_crisis import owe_card_update, owe_changes, owe_posts
from bot.actions.which_crisis import hold_crisis, hold_told, know, note, who_acts
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis import Crisis, Did, Known
from bot.domain.crisis_desk import ChangedMeanwhile, NobodyToTell, NotFilledIn, SomebodyElse, ToldAlready
from bot.store import crises
from bot.store.engine import Connection


def tell_crisis(
    desk: Desk, asker: Asker, crisis_id: int, now: datetime, *, publish: bool, seen: datetime | None = None
) -> Known:
    """Tell them; or, where everyone is to hear it and the asker is no admin, ask a second editor to do so.

    Then nobody was told (`told_at` None), and `tell_asked_by` says who asked. `publish`: the page comes out too, which
    everyone can read. `seen`: when what the asker looked at was changed last.
    Raises NotForYou, NoCrisis, ToldAlready, NotFilledIn, ChangedMeanwhile, NobodyToTell, SomebodyElse; TryLater while
    Slack does not say who is meant.
    """
    require_editor(asker)
    settle_names(desk, crisis_id)

    def work(connection: Connection) -> Known:
        crisis = hold_crisis(connection, crisis_id)
        known = know(connection, crisis_id)
        _check(known, seen)
        who = who_acts(connection, desk, asker, now)
        is_for_all = publish or any(one.is_everyone for one in known.audiences)
        if not asker.is_admin and not crisis.is_rehearsal and is_for_all:
            if crisis.tell_asked_by is None:
                crises.change(connection, crisis_id, tell_asked_by=who)
                note(connection, crisis_id, Did.ASKED_TO_TELL, who, now)
                owe_card_update(connection, crisis_id, now)
                return know(connection, crisis_id)
            if crisis.tell_asked_by == who:
                raise SomebodyElse
        _tell(connection, known, who, now)
        if publish and desk.can_publish:
            _publish(connection, crisis, who, now)
        owe_card_update(connection, crisis_id, now)
        return know(connection, crisis_id)

    done = desk.store.write(work)
    desk.wake()
    return done


def publish_page(desk: Desk, asker: Asker, crisis_id: int, now: datetime) -> Known:
    """The page comes out; messages say where it is. That takes an admin, or another editor than the one who told.

    Raises NotForYou, NoCrisis, NotToldYet, SomebodyElse.
    """
    require_editor(asker)

    def work(connection: Connection) -> Known:
        crisis = hold_told(connection, crisis_id)
        if desk.can_publish and not crisis.is_published:
            who = who_acts(connection, desk, asker, now)
            if not asker.is_admin and not crisis.is_rehearsal and who == crisis.told_by:
                raise SomebodyElse
            _publish(connection, crisis, who, now)
            owe_changes(connection, crisis_id, now)
        return know(connection, crisis_id)

    done = desk.store.write(work)
    desk.wake()
    return done


def _check(known: Known, seen: datetime | None) -> None:
    if known.crisis.told_at is not None:
        raise ToldAlready
    places = [place for text in known.texts for place in text.places]
    if places or known.crisis.filled_at is None:
        raise NotFilledIn(places=", ".join(f"[{place}]" for place in dict.fromkeys(places)))
    if seen is not None and known.crisis.changed_at != seen:
        raise ChangedMeanwhile


def _tell(connection: Connection, known: Known, who: str, now: datetime) -> None:
    crisis = known.crisis
    next_at = now + timedelta(minutes=crisis.next_update)
    crises.change(connection, crisis.id, told_at=now, told_by=who, next_update_at=next_at, changed_at=now)
    told = crises.know(connection, crisis.id)
    assert told is not None
    channels = owe_posts(connection, told, now)
    if not channels and not any(one.is_direct and (one.groups or one.channels) for one in told.audiences):
        raise NobodyToTell
    note(connection, crisis.id, Did.TOLD, who, now, channels=channels)


def _publish(connection: Connection, crisis: Crisis, who: str, now: datetime) -> None:
    crises.change(connection, crisis.id, is_published=True, published_at=now, changed_at=now)
    note(connection, crisis.id, Did.PUBLISHED, who, now, page=crisis.page)
