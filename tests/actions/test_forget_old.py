"""The retention table, row by row, just before each limit and just after. (Rows that do not exist yet are not here.)"""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, null, select

from bot.actions.desk import Profiles
from bot.actions.forget_old import (
    CLICKS,
    COPIES,
    EDITOR_STEPS,
    INBOX,
    OWN_WORDS,
    SHARES,
    TEAM_DAYS,
    TEXTS,
    WORKINGS,
    forget_old,
)
from bot.domain import shares as sharing
from bot.domain.captions import Caption
from bot.domain.clicks import PERSON
from bot.domain.deliveries import Owed
from bot.domain.happenings import HomeOpened
from bot.domain.job_runs import JobRun
from bot.domain.leaderboard import PeriodName, period_of
from bot.domain.people import Profile
from bot.domain.shares import Words
from bot.domain.stories import Placement, StoryDraft, StoryState
from bot.store import (
    alarms,
    boards,
    clicks,
    copies,
    deliveries,
    editor_steps,
    inbox,
    job_runs,
    links,
    people,
    placements,
    shares,
    stories,
    visitors,
)
from bot.store import setup as setup_store
from bot.store.links import Sealed
from bot.store.readers import readers_by_story
from bot.store.seal import Seal
from bot.store.tables import clicks as click_rows
from bot.store.tables import deliveries as delivery_rows
from bot.store.tables import editor_steps as step_rows
from bot.store.tables import inbox as inbox_rows
from bot.store.tables import link_texts, ranking_days, reader_days, salts, score_sums, scores, team_rest
from bot.store.tables import shares as share_rows
from bot.store.tables import visitors as visitor_rows
from tests.conftest import MONDAY

DAY, MONTH = timedelta(days=1), timedelta(days=365) / 12
SOON = timedelta(seconds=1)
BOTH_SIDES = pytest.mark.parametrize(("late", "is_kept"), [(-SOON, True), (SOON, False)])


class OnlyStore:
    """As much of the desk as forgetting needs."""

    def __init__(self, store):
        self.store = store
        self.profiles = Profiles()
        self.seal = Seal("a token")


def forget(store, now):
    for _ in range(2):
        forget_old(OnlyStore(store), now)


def count(store, query):
    return len(store.read(lambda c: c.execute(query).all()))


def a_story(connection):
    draft = StoryDraft("https://example.com", "Reef", "A good one.", "en", (Caption(None, "en", "One"),))
    story = stories.add(connection, draft, None, MONDAY)
    stories.end(connection, story, [StoryState.QUEUED], StoryState.POSTED, MONDAY)
    placements.add(connection, Placement(story, "C1", "1.0", MONDAY))
    return story


def test_the_limits_are_those_that_were_promised():
    assert (INBOX, TEXTS) == (2 * DAY, 7 * DAY)
    assert abs(SHARES - 13 * MONTH) < DAY
    assert abs(EDITOR_STEPS - 24 * MONTH) <= DAY


@BOTH_SIDES
def test_raw_events_two_days_after_handling(store, late, is_kept):
    def work(connection):
        inbox.put(connection, "Ev1", HomeOpened("U1"), MONDAY, is_handled=True)
        inbox.put(connection, "Ev2", HomeOpened("U1"), MONDAY - 50 * DAY)

    store.write(work)
    forget(store, MONDAY + 2 * DAY + late)
    kept = store.read(lambda c: c.execute(select(inbox_rows.c.event_id)).scalars().all())
    assert ("Ev1" in kept) is is_kept
    assert "Ev2" in kept, "what was never handled waits"


@BOTH_SIDES
def test_texts_of_deliveries_seven_days_after_they_were_sent(store, late, is_kept):
    def work(connection):
        deliveries.owe(connection, Owed("notice", "sent", "U1", {"text": "secret"}), MONDAY - 9 * DAY)
        deliveries.owe(
            connection, Owed("notice", "owed", "U1", {"text": "later"}, not_before=MONDAY + 99 * DAY), MONDAY - 9 * DAY
        )
        [taken] = deliveries.claim(connection, "me", MONDAY)
        deliveries.sent(connection, taken.id, "D1", "1.0", MONDAY)

    store.write(work)
    forget(store, MONDAY + 7 * DAY + late)
    bodies = dict(
        tuple(row) for row in store.read(lambda c: c.execute(select(delivery_rows.c.key, delivery_rows.c.body)).all())
    )
    assert (bodies["sent"] is not None) is is_kept
    assert bodies["owed"] == {"text": "later"}, "what is still owed keeps its text"
    without = count(store, select(delivery_rows).where(delivery_rows.c.body.is_(null())))
    assert without == (0 if is_kept else 1)
    assert len(bodies) == 2, "that it was done stays, so that nothing goes out twice"


@BOTH_SIDES
def test_shares_lose_their_person_after_thirteen_months(store, late, is_kept):
    def work(connection):
        story, person = a_story(connection), people.add(connection, Profile("U1", "T1", "Anna"), MONDAY).id
        said = sharing.claimed((), ["x"], MONDAY, "https://x.com/a/status/1")
        shares.replace(connection, story, person, said)
        shares.note_reaction(connection, "C1", "1.0", person, "mega", present=True, at=MONDAY)
        caption = stories.find(connection, story).captions[0].id
        shares.keep_dealt(connection, story, person, caption)
        return story, person

    story, person = store.write(work)
    forget(store, MONDAY + SHARES + late)
    assert bool(store.read(lambda c: shares.of_person(c, story, person))) is is_kept
    assert bool(store.read(lambda c: shares.reactions_at(c, "C1", "1.0"))) is is_kept
    assert (store.read(lambda c: shares.dealt_to(c, story, person)) is not None) is is_kept
    assert store.read(lambda c: boards.story_totals(c, [story])) == {story: (0, 1)}
    named = select(share_rows).where(share_rows.c.post_url.is_not(None))
    assert bool(count(store, named)) is is_kept


