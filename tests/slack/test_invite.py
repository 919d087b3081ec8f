"""Into the champions' channel: asked once, and only who says yes is seen."""

from typing import Any

import pytest

from bot.slack import ids
from tests.conftest import Stand
from tests.slack.champions_desk import OUT, ChampionsDesk, text_of
from tests.slack.queueing import spoken


@pytest.fixture
def at(public_stand: Stand) -> ChampionsDesk:
    found = ChampionsDesk(public_stand)
    found.three_champions()
    found.set_up(champions_channel=found.general)
    return found


def choose(at: ChampionsDesk, user: str) -> None:
    option = ids.option(ids.INVITE, int(at.number(user)))
    at.press(ids.CHAMPION_MENU, option=option, block_id=f"champion:{at.number(user)}")


def ask(at: ChampionsDesk, user: str) -> dict[str, Any]:
    """Ask this one; answers the message they get."""
    at.open()
    choose(at, user)
    assert at.send() == {}
    at.stand.work()
    return dict(at.acts.direct(user)[-1])


def press(at: ChampionsDesk, user: str, action: str) -> str:
    """Press in the message; answers what stands there afterwards."""
    message = at.acts.direct(user)[-1]
    outcome = at.acts.press(user, action, ts=message["ts"])
    assert outcome.acked, outcome
    at.stand.settle()
    return text_of(at.acts.direct(user)[-1])


def leave_room(at: ChampionsDesk, user: str) -> None:
    at.stand.workspace.channels[at.desk.setup().champions_channel].members.remove(user)


def test_somebody_is_asked_joins_and_gets_the_way_in(at):
    leave_room(at, at.daan)
    message = ask(at, at.daan)
    assert f"kanaal: <#{at.general}>" in text_of(message)
    assert "Bij communicatie weet niemand" not in text_of(message), "they do know"
    shown = press(at, at.daan, ids.INVITE_JOIN)
    assert f"Hier is het: <#{at.general}>" in shown
    assert ids.INVITE_JOIN not in shown
    at.stand.work()
    assert at.acts.messages(at.editor, at.comms) == [], "a public channel has no door to be opened"
    assert at.steps().count("invite") == 1


def test_into_a_private_channel_comms_lets_them_and_hears_of_it_by_a_plain_name(at):
    at.set_up(champions_channel=at.comms)
    ask(at, at.anna)
    assert "comms hears that you would like to" in text_of(at.acts.direct(at.anna)[-1])
    assert "comms to let you in" in press(at, at.anna, ids.INVITE_JOIN)
    at.stand.work()
    [wish] = at.acts.messages(at.editor, at.comms)
    assert f"*{at.person(at.anna).name}* would like to join" in text_of(wish)
    assert at.anna not in text_of(wish)


def test_who_has_no_name_hears_that_joining_shows_it_and_is_named_only_then(at):
    at.set_up(champions_channel=at.comms)
    name = at.person(at.lotte).name
    at.open()
    choose(at, at.lotte)
    assert "You don't know who it is" in text_of(at.view())
    assert at.send() == {}
    assert name not in text_of(at.view())
    at.stand.work()
    assert "Bij communicatie weet niemand wie je bent" in text_of(at.acts.direct(at.lotte)[-1])
    assert at.acts.messages(at.editor, at.comms) == []
    press(at, at.lotte, ids.INVITE_JOIN)
    at.stand.work()
    assert name in text_of(at.acts.messages(at.editor, at.comms)[-1])


def test_no_thanks_is_remembered_and_nobody_hears(at):
    at.set_up(champions_channel=at.comms)
    ask(at, at.anna)
    at.open()
    assert ids.option(ids.INVITE, int(at.number(at.anna))) not in text_of(at.view()), "not offered a second time"
    assert "That's fine" in press(at, at.anna, ids.INVITE_NO)
    at.stand.work()
    assert at.acts.messages(at.editor, at.comms) == []


def test_an_old_list_asks_nobody_twice(at):
    at.open()
    at.open(at.redacteur)
    choose(at, at.anna)
    assert at.send() == {}
    number = at.number(at.anna)
    option = ids.option(ids.INVITE, int(number))
    at.press(ids.CHAMPION_MENU, at.redacteur, option=option, block_id=f"champion:{number}")
    assert "Ik vraag het één keer" in spoken(at.view(at.redacteur)["blocks"])


def test_without_a_channel_nothing_is_offered(at):
    at.open()
    assert ids.option(ids.INVITE, int(at.number(at.anna))) in text_of(at.view())
    at.set_up(champions_channel=None)
    at.open()
    assert ids.option(ids.INVITE, int(at.number(at.anna))) not in text_of(at.view())


def test_who_is_there_already_or_left_is_not_asked(at):
    at.acts.join(at.anna, at.general)
    leave_room(at, at.daan)
    at.open()
    for user in (at.anna, at.daan):
        choose(at, user)
        assert at.send() == {}
        at.acts.close(at.editor, at.view()["id"])
    at.stands(at.daan, OUT)
    at.stand.work()
    assert at.acts.direct(at.anna) == []
    assert at.acts.direct(at.daan) == []


def test_who_was_there_already_can_be_asked_for_another_channel(at):
    at.acts.join(at.anna, at.general)
    at.open()
    choose(at, at.anna)
    assert at.send() == {}
    assert "unless they are in there already" in text_of(at.view())
    at.stand.work()
    assert at.acts.direct(at.anna) == []
    at.set_up(champions_channel=at.comms)
    at.stand.clock.step(minutes=1)
    assert "would you like to join" in text_of(ask(at, at.anna)).lower()
