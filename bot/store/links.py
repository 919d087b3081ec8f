"""Personal links: what a code stands for, and the text that goes along for a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, select, update

from bot.domain.links import Link
from bot.domain.shares import Words
from bot.domain.stories import StoryState
from bot.store.rows import insert_or_ignore, upsert
from bot.store.tables import link_texts, links, stories

OURS = ""
"""What no file calls a share: links that were minted here."""


@dataclass(frozen=True)
class Leading:
    """A link and where it leads now: the story as the link server needs it.

    `has_card`: whether its page says of itself what networks show beside a post; None while nobody has looked.
    """

    link: Link
    address: str
    campaign: str
    title: str
    sentence: str
    image: str | None
    alt: str | None
    language: str
    state: StoryState
    has_card: bool | None


@dataclass(frozen=True)
class Sealed:
    """What goes along with a link, as it is kept."""

    text: str
    words: Words
    is_taken: bool = False


def mint(
    connection: Connection,
    code: str,
    story_id: int,
    person_id: int | None,
    network: str,
    now: datetime,
    day: int | None = None,
) -> Link:
    """This person's link to this story on this network: the one they have, or a new one with this code.

    `day`: which one it is where the company is, as Python numbers days; the one of `now` if nobody says.
    """
    values = {"story_id": story_id, "person_id": person_id, "network": network, "share": OURS}
    insert_or_ignore(connection, links, code=code, minted_at=now, day=day or now.toordinal(), **values)
    if person_id is None:
        return _link(connection.execute(select(links).where(links.c.code == code)).one())
    mine = select(links).where(*(links.c[name] == value for name, value in values.items()))
    return _link(connection.execute(mine).one())


def leading(connection: Connection, codes: Iterable[str]) -> dict[str, Leading]:
    """Where these codes lead; those that are none are left out."""
    query = _LEADING.where(links.c.code.in_(list(codes)))
    return {row.code: _leading(row) for row in connection.execute(query)}


def newest(connection: Connection, most: int) -> list[Leading]:
    """The links that were minted last."""
    query = _LEADING.order_by(links.c.minted_at.desc()).limit(most)
    return [_leading(row) for row in connection.execute(query)]


def keep_text(connection: Connection, link_id: int, sealed: Sealed, now: datetime) -> None:
    """What goes along with this link from now on."""
    words = sealed.words
    values = {
        "sealed": sealed.text,
        "caption_id": words.caption_id,
        "own_words": words.own_words,
        "disclosure": words.disclosure,
        "written_at": now,
        "is_taken": sealed.is_taken,
    }
    upsert(connection, link_texts, {"link_id": link_id}, values)


def text_of(connection: Connection, link_id: int, since: datetime) -> Sealed | None:
    """What goes along with this link; None when it was written before `since`."""
    mine = select(link_texts).where(link_texts.c.link_id == link_id, link_texts.c.written_at >= since)
    row = connection.execute(mine).first()
    if row is None:
        return None
    return Sealed(row.sealed, Words(row.caption_id, row.own_words, row.disclosure), row.is_taken)


def take_text(connection: Connection, link_id: int) -> None:
    """Somebody goes on with it now."""
    connection.execute(update(link_texts).where(link_texts.c.link_id == link_id).values(is_taken=True))


def forget_texts_before(connection: Connection, moment: datetime) -> None:
    """Texts that nobody went on with in a day."""
    connection.execute(delete(link_texts).where(link_texts.c.written_at < moment))


def forget_people_before(connection: Connection, moment: datetime) -> None:
    """Links that were minted before this are nobody's any more; they lead to their story all the same."""
    old = and_(links.c.minted_at < moment, links.c.person_id.is_not(None))
    connection.execute(update(links).where(old).values(person_id=None))


def forget_texts_of(connection: Connection, person_id: int) -> None:
    """What this person was about to pass along."""
    mine: Sequence[int] = connection.execute(select(links.c.id).where(links.c.person_id == person_id)).scalars().all()
    connection.execute(delete(link_texts).where(link_texts.c.link_id.in_(mine)))


_STORY = ("link", "slug", "title", "sentence", "image", "alt", "language", "state", "has_card")
_LEADING = select(links, *(stories.c[name].label(f"story_{name}") for name in _STORY)).join(stories)


def _link(row: object) -> Link:
    names = ("id", "code", "story_id", "person_id", "network", "minted_at")
    return Link(*(getattr(row, name) for name in names))


def _leading(row: object) -> Leading:
    story = {name: getattr(row, f"story_{name}") for name in _STORY}
    link = _link(row)
    return Leading(
        link,
        address=story["link"],
        campaign=story["slug"] or str(link.story_id),
        title=story["title"],
        sentence=story["sentence"],
        image=story["image"],
        alt=story["alt"],
        language=story["language"],
        state=StoryState(story["state"]),
        has_card=story["has_card"],
    )
