"""After the share page: *opened*, *said*, the networks, the three states, and when it is too late."""

import logging
from datetime import timedelta

import pytest

from bot.actions.unsay_shared import unsay_shared
from bot.actions.who_asks import who_asks
from bot.domain.people import Standing
from bot.slack import ids
from bot.store import people
from tests.slack.share_desk import ShareDesk, any_element, carried, said_in


@pytest.fixture
def at(stand):
    return ShareDesk(stand)


def ticks(view):
    element = any_element(view, ids.SHARE_SAID)
    return [o["value"] for o in element.get("initial_options", [])]


def standing_of(at, user):
    return at.desk.store.read(lambda c: people.by_user(c, user)).standing


def test_what_was_opened_is_ticked_and_said(at):
    story = at.post()
    view = at.open(at.anna)
    assert any_element(view, ids.SHARE_SAID) == {}
    at.go(at.anna, "linkedin")
    assert ticks(at.view(at.anna)) == ["linkedin"]
    at.go(at.anna, "x")
    assert ticks(at.view(at.anna)) == ["linkedin", "x"]
    assert at.submit(at.anna).error is None
    assert {n: s.is_said for n, s in at.shares(at.anna, story).items()} == {"linkedin": True, "x": True}
    assert at.heard(at.anna) == "Thanks for passing it along on LinkedIn and X."
    assert at.acts.views(at.anna) == []


def test_a_tick_taken_away_stays_away_when_another_network_is_opened(at):
    story = at.post()
    at.open(at.anna)
    at.go(at.anna, "linkedin")
    block = next(b["block_id"] for b in at.view(at.anna)["blocks"] if b["block_id"].startswith(ids.SHARE_SAID))
    at.fill(at.anna, block, None)
    at.go(at.anna, "x")
    assert ticks(at.view(at.anna)) == ["x"]
    at.submit(at.anna)
    assert {n: s.is_said for n, s in at.shares(at.anna, story).items()} == {"linkedin": False, "x": True}


def test_the_same_story_on_the_same_network_counts_once(at):
    story = at.post()
    first = None
    for _ in range(3):
        at.open(at.anna)
        at.go(at.anna, "linkedin")
        at.submit(at.anna)
        share = at.shares(at.anna, story)
        first = first or share["linkedin"].said_at
        assert list(share) == ["linkedin"]
        assert share["linkedin"].said_at == first
        at.clock.step(minutes=5)


def test_said_without_a_network_waits_for_one(at):
    story = at.post()
    at.open(at.anna)
    at.submit(at.anna)
    assert list(at.shares(at.anna, story)) == ["unknown"]
    at.open(at.anna)
    at.go(at.anna, "bluesky")
    assert {n: s.is_said for n, s in at.shares(at.anna, story).items()} == {"bluesky": True}


def test_said_again_without_a_network_adds_nothing(at):
    story = at.post()
    at.open(at.anna)
    at.go(at.anna, "linkedin")
    at.submit(at.anna)
    view = at.open(at.anna)
    block = next(b["block_id"] for b in view["blocks"] if b["block_id"].startswith(ids.SHARE_SAID))
    at.fill(at.anna, block, None)
    at.submit(at.anna)
    assert list(at.shares(at.anna, story)) == ["linkedin"]


def test_a_reaction_and_the_modal_are_two_sources_of_one_share(at):
    story = at.post()
    ts = at.message(at.anna)["ts"]
    assert at.acts.react(at.anna, at.channel, ts, "mega").acked
    at.stand.work()
    assert list(at.shares(at.anna, story)) == ["unknown"]
    at.open(at.anna)
    at.go(at.anna, "linkedin")
    at.submit(at.anna)
    assert list(at.shares(at.anna, story)) == ["linkedin"]
    assert at.acts.unreact(at.anna, at.channel, ts, "mega").acked
    at.stand.work()
    share = at.shares(at.anna, story)["linkedin"]
    assert (share.reacted_at, share.is_said) == (None, True)
    assert unsay_shared(at.desk, who_asks(at.desk, at.anna), story, at.clock()) is False
    assert not at.shares(at.anna, story)["linkedin"].is_said


def test_i_did_not_share_it_leaves_a_reaction_that_stands(at):
    story = at.post()
    at.open(at.anna)
    at.go(at.anna, "linkedin")
    at.submit(at.anna)
    assert at.acts.react(at.anna, at.channel, at.message(at.anna)["ts"], "mega").acked
    at.stand.work()
    assert unsay_shared(at.desk, who_asks(at.desk, at.anna), story, at.clock()) is True
    share = at.shares(at.anna, story)["linkedin"]
    assert (share.claimed_at, share.is_said) == (None, True)


