"""Scores are what counting the shares and readers gives: after whatever people do, in any order."""

import os
from dataclasses import replace
from datetime import UTC, datetime

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from bot.actions.rebuild_scores import rebuild_scores
from bot.actions.show_leaderboard import show_leaderboard
from bot.cli import main
from bot.domain.leaderboard import Measure, PeriodName, period_of, sum_up
from bot.domain.people import Profile, Standing
from bot.domain.shares import Share
from bot.domain.stories import StoryDraft
from bot.store import boards, people, scores, shares, stories
from bot.store import setup as setup_store
from bot.store import tables as t
from bot.store.migrate import migrate
from tests.conftest import MONDAY
from tests.store.scored_company import ASKED, CHANNELS, NAMES, NETWORKS, STORIES, USERS, ZONES, Company

USER, STORY = st.sampled_from(USERS), st.sampled_from(STORIES)
EXAMPLES = int(os.environ.get("EXAMPLES", 5))
ACTS = st.one_of(
    st.tuples(st.just("open"), USER, STORY, st.sampled_from(NETWORKS)),
    st.tuples(st.just("say"), USER, STORY, st.lists(st.sampled_from(NETWORKS), max_size=2, unique=True)),
    st.tuples(st.just("say"), USER, STORY, st.lists(st.sampled_from(NETWORKS), max_size=2, unique=True)),
    st.tuples(st.just("react"), USER, STORY, st.sampled_from(CHANNELS), st.booleans(), st.sampled_from([0, 3, 5000])),
    st.tuples(st.just("react"), USER, STORY, st.sampled_from(CHANNELS), st.booleans(), st.sampled_from([0, 3, 5000])),
    st.tuples(st.just("unsay"), USER, STORY),
    st.tuples(st.just("stand"), USER, st.sampled_from(Standing)),
    st.tuples(st.just("return_"), USER),
    st.tuples(st.just("vanish"), USER),
    st.tuples(st.just("rename"), USER, st.sampled_from((*NAMES, " ")), st.booleans()),
    st.tuples(st.just("wait"), st.sampled_from([1, 7, 24, 24 * 8, 24 * 33, 24 * 400])),
    st.tuples(st.just("move"), st.sampled_from(ZONES)),
    st.tuples(st.just("read"), USER, STORY, st.sampled_from([1, 1, 2, 5])),
    st.tuples(st.just("read"), USER, STORY, st.sampled_from([1, 1, 2, 5])),
    st.tuples(st.just("aside"), USER, STORY, st.booleans()),
    st.tuples(st.just("unsaid"), USER, STORY, st.booleans()),
    st.tuples(st.just("recount_clicks")),
    st.tuples(st.just("midnight")),
    st.tuples(st.just("forget")),
)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=8, max_size=30))
def test_scores_are_what_counting_gives_after_every_act(store, acts):
    company = Company(store)
    for act in acts:
        company.act(*act)
        company.check()
    company.check_readers()
    company.check_boards()
    rebuild_scores(store, company.now)
    company.check()
    company.check_readers()
    company.check_boards()


def test_who_left_has_no_score_and_who_comes_back_has_the_same(store):
    company = Company(store)
    company.say("U0", 1, ["x"])
    company.say("U0", 2, ["x"])
    before = company.kept()
    assert {count for count, _ in before.values()} == {2}
    company.stand("U0", Standing.OUT)
    assert company.kept() == {}
    company.return_("U0")
    assert company.kept() == before


def test_readers_that_came_while_the_bot_was_away_are_taken_in_when_it_is_back(store):
    """Links may be served by a process of their own."""
    company = Company(store)
    company.stand("U0", Standing.NAMED)
    company.say("U1", 1, ["x"])
    for user in ("U0", "U1"):
        company.read(user, 1, 3)
    company.wait(24 * 8)
    company.read("U0", 2, 2)
    company.check_readers()
    company.check_boards()
    shown = show_leaderboard(replace(company.desk, public_url="https://go.test"), company.asker("U0"), ASKED[0], MONDAY)
    assert (shown.board.people, shown.board.total, shown.board.own.count) == (2, 6, 3)


