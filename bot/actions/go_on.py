"""A network's button was pressed, and its reader comes by us: *opened* is noted, and they go on with their text.

Once the link stands in a post, everybody knows its code. So the text goes to the browser that came first, and to nobody
else; and who comes later, or a day later, is sent on with the link alone, and changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.count_clicks import ClickCounter, owner_hash
from bot.actions.follow_link import Destination, destination_of
from bot.actions.link_desk import LinkDesk
from bot.actions.mark_opened import note_opened
from bot.domain.links import link_address
from bot.domain.networks import ShareTarget, share_url
from bot.domain.people import Person
from bot.domain.retention import OWN_WORDS
from bot.domain.visitors import Salt, Visitor
from bot.store import clicks, links, people, shares
from bot.store import stories as story_store
from bot.store.engine import Connection

SOME_INSTANCE = "mastodon.social"
"""For a link whose owner's server is not known any more."""


@dataclass(frozen=True)
class Onward:
    """Where they go on to, and with what. `language` None: of nobody in particular. `is_over`: no new shares."""

    destination: Destination
    target: ShareTarget
    text: str = ""
    language: str | None = None
    is_over: bool = False


def go_on(
    desk: LinkDesk, counter: ClickCounter, code: str, network: str, visitor: Visitor | None, now: datetime
) -> Onward | None:
    """The share page of this link. `visitor` None: no person. Answers None when there is no such link there.

    Raises DatabaseTrouble.
    """
    salt = counter.salt(now)

    def note_and_go_on(connection: Connection) -> Onward | None:
        found = links.leading(connection, [code]).get(code)
        if found is None or found.link.network != network:
            return None
        destination = destination_of(found)
        owner = _owner(connection, found.link.person_id)
        story = story_store.find(connection, found.link.story_id)
        if story is None or not story.is_open(now):
            return replace(without_text(desk, destination, owner), is_over=True)
        text = _taken(connection, desk, destination, owner, visitor, salt, now) if owner and visitor else None
        if text is None or owner is None:
            return without_text(desk, destination, owner)
        return Onward(destination, _target(desk, destination, text, owner), text, owner.language)

    return desk.store.write(note_and_go_on)


def without_text(desk: LinkDesk, destination: Destination, owner: Person | None = None) -> Onward:
    """The share page with the link alone; for this the database need not be there."""
    return Onward(destination, _target(desk, destination, "", owner), language=owner.language if owner else None)


def _owner(connection: Connection, person_id: int | None) -> Person | None:
    person = people.by_id(connection, person_id) if person_id is not None else None
    return person if person is not None and person.standing.has_links else None


def _taken(
    connection: Connection,
    desk: LinkDesk,
    destination: Destination,
    owner: Person,
    visitor: Visitor,
    salt: Salt,
    now: datetime,
) -> str | None:
    """The text, for its owner: whoever comes first with it, in the browser they came with."""
    link = destination.link
    # Leaving holds the person, and then takes the text away.
    shares.hold(connection, owner.id)
    kept = links.text_of(connection, link.id, since=now - OWN_WORDS)
    if kept is None:
        return None
    as_owner = owner_hash(salt, link, visitor)
    if kept.is_taken and not clicks.is_owner(connection, as_owner):
        return None
    clicks.mark_owner(connection, as_owner, salt.start)
    links.take_text(connection, link.id)
    note_opened(connection, owner, link.story_id, link.network, kept.words, now)
    return desk.seal.open(kept.text, link.code)


def _target(desk: LinkDesk, destination: Destination, text: str, owner: Person | None) -> ShareTarget:
    link = destination.link
    return share_url(
        link.network,
        text=text,
        link=link_address(desk.public_url, link.code),
        title=destination.story.title,
        mastodon_instance=(owner.preferences.mastodon if owner else None) or SOME_INSTANCE,
        linkedin_composer=desk.linkedin_composer,
    )
