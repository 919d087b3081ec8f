"""Everything that is kept of one person, and of nobody else, from every table that points at people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, func, or_, select

from bot.domain.clicks import ClickKind
from bot.store import setup as setup_store
from bot.store.tables import captions, clicks, ideas, links, metadata, questions, settings, stories
from bot.store.tables import deliveries as sent

Rows = list[dict[str, Any]]
NOBODY = 0
"""An id that no row has."""


@dataclass(frozen=True)
class Whose:
    """By what a person can be found: their Slack id; the id and the key of their row, if there is one.

    `reads`: marks that they read what was said in a crisis. `acts`: the mark under which they act in one as an editor
    of whom nothing else may be kept.
    """

    user: str
    person_id: int = NOBODY
    key: str = ""
    reads: frozenset[str] = frozenset()
    acts: str = ""

    @property
    def editor(self) -> tuple[str, ...]:
        """What the log of a crisis calls them."""
        return tuple(name for name in (self.key, self.acts) if name)


_Condition = Callable[[Table, Whose], ColumnElement[bool]]


def _person(table: Table, whose: Whose) -> ColumnElement[bool]:
    return table.c.person_id == whose.person_id


def _user(table: Table, whose: Whose) -> ColumnElement[bool]:
    return table.c.user == whose.user


def _own_links(table: Table, whose: Whose) -> ColumnElement[bool]:
    return table.c.link_id.in_(select(links.c.id).where(links.c.person_id == whose.person_id))


def _messages(table: Table, whose: Whose) -> ColumnElement[bool]:
    """To them, or about them; and what they wrote to somebody, as long as its text is kept."""
    to_them = or_(table.c.target == whose.user, table.c.person_id == whose.person_id)
    return or_(to_them, table.c.body["by"].as_string() == whose.key) if whose.key else to_them


def _events(table: Table, whose: Whose) -> ColumnElement[bool]:
    return or_(table.c.user == whose.user, table.c.body["inviter"].as_string() == whose.user)


def _steps(table: Table, whose: Whose) -> ColumnElement[bool]:
    return or_(table.c.who == whose.key, table.c.detail["of"].as_string() == whose.key)


def _queued(table: Table, whose: Whose) -> ColumnElement[bool]:
    return table.c.queued_by == whose.key


def _asked(table: Table, whose: Whose) -> ColumnElement[bool]:
    """What they asked with their name; and as an editor, what they answered."""
    asked = table.c.person_id == whose.person_id
    return or_(asked, table.c.settled_by == whose.key) if whose.key else asked


def _answered(table: Table, whose: Whose) -> ColumnElement[bool]:
    return table.c.written_by == whose.key


def _listed(table: Table, whose: Whose) -> ColumnElement[bool]:
    asked = select(questions.c.id).where(questions.c.person_id == whose.person_id)
    return table.c.question_id.in_(asked)


def _in_crisis(table: Table, whose: Whose) -> ColumnElement[bool]:
    return table.c.who.in_(whose.editor)


def _of_crisis(table: Table, whose: Whose) -> ColumnElement[bool]:
    return or_(*(table.c[name].in_(whose.editor) for name in BY))


def _reads(table: Table, whose: Whose) -> ColumnElement[bool]:
    return table.c.mark.in_(whose.reads)


BY = ("asked_by", "started_by", "tell_asked_by", "told_by")
"""Columns of a crisis that say which editor it was."""
_WHOSE: Mapping[str, _Condition] = {
    "people": _user,
    "shares": _person,
    "scores": _person,
    "reactions": _person,
    "dealt": _person,
    "links": _person,
    "reader_days": _person,
    "rankings": _person,
    "link_days": _own_links,
    "clicks": _person,
    "link_texts": _own_links,
    "invitations": _person,
    "deliveries": _messages,
    "inbox": _events,
    "editor_steps": _steps,
    "stories": _queued,
    "questions": _asked,
    "idea_senders": _person,
    "ideas": _answered,
    "crises": _of_crisis,
    "crisis_steps": _in_crisis,
    "crisis_updates": _in_crisis,
    "crisis_reads": _reads,
    "crisis_answers": _listed,
}

_ONLY: Mapping[str, tuple[str, ...]] = {
    "stories": ("id", "title", "link", "created_at"),
    "ideas": ("id", "link", "words", "is_signed", "answered_at"),
    "crises": ("id", "scenario", "asked_at", *BY),
    "crisis_updates": ("id", "crisis_id", "at", "texts", "who"),
}
"""Where the rest is the company's: who queued a story, wrote an answer or told of a crisis is all that is theirs."""
_HIDDEN = {
    sent.name: {"lease_until", "claimed_by"},
    clicks.name: {"id", "at"},
    questions.name: {"lot", "sealed", "settled_in"},
}
"""What says which copy of the bot works on it; and the moment, or the order, by which one could tell who it was."""


