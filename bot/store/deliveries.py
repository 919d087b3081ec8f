"""The outbox: every message owed to Slack. Claimed by conditional update with a lease, noted when it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Subquery,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from bot.domain.deliveries import (
    CLOCKS_AGREE,
    LAST_LANE,
    LEASE,
    SEALED,
    Delivery,
    DeliveryState,
    Owed,
    wait_after_mistake,
)
from bot.domain.fault_points import FaultPoint, reached
from bot.store.rows import insert_of, insert_or_ignore
from bot.store.tables import Moment, deliveries

_MOST = bindparam("most", type_=Integer)
_OPEN = or_(deliveries.c.state == DeliveryState.WAITING, deliveries.c.state == DeliveryState.CLAIMED)


@dataclass(frozen=True)
class Mistaken:
    """How often we failed over a delivery, and whether it may have arrived all the same."""

    times: int
    uncertain: bool


def owe(connection: Connection, owed: Owed, now: datetime) -> bool:
    """Make a delivery. Answers False when it was made before."""
    made = insert_or_ignore(connection, deliveries, **_row(owed, now))
    if made:
        reached(FaultPoint.DELIVERY_MADE, owed.kind)
    return made


def body_of(connection: Connection, key: str) -> Any:
    """What was owed under this key, as long as that is kept; None or empty when nothing was, or it is not."""
    return connection.execute(select(deliveries.c.body).where(deliveries.c.key == key)).scalar()


def owe_all(connection: Connection, many: Sequence[Owed], now: datetime) -> None:
    """The same for many at once; those that were made before stay as they are."""
    if many:
        adding = insert_of(connection.dialect.name)(deliveries).on_conflict_do_nothing()
        connection.execute(adding, [_row(owed, now) for owed in many])
        reached(FaultPoint.DELIVERY_MADE, many[0].kind)


def _row(owed: Owed, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4().hex,
        "key": owed.key,
        "kind": owed.kind,
        "target": owed.target,
        "body": dict(owed.body),
        "story_id": owed.story_id,
        "person_id": owed.person_id,
        "lane": owed.lane,
        "state": DeliveryState.WAITING,
        **_times(owed, now),
        "attempts": 0,
        "is_uncertain": False,
        "made_at": now,
    }


def _times(owed: Owed, now: datetime) -> dict[str, datetime]:
    at = owed.not_before or now
    return {"due_at": at, "not_before": at}


def release(connection: Connection, story_id: int, kind: str, now: datetime) -> None:
    """What waited for this story need not wait any longer."""
    mine = and_(deliveries.c.story_id == story_id, deliveries.c.kind == kind, deliveries.c.not_before > now)
    waiting = deliveries.c.state == DeliveryState.WAITING
    connection.execute(update(deliveries).where(mine, waiting).values(not_before=now, due_at=now))


def want_again(connection: Connection, owed: Owed, now: datetime) -> None:
    """What was called off, and is asked for once more; what was sent is not sent again."""
    again = {"state": DeliveryState.WAITING, "done_at": None, **_times(owed, now)}
    called_off = and_(deliveries.c.key == owed.key, deliveries.c.state == DeliveryState.UNWANTED)
    connection.execute(update(deliveries).where(called_off).values(again))


def waiting_stories(connection: Connection, person_id: int, kind: str) -> set[int]:
    """The stories of which this person is owed a message of this kind."""
    mine = and_(deliveries.c.person_id == person_id, deliveries.c.kind == kind, _OPEN)
    return set(connection.execute(select(deliveries.c.story_id).where(mine)).scalars())


def due_again(connection: Connection, reason: str, now: datetime) -> None:
    """What was held back for this reason is looked at again now."""
    held = and_(deliveries.c.state == DeliveryState.WAITING, deliveries.c.error == reason)
    connection.execute(update(deliveries).where(held, deliveries.c.not_before > now).values(not_before=now))


def are_open(connection: Connection, kind: str, beginning: str) -> bool:
    """Whether anything of this kind, under a key that begins like this, has not arrived yet."""
    mine = and_(deliveries.c.kind == kind, deliveries.c.key.startswith(beginning, autoescape=True))
    return connection.execute(select(deliveries.c.id).where(_OPEN, mine).limit(1)).first() is not None


def count_owed(connection: Connection, kind: str, beginning: str) -> int:
    """How many of this kind were made under keys that begin like this, whatever became of them."""
    mine = and_(deliveries.c.kind == kind, deliveries.c.key.startswith(beginning, autoescape=True))
    return connection.execute(select(func.count()).where(mine)).scalar_one()


def claim(
    connection: Connection, worker: str, now: datetime, most: int = 20, *, but_paced: bool = False
) -> list[Delivery]:
    """Take those that are due, or whose holder let the lease run out; nobody else gets them meanwhile.

    The lowest lane first, and in it the oldest. `but_paced`: not those in the lanes that have a pace.
    """
    given = {"worker": worker, "now": now, "lease": now + LEASE, "most": most}
    rows = connection.execute(_claiming(but_paced), given).all()
    return [_delivery(row) for row in sorted(rows, key=lambda row: (row.lane, row.not_before, row.made_at, row.key))]


@cache
def _claiming(but_paced: bool) -> ReturningUpdate[Any]:
    """Put together once: that takes longer than the database needs for it, and it is asked for with each message."""
    row, now = deliveries.c, bindparam("now", type_=Moment)
    waiting = and_(row.state == DeliveryState.WAITING, row.not_before <= now)
    let_go = and_(row.state == DeliveryState.CLAIMED, row.lease_until < now)
    free = ((0, 0), (LAST_LANE, None)) if but_paced else ((0, None),)
    firsts = [_first(due, lanes) for due in (waiting, let_go) for lanes in free]
    found = union_all(*(select(first) for first in firsts)).subquery()
    chosen = select(found.c.id).order_by(found.c.lane, found.c.not_before).limit(_MOST).scalar_subquery()
    claimed = (
        update(deliveries)
        .where(row.id.in_(chosen))
        .values(
            state=DeliveryState.CLAIMED,
            claimed_by=bindparam("worker"),
            lease_until=bindparam("lease", type_=Moment),
            attempts=row.attempts + 1,
        )
    )
    return claimed.returning(*deliveries.c)


def _first(due: ColumnElement[bool], lanes: tuple[int, int | None]) -> Subquery:
    """Those that go first, of the lanes from here to there.

    With both states in one question all that wait would be sorted each time, and in a crisis ten thousand do. The
    lanes have a lower end, or SQLite would not see that their index has them in order.
    """
    row, (lowest, highest) = deliveries.c, lanes
    among = [due, row.lane >= lowest, *([row.lane <= highest] if highest is not None else [])]
    first = select(row.id, row.lane, row.not_before).where(*among).order_by(row.lane, row.not_before).limit(_MOST)
    return first.with_for_update(skip_locked=True).subquery()


def begin(connection: Connection, delivery: Delivery, now: datetime) -> bool:
    """It goes to Slack now: whoever takes it up after us looks first. False when another has it already.

    `now` is when it was claimed; the lease is twice as long from here on, so that it does not end while Slack answers.
    """
    values = {"is_uncertain": True, "begun_at": now, "lease_until": now + 2 * LEASE}
    return connection.execute(update(deliveries).where(_held(delivery)).values(**values)).rowcount == 1


def sent(connection: Connection, delivery_id: str, channel: str | None, ts: str | None, now: datetime) -> None:
    """It stands in Slack."""
    _end(connection, delivery_id, DeliveryState.SENT, now, channel=channel, ts=ts, error=None)


def failed(connection: Connection, delivery: Delivery, reason: str, now: datetime) -> None:
    """Slack said no for good: to this try; an earlier one of which nothing was heard may stand there all the same."""
    error = reason[:200]
    _end(connection, delivery.id, DeliveryState.FAILED, now, error=error, is_uncertain=delivery.uncertain)


def unwanted(connection: Connection, delivery_id: str, now: datetime) -> None:
    """What it was for is over."""
    _end(connection, delivery_id, DeliveryState.UNWANTED, now)


def put_back(connection: Connection, delivery: Delivery, not_before: datetime, reason: str, *, uncertain: bool) -> None:
    """Not now: it waits until then. `uncertain`: this try may have arrived. Nothing is done when another has it."""
    values: dict[str, Any] = {"state": DeliveryState.WAITING, "not_before": not_before, "error": reason[:200]}
    # What was certain before this try, and came to nothing in it, is so again.
    values["is_uncertain"] = uncertain or delivery.uncertain
    connection.execute(update(deliveries).where(_held(delivery)).values(**values))


def mistaken(connection: Connection, delivery: Delivery, now: datetime, reason: str) -> Mistaken | None:
    """We failed over it: it waits, longer each time. None when it is done, or another has it.

    Whether this try arrived is as `begin` left it.
    """
    counted = func.coalesce(deliveries.c.mistakes, 0) + 1
    values = {"state": DeliveryState.WAITING, "error": reason[:200], "mistakes": counted}
    mine = update(deliveries).where(_held(delivery)).values(**values)
    row = connection.execute(mine.returning(deliveries.c.mistakes, deliveries.c.is_uncertain)).first()
    if row is None:
        return None
    waits = update(deliveries).where(deliveries.c.id == delivery.id)
    connection.execute(waits.values(not_before=now + wait_after_mistake(row.mistakes)))
    return Mistaken(row.mistakes, row.is_uncertain)


def hold(connection: Connection, delivery: Delivery, until: datetime, reason: str | None) -> None:
    """It is not wanted before then, so it is not late either. Nothing is done when another has it."""
    held = {
        "state": DeliveryState.WAITING,
        "not_before": until,
        "due_at": until,
        "error": null() if reason is None else reason,
    }
    connection.execute(update(deliveries).where(_held(delivery)).values(is_uncertain=delivery.uncertain, **held))


def try_once_more(connection: Connection, story_id: int, channel: str, now: datetime) -> None:
    """If Slack refused this story in this channel, it waits again, as it was."""
    mine = and_(deliveries.c.story_id == story_id, deliveries.c.kind == "story", deliveries.c.target == channel)
    refused = deliveries.c.state == DeliveryState.FAILED
    connection.execute(update(deliveries).where(mine, refused).values(**_again(now)))


def try_key_once_more(connection: Connection, key: str, now: datetime) -> None:
    """What Slack refused under this key waits again, as it was."""
    refused = and_(deliveries.c.key == key, deliveries.c.state == DeliveryState.FAILED)
    connection.execute(update(deliveries).where(refused).values(**_again(now)))


def _again(now: datetime) -> dict[str, Any]:
    times = {"not_before": now, "due_at": now, "done_at": None}
    return {"state": DeliveryState.WAITING, "attempts": 0, "mistakes": 0, "error": None, **times}


def doubt_before(connection: Connection, moment: datetime) -> None:
    """What was due before this may have arrived without our knowing, so it is looked for first."""
    due, at_latest = and_(_OPEN, deliveries.c.not_before <= moment), deliveries.c.not_before
    values = {"is_uncertain": True, "begun_at": func.coalesce(deliveries.c.begun_at, at_latest)}
    connection.execute(update(deliveries).where(due).values(**values))


def hurry(connection: Connection, reason: str, now: datetime) -> None:
    """What was put off for a reason that begins like this need not wait any longer."""
    put_off = and_(deliveries.c.state == DeliveryState.WAITING, deliveries.c.error.startswith(reason, autoescape=True))
    connection.execute(update(deliveries).where(put_off, deliveries.c.not_before > now).values(not_before=now))


def refused_channels(connection: Connection, story_id: int) -> tuple[str, ...]:
    """The channels that a story was to go to and could not."""
    failed = and_(deliveries.c.kind == "story", deliveries.c.state == DeliveryState.FAILED)
    query = select(deliveries.c.target).where(deliveries.c.story_id == story_id, failed)
    return tuple(connection.execute(query.order_by(deliveries.c.target)).scalars())


def may_stand(connection: Connection, story_id: int) -> bool:
    """Whether a message of this story stands somewhere, may stand somewhere, or is still to come."""
    mine = and_(deliveries.c.story_id == story_id, deliveries.c.kind == "story")
    come = or_(_OPEN, deliveries.c.state == DeliveryState.SENT, deliveries.c.is_uncertain)
    return connection.execute(select(deliveries.c.id).where(mine, come).limit(1)).first() is not None


def call_off_key(connection: Connection, beginning: str, now: datetime) -> None:
    """What waits under a key that begins like this is not wanted any more."""
    waiting = and_(deliveries.c.state == DeliveryState.WAITING, deliveries.c.key.startswith(beginning, autoescape=True))
    connection.execute(update(deliveries).where(waiting).values(state=DeliveryState.UNWANTED, done_at=now))


def call_off(connection: Connection, *, story_id: int, kinds: Sequence[str], now: datetime) -> None:
    """What still waits for this story is not wanted any more; what may have arrived is still looked for."""
    connection.execute(
        update(deliveries)
        .where(
            deliveries.c.story_id == story_id,
            deliveries.c.kind.in_(kinds),
            deliveries.c.state == DeliveryState.WAITING,
            deliveries.c.is_uncertain.is_(False),
        )
        .values(state=DeliveryState.UNWANTED, done_at=now)
    )


def call_off_person(connection: Connection, person_id: int, now: datetime) -> None:
    """This person wants nothing from us any more."""
    connection.execute(
        update(deliveries)
        .where(deliveries.c.person_id == person_id, deliveries.c.state == DeliveryState.WAITING)
        .values(state=DeliveryState.UNWANTED, done_at=now)
    )


def stuck_channels(connection: Connection, before: datetime) -> frozenset[str]:
    """Channels to which a story due before this moment is still on its way: Slack does not take it."""
    query = select(deliveries.c.target).where(_OPEN, deliveries.c.kind == "story", deliveries.c.due_at < before)
    return frozenset(connection.execute(query).scalars())


def is_ahead(connection: Connection, now: datetime) -> bool:
    """Whether anything waits by a clock that was ahead of `now`."""
    query = select(deliveries.c.id).where(or_(_held_ahead(now), _waits_ahead(now)))
    return connection.execute(query.limit(1)).first() is not None


def bring_back(connection: Connection, now: datetime) -> None:
    """What waits by a clock that was ahead is due now. What is held is held as if it had been taken just now."""
    connection.execute(update(deliveries).where(_held_ahead(now)).values(lease_until=now + 2 * LEASE))
    columns = (deliveries.c.due_at, deliveries.c.made_at)
    earlier = {column.name: case((column > now, literal(now, Moment)), else_=column) for column in columns}
    connection.execute(update(deliveries).where(_waits_ahead(now)).values(not_before=now, lease_until=None, **earlier))


def next_due(connection: Connection) -> datetime | None:
    """When the next delivery may be taken: its time, or the end of the lease it is held under."""
    waiting = select(func.min(deliveries.c.not_before)).where(deliveries.c.state == DeliveryState.WAITING)
    leased = select(func.min(deliveries.c.lease_until)).where(deliveries.c.state == DeliveryState.CLAIMED)
    found = [connection.execute(query).scalar() for query in (waiting, leased)]
    return min((at for at in found if at is not None), default=None)


def strip_texts(connection: Connection, before: datetime) -> None:
    """Texts of what was done before this go; that it was done stays, so that nothing goes out twice."""
    done = and_(~_OPEN, deliveries.c.done_at < before, deliveries.c.body.is_not(null()))
    connection.execute(update(deliveries).where(done).values(body=null()))


def forget_before(connection: Connection, moment: datetime) -> None:
    """That something was sent to one person before this goes too; what a channel was sent stays with its story."""
    one_person = or_(deliveries.c.person_id.is_not(None), deliveries.c.target.startswith("U"))
    one_person = or_(one_person, deliveries.c.target.startswith("W"))
    connection.execute(delete(deliveries).where(~_OPEN, deliveries.c.done_at < moment, one_person))


def forget_sealed(connection: Connection, key: str) -> None:
    """What is sealed under this key goes, and is not sent any more."""
    connection.execute(delete(deliveries).where(deliveries.c.key == key, deliveries.c.target == SEALED))


def sealed(connection: Connection, kind: str) -> list[tuple[str, Any]]:
    """Those of this kind whose target is sealed: their keys and bodies."""
    query = select(deliveries.c.key, deliveries.c.body).where(deliveries.c.target == SEALED, deliveries.c.kind == kind)
    return [(row.key, row.body) for row in connection.execute(query)]


def forget_person(connection: Connection, person_id: int | None, user: str) -> None:
    """Everything owed or sent to this person goes. `person_id` None: nothing else is known of them."""
    theirs = deliveries.c.target == user
    if person_id is not None:
        theirs = or_(theirs, deliveries.c.person_id == person_id)
    connection.execute(delete(deliveries).where(theirs))


def _held_ahead(now: datetime) -> ColumnElement[bool]:
    """No lease is that long."""
    return and_(deliveries.c.state == DeliveryState.CLAIMED, deliveries.c.lease_until > now + 2 * LEASE + CLOCKS_AGREE)


def _waits_ahead(now: datetime) -> ColumnElement[bool]:
    """It was made or taken later than it is now, and does not wait for a time that somebody chose."""
    taken = deliveries.c.lease_until > now + 2 * LEASE + CLOCKS_AGREE
    later = or_(deliveries.c.made_at > now + CLOCKS_AGREE, taken)
    chosen = and_(deliveries.c.not_before == deliveries.c.due_at, deliveries.c.due_at > deliveries.c.made_at)
    return and_(deliveries.c.state == DeliveryState.WAITING, deliveries.c.not_before > now, later, ~chosen)


def _held(delivery: Delivery) -> ColumnElement[bool]:
    """It is in the hands of the one who claimed it then, and of nobody after them."""
    mine = (deliveries.c.id == delivery.id, deliveries.c.attempts == delivery.attempts)
    return and_(*mine, deliveries.c.state == DeliveryState.CLAIMED)


def _end(connection: Connection, delivery_id: str, state: DeliveryState, now: datetime, **values: Any) -> None:
    """Of what was sealed nothing stays: not where it went, nor when it came."""
    sealed = delete(deliveries).where(deliveries.c.id == delivery_id, deliveries.c.target == SEALED)
    if connection.execute(sealed).rowcount:
        return
    connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(state=state, done_at=now, lease_until=None, claimed_by=None, **values)
    )


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        kind=row.kind,
        key=row.key,
        target=row.target,
        body=row.body or {},
        story_id=row.story_id,
        person_id=row.person_id,
        attempts=row.attempts,
        uncertain=row.is_uncertain,
        due_at=row.due_at,
        begun_at=row.begun_at,
        made_at=row.made_at,
        lane=row.lane,
    )
