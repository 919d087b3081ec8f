"""Publish a person's Home. Nothing of them is stored for it."""

from datetime import date, datetime

from bot.actions.desk import Desk
from bot.actions.find_champions import Champions, shown_champions
from bot.actions.own_readers import is_first_share, own_readers
from bot.actions.pick_first import picks_of
from bot.actions.who_asks import Asker, who_asks
from bot.domain.clicks import Followed
from bot.domain.crisis import Known
from bot.domain.digest import StoryCount
from bot.domain.home import (
    AHEAD,
    MOST_CHAMPIONS,
    MOST_COUNTED,
    MOST_FRESH,
    MOST_IDEAS,
    MOST_LOOKED_AT,
    MOST_MINE,
    MOST_QUEUED,
    ChampionLine,
    EditorsHome,
    Home,
    MyStory,
    Part,
)
from bot.domain.local_time import day_of
from bot.domain.people import Person, Standing
from bot.domain.retention import SHARES
from bot.domain.stories import Story
from bot.store import boards, crises, ideas, keys, my_shares, placements, readers, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def show_home(desk: Desk, user: str, now: datetime, note: str | None = None) -> None:
    """Publish Home as it is now. `note` is a key of content/words: a sentence on top, gone the next time.

    Raises:
        TryLater, OutcomeUnknown, Refused: from Slack.
    """
    asker = who_asks(desk, user)
    home = desk.store.read(lambda connection: _home(connection, desk, asker, now, note))
    desk.messenger.show_home(user, home)
    if home.part is Part.FORGOTTEN:
        desk.profiles.drop(user)


def part_of(connection: Connection, desk: Desk, asker: Asker) -> Part:
    """What this person is to us."""
    if not asker.profile.counts_at(desk.me.team):
        return Part.OUTSIDER
    if keys.is_forgotten(connection, asker.user):
        return Part.FORGOTTEN
    if asker.person is None:
        return Part.NEW
    return Part.IN if asker.person.is_in else Part.OUT


def _home(connection: Connection, desk: Desk, asker: Asker, now: datetime, note: str | None) -> Home:
    part, person = part_of(connection, desk, asker), asker.person
    said = my_shares.said_by(connection, person.id) if person else set()
    counted = person if person and desk.public_url and person.is_in else None
    linked = counted if counted and counted.standing.has_links else None
    own = own_readers(connection, linked, now) if linked else None
    fresh = () if part is Part.OUTSIDER else _fresh(connection, said, asker.language, now)
    return Home(
        language=asker.language,
        zone=asker.zone,
        now=now,
        part=part,
        standing=person.standing if person else Standing.UNASKED,
        fresh=fresh,
        mine=_mine(connection, person.id, counted) if person else (),
        said=len(said),
        editors=_editors(connection, desk, asker, now) if asker.is_editor else None,
        note=note,
        readers=brought_by(connection, counted, now) if counted else 0,
        counts_readers=bool(desk.public_url),
        is_first=person is not None and person.is_in and is_first_share(connection, person, now),
        picks=picks_of(connection, linked, now) if linked and own and own.is_champion else (),
        own=own,
        totals_only=setup_store.load_setup(connection).totals_only,
        ideas=tuple(ideas.of_person(connection, person.id, MOST_IDEAS)) if person else (),
        ideas_out=ideas.count_out(connection, person.id) if person else 0,
    )


def _fresh(connection: Connection, said: set[int], language: str, now: datetime) -> tuple[Story, ...]:
    """New to this person, what they can read first; what they passed along already stands below."""
    found = stories.open_to_share(connection, now, MOST_LOOKED_AT + len(said))
    new = (story for story in found if story.id not in said)
    return tuple(sorted(new, key=lambda story: story.language != language)[:MOST_FRESH])


def _mine(connection: Connection, person_id: int, counted: Person | None) -> tuple[MyStory, ...]:
    found = my_shares.shares_by(connection, person_id, MOST_MINE)
    ids = [story_id for story_id, _ in found]
    known = stories.find_many(connection, ids)
    followed = readers.readers_by_story(connection, ids, counted.id) if counted else {}
    return tuple(MyStory(known[id], shares, followed.get(id, Followed()).readers) for id, shares in found)


def brought_by(connection: Connection, person: Person, now: datetime) -> int:
    """So many readers in thirteen months, by the sums from which boards are made too."""
    zone = setup_store.load_setup(connection).zone
    return my_shares.readers_within(connection, person.id, (day_of(now - SHARES, zone), day_of(now, zone)))


def _editors(connection: Connection, desk: Desk, asker: Asker, now: datetime) -> EditorsHome:
    found = shown_champions(connection, now)
    queue = [story for story in stories.queued(connection) if story.due_at is None or story.due_at < now + AHEAD]
    posted = stories.posted(connection, MOST_COUNTED)
    setup = setup_store.load_setup(connection)
    return EditorsHome(
        queue=tuple(queue[:MOST_QUEUED]),
        more_queued=max(0, len(queue) - MOST_QUEUED),
        counts=count_stories(connection, posted),
        counts_readers=bool(desk.public_url),
        champions=_first(found) if found else (),
        is_being_counted=found is None,
        champions_until=date.fromordinal(found.as_of) if found else None,
        is_totals_only=setup.totals_only,
        is_paused=setup.paused,
        is_admin=asker.is_admin,
        nowhere=placements.nowhere(connection, [story.id for story in posted]),
        ideas=tuple(ideas.waiting(connection, MOST_IDEAS)),
        waiting_ideas=ideas.count_waiting(connection),
        has_comms_channel=setup.comms_channel is not None,
        crisis=_crisis(connection),
    )


def _crisis(connection: Connection) -> Known | None:
    found = [crises.held_by(connection, is_rehearsal=is_one) for is_one in (False, True)]
    return next((crises.know(connection, one.id) for one in found if one is not None), None)


def _first(found: Champions) -> tuple[ChampionLine, ...]:
    """Of comms' list."""
    return tuple(ChampionLine(one.candidate.name, one.candidate.score) for one in found.listed[:MOST_CHAMPIONS])


def count_stories(connection: Connection, which: list[Story]) -> tuple[StoryCount, ...]:
    """Each of these stories with how many people opened a share page, said they shared it, and followed their links."""
    ids = [story.id for story in which]
    totals, followed = boards.story_totals(connection, ids), readers.readers_by_story(connection, ids)
    return tuple(
        StoryCount(story, *totals.get(story.id, (0, 0)), followed.get(story.id, Followed())) for story in which
    )
