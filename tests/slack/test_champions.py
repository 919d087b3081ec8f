"""`/passalong champions`: what editors see of champions, and what they never see."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.slack import ids
from bot.sources.words import Words
from bot.store.tables import people as rows
from bot.store.teams import keep_staff
from tests.conftest import Stand
from tests.slack.champions_desk import OUT, ChampionsDesk, text_of

WORDS = Words.load(Path(__file__).parents[2] / "content" / "words")


@pytest.fixture
def at(public_stand: Stand) -> ChampionsDesk:
    return ChampionsDesk(public_stand)


def name_of(at: ChampionsDesk, user: str) -> str:
    return str(at.person(user).name)


def test_the_list_says_who_why_and_how_steady(at):
    at.three_champions()
    rows = [b["text"]["text"] for b in at.open()["blocks"] if b["type"] == "section"][1:]
    assert [row.splitlines()[0].split("*")[1] for row in rows] == [
        "1. Somebody without a name",
        f"2. {name_of(at, at.anna)}",
        f"3. {name_of(at, at.daan)}",
    ]
    assert rows[1].splitlines()[1] == "2 shares, 8 readers, most from *The reef*"
    assert "readers a week · early" in rows[1]
    text = text_of(at.view())
    assert "3 people bring 100 % of readers." in text
    assert "up to the end of yesterday" in text


def test_who_has_no_name_has_none_in_anything_that_is_sent(at):
    at.three_champions()
    at.open()
    for tab in (ids.CHAMPIONS_RISING, ids.CHAMPIONS_STORIES, ids.CHAMPIONS_TEAMS):
        at.press(tab)
        assert not {at.lotte, name_of(at, at.lotte)} & set(text_of(at.view()).split('"'))
    at.press(ids.CHAMPIONS_LIST)
    text = text_of(at.view())
    assert name_of(at, at.lotte) not in text
    assert at.lotte not in text
    assert at.anna not in text, "nobody's Slack id: a mention would ring"


def test_who_is_out_is_nowhere(at):
    at.three_champions()
    at.stands(at.anna, OUT)
    at.open()
    for tab in (ids.CHAMPIONS_LIST, ids.CHAMPIONS_RISING, ids.CHAMPIONS_STORIES, ids.CHAMPIONS_TEAMS):
        at.press(tab)
        assert name_of(at, at.anna) not in text_of(at.view())


def test_others_hear_kindly_that_it_is_for_comms(at):
    at.three_champions()
    assert "This is for comms" in at.say("champions", at.anna)["text"]
    assert at.acts.views(at.anna) == []


def test_before_it_was_ever_counted_it_says_so(at):
    for tab in (None, ids.CHAMPIONS_RISING, ids.CHAMPIONS_TEAMS):
        view = at.open() if tab is None else at.press(tab) or at.view()
        assert "being counted for the first time" in text_of(view)


def test_nobody_yet_says_what_it_takes(at):
    at.count()
    assert "two weeks after they could first share" in text_of(at.open())
    at.press(ids.CHAMPIONS_RISING)
    assert "Nobody is on their way up" in text_of(at.view())
    at.press(ids.CHAMPIONS_STORIES)
    assert "that comes with the stories" in text_of(at.view())
    at.press(ids.CHAMPIONS_TEAMS)
    assert "No teams yet" in text_of(at.view())


def test_totals_only_shows_no_people(at):
    at.three_champions()
    at.set_up(totals_only=True)
    text = text_of(at.open())
    assert "Your company chose totals only" in text
    assert "3 people bring 100 % of readers." in text
    at.press(ids.CHAMPIONS_RISING)
    text += text_of(at.view())
    assert name_of(at, at.anna) not in text
    assert ids.THANK not in text


def test_without_a_public_address_it_says_why(stand):
    at = ChampionsDesk(stand)
    assert "without a public address" in text_of(at.open())


def test_home_has_the_first_five_and_the_way_to_all(at):
    at.three_champions()
    at.acts.open_home(at.redacteur)
    at.stand.work()
    text = text_of(at.acts.home(at.redacteur))
    assert f"2. *{name_of(at, at.anna)}*: 1,4 lezers per week" in text
    assert "1. *Iemand zonder naam*" in text
    assert name_of(at, at.lotte) not in text
    yesterday = at.stand.clock().date() - timedelta(days=1)
    assert f"Geteld tot en met {WORDS.short_date('nl', yesterday)}." in text
    assert at.acts.press(at.redacteur, ids.CHAMPIONS, view_id=at.acts.home(at.redacteur)["id"]).acked
    at.stand.settle()
    assert "de meeste van *The reef*" in text_of(at.view(at.redacteur))
    at.set_up(totals_only=True)
    at.acts.open_home(at.redacteur)
    at.stand.work()
    assert "alleen totalen" in text_of(at.acts.home(at.redacteur))
    assert name_of(at, at.anna) not in text_of(at.acts.home(at.redacteur))


def test_a_long_list_is_paged_and_fits_a_modal(at):
    """Twenty-five people of a company of forty thousand, with long names and odd titles."""
    titles = at.post(":tada: " + "An <odd> & long title " * 20, "*The* bakery")
    at.set_up(champions_channel=at.general)
    now = at.clock()
    at.write(lambda c: keep_staff(c, {"": 40_000}, now))
    for number, user in enumerate(at.staff[:27]):
        for story in titles:
            at.read(user, story, 30 - number)
    at.write(lambda c: c.execute(update(rows).values(name="Maximiliana-Alexandra " * 9)))
    at.clock.step(days=21)
    at.count()
    at.open()
    for first in ("*1. ", "*11. ", "*21. "):
        view = at.view()
        assert first in text_of(view)
        assert len(view["blocks"]) <= 30
        if first != "*21. ":
            at.press(ids.CHAMPIONS_LATER)
    assert "*25. " in text_of(at.view())
    assert "*26. " not in text_of(at.view())
    at.press(ids.CHAMPIONS_EARLIER)
    assert "*11. " in text_of(at.view())


def test_a_tab_can_be_typed_in_either_language(at):
    at.three_champions()
    at.say("champions teams")
    assert "No teams yet" in text_of(at.view())
    at.say("champions  In Opkomst")
    assert "*Rising*" in text_of(at.view())
    assert "That is no tab of it" in at.say("champions everybody")["text"]
    assert "This is for comms" in at.say("champions everybody", at.anna)["text"]