def test_my_networks_are_asked_once_and_come_first_the_last_used_on_top(at):
    at.post()
    at.open(at.anna)
    at.fill(at.anna, ids.SHARE_NETWORKS, ["threads", "reddit"])
    at.submit(at.anna)
    view = at.open(at.anna)
    assert any_element(view, ids.SHARE_NETWORKS) == {}
    assert networks_of(view) == ["threads", "reddit"]
    at.go(at.anna, "reddit")
    assert networks_of(at.view(at.anna)) == ["threads", "reddit"], "buttons stay where they are while it is open"
    assert networks_of(at.open(at.anna)) == ["reddit", "threads"]


def networks_of(view):
    block = next(b for b in view["blocks"] if b["block_id"] == "share_buttons")
    return [e["value"] for e in block["elements"] if e["action_id"].startswith("go_")]


def test_a_server_that_is_none_is_said_at_its_field_and_nothing_is_lost(at):
    story = at.post()
    view = at.open(at.anna)
    at.fill(at.anna, ids.SHARE_WORDS, "Keep me")
    at.fill(at.anna, ids.SHARE_NETWORKS, ["mastodon"])
    at.submit(at.anna)
    assert list(at.acts.errors_of(at.anna, view["id"])) == [ids.SHARE_MASTODON]
    assert at.acts.state_of(at.anna, view["id"])[ids.SHARE_WORDS][ids.SHARE_WORDS]["value"] == "Keep me"
    assert at.shares(at.anna, story) == {}
    at.fill(at.anna, ids.SHARE_MASTODON, "mastodon.nl")
    at.submit(at.anna)
    at.open(at.anna)
    assert at.go(at.anna, "mastodon").startswith("https://mastodon.nl/share?text=")


@pytest.mark.parametrize(
    ("button", "standing"), [(ids.SHARE_NAMED, Standing.NAMED), (ids.SHARE_UNNAMED, Standing.UNNAMED)]
)
def test_the_question_is_asked_until_it_is_answered(at, button, standing):
    at.post()
    at.open(at.anna)
    at.go(at.anna, "linkedin")
    assert "comms sees it too" in said_in(at.view(at.anna))
    at.fill(at.anna, ids.SHARE_WORDS, "Half a sent")
    view = at.view(at.anna)
    at.press(at.anna, button)
    assert standing_of(at, at.anna) is standing
    assert at.acts.state_of(at.anna, view["id"])[ids.SHARE_WORDS][ids.SHARE_WORDS]["value"] == "Half a sent"
    assert "comms sees it too" not in said_in(at.view(at.anna))
    assert "comms sees it too" not in said_in(at.open(at.anna))


def test_who_is_not_counted_can_share_all_the_same(at):
    story = at.post()
    at.open(at.anna)
    at.press(at.anna, ids.SHARE_OUT)
    assert "nothing of what you share is kept" in said_in(at.view(at.anna))
    first = at.go(at.anna, "linkedin")
    assert "One" in carried(first)
    assert at.go(at.anna, "linkedin") == first
    assert at.view(at.anna)["submit"]["text"] == "Done"
    at.submit(at.anna)
    assert at.shares(at.anna, story) == {}
    assert standing_of(at, at.anna) is Standing.OUT
    assert at.heard(at.anna) == "Thanks for passing it along."


def test_a_guest_counts_and_another_organisations_person_does_not(at):
    story = at.post()
    at.open(at.guest)
    at.go(at.guest, "linkedin")
    assert list(at.shares(at.guest, story)) == ["linkedin"]
    stranger = at.english[5]
    profile = at.desk.messenger.profile(stranger)
    at.desk.profiles.keep(type(profile)(**{**vars(profile), "team": "T0OTHER", "is_stranger": True}))
    at.open(stranger)
    assert "linkedin.com" in at.go(stranger, "linkedin")
    at.submit(stranger)
    assert at.desk.store.read(lambda c: people.by_user(c, stranger)) is None


def test_a_story_past_its_best_before_takes_no_new_shares(at):
    story = at.post(best_before=at.clock() + timedelta(days=3))
    at.open(at.anna)
    at.fill(at.anna, ids.SHARE_WORDS, "Too late")
    view = at.view(at.anna)
    at.clock.step(days=4)
    at.press(at.anna, ids.go("linkedin"))
    assert "past its best-before" in said_in(at.view(at.anna))
    at.acts.close(at.anna, at.view(at.anna)["id"])
    at.submit(at.anna)
    assert "past its best-before" in at.acts.errors_of(at.anna, view["id"])[ids.SHARE_WORDS]
    assert at.shares(at.anna, story) == {}
    outcome = at.acts.press(at.daan, ids.SHARE, channel=at.channel, ts=at.message(at.daan)["ts"])
    at.stand.settle()
    assert outcome.acked
    assert at.acts.views(at.daan) == []
    assert "over de datum" in at.heard(at.daan)


def test_nothing_of_a_person_stands_in_a_log(at, caplog):
    at.post()
    with caplog.at_level(logging.INFO):
        at.open(at.anna)
        at.go(at.anna, "linkedin")
        at.submit(at.anna)
    assert at.anna not in "".join(r.getMessage() for r in caplog.records if r.name.startswith("bot.slack"))
