"""An event arrives: it is stored, and a reaction is applied, in one transaction, before Slack hears that we have it."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.mark_reaction import mark_reaction
from bot.domain.happenings import Happening, Reacted
from bot.store import inbox, keys, people
from bot.store.engine import Connection


def receive_event(desk: Desk, event_id: str, happening: Happening, now: datetime) -> None:
    """Store an event; raises when it could not be stored, so that Slack sends it again.

    A reaction of somebody we know is applied at once. Of somebody new we do not know yet whether they count: that is
    found out by the inbox worker.
    """

    def work(connection: Connection) -> bool:
        user = getattr(happening, "user", None)
        if user is not None and keys.is_forgotten(connection, user) and not _is_asked_for(happening):
            return False
        if not inbox.put(connection, event_id, happening, now):
            return False
        if isinstance(happening, Reacted) and _apply(connection, desk, happening):
            inbox.mark_handled(connection, event_id, now)
            return False
        return True

    if desk.store.write(work):
        desk.wake()


def _is_asked_for(happening: Happening) -> bool:
    """Somebody who was deleted may still open Home: they asked for it themselves, and it keeps nothing."""
    return happening.kind in {"home_opened", "joined_channel", "left_channel"}


def _apply(connection: Connection, desk: Desk, reaction: Reacted) -> bool:
    """Whether the reaction is dealt with now: it is on no story of ours, or its person is known."""
    person = people.by_user(connection, reaction.user)
    return mark_reaction(connection, reaction, person)
