"""A word to the editor of a story; to the comms channel when that person is gone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.deliveries import Owed
from bot.domain.setup import Setup
from bot.store import deliveries, people
from bot.store.engine import Connection


def owe_notice(
    connection: Connection,
    setup: Setup,
    editor: str | None,
    key: str,
    word: str,
    now: datetime,
    params: Mapping[str, Any],
    story_id: int | None = None,
) -> None:
    """Make a delivery of a sentence (`word` in content/words, `params` to fill it; datetimes are UTC).

    `editor` is a person's key. Without them, and without a comms channel, there is nobody to tell.
    """
    person = people.by_key(connection, editor) if editor else None
    target = person.user if person else setup.comms_channel
    if target is None:
        return
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in params.items()}
    times = [name for name, value in params.items() if isinstance(value, datetime)]
    body = {"word": word, "params": plain, "times": times}
    person_id = person.id if person else None
    owed = Owed("notice", f"notice:{key}", target, body, story_id=story_id, person_id=person_id)
    deliveries.owe(connection, owed, now)
