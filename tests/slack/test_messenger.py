"""The messenger alone, over real HTTP: pins, taking back, everybody, and finding again what was said to one person."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.actions.access import Access
from bot.actions.desk import Me
from bot.compose import read_words
from bot.config import Settings
from bot.domain.messages import Notice, Posted
from bot.domain.people import Profile
from bot.domain.problems import Cause, Refused, ScopeMissing, TryLater
from bot.sandbox import Person, Sandbox, Workspace, make_company
from bot.slack.counted import CountedClient
from bot.slack.manifest import manifest
from bot.slack.messenger import SlackMessenger
from bot.slack.roll import MOST_AGE, Roll
from bot.sources.words import Words
from tests.conftest import SteppingClock

GOOD, ADMIN, ANN, LEFT, CALENDAR = "C0GOODSTORY", "U00000001", "U00000004", "U00000013", "U0CALENDAR"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def words() -> Words:
    return read_words(Settings())


class Company:
    """A workspace, and the messenger of an app that is installed there."""

    def __init__(self, sandbox: Sandbox, words: Words, clock: SteppingClock) -> None:
        self.sandbox, self.workspace, self.clock = sandbox, sandbox.workspace, clock
        self.calls: list[str] = []
        client = CountedClient(lambda method, _: self.calls.append(method), sandbox.bot_token, sandbox.api_url, 10)
        me = Me(self.workspace.bot_user, self.workspace.bot_id, self.workspace.team_id, "Veldkamp")
        self.slack = SlackMessenger(client, words, me, Access())

    def post(self, target: str, delivery: str, thread: str | None = None) -> Posted:
        word = Notice("notice.scopes_back", "en", "UTC", self.clock(), {"scopes": "im:history"})
        return self.slack.post(target, word, delivery, thread)

    def find(self, target: str, delivery: str, thread: str | None = None) -> Posted | None:
        return self.slack.find(target, delivery, self.clock() - HOUR, self.clock() + HOUR, thread)


@pytest.fixture
def company(words: Words, clock: SteppingClock) -> Iterator[Company]:
    clock.to(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    workspace = Workspace(make_company(people=12, seed=3), clock)
    workspace.apply_manifest(manifest())
    workspace.limits = False
    with Sandbox(workspace, real_time=False) as running:
        yield Company(running, words, clock)


def cause(call: Any, *what: Any) -> Cause:
    with pytest.raises(Refused) as refused:
        call(*what)
    return refused.value.cause


def test_a_message_is_pinned_however_often_it_is_asked(company: Company) -> None:
    where = company.post(GOOD, "one")
    company.slack.pin(where)
    company.slack.pin(where)
    assert [message["ts"] for message in company.workspace.pinned(GOOD)] == [where.ts]


def test_what_cannot_be_pinned_says_why(company: Company) -> None:
    assert cause(company.slack.pin, Posted(GOOD, "1.000000")) is Cause.MESSAGE_GONE
    assert cause(company.slack.pin, Posted("C0NOWHERE", "1.000000")) is Cause.GONE
    assert cause(company.slack.pin, Posted("C0GENERAL", "1.000000")) is Cause.OUT
    company.workspace.granted_scopes.discard("pins:write")
    with pytest.raises(ScopeMissing):
        company.slack.pin(company.post(GOOD, "one"))


def test_a_message_is_taken_back_however_often_it_is_asked(company: Company) -> None:
    where = company.post(GOOD, "one")
    company.slack.delete(where)
    company.slack.delete(where)
    assert company.sandbox.acts.messages(ADMIN, GOOD) == []


def test_only_our_own_can_be_taken_back(company: Company) -> None:
    theirs = Posted(GOOD, company.sandbox.acts.say(ADMIN, GOOD, "mine"))
    assert cause(company.slack.delete, theirs) is Cause.OURS


def test_what_was_said_to_one_person_is_found_again(company: Company) -> None:
    company.post(ANN, "another")
    where = company.post(ANN, "looked for")
    company.post(ANN, "a third")
    assert company.find(ANN, "looked for") == where
    assert where.channel.startswith("D")
    assert company.find(where.channel, "looked for") == where
    assert company.find(ANN, "never sent") is None
    reply = company.post(where.channel, "in its thread", where.ts)
    assert company.find(ANN, "in its thread", where.ts) == reply


def test_nothing_is_found_with_somebody_who_heard_nothing(company: Company) -> None:
    assert company.find(ADMIN, "looked for") is None
    assert company.workspace.heard() == {}


def test_with_whom_there_can_be_no_conversation(company: Company) -> None:
    for user in (LEFT, CALENDAR, "U0NOBODY1"):
        assert cause(company.find, user, "looked for") is Cause.PERSON_GONE


@pytest.mark.parametrize("scope", ["im:write", "im:history"])
def test_looking_there_takes_two_scopes(company: Company, scope: str) -> None:
    company.workspace.granted_scopes.discard(scope)
    with pytest.raises(ScopeMissing) as missing:
        company.find(ANN, "looked for")
    assert scope in missing.value.needed


def many(company: Company, number: int) -> None:
    for one in range(number):
        user = f"U1{one:06d}"
        company.workspace.people[user] = Person(user, f"p{one}", f"P {one}", locale="nl-NL")


def test_everybody_with_their_language(company: Company) -> None:
    many(company, 2500)
    found = company.slack.everybody()
    staff = [p.id for p in company.workspace.people.values() if not p.deleted and not p.is_bot]
    assert sorted(one.user for one in found) == sorted(set(staff) - {"USLACKBOT"})
    assert {one.user: one.locale for one in found}["U1002499"] == "nl-NL"
    assert any(one.is_guest for one in found)
    assert company.calls == ["users.list"] * 3


def test_a_large_channel_in_few_pages(company: Company) -> None:
    many(company, 2500)
    company.workspace.channels[GOOD].members += [f"U1{one:06d}" for one in range(2500)]
    assert list(company.slack.members(GOOD)) == company.workspace.channels[GOOD].members
    assert company.calls == ["conversations.members"] * 3


class Office:
    """People in pages of one; it may have enough of being asked."""

    def __init__(self, people: int) -> None:
        self.people = [Profile(f"U{number}", "T1", f"P {number}") for number in range(people)]
        self.patience, self.asked, self.time = 99, list[str](), 0.0
        self.forgets = False
        self.roll = Roll(self.page, lambda: self.time)

    def page(self, place: str) -> tuple[list[Profile], str]:
        if self.patience == 0:
            raise TryLater(30.0, "ratelimited")
        self.patience -= 1
        self.asked.append(place)
        if place and self.forgets:
            self.forgets = False
            raise Refused("invalid_cursor", Cause.OURS)
        at = int(place or 0)
        return [self.people[at]], str(at + 1) if at + 1 < len(self.people) else ""

    def broken_off(self, after: int) -> None:
        self.patience = after
        with pytest.raises(TryLater):
            self.roll.everybody()
        self.patience, self.asked = 99, []


def test_a_list_that_was_broken_off_goes_on_where_it_was() -> None:
    office = Office(4)
    office.broken_off(after=2)
    assert office.roll.everybody() == tuple(office.people)
    assert office.asked == ["2", "3"]
    assert office.roll.everybody() == tuple(office.people)


def test_a_half_that_is_old_is_not_gone_on_with() -> None:
    office = Office(4)
    office.broken_off(after=2)
    office.time = MOST_AGE
    assert office.roll.everybody() == tuple(office.people)
    assert office.asked == ["", "1", "2", "3"]


def test_where_slack_has_lost_the_place_it_begins_anew() -> None:
    office = Office(4)
    office.broken_off(after=2)
    office.forgets = True
    assert office.roll.everybody() == tuple(office.people)
    assert office.asked == ["2", "", "1", "2", "3"]


def test_who_stands_on_two_pages_is_there_once() -> None:
    office = Office(3)
    office.people[2] = office.people[0]
    assert office.roll.everybody() == tuple(office.people[:2])