def count_own(connection: Connection, whose: Whose) -> Mapping[str, int]:
    """How many rows of each table are this person's; a table with none is not in it."""
    found = {}
    for name, condition in _WHOSE.items():
        table = metadata.tables[name]
        query = select(func.count()).select_from(table).where(condition(table, whose))
        found[name] = connection.execute(query).scalar_one()
    found[settings.name] = int(_is_listed(connection, whose))
    return {name: n for name, n in found.items() if n}


def own_data(connection: Connection, whose: Whose) -> Mapping[str, Rows]:
    """The same rows, in plain values: moments and days as ISO 8601, with titles and texts beside the ids.

    Of clicks the day alone, and those of colleagues only in the sums by day (`domain.privacy.NOT_IN_THE_FILE`).
    Nothing of anybody else is in it: where an event names a second person, that name is left out.
    """
    found = {name: _rows(connection, name, condition, whose) for name, condition in _WHOSE.items()}
    if _is_listed(connection, whose):
        found[settings.name] = [{"name": "editors", "value": whose.user}]
    _name_things(connection, found)
    return {name: rows for name, rows in found.items() if rows}


def _rows(connection: Connection, name: str, condition: _Condition, whose: Whose) -> Rows:
    table = metadata.tables[name]
    hidden = _HIDDEN.get(name, set())
    columns = [column for column in table.c if column.name in _ONLY.get(name, table.c) and column.name not in hidden]
    order = [column for column in table.primary_key.columns if column in columns] or columns
    query = select(*columns).where(_told(table, condition(table, whose))).order_by(*order)
    found = [_plain(row, whose) for row in connection.execute(query)]
    return [_written(row, whose) for row in found] if table is sent else found


def _told(table: Table, theirs: ColumnElement[bool]) -> ColumnElement[bool]:
    """Without the clicks of colleagues: those are in the sums by day."""
    return and_(theirs, clicks.c.kind != ClickKind.COLLEAGUE) if table is clicks else theirs


def _plain(row: Row[Any], whose: Whose) -> dict[str, Any]:
    found = {name: _value(name, value) for name, value in row._mapping.items()}
    if "settled_by" in found:
        return _one_side(found, whose)
    if "tell_asked_by" in found:
        return {name: value for name, value in found.items() if name not in BY or value in whose.editor}
    if "step" in found:
        _leave_out_others(found, whose)
    body = found.get("body")
    if isinstance(body, dict) and body.get("inviter") == whose.user != body.get("user"):
        found["body"] = {name: value for name, value in body.items() if name != "user"}
        found.pop("user", None)
    elif isinstance(body, dict):
        # Who of comms wrote it is in its text, if they signed it; their key is theirs.
        found["body"] = {name: value for name, value in body.items() if name != "by"}
    return found


def _one_side(question: dict[str, Any], whose: Whose) -> dict[str, Any]:
    """Of what they asked all but who answered; as an editor what they answered, and not who asked what."""
    if question["person_id"] == whose.person_id:
        return {name: value for name, value in question.items() if name != "settled_by"}
    return {name: question[name] for name in ("id", "story_id", "state", "answer", "reason", "stands", "settled_at")}


def _leave_out_others(step: dict[str, Any], whose: Whose) -> None:
    """Which editor it was who set something of theirs aside; or, of an editor, whose it was and why."""
    if step["who"] != whose.key:
        step["who"] = None
    if step["detail"].get("of", whose.key) != whose.key:
        step["detail"] = {name: value for name, value in step["detail"].items() if name not in {"of", "reason"}}


def _written(row: dict[str, Any], whose: Whose) -> dict[str, Any]:
    """Of what they wrote to somebody, what they wrote: to whom it went, and when it came, is not theirs to read."""
    if row["target"] == whose.user or row["person_id"] == whose.person_id:
        return row
    return {name: row[name] for name in ("kind", "body", "made_at")}


def _value(name: str, value: Any) -> Any:
    if name in {"day", "as_of", "since"} and value is not None:
        return date.fromordinal(value).isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else value


def _name_things(connection: Connection, found: Mapping[str, Rows]) -> None:
    """An id says nothing to whoever reads the file."""
    everything = [row for rows in found.values() for row in rows]
    for table, by, text, name in (
        (stories, "story_id", "title", "story"),
        (captions, "caption_id", "text", "caption"),
        (ideas, "idea_id", "link", "idea"),
    ):
        ids = sorted({row[by] for row in everything if row.get(by) is not None})
        known = _texts(connection, table, text, ids)
        for row in everything:
            if row.get(by) is not None:
                row[name] = known.get(row[by])


def _texts(connection: Connection, table: Table, text: str, ids: Sequence[int]) -> dict[int, str]:
    query = select(table.c.id, table.c[text]).where(table.c.id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def _is_listed(connection: Connection, whose: Whose) -> bool:
    return whose.user in setup_store.load_setup(connection).editors
