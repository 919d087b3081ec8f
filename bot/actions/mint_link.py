"""A personal link for each network somebody may share on, and the text that is to go along with it."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.open_share import story_to_share
from bot.actions.who_asks import Asker, remember
from bot.domain.links import Link, Post, new_code
from bot.domain.local_time import day_of
from bot.domain.networks import network
from bot.domain.retention import OWN_WORDS
from bot.store import links, people, shares
from bot.store.engine import Connection
from bot.store.links import Sealed


def mint_links(
    desk: Desk, asker: Asker, story_id: int, networks: Iterable[str], post: Post, now: datetime, *, anew: bool = True
) -> Mapping[str, str]:
    """This person's code for each of these networks: the ones they have, and new ones. Twice is the same as once.

    The text that goes along is sealed, for a day, and takes the place of the one before. It goes to the browser that
    asks first; `anew`: also when it is the same text, and a browser had it, as its owner may hold a phone now. Answers
    nothing where there is no public address, and for who said *don't count me*, is not asked yet, or is nobody we keep
    anything of: their links carry the campaign alone.

    Raises:
        NetworkUnknown, and what `open_share` raises: past its best-before a story takes no new shares.
    """
    keys = sorted({network(key).key for key in networks})
    if not desk.public_url:
        return {}
    day = day_of(now, desk.setup().zone)

    def mint_codes(connection: Connection) -> dict[str, str]:
        story_to_share(connection, story_id, now)
        person = remember(connection, desk, asker.profile, now)
        if person is None or not _is_counted(connection, person.id):
            return {}
        codes = {key: new_code(secrets.choice) for key in keys}
        minted = {key: links.mint(connection, code, story_id, person.id, key, now, day) for key, code in codes.items()}
        for link in minted.values():
            _put_along(connection, desk, link, post, now, anew=anew)
        return {key: link.code for key, link in minted.items()}

    return desk.store.write(mint_codes)


def _is_counted(connection: Connection, person_id: int) -> bool:
    """And stays so until we are done: who leaves at this moment takes their texts away after it."""
    shares.hold(connection, person_id)
    person = people.by_id(connection, person_id)
    return person is not None and person.standing.has_links


def _put_along(connection: Connection, desk: Desk, link: Link, post: Post, now: datetime, *, anew: bool) -> None:
    kept = None if anew else links.text_of(connection, link.id, since=now - OWN_WORDS)
    is_taken = kept is not None and kept.is_taken and desk.seal.open(kept.text, link.code) == post.text
    links.keep_text(connection, link.id, Sealed(desk.seal.close(post.text, link.code), post.words, is_taken), now)
