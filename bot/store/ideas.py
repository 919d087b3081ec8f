"""Ideas, and who suggested them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, insert, or_, select, update

from bot.domain.ideas import HOOK, Idea, IdeaState, MyIdea, Pressed, Sender, Suggestion, WhyAnswer, WhyNot, idea_key
from bot.domain.people import Standing
from bot.domain.stories import StoryState
from bot.store import stories as story_store
from bot.store.rows import insert_or_ignore
from bot.store.tables import idea_senders, ideas, people, stories

TURNS = 5
"""So often an open idea of a page is looked for, while others are answered at the same moment."""


def find(connection: Connection, idea_id: int) -> Idea | None:
    """The idea with this id."""
    return next(iter(_load(connection, ideas.c.id == idea_id)), None)


def of_press(connection: Connection, press: str) -> Pressed | None:
    """What was sent from this window."""
    query = select(ideas.c.link, idea_senders.c.why, idea_senders.c.is_credited, idea_senders.c.person_id)
    row = connection.execute(query.select_from(idea_senders.join(ideas)).where(idea_senders.c.press == press)).first()
    if row is None:
        return None
    return Pressed(Suggestion(row.link, row.why, row.is_credited), is_told=row.person_id is not None)


def of_sender(connection: Connection, sender: int) -> Idea | None:
    """The idea that somebody sent."""
    mine = select(idea_senders.c.idea_id).where(idea_senders.c.id == sender).scalar_subquery()
    return next(iter(_load(connection, ideas.c.id == mine)), None)


def of_story(connection: Connection, story_id: int) -> list[Idea]:
    """The ideas that became this story, the first one first."""
    return _load(connection, ideas.c.story_id == story_id)


def waiting(connection: Connection, most: int) -> list[Idea]:
    """Ideas that wait for an answer, the oldest first."""
    return _load(connection, ideas.c.state == IdeaState.OPEN, most)


def count_waiting(connection: Connection) -> int:
    """So many wait for an answer."""
    query = select(func.count()).select_from(ideas).where(ideas.c.state == IdeaState.OPEN)
    found: int = connection.execute(query).scalar_one()
    return found


def without_card(connection: Connection, most: int) -> list[int]:
    """Ideas that wait for an answer and have no card."""
    query = select(ideas.c.id).where(ideas.c.state == IdeaState.OPEN, ideas.c.ts.is_(None))
    return list(connection.execute(query.order_by(ideas.c.id).limit(most)).scalars())


def take_up(connection: Connection, link: str, since: datetime, now: datetime) -> Idea:
    """The open idea of this page, held; or one that was declined after `since`; or a new one, held.

    Without a link it is always a new one. Two people who suggest a page at once wait for each other.
    """
    if not link:
        return _made(connection, link, None, now)
    key = idea_key(link)
    for _ in range(TURNS):
        found = _held(connection, ideas.c.open_as == key) or _declined(connection, key, since)
        if found is not None:
            return found
        if insert_or_ignore(connection, ideas, **_new(link, key, now)):
            break
    held = _held(connection, ideas.c.open_as == key)
    return held if held is not None else _made(connection, link, None, now)


def add_sender(
    connection: Connection, idea: Idea, person_id: int | None, suggestion: Suggestion, press: str, now: datetime
) -> int:
    """Somebody suggests it; who did before says it anew, and what they say now holds. Answers which sender they are."""
    said = {"why": suggestion.why, "is_credited": suggestion.is_credited and person_id is not None}
    values = {"idea_id": idea.id, "person_id": person_id, "press": press, "at": now}
    insert_or_ignore(connection, idea_senders, **values, **said)
    mine = idea_senders.c.press == press
    if person_id is not None:
        mine = and_(idea_senders.c.idea_id == idea.id, idea_senders.c.person_id == person_id)
        kept = said if suggestion.why else {"is_credited": said["is_credited"]}
        connection.execute(update(idea_senders).where(mine).values(press=press, **kept))
    connection.execute(update(ideas).where(ideas.c.id == idea.id).values(version=ideas.c.version + 1))
    found: int = connection.execute(select(idea_senders.c.id).where(mine)).scalar_one()
    return found


def count_sent(connection: Connection, person_id: int, since: datetime) -> int:
    """How many ideas this person sent after `since`."""
    mine = and_(idea_senders.c.person_id == person_id, idea_senders.c.at > since)
    found: int = connection.execute(select(func.count()).select_from(idea_senders).where(mine)).scalar_one()
    return found


def accept(connection: Connection, idea_id: int, story_id: int, now: datetime) -> bool:
    """It becomes this story, also when it was declined before. False: it is another story's that still lives."""
    return _accept(connection, and_(ideas.c.id == idea_id, _MAY_BECOME), story_id, now) == [idea_id]


