"""What is kept of somebody, for them alone: looked at, and handed over. Neither leaves a trace."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.actions.desk import Desk
from bot.actions.find_champions import seen_of, shown_day
from bot.actions.show_home import brought_by, part_of
from bot.actions.which_crisis import mark_of_editor
from bot.actions.who_asks import Asker
from bot.domain.crisis import lot_of_reads
from bot.domain.home import Part
from bot.domain.leaderboard import days_of, period_of
from bot.domain.links import link_address
from bot.domain.people import Person, Standing
from bot.domain.privacy import KEPT, NOT_IN_THE_FILE, PERIODS, Figures, OnTheList, Privacy
from bot.domain.retention import RULES
from bot.store import crises, looked_at, my_shares
from bot.store import setup as setup_store
from bot.store.engine import Connection
from bot.store.own_data import Rows, Whose, count_own, own_data
from bot.store.set_aside import set_aside_of

_OF_NOBODY = {Part.FORGOTTEN, Part.OUTSIDER}


def look_at_privacy(desk: Desk, asker: Asker, now: datetime) -> Privacy:
    """What is kept of the one who asks, by kind, and what comms sees of it."""
    privacy = desk.store.read(lambda connection: _privacy(connection, desk, asker, now))
    if privacy.part is Part.FORGOTTEN:
        desk.profiles.drop(asker.user)
    return privacy


def gather_own_data(desk: Desk, asker: Asker, now: datetime, hint: Callable[[str], str] = str) -> bytes | None:
    """What is kept of the one who asks, as JSON in UTF-8, with what comms sees, and what is kept and not in it.

    `hint`: what a flag means, in words. None for those of whom nothing may be kept.
    """

    def work(connection: Connection) -> dict[str, Any] | None:
        if part_of(connection, desk, asker) in _OF_NOBODY:
            return None
        rows = own_data(connection, _whose(connection, desk, asker))
        _open_texts(desk, rows)
        kept = {name: {"kept for": _how_long(name), "rows": mine} for name, mine in rows.items()}
        figures = _figures(connection, asker.person, now) if asker.person else ()
        listed = _on_the_list(connection, asker.person, now)
        return {
            "of": asker.user,
            "made at": now.isoformat(),
            "figures": {one.period: {"stories": one.stories, "readers": one.readers} for one in figures},
            "what comms' list of champions says": _said(connection, listed, hint, now),
            "share by share": _share_by_share(connection, asker.person),
            "set aside by an editor": _aside(connection, asker.person),
            "kept": kept,
            "kept, and not in this file": NOT_IN_THE_FILE,
        }

    found = desk.store.read(work)
    return None if found is None else json.dumps(found, ensure_ascii=False, indent=2).encode()


def _privacy(connection: Connection, desk: Desk, asker: Asker, now: datetime) -> Privacy:
    person, setup = asker.person, setup_store.load_setup(connection)
    counts = count_own(connection, _whose(connection, desk, asker))
    linked = person if person is not None and person.standing.has_links else None
    return Privacy(
        language=asker.language,
        part=part_of(connection, desk, asker),
        standing=person.standing if person else Standing.UNASKED,
        kept={kind: counts[keeping.table] for kind, keeping in KEPT.items() if keeping.table in counts},
        figures=_figures(connection, person, now) if person else (),
        readers=brought_by(connection, person, now) if person else 0,
        counts_readers=bool(desk.public_url),
        listed=_on_the_list(connection, person, now),
        team=my_shares.team_of(connection, linked.id) if linked else None,
        from_files=my_shares.from_files(connection, person.id) if person else 0,
        is_totals_only=setup.totals_only,
        has_person_file=setup.person_file,
        set_aside=tuple(set_aside_of(connection, person.id)) if person else (),
        is_being_counted=not setup.totals_only and shown_day(connection, now) is None,
    )


def _on_the_list(connection: Connection, person: Person | None, now: datetime) -> OnTheList | None:
    """Whatever comms can see there; where it sees nobody, or not this one, that is nothing."""
    if person is None or not person.standing.has_links or setup_store.load_setup(connection).totals_only:
        return None
    seen = seen_of(connection, person.id, now)
    if seen is None:
        return None
    one = seen.champion
    return OnTheList(
        as_of=seen.as_of,
        place=seen.place,
        is_rising=seen.is_rising,
        has_badge=seen.has_badge,
        a_week=one.candidate.score,
        word=one.word or None,
        evidence=one.evidence,
        flags=one.flags,
    )


def _said(
    connection: Connection, listed: OnTheList | None, hint: Callable[[str], str], now: datetime
) -> dict[str, Any] | str | None:
    if listed is not None:
        return _plain(listed, hint)
    return "it is being counted for the first time" if shown_day(connection, now) is None else None


def _plain(listed: OnTheList, hint: Callable[[str], str]) -> dict[str, Any]:
    return {
        "by the end of": date.fromordinal(listed.as_of).isoformat(),
        "place": listed.place or None,
        "rising": listed.is_rising,
        "badge": listed.has_badge,
        "readers a week, recent weeks counting most": listed.a_week,
        "early or steady": listed.word,
        "because of": vars(listed.evidence),
        "hints": [hint(flag) for flag in listed.flags],
    }


def _share_by_share(connection: Connection, person: Person | None) -> list[dict[str, Any]]:
    """As an editor may look at what a place on the list rests on; without a name this is theirs alone."""
    if person is None or not person.standing.has_links:
        return []
    return [
        {
            "story": one.title,
            "network": one.network,
            "day": date.fromordinal(one.day).isoformat(),
            "readers": one.readers,
            "readers set aside": one.aside,
            "said": one.is_said,
        }
        for one in looked_at.shares_of(connection, person.id, setup_store.load_setup(connection).zone)
    ]


def _aside(connection: Connection, person: Person | None) -> list[dict[str, Any]]:
    found = set_aside_of(connection, person.id) if person else []
    return [
        {
            "what": "link" if one.is_link else "share",
            "story": one.title,
            "network": one.network,
            "at": one.at.isoformat(),
            "readers": one.readers,
            "reason": one.reason or None,
        }
        for one in found
    ]


def _figures(connection: Connection, person: Person, now: datetime) -> tuple[Figures, ...]:
    """Those of the boards, on which nobody stands who is out."""
    if not person.is_in:
        return ()
    zone = setup_store.load_setup(connection).zone
    found = []
    for name in PERIODS:
        period = period_of(name, now, zone)
        stories = my_shares.said_within(connection, person.id, period.start, period.end)
        readers = my_shares.readers_within(connection, person.id, days_of(period, zone))
        found.append(Figures(name, stories, readers))
    return tuple(one for one in found if one.stories or one.readers)


def _open_texts(desk: Desk, found: Mapping[str, Rows]) -> None:
    """Links with their addresses, and the texts that go along with them as they were written."""
    codes = {link["id"]: link["code"] for link in found.get("links", [])}
    for link in found.get("links", []):
        link["address"] = link_address(desk.public_url, link["code"]) if desk.public_url else None
    for text in found.get("link_texts", []):
        text["text"] = desk.seal.open(text.pop("sealed"), codes[text["link_id"]])


def _how_long(table: str) -> list[str]:
    """As the privacy page says it."""
    return [f"{rule.what}: {rule.how_long}" for rule in RULES if table in rule.tables]


def _whose(connection: Connection, desk: Desk, asker: Asker) -> Whose:
    """By their marks too, which are made with a key outside the database."""
    person, seal = asker.person, desk.seal
    reads = {seal.mark(asker.user, lot_of_reads(crisis_id)) for crisis_id in crises.with_reads(connection)}
    whose = Whose(asker.user, reads=frozenset(reads), acts=mark_of_editor(desk, asker.user))
    return replace(whose, person_id=person.id, key=person.key) if person else whose
