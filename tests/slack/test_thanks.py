"""*Say thanks*: a word from an editor to a champion, in their own words, kindly seldom."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.actions.delete_me import delete_me
from bot.actions.forget_old import forget_old
from bot.actions.look_at_privacy import gather_own_data
from bot.actions.say_thanks import say_thanks
from bot.actions.who_asks import who_asks
from bot.domain.quiet_hours import QuietHours
from bot.slack import ids
from bot.store import people
from bot.store.tables import deliveries, editor_steps
from bot.store.tables import people as rows
from tests.conftest import Stand
from tests.slack.champions_desk import OUT, ChampionsDesk, text_of
from tests.slack.queueing import initial, spoken


@pytest.fixture
def at(public_stand: Stand) -> ChampionsDesk:
    found = ChampionsDesk(public_stand)
    found.three_champions()
    return found


def quiet(at: ChampionsDesk, user: str, *hours: int) -> None:
    person = at.person(user)
    wanted = replace(person.preferences, quiet=QuietHours(time(hours[0]), time(hours[1])))
    at.write(lambda c: people.set_preferences(c, person.id, wanted))


def thanks_rows(at: ChampionsDesk) -> list[Any]:
    query = select(deliveries).where(deliveries.c.kind == "thanks").order_by(deliveries.c.made_at)
    return list(at.desk.store.read(lambda c: c.execute(query).all()))


def first(name: str) -> str:
    return name.split()[0]


def test_the_draft_is_in_their_language_about_their_story_and_signed(at):
    at.open()
    view = at.thank(at.daan)
    name, editor = at.person(at.daan).name, at.desk.messenger.profile(at.editor).name
    draft = initial(view, ids.THANKS_TEXT)
    assert draft.startswith(f"Hoi {first(name)},")
    assert "4 lezers tot nu toe, de meeste van “The reef”" in draft
    assert draft.endswith(f"\n{first(editor)}")
    assert f"To *{name}*, as a direct message. They read Dutch." in text_of(view)


def test_what_the_editor_wrote_arrives_as_it_was_written(at):
    at.open()
    at.thank(at.anna)
    words = "Thanks <!channel> & *you*,\nreally :tada:"
    at.acts.fill(at.editor, at.view()["id"], ids.THANKS_TEXT, words)
    assert at.send() == {}
    assert f"On its way to {at.person(at.anna).name}." in text_of(at.view())
    assert thanks_rows(at)[0].target == at.anna
    at.stand.work()
    [message] = at.acts.direct(at.anna)
    written, small = message["blocks"]
    assert written["text"]["type"] == "plain_text"
    assert written["text"]["text"] == words
    assert "for you alone: nobody else gets it" in small["elements"][0]["text"]
    assert "<!channel>" not in message["text"]
    assert at.acts.direct(at.daan) == []
    assert at.steps().count("thank") == 1


def test_the_log_says_that_somebody_was_thanked_and_nothing_of_the_text(at):
    at.open()
    at.thank(at.anna)
    at.send()
    [step] = at.desk.store.read(lambda c: c.execute(select(editor_steps).where(editor_steps.c.step == "thank")).all())
    assert step.who == at.person(at.editor).key
    assert step.detail == {}


def test_somebody_without_a_name_is_thanked_and_stays_without(at):
    at.open()
    view = at.thank(at.lotte)
    name = at.person(at.lotte).name
    draft = initial(view, ids.THANKS_TEXT)
    assert draft.startswith("Hi there,"), "in the language of comms: theirs would tell"
    assert at.send() == {}
    seen = text_of(view) + text_of(at.view())
    for needle in (name, first(name), at.lotte, "Dutch", "Nederlands"):
        assert needle not in seen
    at.stand.work()
    [message] = at.acts.direct(at.lotte)
    assert "Communicatie weet niet wie je bent" in text_of(message)


def test_quiet_hours_are_kept_and_the_editor_hears_when(at):
    quiet(at, at.anna, 0, 12)
    at.open()
    at.thank(at.anna)
    assert at.send() == {}
    assert "has quiet hours now, and gets it today at" in text_of(at.view())
    at.stand.work()
    assert at.acts.direct(at.anna) == []
    at.clock.step(hours=6)
    at.stand.work()
    assert len(at.acts.direct(at.anna)) == 1


def test_the_quiet_hours_of_somebody_without_a_name_are_theirs(at):
    quiet(at, at.lotte, 0, 12)
    at.open()
    at.thank(at.lotte)
    at.send()
    assert "If they have quiet hours now" in text_of(at.view())
    assert "today at" not in text_of(at.view())


def test_once_a_week_from_whomever(at):
    at.open()
    at.thank(at.anna)
    at.send()
    at.open(at.redacteur)
    at.press(ids.THANK, at.redacteur, value=at.number(at.anna))
    assert "minder dan een week geleden" in spoken(at.view(at.redacteur)["blocks"])
    at.stand.work()
    at.clock.step(days=7, seconds=1)
    at.open(at.redacteur)
    at.thank(at.anna, at.redacteur)
    assert at.send(at.redacteur) == {}
    at.stand.work()
    assert len(at.acts.direct(at.anna)) == 2


def test_two_editors_at_once_are_one_and_what_the_other_typed_stays(at):
    for editor in (at.editor, at.redacteur):
        at.open(editor)
        at.thank(at.anna, editor)
        at.acts.fill(editor, at.view(editor)["id"], ids.THANKS_TEXT, f"Words of {editor}")
    assert at.send(at.editor) == {}
    errors = at.send(at.redacteur)
    assert "minder dan een week geleden" in errors[ids.THANKS_TEXT]
    typed = at.acts.state_of(at.redacteur, at.view(at.redacteur)["id"])
    assert typed[ids.THANKS_TEXT][ids.THANKS_TEXT]["value"] == f"Words of {at.redacteur}"
    assert len(thanks_rows(at)) == 1


def test_a_second_press_on_send_is_the_same_press(at):
    at.open()
    at.thank(at.anna)
    view = at.view()
    person, editor = at.person(at.anna).id, who_asks(at.desk, at.editor)
    for _ in range(2):
        say_thanks(at.desk, editor, person, "Thank you", view["id"], at.clock())
    assert len(thanks_rows(at)) == 1
    assert at.steps().count("thank") == 1


def test_nothing_but_blanks_is_no_thanks(at):
    at.open()
    at.thank(at.anna)
    at.acts.fill(at.editor, at.view()["id"], ids.THANKS_TEXT, " \n ")
    assert at.send() == {ids.THANKS_TEXT: "Say something first."}


def test_who_left_meanwhile_gets_nothing_and_the_editor_hears_nothing_of_that(at):
    at.open()
    at.thank(at.anna)
    name = at.person(at.anna).name
    at.stands(at.anna, OUT)
    errors = at.send()
    assert "The list has changed meanwhile" in errors[ids.THANKS_TEXT]
    assert name not in errors[ids.THANKS_TEXT]
    at.stand.work()
    assert at.acts.direct(at.anna) == []


def test_who_leaves_before_it_arrives_gets_nothing(at):
    quiet(at, at.anna, 0, 12)
    at.open()
    at.thank(at.anna)
    at.send()
    at.stands(at.anna, OUT)
    at.clock.step(days=1)
    at.stand.work()
    assert at.acts.direct(at.anna) == []


@pytest.mark.parametrize("change", ["the editor leaves", "totals only"])
def test_what_waited_is_not_wanted_any_more(at, change):
    quiet(at, at.anna, 0, 12)
    at.open()
    at.thank(at.anna)
    assert at.send() == {}
    if change == "totals only":
        at.set_up(totals_only=True)
    else:
        at.stands(at.editor, OUT)
    at.clock.step(hours=6)
    at.stand.work()
    assert [row.state for row in thanks_rows(at)] == ["unwanted"]
    assert at.acts.direct(at.anna) == []


def test_the_text_is_forgotten_after_a_week_and_the_limit_stays(at):
    at.open()
    at.thank(at.anna)
    at.send()
    at.stand.work()
    forget_old(at.desk, at.clock.step(days=7, minutes=1))
    [row] = thanks_rows(at)
    assert row.body is None
    assert row.state == "sent"


def test_an_editor_who_is_deleted_takes_their_words_along(at):
    quiet(at, at.anna, 0, 12)
    at.open()
    for user in (at.anna, at.daan):
        at.thank(user)
        at.acts.fill(at.editor, at.view()["id"], ids.THANKS_TEXT, "In my own words")
        at.send()
        at.acts.close(at.editor, at.view()["id"])
    at.stand.work()
    delete_me(at.desk, at.editor, at.clock())
    assert [row.body for row in thanks_rows(at)] == [None, None]
    at.clock.to(datetime(2026, 4, 20, 15, tzinfo=UTC))
    at.stand.work()
    assert at.acts.direct(at.anna) == []
    assert json.dumps([dict(row._mapping) for row in thanks_rows(at)], default=str).count("my own words") == 0


def test_nobody_else_can_send_thanks(at):
    at.open()
    view = at.thank(at.anna)
    at.set_up(editors=(), editors_by_channel=False)
    errors = at.send()
    assert "This is for comms" in errors[ids.THANKS_TEXT]
    assert view["id"] == at.view()["id"]


def test_who_came_in_a_file_cannot_be_written_to(at):
    at.write(lambda c: c.execute(update(rows).where(rows.c.user == at.anna).values(user="anna@example.com")))
    at.open()
    number = str(at.desk.store.read(lambda c: people.by_user(c, "anna@example.com")).id)
    at.press(ids.THANK, value=number)
    assert "came along in a file" in spoken(at.view()["blocks"])


def test_the_file_of_each_has_what_is_theirs(at):
    """Who is thanked reads who it was in the text; who thanked reads what they wrote, and not to whom."""
    at.open()
    at.thank(at.lotte)
    at.acts.fill(at.editor, at.view()["id"], ids.THANKS_TEXT, "In my own words")
    at.send()
    thanked, wrote = (
        json.loads(gather_own_data(at.desk, who_asks(at.desk, user), at.clock())) for user in (at.lotte, at.editor)
    )
    assert at.person(at.editor).key not in json.dumps(thanked)
    assert "In my own words" in json.dumps(thanked["kept"]["deliveries"])
    [row] = wrote["kept"]["deliveries"]["rows"]
    assert row["body"]["text"] == "In my own words"
    assert set(row) == {"kind", "body", "made_at"}
    lotte = at.person(at.lotte)
    assert not [needle for needle in (lotte.user, lotte.key, lotte.name) if needle in json.dumps(wrote)]