def accept_link(connection: Connection, link: str, story_id: int, now: datetime) -> list[int]:
    """Every idea of this page that became nothing yet becomes this story. Answers which."""
    return _accept(connection, and_(ideas.c.link_key == idea_key(link), _MAY_BECOME), story_id, now)


def decline(connection: Connection, idea_id: int, answer: WhyAnswer, now: datetime) -> bool:
    """Not now, because. False: it waits for no answer any more."""
    values = {
        "state": IdeaState.DECLINED,
        "ready": answer.ready,
        "words": answer.words or None,
        "written_by": answer.by if answer.words else None,
        "is_signed": answer.is_signed,
    }
    mine = and_(ideas.c.id == idea_id, ideas.c.state == IdeaState.OPEN)
    return bool(_change(connection, mine, now, **values))


def touch(connection: Connection, condition: ColumnElement[bool]) -> None:
    """What its card says is another."""
    connection.execute(update(ideas).where(condition).values(version=ideas.c.version + 1))


def note_card(connection: Connection, idea_id: int, channel: str, ts: str) -> None:
    """Where its card stands."""
    connection.execute(update(ideas).where(ideas.c.id == idea_id).values(channel=channel, ts=ts))


def uncredit(connection: Connection, sender: int, person_id: int) -> Idea | None:
    """Their name goes from this one. None: it is not theirs."""
    mine = and_(idea_senders.c.id == sender, idea_senders.c.person_id == person_id)
    if connection.execute(update(idea_senders).where(mine).values(is_credited=False)).rowcount != 1:
        return None
    touch(connection, ideas.c.id == select(idea_senders.c.idea_id).where(mine).scalar_subquery())
    return of_sender(connection, sender)


def of_person(connection: Connection, person_id: int, most: int) -> list[MyIdea]:
    """What this person suggested, newest first."""
    query = _MINE.where(idea_senders.c.person_id == person_id).order_by(idea_senders.c.id.desc()).limit(most)
    rows = connection.execute(query).all()
    known = story_store.find_many(connection, [row.story_id for row in rows if row.story_id])
    return [
        MyIdea(
            sender=row.id,
            link=row.link,
            why=row.why,
            state=IdeaState(row.state),
            is_credited=row.is_credited,
            story=known.get(row.story_id),
            answer=_answer(row),
        )
        for row in rows
    ]


def count_out(connection: Connection, person_id: int) -> int:
    """How many stories of theirs went out."""
    joined = idea_senders.join(ideas).join(stories)
    mine = and_(idea_senders.c.person_id == person_id, stories.c.state == StoryState.POSTED)
    query = select(func.count(ideas.c.story_id.distinct())).select_from(joined).where(mine)
    found: int = connection.execute(query).scalar_one()
    return found


def told_of(connection: Connection, idea_ids: Collection[int]) -> list[tuple[int, int, str]]:
    """Who is to hear what becomes of these, each once: sender, person and Slack id."""
    joined = idea_senders.join(people)
    wanted = and_(idea_senders.c.idea_id.in_(list(idea_ids)), people.c.standing != Standing.OUT)
    query = select(idea_senders.c.id, people.c.id, people.c.user).select_from(joined).where(wanted)
    first = {row[1]: (row[0], row[1], row[2]) for row in connection.execute(query.order_by(idea_senders.c.id.desc()))}
    return sorted(first.values())


def out_and_untold(connection: Connection, since: datetime) -> dict[int, datetime]:
    """Stories that went out after `since`, of whose readers somebody who suggested them was not told yet."""
    joined = idea_senders.join(ideas).join(stories)
    untold = and_(idea_senders.c.told_at.is_(None), idea_senders.c.person_id.is_not(None))
    fresh = and_(stories.c.state == StoryState.POSTED, stories.c.posted_at > since)
    query = select(stories.c.id, stories.c.posted_at).select_from(joined).where(untold, fresh).distinct()
    return {row.id: row.posted_at for row in connection.execute(query.order_by(stories.c.id))}


