"""A personal link for each network somebody may share on, and the text that is to go along with it."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.open_share import story_to_share
from bot.actions.who_asks import Asker, remember
from bot.domain.links import Post, new_code
from bot.domain.networks import network
from bot.domain.people import Person, Standing
from bot.store import links
from bot.store.engine import Connection
from bot.store.links import Sealed

COUNTED = (Standing.NAMED, Standing.UNNAMED)


def mint_links(
    desk: Desk, asker: Asker, story_id: int, networks: Iterable[str], post: Post, now: datetime
) -> Mapping[str, str]:
    """This person's code for each of these networks: the ones they have, and new ones. Twice is the same as once.

    The text that goes along is sealed, for a day, and takes the place of the one before. Answers nothing where there is
    no public address, and for who said *don't count me*, is not asked yet, or is nobody we keep anything of: their
    links carry the campaign alone.

    Raises:
        NetworkUnknown, and what `open_share` raises: past its best-before a story takes no new shares.
    """
    keys = sorted({network(key).key for key in networks})
    if not desk.public_url:
        return {}

    def mint_codes(connection: Connection) -> dict[str, str]:
        story_to_share(connection, story_id, now)
        person = remember(connection, desk, asker.profile, now)
        if person is None or person.standing not in COUNTED:
            return {}
        return {key: _mint(connection, desk, person, story_id, key, post, now) for key in keys}

    return desk.store.write(mint_codes)


def _mint(
    connection: Connection, desk: Desk, person: Person, story_id: int, key: str, post: Post, now: datetime
) -> str:
    link = links.mint(connection, new_code(secrets.choice), story_id, person.id, key, now)
    links.keep_text(connection, link.id, Sealed(desk.seal.close(post.text, link.code), post.words), now)
    return link.code
