"""People who did something here once. Nobody else is in this table."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Text, and_, cast, delete, exists, select, update

from bot.domain.leaderboard import listed_as, shown_name
from bot.domain.local_time import day_of
from bot.domain.people import Person, Preferences, Profile, Standing
from bot.domain.quiet_hours import QuietHours
from bot.store import links, rankings, recount, scores, team_rest
from bot.store import setup as setup_store
from bot.store.rows import insert_or_ignore
from bot.store.tables import people, shares


def by_user(connection: Connection, user: str) -> Person | None:
    """The person with this Slack id."""
    return _one(connection.execute(select(people).where(people.c.user == user)).first())


def by_key(connection: Connection, key: str) -> Person | None:
    """The person whose key this is; None once they are a former colleague."""
    return _one(connection.execute(select(people).where(people.c.key == key)).first())


def is_active(connection: Connection, person_id: int) -> bool:
    """Whether Slack still has their account, as far as we heard."""
    return bool(connection.execute(select(people.c.is_active).where(people.c.id == person_id)).scalar())


def by_id(connection: Connection, person_id: int) -> Person | None:
    """The person of a share."""
    return _one(connection.execute(select(people).where(people.c.id == person_id)).first())


def add(connection: Connection, profile: Profile, now: datetime) -> Person:
    """Remember somebody who did something for the first time."""
    values = {
        "user": profile.user,
        "key": secrets.token_hex(8),
        "name": profile.name,
        "locale": profile.locale,
        "zone": profile.zone,
        "standing": Standing.UNASKED,
        "networks": [],
        "reminders": True,
        "is_active": True,
        "since": day_of(now, setup_store.load_setup(connection).zone),
    }
    insert_or_ignore(connection, people, **values)
    person = by_user(connection, profile.user)
    assert person is not None
    return person


def users(connection: Connection) -> list[str]:
    """Everybody's Slack id."""
    return list(connection.execute(select(people.c.user).order_by(people.c.id)).scalars())


def gone(connection: Connection) -> list[tuple[str, Standing]]:
    """Whose account is closed, and of whom no share is left: their Slack ids and their standing."""
    theirs = exists().where(shares.c.person_id == people.c.id)
    query = select(people.c.user, people.c.standing).where(people.c.is_active.is_(False), ~theirs)
    return [(user, Standing(standing)) for user, standing in connection.execute(query)]


def refresh(connection: Connection, profile: Profile) -> None:
    """Take over what Slack says now: name, locale, zone, and whether they are still here."""
    row = connection.execute(_HELD.where(people.c.user == profile.user)).first()
    if row is None:
        return
    seen = {"name": profile.name, "is_active": profile.is_active}
    _change(connection, row, {**seen, "locale": profile.locale, "zone": profile.zone})
    _rank_anew(connection, row, seen)


def set_standing(connection: Connection, person_id: int, standing: Standing) -> None:
    """Note the answer to the question of the three states. Boards follow: who is out stands on none.

    Nor does anything wait to go along with their links then.
    """
    row = connection.execute(_HELD.where(people.c.id == person_id)).first()
    if row is None:
        return
    if standing is Standing.OUT:
        team_rest.give(connection, person_id)
    _change(connection, row, {"standing": standing})
    if standing is Standing.OUT:
        scores.drop_person(connection, person_id)
        links.forget_texts_of(connection, person_id)
    elif row.standing == Standing.OUT:
        team_rest.take_back(connection, person_id)
        recount.count_person(connection, person_id)
    _rank_anew(connection, row, {"standing": standing})


def set_preferences(connection: Connection, person_id: int, preferences: Preferences) -> None:
    """Note what they chose in Home."""
    quiet = preferences.quiet
    connection.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(
            language=preferences.language,
            networks=list(preferences.networks),
            mastodon=preferences.mastodon,
            reminders=preferences.reminders,
            quiet_from=_minutes(quiet.start) if quiet else None,
            quiet_to=_minutes(quiet.end) if quiet else None,
            topics=list(preferences.topics),
            digest_by_dm=preferences.digest_by_dm,
        )
    )


