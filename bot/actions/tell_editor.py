"""A word to the editor of a story; to the comms channel when that person is gone, to the admins when that is gone too.

Who cannot be reached is found out when the word is sent: then it is passed on, once, to the next who can do something.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.deliveries import Delivery, Owed
from bot.domain.setup import Setup
from bot.store import deliveries, keys, people
from bot.store.engine import Connection

ADMINS = "admins"
"""A target that is no id of Slack's: whoever is an admin when the word is sent, each in a direct message."""


def owe_notice(
    connection: Connection,
    setup: Setup,
    editor: str | None,
    key: str,
    word: str,
    now: datetime,
    params: Mapping[str, Any],
    story_id: int | None = None,
    *,
    offers_post: bool = False,
) -> None:
    """Make a delivery of a sentence (`word` in content/words, `params` to fill it; datetimes are UTC).

    `editor` is a person's key; without them it is for the comms channel, and without that for the admins.
    `offers_post`: with a button to let the story go out now.
    """
    person = people.by_key(connection, editor) if editor else None
    target = person.user if person else setup.comms_channel or ADMINS
    body = _body(word, params, offers_post=offers_post)
    person_id = person.id if person else None
    owed = Owed("notice", f"notice:{key}", target, body, story_id=story_id, person_id=person_id)
    deliveries.owe(connection, owed, now)


def owe_admins(connection: Connection, key: str, word: str, now: datetime, params: Mapping[str, Any]) -> None:
    """The same for the admins, where nobody else can do anything about it."""
    deliveries.owe(connection, Owed("notice", f"notice:{key}", ADMINS, _body(word, params)), now)


def pass_on(connection: Connection, setup: Setup, notice: Delivery, now: datetime) -> None:
    """Who it was for cannot be reached: the comms channel hears it, then the admins, then nobody."""
    if notice.body.get("to_admin"):
        return
    for_comms = _is_person(notice.target) and setup.comms_channel is not None
    target = setup.comms_channel if for_comms and setup.comms_channel else ADMINS
    key = f"{notice.key}:{'comms' if for_comms else ADMINS}"
    deliveries.owe(connection, Owed("notice", key, target, notice.body, story_id=notice.story_id), now)


def spread(connection: Connection, notice: Delivery, admins: tuple[str, ...], now: datetime) -> None:
    """One word for the admins becomes one for each; for who had themselves deleted nothing is stored, so none."""
    owed = Owed("notice", notice.key, ADMINS, {**notice.body, "to_admin": True}, story_id=notice.story_id)
    for number, user in enumerate(admins, 1):
        if keys.is_forgotten(connection, user):
            continue
        person = people.by_user(connection, user)
        mine = replace(owed, key=f"{notice.key}:{number}", target=user, person_id=person.id if person else None)
        deliveries.owe(connection, mine, now)


def _body(word: str, params: Mapping[str, Any], *, offers_post: bool = False) -> dict[str, Any]:
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in params.items()}
    times = [name for name, value in params.items() if isinstance(value, datetime)]
    body = {"word": word, "params": plain, "times": times}
    return {**body, "offers_post": True} if offers_post else body


def _is_person(target: str) -> bool:
    return target.startswith(("U", "W"))
