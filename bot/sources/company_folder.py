"""Three files of a company: people.csv, shares.csv and clicks.csv, read a row at a time, however long they are.

The first line names the columns, in any order; others than ours are passed over. UTF-8, parted by commas or semicolons.
Times are as in `2026-03-24T09:30:00Z`, or days; the day is the one that stands there.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.domain.clean_text import clean
from bot.domain.company_files import (
    CLICKS,
    DAY,
    FILES,
    OTHER_NAMES,
    PEOPLE,
    SAID,
    SHARES,
    STATES,
    BadRow,
    Click,
    PersonRow,
    ShareRow,
)
from bot.domain.networks import NETWORKS
from bot.domain.people import Standing
from bot.domain.shares import UNKNOWN
from bot.domain.sheet_cells import undefused

LONGEST_ID = 40
LONGEST_NAME = 200

_CLOCK = re.compile(
    r"(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:[.,]\d{1,9})?)?)?(?:Z|[+-][01]\d:?[0-5]\d|[+-][01]\d| UTC)?"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Row = tuple[int, list[str]]


class _Unreadable(Exception):
    """This row cannot be read; the text says why."""


def is_company(folder: Path) -> bool:
    """Whether any of the files is there."""
    return any((folder / name).is_file() for name in FILES)


def read_people(folder: Path) -> Iterator[PersonRow | BadRow]:
    """Everybody in people.csv (`person`, `name`, `team`, `joined`, and if wanted `state`); nobody without the file."""
    seen: dict[str, int] = {}
    for row in _rows(folder / PEOPLE, ("person",), ("name", "team", "joined", "state")):
        if isinstance(row, BadRow):
            yield row
            continue
        line, (person, name, team, joined, state) = row
        try:
            _only_once(seen, _id(person, "person"), line, "person")
            yield PersonRow(
                person,
                undefused(clean(name).strip())[:LONGEST_NAME],
                undefused(clean(team).strip())[:LONGEST_NAME] or None,
                _second(joined, "joined") // DAY if joined else None,
                _state(state),
            )
        except _Unreadable as reason:
            yield BadRow(PEOPLE, line, str(reason))


def read_shares(folder: Path) -> Iterator[ShareRow | BadRow]:
    """Every share in shares.csv (`share`, `person`, `story`, `shared_at`; if wanted `network`, `proof`, `title`)."""
    seen: dict[str, int] = {}
    for row in _rows(folder / SHARES, ("share", "person", "story", "shared_at"), ("network", "proof", "title")):
        if isinstance(row, BadRow):
            yield row
            continue
        line, (share, person, story, shared_at, network, proof, title) = row
        try:
            _only_once(seen, _filled(share, "share"), line, "share")
            second = _second(shared_at, "shared_at")
            found = clean(_filled(story, "story"))
            is_said = proof.lower() in SAID
            titled = undefused(clean(title))[:LONGEST_NAME]
            yield ShareRow(line, share, _id(person, "person"), found, _network(network), second, is_said, titled)
        except _Unreadable as reason:
            yield BadRow(SHARES, line, str(reason))


def read_clicks(folder: Path) -> Iterator[Click | BadRow]:
    """Every click in clicks.csv (`share`, `visitor`, `clicked_at`)."""
    for row in _rows(folder / CLICKS, ("share", "visitor", "clicked_at"), ()):
        if isinstance(row, BadRow):
            yield row
            continue
        line, (share, visitor, clicked_at) = row
        try:
            yield line, _filled(share, "share"), _filled(visitor, "visitor"), _second(clicked_at, "clicked_at")
        except _Unreadable as reason:
            yield BadRow(CLICKS, line, str(reason))


def _rows(path: Path, needed: tuple[str, ...], wanted: tuple[str, ...]) -> Iterator[Row | BadRow]:
    """Line and cells of each row, in the order of the columns asked for; empty for a column that is not there."""
    if not path.is_file():
        return
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            parted_by = ";" if head.count(";") > head.count(",") else ","
            names = [name.strip().lower() for name in next(csv.reader([head], delimiter=parted_by), [])]
            if missing := [name for name in needed if name not in names]:
                yield BadRow(path.name, 1, f"there is no column {' or '.join(missing)} in the first line")
                return
            places = [names.index(name) if name in names else None for name in (*needed, *wanted)]
            rows = csv.reader(file, delimiter=parted_by)
            for cells in rows:
                # A cell may run over several lines; the row is found by its first.
                line, before = 1 + rows.line_num, line
                if not cells:
                    continue
                if len(cells) != len(names):
                    reason = f"there are {len(cells)} cells, and {len(names)} columns in the first line"
                    yield BadRow(path.name, before + 1, reason)
                    continue
                yield before + 1, ["" if place is None else cells[place].strip() for place in places]
    except UnicodeDecodeError:
        yield BadRow(path.name, line + 1, "this, or what is near it, is not UTF-8; what follows was not read")
    except csv.Error as error:
        yield BadRow(path.name, line + 1, f"this is no CSV ({error}); what follows was not read")


def _filled(text: str, what: str) -> str:
    if not text:
        raise _Unreadable(f"{what} is empty")
    return text


def _id(text: str, what: str) -> str:
    if len(_filled(text, what)) > LONGEST_ID or not text.isprintable():
        raise _Unreadable(f"{what} is longer than {LONGEST_ID} characters, or has some that cannot be seen")
    return text


def _only_once(seen: dict[str, int], text: str, line: int, what: str) -> None:
    if text in seen:
        raise _Unreadable(f"{what} {text!r} stands on line {seen[text]} already")
    seen[text] = line


def _state(text: str) -> Standing:
    state = STATES.get(text.lower())
    if state is None:
        raise _Unreadable(f"state is {text!r}, and not named, unnamed, unasked or out")
    return state


def _network(text: str) -> str:
    found = text.lower()
    found = OTHER_NAMES.get(found, found)
    return found if found in NETWORKS else UNKNOWN


def _second(text: str, what: str) -> int:
    day, clock = _day(text[:10]), _clock(text[10:])
    if day is None or clock is None:
        found = f"is {text[:40]!r}" if text else "is empty"
        raise _Unreadable(f"{what} {found}, and not a time such as 2026-03-24T09:30:00Z")
    return day * DAY + clock


@lru_cache(maxsize=10_000)
def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal() if _DAY.fullmatch(text) else None
    except ValueError:
        return None


@lru_cache(maxsize=100_000)
def _clock(text: str) -> int | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return min(hours * 3600 + minutes * 60 + seconds, DAY - 1)
