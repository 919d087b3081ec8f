"""Crises: what is said, to whom, and every step that was taken."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, literal, or_, select, update

from bot.domain.crisis import (
    Crisis,
    CrisisAnswer,
    CrisisAudience,
    CrisisPost,
    CrisisState,
    CrisisStep,
    CrisisText,
    CrisisUpdate,
    Did,
    Known,
)
from bot.domain.crisis_scenario import AudienceText, OutsideText, ScenarioText
from bot.domain.crisis_scenario import Step as ChecklistStep
from bot.store import take_turns
from bot.store.rows import insert_of, insert_or_ignore
from bot.store.tables import (
    Moment,
    crises,
    crisis_answers,
    crisis_audiences,
    crisis_posts,
    crisis_reads,
    crisis_steps,
    crisis_texts,
    crisis_updates,
    questions,
)

STARTING = 7_432_747
"""Any number will do, as long as nobody else locks it."""
CRISIS, REHEARSAL = "crisis", "rehearsal"
_ROW_ALONE = {"crisis_id", "position", "holds", "links"}
"""Columns that are of no use to anybody else."""


def hold_promotion(connection: Connection, *, alone: bool = False) -> bool:
    """Whether a crisis stops promotion now. Whoever promotes asks with others; who starts or ends one is `alone`."""
    take_turns.hold(connection, STARTING, alone=alone)
    return stops_promotion(connection)


def stops_promotion(connection: Connection) -> bool:
    """Whether there is a crisis that is no rehearsal."""
    return current_id(connection) is not None


def current_id(connection: Connection) -> int | None:
    """The crisis that is open now; a rehearsal is none."""
    is_open = (crises.c.holds == CRISIS, crises.c.state == CrisisState.OPEN)
    return connection.execute(select(crises.c.id).where(*is_open)).scalar()


def add(
    connection: Connection,
    crisis: Mapping[str, Any],
    texts: Sequence[CrisisText],
    audiences: Sequence[CrisisAudience],
    now: datetime,
) -> int | None:
    """A crisis, in the words of its columns. Answers its id; None while another one is there."""
    holds = REHEARSAL if crisis["is_rehearsal"] else CRISIS
    fixed = {"holds": holds, "is_published": False, "asked_at": now, "changed_at": now, "version": 1}
    adding = insert_of(connection.dialect.name)(crises).values(**fixed, **crisis).on_conflict_do_nothing()
    made = connection.execute(adding.returning(crises.c.id)).scalar()
    if made is None:
        return None
    crisis_id = int(made)
    for place, text in enumerate(texts):
        values = {"position": place, "language": text.language, **_text_values(text)}
        connection.execute(insert(crisis_texts).values(crisis_id=crisis_id, **values))
    for place, one in enumerate(audiences):
        connection.execute(insert(crisis_audiences).values(crisis_id=crisis_id, **_audience_values(one, place)))
    return crisis_id


def held_by(connection: Connection, *, is_rehearsal: bool) -> Crisis | None:
    """The crisis, or the rehearsal, that is asked for or open now."""
    holds = REHEARSAL if is_rehearsal else CRISIS
    row = connection.execute(select(crises).where(crises.c.holds == holds)).first()
    return None if row is None else _crisis(row)


def find(connection: Connection, crisis_id: int, *, hold: bool = False) -> Crisis | None:
    """One of them; `hold`: that nobody else changes until we are done."""
    query = select(crises).where(crises.c.id == crisis_id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    return None if row is None else _crisis(row)


def latest(connection: Connection) -> Crisis | None:
    """The one that was started last, a rehearsal too, whatever became of it."""
    row = connection.execute(select(crises).order_by(crises.c.id.desc()).limit(1)).first()
    return None if row is None else _crisis(row)


def published(connection: Connection) -> list[Crisis]:
    """Those whose page is out, the latest first."""
    query = select(crises).where(crises.c.is_published).order_by(crises.c.id.desc())
    return [_crisis(row) for row in connection.execute(query)]


def has_page(connection: Connection, page: str) -> bool:
    """Whether an earlier one came out on this page."""
    was_out = (crises.c.page == page, crises.c.published_at.is_not(None))
    return connection.execute(select(crises.c.id).where(*was_out).limit(1)).first() is not None


def change(connection: Connection, crisis_id: int, **values: Any) -> None:
    """Change what the caller holds; its card is to show it."""
    connection.execute(update(crises).where(crises.c.id == crisis_id).values(version=crises.c.version + 1, **values))


def touch(connection: Connection, crisis_id: int) -> None:
    """Something that its card shows changed elsewhere."""
    change(connection, crisis_id)


def know(connection: Connection, crisis_id: int) -> Known | None:
    """All that is known of one."""
    row = connection.execute(select(crises).where(crises.c.id == crisis_id)).first()
    if row is None:
        return None
    taken = steps(connection, crisis_id)
    return Known(
        crisis=_crisis(row),
        texts=texts(connection, crisis_id),
        audiences=audiences(connection, crisis_id),
        updates=_updates(connection, crisis_id),
        answers=_answers(connection, crisis_id),
        posts=posts(connection, crisis_id),
        ticked=frozenset(_done(taken, Did.TICKED, Did.UNTICKED, "step")),
        outside=frozenset(_done(taken, Did.POSTED_OUTSIDE, Did.UNTICKED, "outside")),
        links=row.links,
    )


def texts(connection: Connection, crisis_id: int) -> tuple[CrisisText, ...]:
    """What is said, in the order of the scenario."""
    query = select(crisis_texts).where(crisis_texts.c.crisis_id == crisis_id).order_by(crisis_texts.c.position)
    return tuple(CrisisText(text_from(row.text), tuple(row.contact)) for row in connection.execute(query))


def put_text(connection: Connection, crisis_id: int, text: CrisisText) -> None:
    """What is said from now on in its language."""
    mine = (crisis_texts.c.crisis_id == crisis_id, crisis_texts.c.language == text.language)
    connection.execute(update(crisis_texts).where(*mine).values(**_text_values(text)))


def audiences(connection: Connection, crisis_id: int) -> tuple[CrisisAudience, ...]:
    """Whom it is told, most affected first."""
    query = select(crisis_audiences).where(crisis_audiences.c.crisis_id == crisis_id)
    return tuple(_audience(row) for row in connection.execute(query.order_by(crisis_audiences.c.position)))


def change_audience(connection: Connection, crisis_id: int, key: str, **values: Any) -> None:
    """Change these columns of an audience."""
    mine = (crisis_audiences.c.crisis_id == crisis_id, crisis_audiences.c.key == key)
    connection.execute(update(crisis_audiences).where(*mine).values(**values))


def count_told(connection: Connection, crisis_id: int, key: str, now: datetime) -> None:
    """One more person was told."""
    first = func.coalesce(crisis_audiences.c.first_at, literal(now, Moment))
    change_audience(connection, crisis_id, key, told=crisis_audiences.c.told + 1, first_at=first, last_at=now)


def count_unreachable(connection: Connection, crisis_id: int, key: str) -> None:
    """One person cannot be told by Slack."""
    change_audience(connection, crisis_id, key, unreachable=crisis_audiences.c.unreachable + 1)


def add_update(connection: Connection, crisis_id: int, said: CrisisUpdate, window: str) -> bool:
    """Something new. False when this window brought it before."""
    values = {"at": said.at, "texts": dict(said.texts), "who": said.by, "window": window}
    return insert_or_ignore(connection, crisis_updates, crisis_id=crisis_id, **values)


def add_answer(connection: Connection, crisis_id: int, question_id: int, answer: CrisisAnswer) -> bool:
    """A question that was answered for everyone. False when it stands there."""
    values = {"at": answer.at, "language": answer.language, "question": answer.question, "answer": answer.answer}
    return insert_or_ignore(connection, crisis_answers, crisis_id=crisis_id, question_id=question_id, **values)


def is_listed(connection: Connection, question_id: int) -> bool:
    """Whether this question stands in the list that everybody reads."""
    mine = crisis_answers.c.question_id == question_id
    return connection.execute(select(crisis_answers.c.id).where(mine)).first() is not None


def forget_answers(connection: Connection) -> list[int]:
    """Of questions of which nothing is kept any more, nothing stays here either. Answers the crises they were in."""
    of_nothing = select(questions.c.id).where(questions.c.text.is_(None))
    gone = delete(crisis_answers).where(crisis_answers.c.question_id.in_(of_nothing))
    return sorted(set(connection.execute(gone.returning(crisis_answers.c.crisis_id)).scalars()))


def forget_answer(connection: Connection, question_id: int, now: datetime) -> int | None:
    """What came of this question stands in no list any more. Answers in which crisis it did."""
    gone = delete(crisis_answers).where(crisis_answers.c.question_id == question_id)
    crisis_id = connection.execute(gone.returning(crisis_answers.c.crisis_id)).scalar()
    if crisis_id is not None:
        change(connection, crisis_id, changed_at=now)
    return crisis_id


def posts(connection: Connection, crisis_id: int) -> tuple[CrisisPost, ...]:
    """Where it stands in channels."""
    query = select(crisis_posts).where(crisis_posts.c.crisis_id == crisis_id).order_by(crisis_posts.c.channel)
    rows = connection.execute(query)
    return tuple(CrisisPost(row.channel, row.ts, row.audience, row.language, row.is_pinned) for row in rows)


def add_post(connection: Connection, crisis_id: int, post: CrisisPost) -> bool:
    """It stands in a channel. False when it did."""
    values = {"audience": post.audience, "language": post.language, "is_pinned": post.is_pinned}
    return insert_or_ignore(connection, crisis_posts, crisis_id=crisis_id, channel=post.channel, ts=post.ts, **values)


def note_pinned(connection: Connection, crisis_id: int, channel: str) -> None:
    """It is pinned there."""
    mine = (crisis_posts.c.crisis_id == crisis_id, crisis_posts.c.channel == channel)
    connection.execute(update(crisis_posts).where(*mine).values(is_pinned=True))


def add_read(connection: Connection, crisis_id: int, mark: str, audience: str, now: datetime) -> bool:
    """Somebody says that they read it. False when they said so before."""
    return insert_or_ignore(connection, crisis_reads, crisis_id=crisis_id, mark=mark, audience=audience, at=now)


def read_times(connection: Connection, crisis_id: int) -> dict[str, list[datetime]]:
    """When it was read, by audience."""
    query = select(crisis_reads.c.audience, crisis_reads.c.at).where(crisis_reads.c.crisis_id == crisis_id)
    found: dict[str, list[datetime]] = {}
    for row in connection.execute(query.order_by(crisis_reads.c.at)):
        found.setdefault(row.audience, []).append(row.at)
    return found


def has_read(connection: Connection, crisis_id: int) -> set[str]:
    """The marks of those who said so."""
    return set(connection.execute(select(crisis_reads.c.mark).where(crisis_reads.c.crisis_id == crisis_id)).scalars())


def forget_reader(connection: Connection, marks: Mapping[int, str]) -> None:
    """That somebody read it, by crisis."""
    for crisis_id, mark in marks.items():
        mine = (crisis_reads.c.crisis_id == crisis_id, crisis_reads.c.mark == mark)
        connection.execute(delete(crisis_reads).where(*mine))


def with_reads(connection: Connection) -> list[int]:
    """Crises of which it is still kept who read them, as marks."""
    return list(connection.execute(select(crisis_reads.c.crisis_id).distinct()).scalars())


def forget_reads_before(connection: Connection, moment: datetime) -> None:
    """Marks of what ended before this go."""
    over = select(crises.c.id).where(crises.c.ended_at < moment)
    connection.execute(delete(crisis_reads).where(crisis_reads.c.crisis_id.in_(over)))


def forget_before(connection: Connection, moment: datetime) -> None:
    """All of what was over before this goes."""
    over = or_(crises.c.ended_at < moment, (crises.c.holds.is_(None)) & (crises.c.asked_at < moment))
    connection.execute(delete(crises).where(over))


def note(connection: Connection, crisis_id: int, step: CrisisStep) -> None:
    """A line of the log."""
    values = {"at": step.at, "did": step.did, "who": step.by, "detail": dict(step.detail)}
    connection.execute(insert(crisis_steps).values(crisis_id=crisis_id, **values))


def steps(connection: Connection, crisis_id: int) -> list[CrisisStep]:
    """The log, oldest first."""
    query = select(crisis_steps).where(crisis_steps.c.crisis_id == crisis_id).order_by(crisis_steps.c.id)
    return [CrisisStep(row.at, Did(row.did), row.who, row.detail) for row in connection.execute(query)]


def text_from(values: Mapping[str, Any]) -> ScenarioText:
    """Back from what `asdict` made of it."""
    plain: dict[str, Any] = {name: values[name] for name in ("language", "title", "when", "statement", "page_title")}
    lists = {name: tuple(values[name]) for name in ("known", "unknown", "doing", "say", "dont_say", "send_to")}
    return ScenarioText(
        **plain | lists,
        steps=tuple(ChecklistStep(**step) for step in values["steps"]),
        audiences=tuple(AudienceText(**one) for one in values["audiences"]),
        outside=tuple(OutsideText(**one) for one in values["outside"]),
    )


def _done(taken: Sequence[CrisisStep], did: Did, undone: Did, name: str) -> set[Any]:
    done: set[Any] = set()
    for step in taken:
        if name not in step.detail:
            continue
        if step.did is did:
            done.add(step.detail[name])
        elif step.did is undone:
            done.discard(step.detail[name])
    return done


def _updates(connection: Connection, crisis_id: int) -> tuple[CrisisUpdate, ...]:
    query = select(crisis_updates).where(crisis_updates.c.crisis_id == crisis_id).order_by(crisis_updates.c.id)
    return tuple(CrisisUpdate(row.at, row.texts, row.who) for row in connection.execute(query))


def _answers(connection: Connection, crisis_id: int) -> tuple[CrisisAnswer, ...]:
    query = select(crisis_answers).where(crisis_answers.c.crisis_id == crisis_id).order_by(crisis_answers.c.id)
    return tuple(CrisisAnswer(row.at, row.language, row.question, row.answer) for row in connection.execute(query))


def _text_values(text: CrisisText) -> dict[str, Any]:
    return {"text": asdict(text.text), "contact": list(text.contact)}


def _audience_values(one: CrisisAudience, place: int) -> dict[str, Any]:
    return {
        "position": place,
        "key": one.key,
        "names": dict(one.names),
        "leads": dict(one.leads),
        "groups": list(one.groups),
        "channels": list(one.channels),
        "is_direct": one.is_direct,
        "owed": 0,
        "told": 0,
        "unreachable": 0,
    }


def _audience(row: Row[Any]) -> CrisisAudience:
    values: dict[str, Any] = {name: value for name, value in row._mapping.items() if name not in _ROW_ALONE}
    return CrisisAudience(**values | {"groups": tuple(row.groups), "channels": tuple(row.channels)})


def _crisis(row: Row[Any]) -> Crisis:
    values = {name: value for name, value in row._mapping.items() if name not in _ROW_ALONE}
    topics = None if row.topics is None else tuple(row.topics)
    return Crisis(**{**values, "state": CrisisState(row.state), "topics": topics})
