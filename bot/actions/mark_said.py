"""*I shared it*, and *Already posted it myself*: the person says so."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.open_share import story_to_share
from bot.actions.who_asks import Asker, remember
from bot.domain import shares as sharing
from bot.domain.networks import network
from bot.store import shares
from bot.store.engine import Connection


def mark_said(
    desk: Desk, asker: Asker, story_id: int, networks: Sequence[str], now: datetime, post_url: str | None = None
) -> bool:
    """Note it for these networks; None named counts once, until a network is known. False: nothing was kept.

    `post_url`: the address of their own post. Said twice, it counts once.

    Raises:
        NetworkUnknown, and what `open_share` raises.
    """
    keys = tuple(network(key).key for key in networks)

    def work(connection: Connection) -> bool:
        story_to_share(connection, story_id, now)
        person = remember(connection, desk, asker.profile, now)
        if person is None:
            return False
        before = shares.to_change(connection, story_id, person.id)
        # Said before on a network we know, "somewhere" is nothing new.
        known = tuple(share.network for share in before if share.claimed_at and share.network != sharing.UNKNOWN)
        shares.replace(connection, story_id, person.id, sharing.claimed(before, keys or known, now, post_url), before)
        return True

    return desk.store.write(work)