def set_topics(connection: Connection, person_id: int, topics: Sequence[str]) -> None:
    """What they follow from now on."""
    connection.execute(update(people).where(people.c.id == person_id).values(topics=list(topics)))


def languages(connection: Connection) -> dict[str, str]:
    """The language that people chose themselves, by Slack id."""
    query = select(people.c.user, people.c.language).where(people.c.language.is_not(None))
    return {row.user: row.language for row in connection.execute(query)}


def wanting_digest(connection: Connection) -> list[Person]:
    """Who asked for the weekly digest by direct message, and is here still."""
    wanted = and_(people.c.digest_by_dm, people.c.is_active, people.c.standing != Standing.OUT)
    return [_person(row) for row in connection.execute(select(people).where(wanted).order_by(people.c.id))]


def wants_digest(connection: Connection, person_id: int) -> Person | None:
    """This person, if they want it still."""
    wanted = and_(people.c.digest_by_dm, people.c.is_active, people.c.standing != Standing.OUT)
    return _one(connection.execute(select(people).where(wanted, people.c.id == person_id)).first())


def who_is_named(connection: Connection) -> str:
    """What is another when somebody is named, is no more, or is called something else."""
    query = select(people.c.id, people.c.name).where(people.c.listed_as.is_not(None)).order_by(people.c.id)
    found = sha256()
    for number, name in connection.execute(query):
        found.update(f"{number} {name}\n".encode("utf-8", "replace"))
    return found.hexdigest()


def following_topics(connection: Connection) -> list[Person]:
    """Who follows any topic, and is here still."""
    wanted = and_(people.c.is_active, people.c.standing != Standing.OUT)
    found = map(_person, connection.execute(select(people).where(wanted, _FOLLOWS_ANY).order_by(people.c.id)))
    return [person for person in found if person.preferences.topics]


def remove(connection: Connection, person_id: int) -> None:
    """The row goes; shares keep their place in the totals without the person."""
    scores.drop_person(connection, person_id)
    connection.execute(delete(people).where(people.c.id == person_id))


_HELD = select(people.c.id, people.c.name, people.c.standing, people.c.is_active, people.c.listed_as).with_for_update(
    key_share=True
)


def _change(connection: Connection, row: Any, changes: dict[str, Any]) -> None:
    """Set these values of a person that is held, and what boards list them as."""
    after = row._asdict() | changes
    shown = listed_as(shown_name(after["name"], after["standing"], is_active=after["is_active"]))
    connection.execute(update(people).where(people.c.id == row.id).values(**changes, listed_as=shown))
    if shown != row.listed_as:
        scores.list_as(connection, row.id, shown)


def _rank_anew(connection: Connection, before: Any, changes: dict[str, Any]) -> None:
    """At the end of a change, once nothing else is held: rankings come last, whoever holds them."""
    row = before._asdict()
    if _may_be_ranked(row | changes) and not _may_be_ranked(row):
        rankings.count_again(connection, before.id)


def _may_be_ranked(row: Mapping[str, Any]) -> bool:
    return row["is_active"] and Standing(row["standing"]).has_links


# Compared as text: neither database compares lists as both would understand.
_FOLLOWS_ANY = cast(people.c.topics, Text) != "[]"


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _one(row: Row[Any] | None) -> Person | None:
    return None if row is None else _person(row)


def _person(row: Row[Any]) -> Person:
    quiet = None
    if row.quiet_from is not None:
        quiet = QuietHours(time(*divmod(row.quiet_from, 60)), time(*divmod(row.quiet_to, 60)))
    return Person(
        id=row.id,
        user=row.user,
        key=row.key,
        name=row.name,
        locale=row.locale,
        zone=row.zone,
        standing=Standing(row.standing),
        preferences=Preferences(
            language=row.language,
            networks=tuple(row.networks),
            mastodon=row.mastodon,
            reminders=row.reminders,
            quiet=quiet,
            topics=tuple(row.topics),
            digest_by_dm=row.digest_by_dm,
        ),
    )
