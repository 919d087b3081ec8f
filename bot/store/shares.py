"""Shares and the reactions that are one of their sources."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update

from bot.domain.happenings import Reacted
from bot.domain.shares import Share
from bot.store import scores
from bot.store.given import Given, as_rows, for_given, types_of
from bot.store.prepared import Prepared, Values, inserting
from bot.store.rows import upsert
from bot.store.tables import dealt, people, placements, reactions, shares

Shares = tuple[Share, ...]
Pair = tuple[int, int]
"""The ids of a story and of a person."""


def hold(connection: Connection, person_id: int) -> bool:
    """What this person does at the same moment waits until we are done. False: they were deleted just now.

    SQLite has one writer anyway.
    """
    return connection.dialect.name == "sqlite" or _HOLD.first(connection, {"person": person_id}) is not None


def to_change(connection: Connection, story_id: int, person_id: int) -> Shares:
    """The same as `of_person`, for whoever changes it: the person is held."""
    hold(connection, person_id)
    return of_person(connection, story_id, person_id)


def of_person(connection: Connection, story_id: int, person_id: int) -> Shares:
    """What is known of this person's shares of this story."""
    rows = _OF_PERSON.rows(connection, {"story_id": story_id, "person_id": person_id})
    return tuple(Share(*facts) for _, *facts in sorted(rows, key=itemgetter(0)))


def of_people(connection: Connection, pairs: Collection[Pair]) -> dict[Pair, Shares]:
    """The same for many, where there are any."""
    rows = as_rows({"story_id": story, "person_id": person} for story, person in pairs)
    found: dict[Pair, list[Share]] = {}
    for story, person, _, *facts in sorted(_OF_PEOPLE.rows(connection, rows), key=itemgetter(2)):
        found.setdefault((story, person), []).append(Share(*facts))
    return {pair: tuple(theirs) for pair, theirs in found.items()}


def replace(
    connection: Connection, story_id: int, person_id: int, wanted: Sequence[Share], known: Sequence[Share] | None = None
) -> None:
    """Make these this person's shares of this story; rows that stay keep their id. The person's scores follow.

    `known`: what `to_change` answered; looked up where it is not given.
    """
    known = of_person(connection, story_id, person_id) if known is None else known
    pair = (story_id, person_id)
    replace_all(connection, {pair: wanted}, {pair: known})


def replace_all(
    connection: Connection, wanted: Mapping[Pair, Sequence[Share]], known: Mapping[Pair, Sequence[Share]]
) -> None:
    """The same for many, each a story and a person, nobody twice; `known` has those of whom anything is known."""
    change = _Change()
    for (story, person), theirs in wanted.items():
        change.note({"story_id": story, "person_id": person}, known.get((story, person), ()), theirs)
    _DROP.run_each(connection, change.dropped)
    if change.added:
        _ADD.run(connection, as_rows(change.added))
    _CHANGE.run_each(connection, change.changed)
    said = [(pair[1], _said(known.get(pair, ())), _said(theirs)) for pair, theirs in wanted.items()]
    scores.change_scores(connection, said)


@dataclass
class _Change:
    """Rows to be dropped, added and changed, as values for the statements."""

    dropped: list[Values] = field(default_factory=list)
    added: list[Values] = field(default_factory=list)
    changed: list[Values] = field(default_factory=list)

    def note(self, key: Values, known: Sequence[Share], wanted: Sequence[Share]) -> None:
        """What has to be done to come from the one to the other."""
        before = {share.network: share for share in known}
        gone = before.keys() - {share.network for share in wanted}
        self.dropped += [{**key, "network": network} for network in gone]
        self.added += [{**key, **vars(share)} for share in wanted if share.network not in before]
        self.changed += [{**key, **vars(s)} for s in wanted if s.network in before and s != before[s.network]]


def note_reaction(
    connection: Connection, channel: str, ts: str, person_id: int, emoji: str, *, present: bool, at: datetime
) -> bool:
    """Note a reaction or its removal, unless something newer is known. Answers whether anything was noted."""
    values = {"channel": channel, "ts": ts, "person_id": person_id, "emoji": emoji, "is_present": present, "at": at}
    return _NOTE.first(connection, values) is not None


def note_reactions(connection: Connection, many: Collection[tuple[Reacted, str, int]]) -> set[tuple[str, str, int]]:
    """The same for many reactions with their plain emoji and person, nobody twice.

    Answers channel, ts and person of those of which anything was noted.
    """
    values: list[dict[str, Any]] = [
        {"channel": r.channel, "ts": r.ts, "person_id": person, "emoji": emoji, "is_present": r.present, "at": r.at}
        for r, emoji, person in many
    ]
    # In one order, so that two copies that note the same take turns.
    values.sort(key=itemgetter("channel", "ts", "person_id"))
    return {(channel, ts, person) for channel, ts, person in _NOTE_ALL.rows(connection, as_rows(values))}


