"""What a week's digest says, counted at the moment it is sent: whoever left since is not in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.actions.find_champions import Champion, shown_champions
from bot.actions.show_teams import find_team_of_the_week
from bot.domain.clicks import Followed
from bot.domain.digest import (
    MOST_CAPTIONS,
    MOST_CHAMPIONS,
    MOST_COMING,
    MOST_FREE,
    MOST_RISING,
    MOST_STORIES,
    MOST_UNWANTED,
    SETTLING,
    CaptionCount,
    CommsDigest,
    Following,
    Praised,
    StaffDigest,
    StoryCount,
    Thanks,
    Week,
    all_followed,
    by_reach,
    may_rise,
    thank,
    travelled_furthest,
)
from bot.domain.hook_week import HookWeek
from bot.domain.leaderboard import Measure, Tally
from bot.domain.local_time import day_of
from bot.domain.picture import Picture, draw_up, week_ends
from bot.domain.questions import Dialogue, half_within
from bot.domain.setup import Setup
from bot.domain.slots import occurrences
from bot.domain.stories import Story
from bot.domain.voice_report import SETTLING as HEARD
from bot.domain.voice_report import WINDOW, VoiceReport, report
from bot.store import boards, hooks, questions, readers, stories, voices
from bot.store import setup as setup_store
from bot.store.engine import Connection

WEEK = timedelta(days=7)
WEEKS_BEFORE = 4


def staff_digest(
    connection: Connection, week: Week, channel: str | None, now: datetime, *, is_measured: bool
) -> StaffDigest | None:
    """For this channel (None: for all). None when nothing went out, nothing was passed along, and nobody read anything.

    `is_measured`: people have personal links, and readers are counted.
    """
    tallies = boards.tallies(connection, week.start, week.end)
    counts = _counts(connection, week, is_measured=is_measured)
    if not tallies and not counts:
        return None
    if setup_store.load_setup(connection).totals_only:
        tallies = [replace(tally, name=None) for tally in tallies]
    thanks = _thanks(connection, week, tallies)
    return StaffDigest(
        week=week,
        thanks=thanks.names,
        others=thanks.others,
        newcomers=thanks.newcomers,
        other_newcomers=thanks.other_newcomers,
        risers=thanks.risers,
        top=travelled_furthest(counts),
        people=len(tallies),
        times=sum(tally.count for tally in tallies),
        coming=_coming(connection, channel, now),
        readers=all_followed(counts).readers if is_measured else None,
        picture=_picture(connection, week, is_measured=is_measured),
        team=find_team_of_the_week(connection, week) if is_measured else None,
        has_nobodys=is_measured and _has_nobodys(connection, week),
    )


def comms_digest(connection: Connection, week: Week, now: datetime, *, is_measured: bool) -> CommsDigest:
    """For the comms channel; a week in which nothing happened is said too."""
    setup = setup_store.load_setup(connection)
    tallies = boards.tallies(connection, week.start, week.end)
    counts = by_reach(_counts(connection, week, is_measured=is_measured))
    used = boards.captions_used(connection, week.start, week.end, MOST_CAPTIONS)
    return CommsDigest(
        week=week,
        stories=counts[:MOST_STORIES],
        more=len(counts[MOST_STORIES:]),
        people=len(tallies),
        times=sum(tally.count for tally in tallies),
        captions=tuple(CaptionCount(*found) for found in used),
        unwanted=_unwanted(connection, week),
        free_slots=() if setup.paused else _free_slots(connection, setup, now),
        is_paused=setup.paused,
        has_slots=bool(setup.slots),
        followed=all_followed(counts) if is_measured else None,
        picture=_picture(connection, week, is_measured=is_measured),
        following=_following(connection, setup, now) if is_measured else Following(),
        dialogue=_dialogue(connection, week, now),
        media=_media(connection, week),
        voice=_voice(connection, now),
        has_nobodys=is_measured and _has_nobodys(connection, week),
    )


def _thanks(connection: Connection, week: Week, tallies: list[Tally]) -> Thanks:
    known = boards.passed_before(connection, week.start, week.end)
    starts = [week.start - WEEK * weeks for weeks in range(WEEKS_BEFORE + 1)]
    weeks = pairwise(starts) if any(may_rise(tally, known) for tally in tallies) else ()
    return thank(tallies, known, [boards.stories_by_person(connection, start, end) for end, start in weeks])


def _counts(connection: Connection, week: Week, *, is_measured: bool) -> list[StoryCount]:
    """Every story that went out this week, or went out before and was opened, passed along or read this week."""
    totals = boards.story_totals_within(connection, week.start, week.end)
    followed = readers.followed_within(connection, week.start, week.end) if is_measured else {}
    ids = totals.keys() | followed.keys() | set(boards.posted_within(connection, week.start, week.end))
    out = [story for story in stories.find_many(connection, ids).values() if story.posted_at is not None]
    return [StoryCount(story, *totals.get(story.id, (0, 0)), followed.get(story.id, Followed())) for story in out]


def _picture(connection: Connection, week: Week, *, is_measured: bool) -> Picture | None:
    """Readers by week, or what was said where there are none; the last week is the one the digest is about."""
    zone = setup_store.load_setup(connection).zone
    moments = week_ends(week.start, week.end, zone)
    read = readers.by_week(connection, moments, zone) if is_measured else {}
    if any(map(any, read.values())):
        return _draw_up(connection, Measure.READ, moments, read)
    return _draw_up(connection, Measure.SAID, moments, boards.said_by_week(connection, moments))


def _has_nobodys(connection: Connection, week: Week) -> bool:
    """In the week, or in those that the picture shows beside it."""
    zone = setup_store.load_setup(connection).zone
    first, *_, last = week_ends(week.start, week.end, zone)
    return readers.is_any_nobodys(connection, (day_of(first, zone), day_of(last, zone)))


def _draw_up(
    connection: Connection, measure: Measure, moments: Sequence[datetime], counts: Mapping[int, Sequence[int]]
) -> Picture | None:
    known = stories.find_many(connection, counts.keys())
    titles = {story.id: story.title for story in known.values() if story.posted_at is not None}
    return draw_up(measure, moments, counts, titles)


def _following(connection: Connection, setup: Setup, now: datetime) -> Following:
    """What `/passalong champions` says too; hints are for editors alone, and this channel may hold more people.

    Nothing while it is being counted for the first time.
    """
    found = shown_champions(connection, now)
    if found is None:
        return Following(is_totals_only=setup.totals_only)
    if setup.totals_only:
        return Following(concentration=found.concentration, is_totals_only=True)
    shown = found.listed[:MOST_CHAMPIONS]
    rising = [one.candidate.name for one in found.risers if one not in shown]
    return Following(
        champions=tuple(map(_praised, shown)),
        rising=tuple(rising[:MOST_RISING]),
        more_rising=len(rising[MOST_RISING:]),
        concentration=found.concentration,
    )


def _dialogue(connection: Connection, week: Week, now: datetime) -> Dialogue:
    waiting, oldest = questions.count_waiting(connection, now)
    times = questions.times_to_answer(connection, week.start, week.end)
    dilemmas = {answer.story_id for answer in questions.answers_waiting(connection) if answer.asked_at < now}
    return Dialogue(waiting, oldest, len(times), half_within(times), len(dilemmas))


def _voice(connection: Connection, now: datetime) -> VoiceReport | None:
    """Of a year's stories, by what people say they passed along."""
    scores = voices.posted_within(connection, now - WINDOW, now - HEARD)
    totals = boards.story_totals_within(connection, now - WINDOW, now) if scores else {}
    return report([(score, totals.get(story, (0, 0))[1]) for story, score in scores.items()])


