"""A hook's card in the comms channel: what it says, and that it says what became of it."""

from collections import Counter
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.domain.deliveries import Delivery, Owed
from bot.domain.hook_cards import HookState, KeptHook, Surge
from bot.domain.hook_rank import is_surge
from bot.domain.hooks import WordKind
from bot.domain.messages import HookCard, HookRoundUp, Message, Posted
from bot.store import deliveries, hooks
from bot.store.engine import Connection

DAY = timedelta(days=1)
KNOWN_DAYS = 28


def owe_card(connection: Connection, kept: KeptHook, channel: str, now: datetime) -> None:
    """A new card for it. `kept` is as it was before: its next card has the next number."""
    key = f"hook:{kept.id}:{kept.cards + 1}"
    deliveries.owe(connection, Owed("hook", key, channel, {"hook": kept.id}), now)


def owe_update(connection: Connection, hook_id: int, now: datetime) -> None:
    """Its card is to say what is true now, where one stands."""
    kept = hooks.find(connection, hook_id)
    if kept is None or kept.channel is None or kept.ts is None:
        return
    body = {"hook": hook_id, "ts": kept.ts}
    deliveries.owe(connection, Owed("hook_update", f"hook_update:{hook_id}:{kept.version}", kept.channel, body), now)


def compose_hook(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """None when somebody dealt with it meanwhile, or comms moved to another channel."""
    card = _card(desk, delivery, now)
    return card if card is not None and card.kept.state is HookState.CARD else None


def compose_hook_update(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What the card should say now."""
    return _card(desk, delivery, now)


def change_hook_card(desk: Desk, delivery: Delivery, message: Message) -> Posted:
    """Update it; twice does no harm."""
    where = Posted(delivery.target, delivery.body["ts"])
    desk.messenger.update(where, message)
    return where


def note_hook_card(connection: Connection, delivery: Delivery, posted: Posted, said: Message, now: datetime) -> None:
    """Where it stands, and when it came; one that changed on its way is said anew."""
    assert isinstance(said, HookCard)
    hooks.note_card(connection, said.kept.id, posted.channel, posted.ts, now)
    today = hooks.find(connection, said.kept.id)
    if today is not None and (delivery.uncertain or today.version != said.kept.version):
        owe_update(connection, said.kept.id, now)


def note_hook_left(connection: Connection, delivery: Delivery, posted: Posted, now: datetime) -> None:
    """Somebody dealt with it on a card of which we did not know whether it had arrived: it had, so it says so."""
    hooks.note_card(connection, delivery.body["hook"], posted.channel, posted.ts, now)
    owe_update(connection, delivery.body["hook"], now)


def compose_round_up(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What had no card of its own that day, as far as it is still known."""
    setup = desk.setup()
    found = desk.store.read(lambda connection: [hooks.find(connection, nth) for nth in delivery.body["hooks"]])
    kept = tuple(hook for hook in found if hook is not None)
    return HookRoundUp(kept, setup.comms_language, setup.zone, now, delivery.body["more"]) if kept else None


def _card(desk: Desk, delivery: Delivery, now: datetime) -> HookCard | None:
    kept = desk.store.read(lambda connection: hooks.find(connection, delivery.body["hook"]))
    if kept is None:
        return None
    setup = desk.setup()
    surge = desk.store.read(lambda connection: _surge(connection, kept, now))
    return HookCard(kept, setup.comms_language, setup.zone, now, surge)


def _surge(connection: Connection, kept: KeptHook, now: datetime) -> Surge | None:
    """Whether we are mentioned far more than usual today: the brand and its people, not topics."""
    if not _is_about_us(kept):
        return None
    lately = [each for each in hooks.since(connection, now - DAY * (KNOWN_DAYS + 1)) if _is_about_us(each)]
    days = Counter(((now - each.found_at) // DAY, source) for each in lately for source in each.hook.sources)
    mentions = Counter[int]()
    for (day, _), count in days.items():
        mentions[day] += count
    sources = {source for day, source in days if day == 0}
    known = max(mentions, default=0)
    before = [mentions[day] for day in range(1, known + 1)]
    return Surge(mentions[0], len(sources)) if is_surge(mentions[0], len(sources), before) else None


def _is_about_us(kept: KeptHook) -> bool:
    return any(each.word.kind is not WordKind.TOPIC for each in kept.hook.found)
