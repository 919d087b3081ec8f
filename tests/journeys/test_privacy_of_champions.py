"""What `/passalong privacy` says of comms' list, of teams, and of what was set aside."""

import json
import re
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.actions.look_at_privacy import gather_own_data
from bot.actions.mark_said import mark_said
from bot.actions.set_aside import set_aside_link, set_aside_share
from bot.actions.who_asks import who_asks
from bot.store.tables import links, people, shares
from tests.conftest import Stand
from tests.journeys.followed import follow, share_by_link
from tests.slack.champions_desk import OUT, ChampionsDesk


@pytest.fixture
def at(public_stand: Stand) -> ChampionsDesk:
    return ChampionsDesk(public_stand)


def told(at: ChampionsDesk, user: str) -> str:
    return json.dumps(at.say("privacy", user)["blocks"], ensure_ascii=False)


def file_of(at: ChampionsDesk, user: str) -> dict[str, Any]:
    content = gather_own_data(at.desk, who_asks(at.desk, user), at.clock(), lambda flag: f"in words: {flag}")
    assert content is not None
    return dict(json.loads(content))


def test_a_champion_reads_what_comms_reads(at):
    at.three_champions()
    text = told(at, at.anna)
    assert "On comms' list of the champions you stand at number 2." in text
    assert "You're among those who rise" in text
    assert "You have a star there" in text
    assert re.search(r"\d\.\d readers a week, recent weeks counting most · early", text)
    assert "2 shares, 8 readers, most from *The reef*" in text
    assert "Comms sees this with your name, and can look at it share by share" in text
    assert file_of(at, at.anna)["what comms' list of champions says"]["because of"] == {
        "shares": 2,
        "readers": 8,
        "story": "The reef",
    }


def test_in_dutch(at):
    at.three_champions()
    text = told(at, at.daan)
    assert "Op de lijst van ambassadeurs van communicatie sta je op nummer 3." in text
    assert re.search(r"\d,\d lezers per week, waarbij de laatste weken het zwaarst tellen · pril", text)
    assert "2 keer gedeeld, 4 lezers, de meeste van *The reef*" in text


def test_who_has_no_name_reads_that_it_has_none(at):
    at.three_champions()
    assert "Communicatie ziet dit zonder je naam, en weet niet van wie het is." in told(at, at.lotte)


def test_hints_are_in_the_file_in_words(at):
    [reef] = at.post("The reef")
    at.read(at.anna, reef, 5)
    follow(at.desk, share_by_link(at.desk, at.anna, reef, at.clock(), "x"), at.clock(), readers=2)
    at.clock.step(days=21)
    at.count()
    assert file_of(at, at.anna)["what comms' list of champions says"]["hints"] == ["in words: one_story"]
    assert "A hint for comms, no more: All readers came for one story." in told(at, at.anna)


@pytest.mark.parametrize("way", ["out", "totals only"])
def test_who_is_on_no_list_reads_of_none(at, way):
    at.three_champions()
    if way == "out":
        at.stands(at.anna, OUT)
    else:
        at.set_up(totals_only=True)
        assert "Your company shows totals only" in told(at, at.anna)
    assert "list of the champions" not in told(at, at.anna)
    assert file_of(at, at.anna)["what comms' list of champions says"] is None


def test_a_team_is_told(at):
    at.three_champions()
    at.write(lambda c: c.execute(update(people).where(people.c.user == at.anna).values(team="Pumps <!here> & Co")))
    assert "in the sums of your team, Pumps &lt;!here&gt; &amp; Co." in told(at, at.anna)
    assert "sums of your team" not in told(at, at.eva)


def test_what_was_set_aside_is_told_with_the_reason(at):
    reef, bakery = at.three_champions()
    mark_said(at.desk, who_asks(at.desk, at.anna), bakery, ["x"], at.clock())
    mine = at.person(at.anna).id
    of_reef = select(links.c.id).where(links.c.person_id == mine, links.c.story_id == reef)
    link = at.desk.store.read(lambda c: c.execute(of_reef).scalar_one())
    share = at.desk.store.read(lambda c: c.execute(select(shares.c.id).where(shares.c.network == "x")).scalar_one())
    editor = who_asks(at.desk, at.editor)
    assert set_aside_link(at.desk, editor, link, "A *script* follows it", at.clock())
    assert set_aside_share(at.desk, editor, share, "By mistake", at.clock())
    text = told(at, at.anna)
    assert "The 6 readers of your link to *The reef* (LinkedIn) don't count. Why: A ∗script∗ follows" in text
    assert "That you passed along *The bakery* (X) doesn't count. Why: By mistake" in text
    aside = file_of(at, at.anna)["set aside by an editor"]
    assert {(one["what"], one["story"], one["readers"], one["reason"]) for one in aside} == {
        ("link", "The reef", 6, "A *script* follows it"),
        ("share", "The bakery", 0, "By mistake"),
    }
    assert "Set aside" not in told(at, at.eva)