def note_told(connection: Connection, idea_ids: Collection[int], now: datetime) -> None:
    """They heard that it has readers."""
    theirs = and_(idea_senders.c.idea_id.in_(list(idea_ids)), idea_senders.c.told_at.is_(None))
    connection.execute(update(idea_senders).where(theirs).values(told_at=now))


def _load(connection: Connection, condition: ColumnElement[bool], most: int | None = None) -> list[Idea]:
    query = select(ideas).where(condition).order_by(ideas.c.id)
    rows = connection.execute(query if most is None else query.limit(most)).all()
    senders = _senders_of(connection, [row.id for row in rows])
    return [_idea(row, tuple(senders.get(row.id, ()))) for row in rows]


def _senders_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[Sender]]:
    shown = and_(idea_senders.c.is_credited, people.c.is_active, people.c.standing != Standing.OUT)
    query = select(
        idea_senders.c.id,
        idea_senders.c.idea_id,
        idea_senders.c.person_id,
        idea_senders.c.why,
        idea_senders.c.press,
        case((shown, people.c.name)).label("name"),
    )
    query = query.select_from(idea_senders.outerjoin(people)).where(idea_senders.c.idea_id.in_(ids))
    found: dict[int, list[Sender]] = {}
    for row in connection.execute(query.order_by(idea_senders.c.id)):
        is_hook = row.press.startswith(HOOK)
        found.setdefault(row.idea_id, []).append(Sender(row.id, row.person_id, row.name or None, row.why, is_hook))
    return found


def _held(connection: Connection, condition: ColumnElement[bool]) -> Idea | None:
    held = connection.execute(select(ideas.c.id).where(condition).with_for_update()).scalar()
    return None if held is None else find(connection, held)


def _declined(connection: Connection, key: str, since: datetime) -> Idea | None:
    lately = and_(ideas.c.state == IdeaState.DECLINED, ideas.c.answered_at > since)
    query = select(ideas.c.id).where(ideas.c.link_key == key, lately).order_by(ideas.c.id.desc()).limit(1)
    found = connection.execute(query).scalar()
    return None if found is None else find(connection, found)


def _made(connection: Connection, link: str, key: str | None, now: datetime) -> Idea:
    made = connection.execute(insert(ideas).values(**_new(link, key, now)).returning(ideas.c.id)).scalar_one()
    found = find(connection, made)
    assert found is not None
    return found


def _new(link: str, key: str | None, now: datetime) -> dict[str, Any]:
    known = {"link": link, "link_key": idea_key(link) if link else None, "open_as": key}
    return {**known, "state": IdeaState.OPEN, "version": 1, "is_signed": False, "made_at": now}


_LIVES = select(stories.c.id).where(
    stories.c.id == ideas.c.story_id, stories.c.state.not_in([StoryState.CANCELLED, StoryState.EXPIRED])
)
_MAY_BECOME = or_(ideas.c.story_id.is_(None), ~_LIVES.exists())
"""A story of it does not live."""


def _accept(connection: Connection, condition: ColumnElement[bool], story_id: int, now: datetime) -> list[int]:
    return _change(connection, condition, now, state=IdeaState.QUEUED, story_id=story_id)


def _change(connection: Connection, condition: ColumnElement[bool], now: datetime, **values: Any) -> list[int]:
    more = {"version": ideas.c.version + 1, "open_as": None, "answered_at": now}
    changing = update(ideas).where(condition).values(**values, **more).returning(ideas.c.id)
    return sorted(connection.execute(changing).scalars())


def _answer(row: Any) -> WhyAnswer:
    return WhyAnswer(WhyNot(row.ready) if row.ready else None, row.words or "", row.is_signed, row.written_by)


def _idea(row: Row[Any], senders: tuple[Sender, ...]) -> Idea:
    return Idea(
        id=row.id,
        link=row.link,
        state=IdeaState(row.state),
        version=row.version,
        senders=senders,
        made_at=row.made_at,
        answer=_answer(row),
        story_id=row.story_id,
        channel=row.channel,
        ts=row.ts,
    )


_MINE = select(
    idea_senders.c.id,
    idea_senders.c.why,
    idea_senders.c.is_credited,
    ideas.c.link,
    ideas.c.state,
    ideas.c.story_id,
    ideas.c.ready,
    ideas.c.words,
    ideas.c.is_signed,
    ideas.c.written_by,
).select_from(idea_senders.join(ideas))
