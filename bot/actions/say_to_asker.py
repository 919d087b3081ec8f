"""An answer that comes as a direct message: owed as a delivery, or said at once to whom nothing may be kept of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker, remember
from bot.domain.deliveries import Owed
from bot.domain.messages import Message
from bot.store import deliveries
from bot.store.engine import Connection


def say_to_asker(
    desk: Desk, asker: Asker, kind: str, story_id: int, body: Mapping[str, Any], message: Message, now: datetime
) -> None:
    """Send a message about a story to who asked for it. The kind's `compose` must make the same of `body`.

    Asked for again within a second it comes once. Raises what the messenger raises when it is said at once.
    """
    key = f"{kind}:{story_id}:{asker.user}:{int(now.timestamp())}"
    owed = Owed(kind, key, asker.user, body, story_id=story_id)

    def work(connection: Connection) -> bool:
        person = remember(connection, desk, asker.profile, now)
        if person is not None:
            deliveries.owe(connection, replace(owed, person_id=person.id), now)
        return person is not None

    if desk.store.write(work):
        desk.wake()
    else:
        desk.messenger.post(asker.user, message, "")
