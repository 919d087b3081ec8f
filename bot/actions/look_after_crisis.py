"""While there is a crisis: people get their messages, and the card shows how far it is."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.gather_audience import gather_audiences
from bot.actions.look_at_crisis import reaches
from bot.actions.show_crisis import CHANNEL, owe_card, owe_card_update
from bot.actions.which_crisis import note
from bot.domain.crisis import Did, Known
from bot.store import crises, deliveries
from bot.store.engine import Connection


def look_after_crisis(desk: Desk, now: datetime) -> int:
    """Come round once. Answers how much there was to do; twice, or by two copies, nobody is told twice."""
    done = 0
    for known in desk.store.read(_going_on):
        _have_card(desk, known, now)
        made = gather_audiences(desk, known, now)
        done += made
        if made:
            desk.wake()
        _show(desk, known.crisis.id, now)
    return done


def _going_on(connection: Connection) -> list[Known]:
    found = (crises.held_by(connection, is_rehearsal=is_one) for is_one in (False, True))
    known = (crises.know(connection, crisis.id) for crisis in found if crisis is not None and crisis.is_open)
    return [one for one in known if one is not None]


def _have_card(desk: Desk, known: Known, now: datetime) -> None:
    """Where comms is now: there may have been no channel at the start, or another one."""
    channel = desk.setup().comms_channel
    if channel is not None and channel != known.crisis.channel:
        desk.store.write(lambda connection: owe_card(connection, known.crisis.id, now))


def _show(desk: Desk, crisis_id: int, now: datetime) -> None:
    """The card follows figures that changed by themselves; what is done for good stands in the log once."""

    def look(connection: Connection) -> tuple[object, list[Did]]:
        known = crises.know(connection, crisis_id)
        assert known is not None
        is_late = known.crisis.next_update_at is not None and known.crisis.next_update_at < now
        figures = [(one.audience, one.told, one.read, one.read_by) for one in reaches(connection, known, now)]
        return (tuple(figures), is_late), _done_now(connection, known)

    figures, done = desk.store.read(look)
    if figures == desk.crisis_shown.get(crisis_id) and not done:
        return

    def work(connection: Connection) -> None:
        if crises.find(connection, crisis_id, hold=True) is None:
            return
        known = crises.know(connection, crisis_id)
        assert known is not None
        for did in _done_now(connection, known):
            count, of = _counts(connection, known, did)
            note(connection, crisis_id, did, None, now, count=count, of=of)
        crises.touch(connection, crisis_id)
        owe_card_update(connection, crisis_id, now)

    desk.store.write(work)
    desk.crisis_shown[crisis_id] = figures
    desk.wake()


def _done_now(connection: Connection, known: Known) -> list[Did]:
    """What came to its end, and does not stand in the log yet."""
    if known.crisis.told_at is None:
        return []
    noted = {step.did for step in crises.steps(connection, known.crisis.id)}
    direct = [one for one in known.audiences if one.is_direct]
    is_over = {
        Did.TOLD_CHANNELS: not deliveries.are_open(connection, CHANNEL, f"{CHANNEL}:{known.crisis.id}:"),
        Did.TOLD_PEOPLE: bool(direct)
        and all(one.gathered_at is not None and one.told + one.unreachable >= one.owed for one in direct),
    }
    return [did for did, over in is_over.items() if over and did not in noted]


def _counts(connection: Connection, known: Known, did: Did) -> tuple[int, int]:
    """How many were told, of how many."""
    if did is Did.TOLD_CHANNELS:
        return len(known.posts), deliveries.count_owed(connection, CHANNEL, f"{CHANNEL}:{known.crisis.id}:")
    direct = [one for one in known.audiences if one.is_direct]
    return sum(one.told for one in direct), sum(one.owed for one in direct)