def test_clicks_that_are_counted_anew_leave_no_reader_twice(store):
    company = Company(store)
    company.stand("U0", Standing.NAMED)
    company.wait(24)
    company.read("U0", 1, 3)
    company.check_readers()
    store.write(lambda c: c.execute(update(t.reader_days).values(readers=5)))
    company.check_readers()
    company.recount_clicks()
    company.check()
    company.check_readers()
    store.write(lambda c: c.execute(delete(t.clicks)))
    company.recount_clicks()
    company.check_readers()
    assert company.kept(Measure.READ) == {}
    assert store.read(lambda c: c.execute(select(t.reader_days)).all()) == []


def test_a_new_zone_is_counted_from_shares_until_scores_follow(store):
    company = Company(store, now=datetime(2026, 3, 31, 21, 30, tzinfo=UTC))
    company.say("U0", 1, ["x"])
    company.move("Pacific/Auckland")
    company.check_boards()
    wrong = dict.fromkeys(company.kept(), "Europe/Amsterdam")
    company.midnight()
    company.check_boards()
    assert company.kept() == company.counted()
    assert not wrong.keys() & {key for key in company.kept() if key[0] == PeriodName.MONTH}


def test_what_is_amiss_is_mended_at_midnight(store):
    company = Company(store)
    company.say("U0", 1, ["x"])
    store.write(lambda c: c.execute(update(t.scores).values(value=99)))
    company.wait(24)
    company.midnight()
    company.check()
    company.check_boards()


def test_the_database_orders_names_as_python_does(store):
    """Many people with equally many stories; in capitals, with accents, in other alphabets, some unnamed."""
    names = ("zwaan", "Zoë", "Émile", "emil", "Øre", "łukasz", "de Boer", "De  Boer", "張", "Ω", "-x", "a b", "ab", "ß")

    def work(connection):
        setup_store.load_setup(connection)
        draft = StoryDraft("https://example.com", "T", "S", "en", ())
        story = stories.add(connection, draft, None, MONDAY)
        for number, name in enumerate(names * 2):
            person = people.add(connection, Profile(f"U{number}", "T1", name), MONDAY)
            if number % 5:
                people.set_standing(connection, person.id, Standing.NAMED)
            shares.replace(connection, story, person.id, [Share("x", said_at=MONDAY)])
        period = period_of(PeriodName.MONTH, MONDAY, ZONES[0])
        return scores.sums(connection, Measure.SAID, period, None), boards.tallies(connection, period.start, period.end)

    found, tallies = store.write(work)
    assert found == sum_up(tallies)


def test_a_company_that_was_here_before_scores_is_counted_as_it_is_upgraded(store):
    company = Company(store)
    company.say("U0", 1, ["x"])
    company.stand("U0", Standing.NAMED)
    company.read("U0", 1, 3)
    before = company.kept()

    def unlearn(connection):
        connection.execute(update(t.people).values(listed_as=None))
        for table in (t.scores, t.score_sums, t.scoring):
            connection.execute(delete(table))

    store.write(unlearn)
    company.check_boards()
    migrate(store)
    assert {key for key in before if key[0] != PeriodName.DAYS} == set(company.kept())
    company.check_readers()
    company.check()
    company.check_boards()


def test_the_command(store, migrated_url, monkeypatch):
    company = Company(store)
    company.say("U0", 1, ["x"])
    store.write(lambda c: c.execute(delete(t.scores)))
    monkeypatch.setenv("PASSALONG_DATABASE_URL", migrated_url)
    done = CliRunner().invoke(main, ["rebuild"], catch_exceptions=False)
    assert done.output == "Counted anew: the scores of 4 weeks, months, quarters and the last 30 days.\n"
    company.check()
