"""What everybody can choose on Home: how they take part, and whether they do."""

from typing import Any

import pytest

from bot.domain.people import Standing
from bot.slack import ids
from bot.store import shares
from tests.journeys.home_company import Company, buttons, choices, text_of


@pytest.fixture
def company(stand: Any) -> Company:
    return Company(stand)


def test_preferences_are_kept_and_shown_again(company):
    company.home(company.reader)
    form = company.preferences(company.reader)
    for block, value in {
        "standing": "named",
        "language": "nl",
        "networks": ["bluesky", "mastodon"],
        "mastodon": "https://Mastodon.Social/@anna",
        "reminders": [],
        "quiet_from": "22:00",
        "quiet_to": "07:30",
    }.items():
        outcome = company.acts.fill(company.reader, form, block, value)
        assert outcome.acked, (block, outcome)
    view = company.submit(company.reader, form)
    assert company.acts.views(company.reader) == []
    assert "Bewaard." in text_of(view)
    person = company.person(company.reader)
    chosen = person.preferences
    assert person.standing is Standing.NAMED
    assert (chosen.language, set(chosen.networks), chosen.mastodon) == (
        "nl",
        {"bluesky", "mastodon"},
        "mastodon.social",
    )
    assert (chosen.reminders, str(chosen.quiet.start), str(chosen.quiet.end)) == (False, "22:00:00", "07:30:00")
    form = company.preferences(company.reader)
    state = company.acts.state_of(company.reader, form)
    assert state["quiet_to"]["quiet_to"]["selected_time"] == "07:30"
    assert state["standing"]["standing"]["selected_option"]["value"] == "named"
    assert [o["value"] for o in state["networks"]["networks"]["selected_options"]] == ["bluesky", "mastodon"]
    assert state["reminders"]["reminders"]["selected_options"] == []


@pytest.mark.parametrize(
    ("filled", "wrong"),
    [
        ({"quiet_from": "22:00"}, {"quiet_to": "And until when?"}),
        ({"quiet_to": "22:00"}, {"quiet_from": "And from when?"}),
        ({"networks": ["mastodon"]}, {"mastodon": "You chose Mastodon"}),
        ({"mastodon": "not a server", "quiet_from": "01:00"}, {"mastodon": "That isn't the name", "quiet_to": "And"}),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_kept(company, filled, wrong):
    company.home(company.reader)
    form = company.preferences(company.reader)
    for block, value in filled.items():
        company.acts.fill(company.reader, form, block, value)
    company.acts.submit(company.reader, form)
    found = company.acts.errors_of(company.reader, form)
    assert found.keys() == wrong.keys()
    assert all(found[block].startswith(text) for block, text in wrong.items())
    assert company.person(company.reader) is None


def test_equal_quiet_hours_are_none_and_the_open_question_stays_open(company):
    company.home(company.reader)
    form = company.preferences(company.reader)
    company.acts.fill(company.reader, form, "quiet_from", "08:00")
    company.acts.fill(company.reader, form, "quiet_to", "08:00")
    company.submit(company.reader, form)
    person = company.person(company.reader)
    assert person.preferences.quiet is None
    assert person.standing is Standing.UNASKED


def test_leave_and_join_again_are_one_click_each(company):
    [story] = company.post("The reef")
    company.said(company.reader, story)
    company.home(company.reader)
    view = company.press(company.reader, ids.LEAVE)
    assert "You've left." in text_of(view)
    assert choices(view) == {ids.JOIN_AGAIN, ids.DELETE_ME}
    assert company.person(company.reader).standing is Standing.OUT
    [message] = [m for m in company.acts.messages(company.reader, company.room) if "reef" in m["text"]]
    company.acts.react(company.reader, company.room, message["ts"], "mega")
    company.stand.work()
    [share] = company.desk.store.read(lambda c: shares.of_person(c, story, company.person(company.reader).id))
    assert share.reacted_at is None
    view = company.press(company.reader, ids.JOIN_AGAIN)
    assert company.person(company.reader).standing is Standing.UNASKED, "coming back says nothing about being counted"
    assert choices(view) == {ids.PREFERENCES, ids.LEAVE, ids.DELETE_ME}
    assert "You passed along one story." in text_of(view)


def test_do_not_count_me_in_the_preferences_is_leaving(company):
    company.home(company.reader)
    form = company.preferences(company.reader)
    company.acts.fill(company.reader, form, "standing", "out")
    assert "You've left." in text_of(company.submit(company.reader, form))
    assert company.person(company.reader).standing is Standing.OUT


def test_leaving_takes_one_click_and_deleting_asks_once_in_kind_words(company):
    [story] = company.post("The reef")
    company.said(company.reader, story)
    view = company.home(company.reader)
    [leave] = buttons(view, ids.LEAVE)
    assert "confirm" not in leave
    [delete] = buttons(view, ids.DELETE_ME)
    assert delete["confirm"]["text"]["text"]
