"""What is worth answering, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, insert, literal, or_, select, update

from bot.domain.hook_cards import HookState, KeptHook, Mood, Mutes
from bot.domain.hook_lessons import USED
from bot.domain.hook_stories import Hook
from bot.domain.hook_week import HookCounts
from bot.domain.hooks import Found, WatchWord, WordKind
from bot.store import named_settings, take_turns
from bot.store.tables import Moment, hooks, stories

MUTES = "hooks"
"""The setting that says what is muted."""
UNDONE = "hook_lessons"
"""The setting that says which lessons were undone, and when."""
HELD = 0x686F6F6B73


def hold(connection: Connection) -> None:
    """One at a time joins hooks and makes cards: the first thing such a transaction does."""
    take_turns.hold(connection, HELD)


def add(connection: Connection, hook: Hook, state: HookState, now: datetime) -> None:
    """A new one."""
    values = _values(hook) | {"state": state, "found_at": now, "not_before": now, "cards": 0, "version": 1}
    connection.execute(insert(hooks).values(**values))


def join(connection: Connection, hook_id: int, hook: Hook) -> None:
    """The same event, once more: `hook` is both as one."""
    changes = _values(hook) | {"version": hooks.c.version + 1}
    connection.execute(update(hooks).where(hooks.c.id == hook_id).values(**changes))


def find(connection: Connection, hook_id: int) -> KeptHook | None:
    """This one."""
    row = connection.execute(select(hooks).where(hooks.c.id == hook_id)).first()
    return None if row is None else _kept(row)


def since(connection: Connection, moment: datetime) -> list[KeptHook]:
    """Those that were found since, oldest first."""
    query = select(hooks).where(hooks.c.found_at >= moment).order_by(hooks.c.found_at, hooks.c.id)
    return [_kept(row) for row in connection.execute(query)]


def waiting(connection: Connection, now: datetime) -> list[KeptHook]:
    """Those that want a card now."""
    states = (HookState.WAITING, HookState.LATER)
    query = select(hooks).where(hooks.c.state.in_(states), hooks.c.not_before <= now).order_by(hooks.c.id)
    return [_kept(row) for row in connection.execute(query)]


def told_since(connection: Connection, moment: datetime) -> int:
    """How many had a card made since."""
    query = select(func.count()).select_from(hooks).where(hooks.c.told_at >= moment, hooks.c.cards > 0)
    return int(connection.execute(query).scalar_one())


def change(connection: Connection, kept: KeptHook, state: HookState, **values: Any) -> bool:
    """Another state, unless somebody changed it meanwhile. `values` are columns."""
    same = update(hooks).where(hooks.c.id == kept.id, hooks.c.version == kept.version)
    return connection.execute(same.values(state=state, version=kept.version + 1, **values)).rowcount == 1


def touch_of_story(connection: Connection, story_id: int) -> list[int]:
    """What became of their story is another: their cards should say so. Answers which hooks."""
    mine = update(hooks).where(hooks.c.story_id == story_id).values(version=hooks.c.version + 1)
    return sorted(connection.execute(mine.returning(hooks.c.id)).scalars())


def note_card(connection: Connection, hook_id: int, channel: str, ts: str, now: datetime) -> None:
    """Its card stands there."""
    first = func.coalesce(hooks.c.carded_at, literal(now, Moment))
    connection.execute(update(hooks).where(hooks.c.id == hook_id).values(channel=channel, ts=ts, carded_at=first))


def answered_since(connection: Connection, moment: datetime) -> list[KeptHook]:
    """Those found since with which an editor did something, oldest first."""
    done = or_(hooks.c.state.in_((HookState.NOT_THIS, *USED)), hooks.c.mood.is_not(None))
    query = select(hooks).where(hooks.c.found_at >= moment, done).order_by(hooks.c.found_at, hooks.c.id)
    return [_kept(row) for row in connection.execute(query)]


def moods(connection: Connection, start: datetime, end: datetime) -> dict[Mood, int]:
    """How many hooks found in this time are good, bad, mixed; as editors said."""
    query = select(hooks.c.mood, func.count()).where(hooks.c.mood.is_not(None))
    within = query.where(hooks.c.found_at >= start, hooks.c.found_at < end).group_by(hooks.c.mood)
    return {Mood(mood): count for mood, count in connection.execute(within).all()}


def count_week(connection: Connection, start: datetime, end: datetime) -> HookCounts:
    """What became of the hooks that were found in this time."""
    queued, idea = (func.count(case((hooks.c.state == state, 1))) for state in USED)
    counted = select(func.count(), func.count(hooks.c.carded_at), queued, idea)
    row = connection.execute(counted.where(hooks.c.found_at >= start, hooks.c.found_at < end)).one()
    return HookCounts(*map(int, row))


def lags(connection: Connection, start: datetime, end: datetime) -> tuple[list[timedelta], list[timedelta]]:
    """From publication to the card, and to the post, of dated hooks found in this time."""
    query = select(hooks.c.at, hooks.c.carded_at, stories.c.posted_at).outerjoin(
        stories, stories.c.id == hooks.c.story_id
    )
    rows = connection.execute(
        query.where(
            hooks.c.is_dated,
            hooks.c.found_at >= start,
            hooks.c.found_at < end,
            hooks.c.carded_at.is_not(None),
        )
    ).all()
    return [row.carded_at - row.at for row in rows], [row.posted_at - row.at for row in rows if row.posted_at]


def mutes(connection: Connection) -> Mutes:
    """What is muted."""
    told = named_settings.load(connection, MUTES)
    return Mutes() if told is None else Mutes(tuple(told["words"]), tuple(told["sources"]))


def save_mutes(connection: Connection, muted: Mutes, now: datetime) -> None:
    """What is muted from now on."""
    named_settings.save(connection, MUTES, asdict(muted), now)


def undone(connection: Connection) -> dict[str, datetime]:
    """Which lessons were undone, and when (UTC)."""
    told = named_settings.load(connection, UNDONE)
    return {key: datetime.fromisoformat(at) for key, at in (told or {}).items()}


def save_undone(connection: Connection, moments: Mapping[str, datetime], now: datetime) -> None:
    """These are all that were undone."""
    named_settings.save(connection, UNDONE, {key: at.isoformat() for key, at in moments.items()}, now)


def forget_before(connection: Connection, moment: datetime) -> None:
    """Those that were found before."""
    connection.execute(delete(hooks).where(hooks.c.found_at < moment))


def words_of(found: Sequence[Found]) -> list[list[Any]]:
    """As they are kept."""
    return [[each.word.text, each.word.kind, each.in_title] for each in found]


def _values(hook: Hook) -> dict[str, Any]:
    return {
        "title": hook.title,
        "link": hook.link,
        "summary": hook.summary,
        "language": hook.language,
        "at": hook.at,
        "is_dated": hook.is_dated,
        "sources": list(hook.sources),
        "words": words_of(hook.found),
        "match": hook.match,
    }


def _kept(row: Row[Any]) -> KeptHook:
    found = tuple(Found(WatchWord(text, WordKind(kind)), in_title) for text, kind, in_title in row.words)
    hook = Hook(
        row.title, row.link, row.summary, row.language, row.at, row.is_dated, tuple(row.sources), found, row.match
    )
    return KeptHook(
        id=row.id,
        hook=hook,
        state=HookState(row.state),
        mood=None if row.mood is None else Mood(row.mood),
        found_at=row.found_at,
        not_before=row.not_before,
        cards=row.cards,
        channel=row.channel,
        ts=row.ts,
        carded_at=row.carded_at,
        story_id=row.story_id,
        version=row.version,
    )
