"""A hook's card in the comms channel: what it says, and that it says what became of it."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.find_surge import find_surge
from bot.domain.deliveries import Delivery, Owed
from bot.domain.hook_cards import HookState, KeptHook
from bot.domain.hook_lessons import is_about_us
from bot.domain.messages import HookCard, HookRoundUp, Message, Posted
from bot.store import deliveries, hooks, stories
from bot.store.engine import Connection


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


def redraw_of_story(connection: Connection, story_id: int, now: datetime) -> None:
    """In the transaction that posts, drops or changes a story: the card it was made from says what became of it."""
    for hook_id in hooks.touch_of_story(connection, story_id):
        owe_update(connection, hook_id, now)


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
    more, quiet = delivery.body["more"], delivery.body.get("quiet", 0)
    return HookRoundUp(kept, setup.comms_language, setup.zone, now, more, quiet) if kept else None


def _card(desk: Desk, delivery: Delivery, now: datetime) -> HookCard | None:
    kept = desk.store.read(lambda connection: hooks.find(connection, delivery.body["hook"]))
    if kept is None:
        return None
    setup = desk.setup()
    story_id = kept.story_id
    story = None if story_id is None else desk.store.read(lambda connection: stories.find(connection, story_id))
    surge = desk.store.read(lambda connection: find_surge(connection, now)) if is_about_us(kept) else None
    return HookCard(kept, setup.comms_language, setup.zone, now, surge, story)