def _media(connection: Connection, week: Week) -> HookWeek:
    """What was found this week, with all that became of it since."""
    to_card, to_post = hooks.lags(connection, week.start, week.end)
    return HookWeek(
        hooks.count_week(connection, week.start, week.end),
        hooks.moods(connection, week.start, week.end),
        half_within(to_card),
        half_within(to_post),
    )


def _praised(one: Champion) -> Praised:
    return Praised(one.candidate.name, one.candidate.score, one.evidence)


def _unwanted(connection: Connection, week: Week) -> tuple[Story, ...]:
    """Each story is looked at once, when it has stood for a day at least."""
    ids = boards.untouched(connection, week.start - SETTLING, week.end - SETTLING, week.end)
    read = readers.readers_by_story(connection, ids)
    ids = [story_id for story_id in ids if story_id not in read or not read[story_id].readers]
    found = stories.find_many(connection, ids[:MOST_UNWANTED])
    return tuple(found[story_id] for story_id in ids if story_id in found)


def _coming(connection: Connection, channel: str | None, now: datetime) -> tuple[Story, ...]:
    """What goes out in the seven days from now; nothing while all posting is paused."""
    if setup_store.load_setup(connection).paused:
        return ()
    soon = [story for story in stories.coming(connection) if story.due_at and now < story.due_at < now + WEEK]
    return tuple(story for story in soon if channel is None or channel in story.channels)[:MOST_COMING]


def _free_slots(connection: Connection, setup: Setup, now: datetime) -> tuple[datetime, ...]:
    """Slots of the seven days from now at which nothing goes out in any channel."""
    channels = [channel.id for channel in setup_store.list_channels(connection)]
    taken = stories.taken(connection, channels)
    free: list[datetime] = []
    for moment in occurrences(setup.slots, setup.zone, now):
        if moment >= now + WEEK or len(free) == MOST_FREE:
            break
        if moment not in taken:
            free.append(moment)
    return tuple(free)
