"""The best hooks come as cards, so many a day; the rest in one round-up, so that nobody is flooded."""

from datetime import datetime, time

from bot.actions.desk import Desk
from bot.actions.find_surge import find_surge
from bot.actions.learn_from_hooks import lessons_now
from bot.actions.show_hook import owe_card
from bot.domain.deliveries import Owed
from bot.domain.hook_cards import FRESH_FOR, MOST_IN_ROUND_UP, ROUND_UP_HOUR, HookState, KeptHook
from bot.domain.hook_lessons import chosen, is_about_us, is_quiet
from bot.domain.hook_rank import rank_of
from bot.domain.local_time import day_of, local, moment_of
from bot.store import deliveries, hooks
from bot.store.engine import Connection


def tell_hooks(desk: Desk, now: datetime) -> int:
    """Make the cards that there is room for today, and the round-up at its hour. Answers how many were made."""
    setup = desk.setup()
    comms = setup.comms_channel
    if comms is None or not desk.store.read(lambda connection: hooks.waiting(connection, now)):
        return 0
    most = desk.watching.cards_a_day
    made = desk.store.write(lambda connection: _tell(connection, comms, most, setup.zone, now))
    if made:
        desk.wake()
    return made


def _tell(connection: Connection, comms: str, most: int, zone: str, now: datetime) -> int:
    hooks.hold(connection)
    waiting = sorted(hooks.waiting(connection, now), key=lambda kept: -_rank(kept, now))
    lessons = lessons_now(connection, now)
    quiet = {kept.id for kept in waiting if is_quiet(kept, lessons)}
    told = hooks.told_since(connection, moment_of(local(now, zone).date(), time(), zone))
    room = max(most - told, 0)
    cards, rest = chosen(waiting, quiet, room, 0)
    if any(map(is_about_us, rest)) and find_surge(connection, now) is not None:
        # What is said of us matters most while it is far more than usual: as many cards again, for that alone.
        cards, rest = chosen(waiting, quiet, room, max(most * 2 - max(told, most), 0))
    for kept in cards:
        hooks.change(connection, kept, HookState.CARD, cards=kept.cards + 1, told_at=now)
        owe_card(connection, kept, comms, now)
    return len(cards) + _round_up(connection, rest, quiet, comms, zone, now)


def _round_up(
    connection: Connection, rest: list[KeptHook], quiet: set[int], comms: str, zone: str, now: datetime
) -> int:
    """Once a day, from its hour on; what is more than a day old by then goes without a word."""
    if not rest or local(now, zone).hour < ROUND_UP_HOUR:
        return 0
    fresh = [kept for kept in rest if now - kept.found_at <= FRESH_FOR]
    shown = fresh[:MOST_IN_ROUND_UP]
    day = day_of(now, zone)
    body = {
        "hooks": [kept.id for kept in shown],
        "more": len(fresh) - len(shown),
        "quiet": sum(kept.id in quiet for kept in fresh),
    }
    owed = Owed("hook_round_up", f"hook_round_up:{day}", comms, body, not_before=now)
    if not shown or not deliveries.owe(connection, owed, now):
        return 0
    for kept in rest:
        hooks.change(connection, kept, HookState.REST if kept in shown else HookState.OLD)
    return 1


def _rank(kept: KeptHook, now: datetime) -> float:
    return rank_of(kept.hook.match, len(kept.hook.sources), kept.hook.at, now)
