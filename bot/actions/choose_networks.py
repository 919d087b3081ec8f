"""*My networks*: which share buttons come first, and on which Mastodon server this person is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker, remember
from bot.domain.networks import NotAnInstance, host_of, network
from bot.domain.people import Preferences
from bot.store import people
from bot.store.engine import Connection


def choose_networks(
    desk: Desk, asker: Asker, networks: Sequence[str], mastodon: str | None, now: datetime
) -> Preferences | None:
    """Keep the choice. `mastodon` is a server as a person types it (None or empty: none). None: nothing was kept.

    What was in the list before keeps its place (last used on top), the rest follows in the order given.

    Raises:
        NetworkUnknown, NotAnInstance (field `mastodon`; also when Mastodon is chosen without a server).
    """
    chosen = tuple(dict.fromkeys(network(key).key for key in networks))
    server = _server(mastodon, needed="mastodon" in chosen)

    def work(connection: Connection) -> Preferences | None:
        person = remember(connection, desk, asker.profile, now)
        if person is None:
            return None
        before = person.preferences.networks
        ordered = (*(key for key in before if key in chosen), *(key for key in chosen if key not in before))
        wanted = replace(person.preferences, networks=ordered, mastodon=server)
        if wanted != person.preferences:
            people.set_preferences(connection, person.id, wanted)
        return wanted

    return desk.store.write(work)


def _server(typed: str | None, *, needed: bool) -> str | None:
    if not (typed or "").strip() and not needed:
        return None
    try:
        return host_of(typed or "")
    except NotAnInstance:
        raise NotAnInstance(field="mastodon", typed=typed or "") from None
