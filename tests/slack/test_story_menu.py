"""The menu of a story: *Not for me*, *Remind me later*, *Already posted it myself*."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.people import Standing
from bot.domain.quiet_hours import QuietHours
from bot.domain.reasons import Reason
from bot.slack import ids
from bot.store import not_for_me as not_for_me_store
from bot.store import people, stories
from tests.slack.share_desk import ShareDesk, any_element, carried, said_in


@pytest.fixture
def at(stand):
    return ShareDesk(stand)


def prefer(at, user, **wanted):
    """What this person chose on Home; they are known from an earlier story."""
    person = at.desk.store.write(lambda c: people.add(c, at.desk.messenger.profile(user), at.clock()))
    at.desk.store.write(lambda c: people.set_preferences(c, person.id, replace(person.preferences, **wanted)))
    return person


def not_for_me(at, story):
    return at.desk.store.read(lambda c: stories.find(c, story)).not_for_me


def test_not_for_me_is_counted_without_anybody(at):
    story = at.post()
    at.menu(at.anna, ids.NOT_FOR_ME)
    assert at.heard(at.anna).startswith("No problem. I won't come back to you about it.")
    assert not_for_me(at, story) == 1
    assert at.desk.store.read(lambda c: people.by_user(c, at.anna)) is None
    at.menu(at.anna, ids.NOT_FOR_ME)
    assert not_for_me(at, story) == 1
    at.menu(at.daan, ids.NOT_FOR_ME)
    assert not_for_me(at, story) == 2


def test_who_is_not_counted_is_not_counted_here_either(at):
    story = at.post()
    person = prefer(at, at.anna)
    at.desk.store.write(lambda c: people.set_standing(c, person.id, Standing.OUT))
    at.menu(at.anna, ids.NOT_FOR_ME)
    assert not_for_me(at, story) == 0


def reasons_of(at, story):
    return at.desk.store.read(lambda c: not_for_me_store.reasons(c, [story])).get(story, {})


def because(at, user, reason):
    message = next(m for m in reversed(at.acts.ephemerals(user)) if any_element(m, ids.why_not(reason)))
    assert at.acts.press(user, ids.why_not(reason), ts=message["ts"]).acked
    at.stand.settle()


def test_why_it_is_not_for_them_takes_one_tap_and_nobodys_name(at):
    story = at.post()
    at.menu(at.anna, ids.NOT_FOR_ME)
    assert "counted by story and never by person" in at.heard(at.anna)
    because(at, at.anna, Reason.ADVERT)
    assert "your name isn't with it" in at.heard(at.anna)
    assert reasons_of(at, story) == {Reason.ADVERT: 1}
    assert any_element(at.acts.ephemerals(at.anna)[-1], ids.why_not(Reason.ADVERT)) == {}, "asked and answered"
    at.menu(at.daan, ids.NOT_FOR_ME)
    assert "één tik" in at.heard(at.daan)
    because(at, at.daan, Reason.ADVERT)
    at.menu(at.english[1], ids.NOT_FOR_ME)
    assert reasons_of(at, story) == {Reason.ADVERT: 2}
    assert not_for_me(at, story) == 3, "a reason is not needed"
    assert at.desk.store.read(lambda c: people.by_user(c, at.anna)) is None


def test_a_second_press_on_a_reason_is_harmless(at):
    """Two windows show the same question; whichever is pressed, it is one reason."""
    story = at.post()
    at.menu(at.anna, ids.NOT_FOR_ME)
    message = at.acts.ephemerals(at.anna)[-1]
    body = dict(message)
    because(at, at.anna, Reason.SEEN)
    place = at.stand.workspace.ephemerals[-1]
    place.message["blocks"] = body["blocks"]
    because(at, at.anna, Reason.SUBJECT)
    assert reasons_of(at, story) == {Reason.SEEN: 1}


def test_who_is_out_is_asked_for_no_reason(at):
    story = at.post()
    person = prefer(at, at.anna)
    at.desk.store.write(lambda c: people.set_standing(c, person.id, Standing.OUT))
    at.menu(at.anna, ids.NOT_FOR_ME)
    assert any_element(at.acts.ephemerals(at.anna)[-1], ids.why_not(Reason.SEEN)) == {}
    assert reasons_of(at, story) == {}


def test_a_reminder_comes_the_next_morning_once_and_can_be_shared_from(at):
    story = at.post()
    at.menu(at.daan, ids.REMIND_ME)
    assert at.heard(at.daan) == "Ik herinner je eraan: morgen om 9.00 uur."
    at.menu(at.daan, ids.REMIND_ME)
    assert at.heard(at.daan) == "Dat staat al genoteerd: morgen om 9.00 uur herinner ik je eraan."
    at.stand.work()
    assert at.acts.direct(at.daan) == []
    at.clock.to(datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    at.stand.work()
    [message] = at.acts.direct(at.daan)
    assert message["text"] == "Je wilde hieraan herinnerd worden: The &lt;reef&gt; &amp; us"
    assert "Waar je het zag" in said_in(message)
    assert at.acts.press(at.daan, ids.SHARE, ts=message["ts"]).acked
    at.stand.settle()
    assert "One" in carried(at.go(at.daan, "linkedin"))
    at.submit(at.daan)
    assert at.shares(at.daan, story)["linkedin"].is_said
    assert at.heard(at.daan) == "Bedankt voor het doorgeven op LinkedIn."


def test_a_reminder_keeps_quiet_hours(at):
    at.post()
    prefer(at, at.anna, quiet=QuietHours(time(18), time(11)))
    at.menu(at.anna, ids.REMIND_ME)
    assert at.heard(at.anna) == "I'll remind you tomorrow at 11:00."
    zone = at.desk.messenger.profile(at.anna).zone
    assert zone == "Europe/London"
    at.clock.to(datetime(2026, 3, 4, 10, 59, tzinfo=UTC))
    at.stand.work()
    assert at.acts.direct(at.anna) == []
    at.clock.step(minutes=1)
    at.stand.work()
    assert len(at.acts.direct(at.anna)) == 1


def test_no_reminder_of_what_was_shared_meanwhile_is_over_or_is_unwanted(at):
    at.post()
    for user in (at.anna, at.daan):
        at.menu(user, ids.REMIND_ME)
    at.open(at.anna)
    at.go(at.anna, "linkedin")
    at.submit(at.anna)
    person = at.desk.store.read(lambda c: people.by_user(c, at.daan))
    at.desk.store.write(lambda c: people.set_preferences(c, person.id, replace(person.preferences, reminders=False)))
    at.clock.step(days=2)
    at.stand.work()
    assert at.acts.direct(at.anna) == []
    assert at.acts.direct(at.daan) == []


def test_why_there_will_be_no_reminder_is_said(at):
    at.post(best_before=at.clock() + timedelta(days=1, hours=12))
    at.menu(at.anna, ids.REMIND_ME)
    assert "this one can be shared until today at 19:00" in at.heard(at.anna)
    prefer(at, at.daan, reminders=False)
    at.menu(at.daan, ids.REMIND_ME)
    assert "Je hebt herinneringen uitgezet" in at.heard(at.daan)
    person = prefer(at, at.english[1])
    at.desk.store.write(lambda c: people.set_standing(c, person.id, Standing.OUT))
    at.menu(at.english[1], ids.REMIND_ME)
    assert "keep nothing about you" in at.heard(at.english[1])


def test_the_address_of_an_own_post_tells_the_network(at):
    story = at.post()
    at.menu(at.anna, ids.POSTED_MYSELF)
    assert any_element(at.view(at.anna), ids.POST_ADDRESS)
    at.fill(at.anna, ids.POST_ADDRESS, "https://example.com/reef")
    at.submit(at.anna)
    assert "beginning with https://" in at.acts.errors_of(at.anna, at.view(at.anna)["id"])[ids.POST_ADDRESS]
    address = "https://www.linkedin.com/posts/anna-1_reef-activity-7"
    at.fill(at.anna, ids.POST_ADDRESS, address)
    at.submit(at.anna)
    share = at.shares(at.anna, story)["linkedin"]
    assert (share.is_said, share.post_url) == (True, address)
    assert at.heard(at.anna) == "Thanks for passing it along on LinkedIn."


def test_without_an_address_it_counts_just_the_same(at):
    story = at.post()
    at.menu(at.anna, ids.POSTED_MYSELF)
    at.submit(at.anna)
    assert list(at.shares(at.anna, story)) == ["unknown"]