def count_reactions(connection: Connection, story_id: int, person_id: int) -> int:
    """How many reactions of this person that counted when they came stand on any placement of this story."""
    return int(_STANDING.rows(connection, {"story": story_id, "person": person_id})[0][0])


def reactions_at(connection: Connection, channel: str, ts: str) -> dict[tuple[int, str], tuple[bool, datetime]]:
    """What is known of one message: by person and emoji, whether it stands and since when."""
    query = select(reactions).where(reactions.c.channel == channel, reactions.c.ts == ts)
    return {(row.person_id, row.emoji): (row.is_present, row.at) for row in connection.execute(query)}


def dealt_to(connection: Connection, story_id: int, person_id: int) -> int | None:
    """The id of the caption this person was dealt, None before the first opening."""
    query = select(dealt.c.caption_id).where(dealt.c.story_id == story_id, dealt.c.person_id == person_id)
    return connection.execute(query).scalar()


def keep_dealt(connection: Connection, story_id: int, person_id: int, caption_id: int) -> None:
    """Keep what this person was dealt, so that nobody sees theirs change."""
    upsert(connection, dealt, {"story_id": story_id, "person_id": person_id}, {"caption_id": caption_id})


def caption_counts(connection: Connection, story_id: int, but: int | None = None) -> dict[int, int]:
    """How many colleagues used each caption unchanged; `but` is the person who asks, if they are known."""
    # A share whose person was forgotten counts as one of its own.
    who = func.coalesce(shares.c.person_id, -shares.c.id)
    query = select(shares.c.caption_id, func.count(who.distinct()).label("colleagues")).where(
        shares.c.story_id == story_id, shares.c.caption_id.is_not(None), who != (but or 0)
    )
    query = query.group_by(shares.c.caption_id)
    return {row.caption_id: row.colleagues for row in connection.execute(query)}


def _said(found: Sequence[Share]) -> set[datetime]:
    return {share.said_at for share in found if share.said_at is not None}


def _note_if_newer(insert: Any) -> Any:
    new = insert.excluded
    # The same again, only later, is noted too: it came after a removal of which nothing was heard yet.
    newer = or_(reactions.c.at < new.at, reactions.c.is_present != new.is_present)
    changes = and_(reactions.c.at <= new.at, newer)
    wanted = {"is_present": new.is_present, "at": new.at}
    return insert.on_conflict_do_update(index_elements=list(reactions.primary_key), set_=wanted, where=changes)


def _note(insert: Any) -> Any:
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in reactions.c}
    return _note_if_newer(insert.values(values)).returning(reactions.c.is_present)


def _note_all(insert: Any, given: Given) -> Any:
    noting = _note_if_newer(insert(reactions).from_select(list(given.c), given.select()))
    return noting.returning(reactions.c.channel, reactions.c.ts, reactions.c.person_id)


def _of_people(_: Any, given: Given) -> Any:
    theirs = and_(shares.c.story_id == given.c["story_id"], shares.c.person_id == given.c["person_id"])
    columns = (shares.c.story_id, shares.c.person_id, shares.c.id, *(shares.c[name] for name in _FACTS))
    return select(*columns).select_from(given.source.join(shares, theirs))


_MINE = and_(shares.c.story_id == bindparam("story_id"), shares.c.person_id == bindparam("person_id"))
_FACTS = tuple(field.name for field in fields(Share))
_HOLD = Prepared(select(people.c.id).where(people.c.id == bindparam("person")).with_for_update(key_share=True))
# Put in order here: asked for in order, SQLite would rather look through all shares of the story.
_OF_PERSON = Prepared(select(shares.c.id, *(shares.c[name] for name in _FACTS)).where(_MINE))
_OF_PEOPLE = for_given(types_of(shares, ["story_id", "person_id"]), _of_people)
_NETWORK = and_(_MINE, shares.c.network == bindparam("network"))
_ADD = for_given(
    types_of(shares, ["story_id", "person_id", *_FACTS]),
    lambda insert, given: insert(shares).from_select(list(given.c), given.select()),
)
_CHANGE = Prepared(
    update(shares).where(_NETWORK).values({name: bindparam(name) for name in _FACTS if name != "network"})
)
_DROP = Prepared(delete(shares).where(_NETWORK))
_NOTE = inserting(reactions, _note)
_NOTE_ALL = for_given(types_of(reactions, reactions.c.keys()), _note_all)
_STANDING = Prepared(
    select(func.count())
    .select_from(reactions)
    .join(placements, and_(placements.c.channel == reactions.c.channel, placements.c.ts == reactions.c.ts))
    .where(
        placements.c.story_id == bindparam("story"),
        reactions.c.person_id == bindparam("person"),
        reactions.c.is_present.is_(True),
    )
)
