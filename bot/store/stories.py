"""Stories, their captions, and the times booked for them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.captions import Caption, deal
from bot.domain.deliveries import DeliveryState
from bot.domain.problems import SlotTaken
from bot.domain.stories import Story, StoryDraft, StoryState, link_key
from bot.store import crises
from bot.store.tables import bookings, captions, deliveries, links, stories

_WAITS = and_(stories.c.state == StoryState.QUEUED, stories.c.held_by.is_(None))


def add(connection: Connection, draft: StoryDraft, queued_by: str | None, now: datetime) -> int:
    """Put a story in the queue, and book its time. Answers its id."""
    values = _columns(draft) | {"slug": draft.slug, "queued_by": queued_by, "created_at": now}
    row = connection.execute(insert(stories).values(state=StoryState.QUEUED, **values).returning(stories.c.id)).one()
    story_id: int = row.id
    _write_captions(connection, story_id, draft.captions)
    book(connection, story_id, draft.channels, draft.due_at)
    return story_id


def change(connection: Connection, story_id: int, version: int, draft: StoryDraft) -> bool:
    """Take over an edit, unless the story changed since `version`. Answers whether it went in."""
    mine = and_(stories.c.id == story_id, stories.c.version == version)
    values = {"version": version + 1, "has_card": None, **_columns(draft)}
    done = connection.execute(update(stories).where(mine).values(**values))
    if done.rowcount != 1:
        return False
    _write_captions(connection, story_id, draft.captions)
    return True


def move(connection: Connection, story_id: int, version: int, due_at: datetime) -> bool:
    """Give a queued story another time, unless it changed since `version`. Answers whether it went in."""
    mine = and_(stories.c.id == story_id, stories.c.version == version, stories.c.state == StoryState.QUEUED)
    done = connection.execute(update(stories).where(mine).values(version=version + 1, due_at=due_at))
    return done.rowcount == 1


def rename(connection: Connection, story_id: int, slug: str) -> None:
    """It comes from a file of this name now."""
    connection.execute(update(stories).where(stories.c.id == story_id).values(slug=slug))


def end(
    connection: Connection, story_id: int, states: Collection[StoryState], state: StoryState, now: datetime
) -> bool:
    """Bring a story from one of these states to another and free its slots. False when somebody else was first."""
    values: dict[str, Any] = {"state": state, "version": stories.c.version + 1, "due_at": None}
    if state in (StoryState.POSTED, StoryState.EXPIRED):
        # A story that no channel took did not go out after all.
        values["posted_at"] = now if state is StoryState.POSTED else None
    mine = and_(stories.c.id == story_id, stories.c.state.in_(states))
    if connection.execute(update(stories).where(mine).values(**values)).rowcount != 1:
        return False
    connection.execute(update(bookings).where(bookings.c.story_id == story_id).values(due_at=None))
    return True


def book(connection: Connection, story_id: int, channels: Sequence[str], due_at: datetime | None) -> None:
    """The channels of a story, each with this time.

    Raises:
        SlotTaken: another story has that time in one of them; of two editors at once, one gets it.
    """
    connection.execute(delete(bookings).where(bookings.c.story_id == story_id))
    try:
        # In one order for everybody, so that two who book at once wait for each other in one direction only.
        for channel in sorted(channels):
            connection.execute(insert(bookings).values(story_id=story_id, channel=channel, due_at=due_at))
    except IntegrityError as error:
        raise SlotTaken(field="due_at", at=due_at, title="") from error


def taken(connection: Connection, channels: Collection[str], but: int | None = None) -> dict[datetime, int]:
    """Times booked in any of these channels, with the story that has them."""
    query = select(bookings.c.due_at, bookings.c.story_id).where(
        bookings.c.channel.in_(channels), bookings.c.due_at.is_not(None)
    )
    return {row.due_at: row.story_id for row in connection.execute(query) if row.story_id != but}


def find(connection: Connection, story_id: int) -> Story | None:
    """The story with this id."""
    return next(iter(_load(connection, select(stories).where(stories.c.id == story_id))), None)


def find_slug(connection: Connection, slug: str) -> Story | None:
    """The story that came from this file."""
    return next(iter(_load(connection, select(stories).where(stories.c.slug == slug))), None)


def find_link(connection: Connection, link: str) -> Story | None:
    """The latest story with this link that is queued or was posted, whatever marks the link carries."""
    known = and_(stories.c.link_key == link_key(link), stories.c.state.in_([StoryState.QUEUED, StoryState.POSTED]))
    query = select(stories).where(known).order_by(stories.c.created_at.desc()).limit(1)
    return next(iter(_load(connection, query)), None)


def find_many(connection: Connection, ids: Collection[int]) -> dict[int, Story]:
    """These stories, by id."""
    return {story.id: story for story in _load(connection, select(stories).where(stories.c.id.in_(ids)))}


def lock_queue(connection: Connection) -> None:
    """Hold the queue still until the end of the transaction: two people who move stories at once take turns."""
    query = select(stories.c.id).where(stories.c.state == StoryState.QUEUED).order_by(stories.c.id)
    connection.execute(query.with_for_update()).all()


def queued(connection: Connection) -> list[Story]:
    """The queue, next first."""
    query = select(stories).where(stories.c.state == StoryState.QUEUED)
    return _load(connection, query.order_by(stories.c.due_at, stories.c.id))


def coming(connection: Connection) -> list[Story]:
    """What goes out next, of the queue: what is on hold does not, nor anything while there is a crisis."""
    if crises.stops_promotion(connection):
        return []
    return [story for story in queued(connection) if story.held_by is None]


def due(connection: Connection, now: datetime) -> list[Story]:
    """Queued stories whose time has come, and that are not on hold."""
    query = select(stories).where(_WAITS, stories.c.due_at <= now)
    return _load(connection, query.order_by(stories.c.due_at, stories.c.id))


def next_due(connection: Connection) -> datetime | None:
    """When the next story goes out."""
    return connection.execute(select(func.min(stories.c.due_at)).where(_WAITS)).scalar()


def posted(connection: Connection, most: int, since: datetime | None = None) -> list[Story]:
    """Stories that went out, newest first."""
    query = select(stories).where(stories.c.state == StoryState.POSTED)
    if since is not None:
        query = query.where(stories.c.posted_at >= since)
    return _load(connection, query.order_by(stories.c.posted_at.desc(), stories.c.id.desc()).limit(most))


def topics_since(connection: Connection, moment: datetime) -> list[str]:
    """Every topic of every story that went out since this moment, as often as it was one."""
    query = select(stories.c.topics).where(stories.c.state == StoryState.POSTED, stories.c.posted_at >= moment)
    return [topic for topics in connection.execute(query.order_by(stories.c.id)).scalars() for topic in topics]


def expired(connection: Connection, most: int) -> list[Story]:
    """Stories that did not go out (their best-before came first, or no channel took them), the last one first."""
    query = select(stories).where(stories.c.state == StoryState.EXPIRED)
    last = func.coalesce(stories.c.best_before, stories.c.created_at)
    return _load(connection, query.order_by(last.desc(), stories.c.id.desc()).limit(most))


def open_to_share(connection: Connection, now: datetime, most: int) -> list[Story]:
    """Posted and not past their best-before, newest first."""
    fresh = or_(stories.c.best_before.is_(None), stories.c.best_before > now)
    query = select(stories).where(stories.c.state == StoryState.POSTED, fresh)
    return _load(connection, query.order_by(stories.c.posted_at.desc(), stories.c.id.desc()).limit(most))


def forget_editors_before(connection: Connection, moment: datetime) -> None:
    """Who queued the stories that went out, or were cancelled, and are older than this."""
    old = and_(stories.c.created_at < moment, stories.c.state != StoryState.QUEUED, stories.c.queued_by.is_not(None))
    connection.execute(update(stories).where(old).values(queued_by=None))


def without_look(connection: Connection, most: int, but: Collection[int] = ()) -> list[Story]:
    """Stories with personal links, of whose page nobody knows whether networks can make a card of it.

    `but`: ids of those that are left alone for now.
    """
    linked = exists().where(links.c.story_id == stories.c.id)
    query = select(stories).where(stories.c.has_card.is_(None), linked, stories.c.id.not_in(list(but)))
    return _load(connection, query.order_by(stories.c.id).limit(most))


def note_card(connection: Connection, story: Story, has_card: bool) -> None:
    """What the page of a story was like, unless the story changed meanwhile."""
    same = and_(stories.c.id == story.id, stories.c.version == story.version)
    connection.execute(update(stories).where(same).values(has_card=has_card))


def hold(connection: Connection, story_id: int) -> Story | None:
    """The story with this id, that nobody else changes until we are done."""
    return next(iter(_load(connection, select(stories).where(stories.c.id == story_id).with_for_update())), None)


def say_outcome(connection: Connection, story_id: int, outcome: str, window: str) -> None:
    """What came of its dilemma. The one who holds it says that nothing was said before."""
    values = {"outcome": outcome, "outcome_in": window, "version": stories.c.version + 1}
    connection.execute(update(stories).where(stories.c.id == story_id).values(**values))


def outcome_window(connection: Connection, story_id: int) -> str | None:
    """The window that its outcome was said in."""
    return connection.execute(select(stories.c.outcome_in).where(stories.c.id == story_id)).scalar()


def with_dilemma(connection: Connection, answered: Collection[int]) -> list[Story]:
    """Those that ask colleagues something, of which nobody said what came of it; of these whatever they ask."""
    asks = and_(stories.c.dilemma != "", stories.c.state == StoryState.POSTED)
    waits = and_(stories.c.outcome.is_(None), or_(asks, stories.c.id.in_(answered)))
    return _load(connection, select(stories).where(waits).order_by(stories.c.posted_at, stories.c.id))


def live_of(
    connection: Connection, topics: Collection[str] | None, now: datetime, since: datetime | None = None
) -> list[Story]:
    """Those that can be shared now, of any of these topics (None: of all)."""
    fresh = or_(stories.c.best_before.is_(None), stories.c.best_before > now)
    query = select(stories).where(stories.c.state == StoryState.POSTED, fresh)
    if since is not None:
        query = query.where(stories.c.posted_at >= since)
    found = _load(connection, query.order_by(stories.c.id))
    return found if topics is None else [story for story in found if not set(topics).isdisjoint(story.topics)]


def under_way(connection: Connection) -> list[int]:
    """Those that left the queue, and have not arrived in every channel."""
    is_open = deliveries.c.state.in_([DeliveryState.WAITING, DeliveryState.CLAIMED])
    query = select(deliveries.c.story_id).where(deliveries.c.kind == "story", is_open).distinct()
    return list(connection.execute(query).scalars())


def hold_back(connection: Connection, ids: Collection[int], crisis_id: int) -> None:
    """They are on hold because of this crisis; those that are on hold already stay as they are."""
    mine = and_(stories.c.id.in_(list(ids)), stories.c.held_by.is_(None))
    connection.execute(update(stories).where(mine).values(held_by=crisis_id, version=stories.c.version + 1))


def let_go(connection: Connection, story_id: int) -> bool:
    """It is on hold no more. False when it was not."""
    mine = and_(stories.c.id == story_id, stories.c.held_by.is_not(None))
    done = connection.execute(update(stories).where(mine).values(held_by=None, version=stories.c.version + 1))
    return done.rowcount == 1


def held(connection: Connection) -> list[Story]:
    """Those on hold that wait for an editor: the queue first, then what stands in channels, newest first."""
    states = [StoryState.QUEUED, StoryState.POSTED]
    query = select(stories).where(stories.c.held_by.is_not(None), stories.c.state.in_(states))
    found = _load(connection, query.order_by(stories.c.due_at, stories.c.posted_at.desc(), stories.c.id))
    return sorted(found, key=lambda story: story.state is StoryState.POSTED)


def release_old(connection: Connection, crisis_id: int, before: datetime, since: datetime) -> list[Story]:
    """What went out before this is on hold no more. Answers those of which a message changed `since`: they are grey."""
    old = and_(stories.c.held_by == crisis_id, stories.c.state == StoryState.POSTED, stories.c.posted_at < before)
    ids = list(connection.execute(select(stories.c.id).where(old)).scalars())
    connection.execute(update(stories).where(old).values(held_by=None, version=stories.c.version + 1))
    changed = and_(deliveries.c.kind == "story_update", deliveries.c.made_at >= since, deliveries.c.story_id.in_(ids))
    grey = list(connection.execute(select(deliveries.c.story_id).where(changed).distinct()).scalars())
    return list(find_many(connection, grey).values())


def count_not_for_me(connection: Connection, story_id: int) -> None:
    """One more person said so; who it was is not kept."""
    more = update(stories).where(stories.c.id == story_id).values(not_for_me=stories.c.not_for_me + 1)
    connection.execute(more)


def deal_caption(connection: Connection, story_id: int, ready: Sequence[Caption]) -> Caption:
    """Deal the next of these stored captions of a story; whoever else opens it now waits for their turn."""
    more = update(stories).where(stories.c.id == story_id).values(caption_turn=stories.c.caption_turn + 1)
    turn: int = connection.execute(more.returning(stories.c.caption_turn)).scalar_one()
    of_story = select(captions.c.id, captions.c.last_turn).where(captions.c.story_id == story_id)
    dealt = deal(ready, {row.id: row.last_turn for row in connection.execute(of_story)})
    connection.execute(update(captions).where(captions.c.id == dealt.id).values(last_turn=turn))
    return dealt


def _columns(draft: StoryDraft) -> dict[str, Any]:
    return {
        "link": draft.link,
        "link_key": link_key(draft.link),
        "title": draft.title,
        "sentence": draft.sentence,
        "background": draft.background,
        "language": draft.language,
        "topics": list(draft.topics),
        "image": draft.image,
        "alt": draft.alt,
        "commercial": draft.commercial,
        "best_before": draft.best_before,
        "due_at": draft.due_at,
        "dilemma": draft.dilemma,
    }


def _write_captions(connection: Connection, story_id: int, wanted: Sequence[Caption]) -> None:
    """Captions whose text stays keep their id, so that what was counted and dealt stays right."""
    rows = connection.execute(select(captions).where(captions.c.story_id == story_id)).all()
    known = {(row.language, row.text): row.id for row in rows}
    connection.execute(update(captions).where(captions.c.story_id == story_id).values(is_dropped=True))
    for position, caption in enumerate(wanted):
        place = {"position": position, "is_dropped": False}
        found = known.get((caption.language, caption.text))
        if found is not None:
            connection.execute(update(captions).where(captions.c.id == found).values(**place))
        else:
            text = {"language": caption.language, "text": caption.text}
            connection.execute(insert(captions).values(story_id=story_id, **text, **place))


def _load(connection: Connection, query: Any) -> list[Story]:
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    texts = _captions_of(connection, ids)
    places = _channels_of(connection, ids)
    return [_story(row, tuple(texts.get(row.id, ())), tuple(places.get(row.id, ()))) for row in rows]


def _captions_of(connection: Connection, ids: Collection[int]) -> dict[int, list[Caption]]:
    found: dict[int, list[Caption]] = {}
    query = select(captions).where(captions.c.story_id.in_(ids), captions.c.is_dropped.is_(False))
    for row in connection.execute(query.order_by(captions.c.story_id, captions.c.position)):
        found.setdefault(row.story_id, []).append(Caption(row.id, row.language, row.text))
    return found


def _channels_of(connection: Connection, ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    query = select(bookings.c.story_id, bookings.c.channel).where(bookings.c.story_id.in_(ids))
    for row in connection.execute(query.order_by(bookings.c.channel)):
        found.setdefault(row.story_id, []).append(row.channel)
    return found


def _story(row: Row[Any], texts: tuple[Caption, ...], places: tuple[str, ...]) -> Story:
    return Story(
        id=row.id,
        link=row.link,
        title=row.title,
        sentence=row.sentence,
        language=row.language,
        captions=texts,
        background=row.background,
        topics=tuple(row.topics),
        image=row.image,
        alt=row.alt,
        commercial=row.commercial,
        best_before=row.best_before,
        channels=places,
        due_at=row.due_at,
        slug=row.slug,
        state=StoryState(row.state),
        version=row.version,
        queued_by=row.queued_by,
        posted_at=row.posted_at,
        not_for_me=row.not_for_me,
        dilemma=row.dilemma,
        outcome=row.outcome,
        held_by=row.held_by,
    )