@BOTH_SIDES
def test_scores_of_periods_that_began_thirteen_months_ago(store, late, is_kept):
    def work(connection):
        story, person = a_story(connection), people.add(connection, Profile("U1", "T1", "Anna"), MONDAY).id
        shares.replace(connection, story, person, sharing.claimed((), ["x"], MONDAY))

    store.write(work)
    week = period_of(PeriodName.WEEK, MONDAY, "Europe/Amsterdam")
    for table in (scores, score_sums):
        assert count(store, select(table)) == 3
    forget(store, week.start + SHARES + late)
    for table in (scores, score_sums):
        weeks = select(table).where(table.c.period == PeriodName.WEEK)
        assert bool(count(store, weeks)) is is_kept


@BOTH_SIDES
def test_the_log_of_editors_steps_after_24_months(store, late, is_kept):
    store.write(lambda c: editor_steps.note(c, "key", "queue", MONDAY))
    forget(store, MONDAY + EDITOR_STEPS + late)
    assert bool(count(store, select(step_rows))) is is_kept


@BOTH_SIDES
def test_a_copy_that_died_a_day_after_its_last_heartbeat(store, late, is_kept):
    store.write(lambda c: copies.beat(c, "one", "1", MONDAY - DAY, MONDAY))
    forget(store, MONDAY + COPIES + late)
    assert bool(store.read(copies.every)) is is_kept
    assert COPIES == DAY


@BOTH_SIDES
def test_what_jobs_did_and_what_was_stuck_after_thirty_days(store, late, is_kept):
    def work(connection):
        job_runs.note(connection, [JobRun("gone", 60, "one", MONDAY, MONDAY)])
        alarms.sound(connection, alarms.Alarm("inbox", MONDAY - 40 * DAY, MONDAY))

    store.write(work)
    forget(store, MONDAY + WORKINGS + late)
    assert bool(store.read(job_runs.every)) is is_kept
    assert bool(store.read(alarms.every)) is is_kept
    assert WORKINGS == 30 * DAY


def a_followed_link(connection):
    person = people.add(connection, Profile("U1", "T1", "Anna"), MONDAY).id
    link = links.mint(connection, "a" * 11, a_story(connection), person, "x", MONDAY)
    links.keep_text(connection, link.id, Sealed("sealed", Words()), MONDAY)
    salt = visitors.salt(connection, MONDAY, MONDAY, MONDAY + DAY)
    came = [clicks.Click(link.id, PERSON, is_office=False, visitor=5, as_owner=6)]
    clicks.count(connection, came, MONDAY, MONDAY.toordinal(), salt.start)


@BOTH_SIDES
def test_texts_that_go_along_after_a_day(store, late, is_kept):
    store.write(a_followed_link)
    forget(store, MONDAY + OWN_WORDS + late)
    assert bool(count(store, select(link_texts))) is is_kept


@BOTH_SIDES
def test_single_clicks_after_thirty_days_and_their_sums_stay(store, late, is_kept):
    store.write(a_followed_link)
    forget(store, MONDAY + CLICKS + late)
    assert bool(count(store, select(click_rows))) is is_kept
    assert [found.readers for found in store.read(readers_by_story).values()] == [1]


def test_salts_go_when_their_time_is_over_with_what_they_made(store):
    store.write(a_followed_link)
    forget(store, MONDAY + DAY - timedelta(seconds=1))
    assert count(store, select(visitor_rows)) == 1
    forget(store, MONDAY + DAY)
    assert (count(store, select(visitor_rows)), count(store, select(salts))) == (0, 0)


@BOTH_SIDES
def test_links_are_nobodys_after_thirteen_months_and_lead_on(store, late, is_kept):
    store.write(a_followed_link)
    forget(store, MONDAY + SHARES + late)
    found = store.read(lambda c: links.leading(c, ["a" * 11]))["a" * 11]
    assert (found.link.person_id is not None) is is_kept
    assert [found.readers for found in store.read(readers_by_story).values()] == [1]


def test_sums_of_readers_by_person_after_thirteen_months(store):
    store.write(a_followed_link)
    forget(store, MONDAY + SHARES)
    assert count(store, select(reader_days)) == 1
    forget(store, MONDAY + SHARES + DAY)
    assert count(store, select(reader_days)) == 0


@pytest.mark.parametrize(("zone", "days_more"), [("Pacific/Auckland", 0), ("America/New_York", 1)])
def test_days_are_those_of_the_company(store, zone, days_more):
    """At 22:00 UTC it is the day after in Auckland already, and the same day in New York."""
    now = MONDAY.replace(hour=22)
    today = now.toordinal() + 1 - days_more

    def prepare(connection):
        assert setup_store.save_setup(connection, replace(setup_store.load_setup(connection), zone=zone), now)
        for back in (59, 60, 61):
            values = {"as_of": today - back, "staff": 0, "readers": 0, "teams": {}}
            connection.execute(insert(ranking_days).values(values))
        for period, limit in (("day", TEAM_DAYS), ("week", SHARES)):
            for back in (limit.days, limit.days + 1):
                row = {"period": period, "day": today - back, "measure": "read", "team": "Reef", "value": 1}
                connection.execute(insert(team_rest).values(row))

    store.write(prepare)
    forget(store, now)
    assert count(store, select(ranking_days)) == 2
    rows = store.read(lambda c: c.execute(select(team_rest.c.period, team_rest.c.day)).all())
    assert sorted(map(tuple, rows)) == [("day", today - TEAM_DAYS.days), ("week", today - SHARES.days)]
