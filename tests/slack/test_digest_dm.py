"""The digest by direct message: for who asked, in their language, in peace, and once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, select

from bot.actions.delete_me import delete_me
from bot.actions.leave_program import leave_program
from bot.actions.send_digest import make_digest
from bot.actions.who_asks import who_asks
from bot.domain.local_time import local
from bot.domain.people import Preferences, Standing
from bot.domain.quiet_hours import QuietHours
from bot.store import people
from bot.store.tables import deliveries
from bot.store.tables import people as rows
from tests.slack.passing_along import Company, spoken

FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)
TITLES = ("The week in stories", "De week in verhalen")


@pytest.fixture
def company(stand):
    """A story in each of two weeks, passed along by three, two of whom are named; one reads English, one Dutch."""
    stand.clock.to(FRIDAY - timedelta(days=9))
    found = Asking(stand)
    found.story("Reef")
    found.pass_along(2, "Reef")
    stand.clock.to(FRIDAY - timedelta(days=2))
    for number, language in ((0, "en"), (1, "nl")):
        found.asks(number, found.pass_along(number, "Reef"), language)
    stand.clock.to(FRIDAY)
    return found


class Asking(Company):
    def asks(self, number, user, language, **more):
        """This colleague wants it by direct message."""
        person = self.desk.store.read(lambda c: people.by_user(c, user))
        chosen = Preferences(language, digest_by_dm=True, **more)
        self.write(lambda c: people.set_preferences(c, person.id, chosen))

    def in_dm(self, number):
        """Which digests this colleague got."""
        user = self.staff[number].id
        for channel in self.stand.workspace.channels.values():
            if channel.kind == "im" and channel.person == user:
                return [m for m in channel.messages.values() if m["text"].startswith(TITLES)]
        return []

    def run(self, minutes=5):
        for _ in range(minutes):
            self.stand.work()
            self.stand.clock.step(minutes=1)


def test_who_asked_gets_it_in_their_language_and_nobody_else(company):
    company.run()
    [english], [dutch] = company.in_dm(0), company.in_dm(1)
    assert english["text"].startswith("The week in stories\n")
    assert dutch["text"].startswith("De week in verhalen\n")
    assert "Stories passed along by week, up to 27 Feb: 1; 6 Mar: 2." in english["text"]
    assert "Doorgegeven verhalen per week, tot 27 feb: 1; 6 mrt: 2." in dutch["text"]
    assert [b["type"] for b in english["blocks"]].count("data_visualization") == 1
    assert spoken(english["blocks"]) == english["text"]
    assert company.in_dm(2) == []


def test_once_however_often_it_comes_round(company):
    company.run()
    company.stand.clock.to(FRIDAY + timedelta(hours=8))
    company.run()
    assert len(company.in_dm(0)) == 1


def test_in_quiet_hours_it_waits(company):
    person = company.desk.store.read(lambda c: people.by_user(c, company.staff[0].id))
    at = local(FRIDAY, person.zone)
    quiet = QuietHours((at - timedelta(hours=1)).time(), (at + timedelta(hours=3)).time())
    company.asks(0, person.user, "en", quiet=quiet)
    company.run()
    assert company.in_dm(0) == []
    assert len(company.in_dm(1)) == 1
    company.stand.clock.to(FRIDAY + timedelta(hours=3, minutes=1))
    company.run()
    assert len(company.in_dm(0)) == 1


@pytest.mark.parametrize("change", ["no more", "left", "deleted", "closed"])
def test_who_wants_it_no_more_when_it_goes_out_does_not_get_it(company, change):
    user = company.staff[0].id
    now = company.stand.clock()
    assert make_digest(company.desk, now) == 1
    asker = who_asks(company.desk, user)
    if change == "no more":
        company.write(lambda c: people.set_preferences(c, asker.person.id, Preferences("en")))
    elif change == "left":
        leave_program(company.desk, asker, now)
    elif change == "deleted":
        delete_me(company.desk, user, now)
    else:
        company.write(lambda c: people.refresh(c, replace(asker.profile, is_active=False)))
    company.run()
    assert company.in_dm(0) == []
    assert len(company.in_dm(1)) == 1


def test_who_leaves_while_it_goes_out_is_named_to_nobody_after_that(company):
    """It is counted once a minute for all, but not past somebody's leaving."""
    company.stands(company.staff[2].id)
    company.write(lambda c: people.set_standing(c, people.by_user(c, company.staff[1].id).id, Standing.NAMED))
    make_digest(company.desk, company.stand.clock())
    company.stand.work()
    # Whoever asked comes a second after the one before.
    company.write(lambda c: people.set_standing(c, people.by_user(c, company.staff[1].id).id, Standing.UNNAMED))
    company.stand.clock.step(seconds=1)
    company.stand.work()
    first, second = sorted((company.in_dm(0) + company.in_dm(1)), key=lambda m: m["ts"])
    assert company.name(1) in first["text"]
    assert company.name(1) not in second["text"]


def test_ten_thousand_who_asked_are_one_statement_and_a_second_apart(company):
    def crowd(connection):
        like = connection.execute(select(rows).where(rows.c.digest_by_dm).limit(1)).one()._asdict()
        del like["id"]
        many = [{**like, "user": f"U1{number:06}", "key": f"k{number}"} for number in range(10_000)]
        connection.execute(insert(rows), many)

    company.write(crowd)
    seen = []
    engine = company.desk.store.engine
    event.listen(engine, "before_cursor_execute", lambda *asked: seen.append(asked[2]))
    make_digest(company.desk, company.stand.clock())
    assert sum("INSERT INTO deliveries" in statement for statement in seen) <= 4
    dms = select(deliveries.c.not_before).where(deliveries.c.kind == "digest_dm").order_by(deliveries.c.not_before)
    times = company.desk.store.read(lambda c: list(c.execute(dms).scalars()))
    assert len(times) == 10_002
    assert times[-1] - times[0] == timedelta(seconds=10_001)
