"""`/passalong export`: files for editors, in totals; people only where the company said so."""

import csv
from io import StringIO

import pytest
from sqlalchemy import update

from bot.domain.people import Standing
from bot.slack import ids
from bot.store import rankings
from bot.store.tables import people
from bot.store.teams import keep_staff
from tests.conftest import Stand
from tests.slack.champions_desk import OUT, ChampionsDesk, text_of


@pytest.fixture
def at(public_stand: Stand) -> ChampionsDesk:
    return ChampionsDesk(public_stand)


def export(at: ChampionsDesk) -> dict[str, list[dict[str, str]]]:
    """The rows of each file by its name without the day."""
    assert "I'm counting" in at.say("export")["text"]
    [message] = [m for m in at.acts.direct(at.editor) if m.get("files")][-1:]
    files = at.stand.workspace.files
    found = {}
    for shown in message["files"]:
        text = files[shown["id"]].content.decode("utf-8-sig")
        found[shown["name"].partition("-")[0]] = list(csv.DictReader(StringIO(text)))
    return found


def everything(found: dict[str, list[dict[str, str]]]) -> str:
    return str(found)


def test_stories_weeks_teams_and_topics_and_nobodys_name(at):
    at.three_champions()
    found = export(at)
    assert list(found) == ["stories", "weeks", "teams", "topics"]
    assert found["weeks"][0] == {"week from": "2026-03-02", "stories": "2", "opened": "0", "said": "0", "readers": "24"}
    assert [row["week from"] for row in found["weeks"]] == ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23"]
    [topic] = found["topics"]
    assert (topic["topic"], topic["stories"], topic["readers"]) == ("Water", "2", "24")
    for user in (at.anna, at.daan, at.lotte):
        assert at.person(user).name not in everything(found)
    assert "The files are in our messages" in at.acts.ephemerals(at.editor)[-1]["text"]
    assert at.steps().count("export") == 1


@pytest.mark.parametrize(("shown", "line"), [(3, "24 readers; 3 of 12 people took part; "), (2, "20 readers; ")])
def test_how_many_of_a_team_took_part(at, shown, line):
    """Not where the readers would be those of one or two."""
    at.three_champions()
    users = (at.lotte, at.anna, at.daan)[:shown]
    at.write(lambda c: c.execute(update(people).where(people.c.user.in_(users)).values(team="Reef")))
    at.write(lambda c: keep_staff(c, {"Reef": 12}, at.clock()))
    at.write(rankings.drop)
    at.count()
    at.open()
    at.press(ids.CHAMPIONS_TEAMS)
    assert f"1. *Reef*: {line}" in text_of(at.view())
    assert ("took part;" in text_of(at.view())) == (shown == 3)
    at.acts.close(at.editor, at.view()["id"])
    [row] = export(at)["teams"]
    assert row["took part"] == ("3" if shown == 3 else "")


def test_a_file_of_people_comes_with_the_switch_and_holds_names_that_were_given(at):
    at.three_champions()
    at.set_up(person_file=True)
    found = export(at)
    assert [(row["place"], row["name"]) for row in found["champions"]] == [
        ("2", at.person(at.anna).name),
        ("3", at.person(at.daan).name),
    ]
    assert found["champions"][0]["to go by"] == "early"
    assert at.steps().count("export_people") == 1
    at.stands(at.anna, OUT)
    at.stands(at.daan, Standing.UNNAMED)
    at.clock.step(seconds=10)
    assert export(at)["champions"] == []


def test_totals_only_is_stronger_than_the_switch(at):
    at.three_champions()
    at.set_up(person_file=True, totals_only=True)
    assert "champions" not in export(at)


def test_formulas_in_topics_are_text(at):
    at.post("The reef", topics=("=1+1",))
    assert export(at)["topics"][0]["topic"] == "'=1+1"


def test_without_a_public_address_cells_about_readers_are_empty(stand):
    at = ChampionsDesk(stand)
    at.post("The reef", topics=("Water",))
    found = export(at)
    assert found["weeks"][0]["readers"] == ""
    assert found["topics"][0]["readers"] == ""


def test_it_is_for_comms(at):
    assert "This is for comms" in at.say("export", at.anna)["text"]
    assert at.acts.direct(at.anna) == []
