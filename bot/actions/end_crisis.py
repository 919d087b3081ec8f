"""A crisis ends. Promotion does not come back by itself: each story waits until an editor has looked at it."""

from collections.abc import Mapping
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.look_at_crisis import reaches
from bot.actions.post_story import owe_updates
from bot.actions.show_crisis import owe_card_update, owe_changes
from bot.actions.which_crisis import hold_crisis, know, note, who_acts
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis import LIVE_FOR, Crisis, CrisisState, CrisisUpdate, Did, Known
from bot.domain.crisis_desk import NoCrisis
from bot.store import crises, deliveries, stories
from bot.store.engine import Connection


def end_crisis(desk: Desk, asker: Asker, crisis_id: int, closing: Mapping[str, str], now: datetime) -> Known:
    """It is over. `closing`: what is said last, by language; nothing where nobody was told.

    Raises NotForYou, NoCrisis.
    """
    require_editor(asker)

    def work(connection: Connection) -> Known:
        crises.hold_promotion(connection, alone=True)
        crisis = hold_crisis(connection, crisis_id)
        who = who_acts(connection, desk, asker, now)
        note(connection, crisis_id, Did.ENDED, who, now, reach=_reach(connection, crisis_id, now))
        if crisis.told_at is not None and any(closing.values()):
            crises.add_update(connection, crisis_id, CrisisUpdate(now, closing, who), f"end:{crisis_id}")
        over = {"state": CrisisState.ENDED, "holds": None, "ended_at": now, "next_update_at": None, "changed_at": now}
        crises.change(connection, crisis_id, **over)
        if not crisis.is_rehearsal:
            _leave_stories(connection, crisis, now)
        owe_changes(connection, crisis_id, now)
        return know(connection, crisis_id)

    done = desk.store.write(work)
    desk.wake()
    return done


def say_lessons(desk: Desk, asker: Asker, crisis_id: int, text: str, now: datetime) -> None:
    """What was learned; said again, it is said anew. Raises NotForYou; NoCrisis while it goes on."""
    require_editor(asker)

    def work(connection: Connection) -> None:
        crisis = crises.find(connection, crisis_id, hold=True)
        if crisis is None or crisis.state is not CrisisState.ENDED:
            raise NoCrisis
        crises.change(connection, crisis_id, lessons=text)
        note(connection, crisis_id, Did.LESSONS, who_acts(connection, desk, asker, now), now)
        owe_card_update(connection, crisis_id, now)

    desk.store.write(work)
    desk.wake()


def _leave_stories(connection: Connection, crisis: Crisis, now: datetime) -> None:
    """What was queued meanwhile waits too. What never was greyed out can be shared again; all else is looked at."""
    stories.lock_queue(connection)
    stories.hold_back(connection, [story.id for story in stories.queued(connection)], crisis.id)
    started = crisis.started_at or now
    for story in stories.release_old(connection, crisis.id, started - LIVE_FOR, started):
        owe_updates(connection, story, now)
    deliveries.due_again(connection, "crisis", now)


def _reach(connection: Connection, crisis_id: int, now: datetime) -> list[dict[str, object]]:
    """In numbers, because the marks they are counted from are forgotten."""
    found = reaches(connection, know(connection, crisis_id), now)
    half = [None if one.median is None else one.median.total_seconds() for one in found]
    return [
        {"audience": one.audience.key, "told": one.told, "read": one.read, "half_seconds": seconds}
        for one, seconds in zip(found, half, strict=True)
    ]
