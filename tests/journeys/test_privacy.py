"""`/passalong privacy`: what is kept of somebody, for them alone, and all of it as a file. Neither leaves a trace."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.actions.answer_standing import answer_standing
from bot.actions.join_again import join_again
from bot.actions.look_at_privacy import gather_own_data, look_at_privacy
from bot.actions.mark_said import mark_said
from bot.actions.who_asks import who_asks
from bot.domain.home import Part
from bot.domain.leaderboard import period_of
from bot.domain.local_time import day_of
from bot.domain.people import Standing
from bot.domain.privacy import KEPT, PERIODS, in_words
from bot.domain.retention import RULES
from bot.slack import ids
from bot.store import boards, people
from bot.store import setup as setup_store
from bot.store.readers import readers_by_story
from bot.store.tables import reader_days
from tests.conftest import Stand, until
from tests.journeys.followed import follow, share_by_link
from tests.journeys.one_person import Scene, all_texts
from tests.journeys.own_privacy import buttons, file_of, press, rows, said


@pytest.fixture
def scene(public_stand: Stand) -> Scene:
    return Scene(public_stand)


def test_that_their_own_browser_is_marked_is_said_to_whoever_has_links(scene):
    story = scene.post("reef")
    assert "je eigen browser" not in said(scene, scene.other.id)["text"], "they have none"
    share_by_link(scene.desk, scene.other.id, story, scene.clock())
    assert "je eigen browser" in said(scene, scene.other.id)["text"]


def test_every_figure_that_comms_can_see_of_somebody_they_see_themselves(scene):
    """By period: what boards count of stories and of readers, for everybody who is counted."""
    first = scene.post("reef")
    for person, standing in ((scene.me, Standing.NAMED), (scene.other, Standing.UNNAMED)):
        answer_standing(scene.desk, scene.asker(person.id), standing, scene.clock())
        mark_said(scene.desk, scene.asker(person.id), first, ["x", "linkedin"], scene.clock())
        follow(scene.desk, share_by_link(scene.desk, person.id, first, scene.clock()), scene.clock(), readers=3)
    scene.clock.step(days=35)
    second = scene.post("moor")
    mark_said(scene.desk, scene.asker(scene.me.id), second, ["x"], scene.clock())
    follow(scene.desk, share_by_link(scene.desk, scene.me.id, second, scene.clock()), scene.clock(), readers=2)
    zone = scene.desk.setup().zone
    for person in (scene.me, scene.other):
        asker = scene.asker(person.id)
        seen = look_at_privacy(scene.desk, asker, scene.clock())
        in_file = file_of(scene, person.id)["figures"]
        text = said(scene, person.id)["text"]
        for name in PERIODS:
            period = period_of(name, scene.clock(), zone)
            tallies = scene.store.read(lambda c, p=period: boards.tallies(c, p.start, p.end))
            days = day_of(period.start, zone), day_of(period.end, zone) - 1
            told = (
                sum(tally.count for tally in tallies if tally.person_id == asker.person.id),
                readers_on_boards(scene, asker.person.id, days),
            )
            own = next(((one.stories, one.readers) for one in seen.figures if one.period is name), (0, 0))
            assert own == told, name
            assert tuple(in_file.get(name, {"stories": 0, "readers": 0}).values()) == told
            for number, word in zip(told, ("doorgegeven", "lezer"), strict=True):
                assert not number or any(f"{number} " in line and word in line for line in text.splitlines())
    brought = scene.store.read(lambda c: readers_by_story(c, [first, second], scene.asker(scene.me.id).person.id))
    days = rows(file_of(scene, scene.me.id))["link_days"]
    assert sum(row["readers"] for row in days) == sum(found.readers for found in brought.values()) == 5


def readers_on_boards(scene: Scene, person_id: int, days: tuple[int, int]) -> int:
    query = select(reader_days.c.readers).where(reader_days.c.person_id == person_id, reader_days.c.day.between(*days))
    return sum(scene.store.read(lambda c: c.execute(query).scalars().all()))


def test_what_is_kept_stands_there_in_words_and_how_long(scene):
    scene.do_everything()
    message = said(scene, scene.me.id)
    text = message["text"]
    seen = look_at_privacy(scene.desk, scene.asker(scene.me.id), scene.clock())
    assert set(seen.kept) == set(KEPT), "they did everything"
    for line in (
        "Je naam, taal en tijdzone uit Slack, je team als je er een hebt, sinds wanneer je kon delen, en wat je bij "
        "Voorkeuren koos _(tot je het verwijdert)_",
        "4 keer dat je een verhaal opende of deelde: waar, wanneer en met welke tekst _(13 maanden)_",
        "4 persoonlijke links, en hoeveel lezers ze per dag opleverden _(13 maanden)_",
        "4 keer dat iemand je links volgde: wanneer, en of het een lezer was _(30 dagen)_",
        "4 teksten die klaarstaan om met links mee te gaan, versleuteld _(24 uur)_",
        "Dat je op de lijst van redacteuren staat _(tot een beheerder de lijst verandert)_",
    ):
        assert f"• {line}" in text
    assert "je naam op ranglijsten en in het weekbericht" in text
    assert "Deze maand: 2 verhalen doorgegeven, 4 lezers" in text
    assert buttons(message) == [ids.OWN_DATA, ids.LEAVE, ids.DELETE_ME]
    [delete] = [
        e for block in message["blocks"] for e in block.get("elements", []) if e.get("action_id") == ids.DELETE_ME
    ]
    assert delete["confirm"]["text"]["text"]


def test_without_a_name_and_in_english(scene):
    [story] = [scene.post("reef")]
    reader = next(p for p in scene.stand.company.staff if p.language == "en" and not p.guest).id
    follow(scene.desk, share_by_link(scene.desk, reader, story, scene.clock()), scene.clock(), readers=1, previews=3)
    text = said(scene, reader)["text"]
    assert "How many readers your links brought, without your name" in text
    assert "• One personal link, and how many readers it brought by day _(13 months)_" in text
    assert "This month: 1 reader" in text
    assert "In thirteen months your links brought one reader." in text
    assert "0 " not in text.replace("30 ", ""), "no noughts"


def test_who_is_new_has_nothing_kept(scene):
    stranger = next(p.id for p in scene.stand.company.staff if p.guest)
    message = said(scene, stranger)
    assert "Nothing. Once you share" in message["text"] or "Niets. Pas als je" in message["text"]
    assert buttons(message) == [ids.LEAVE]
    assert not [f for f in all_texts(scene.store) if stranger in f.text], "asking leaves no trace"


def test_who_left_sees_what_is_left_and_asking_adds_nothing(scene):
    scene.do_everything()
    answer_standing(scene.desk, scene.asker(scene.me.id), Standing.OUT, scene.clock())
    scene.stand.work()
    before = sorted((f.place, f.text) for f in all_texts(scene.store))
    message = said(scene, scene.me.id)
    press(scene, scene.me.id, ids.OWN_DATA)
    assert sorted((f.place, f.text) for f in all_texts(scene.store)) == before
    assert "Je doet niet meer mee" in message["text"]
    assert "Niets van jou." in message["text"]
    assert "Deze maand" not in message["text"]
    assert buttons(message) == [ids.OWN_DATA, ids.JOIN_AGAIN, ids.DELETE_ME]


def test_the_file_comes_to_them_alone_and_is_said_when_it_has_come(scene):
    scene.do_everything()
    said(scene, scene.me.id)
    press(scene, scene.me.id, ids.OWN_DATA)
    [message] = [m for m in scene.acts.direct(scene.me.id) if m.get("files")]
    file = scene.stand.workspace.files[message["files"][0]["id"]]
    assert json.loads(file.content)["of"] == scene.me.id
    assert "Het bestand staat in onze berichten" in scene.acts.ephemerals(scene.me.id)[-1]["text"]
    assert not [m for p in (scene.other.id,) for m in scene.acts.direct(p) if m.get("files")]
    assert len(scene.stand.workspace.files) == 1


def test_a_second_press_at_once_asks_for_nothing_and_fails_at_nothing(scene):
    scene.do_everything()
    said(scene, scene.me.id)
    before = len(scene.acts.ephemerals(scene.me.id))
    press(scene, scene.me.id, ids.OWN_DATA)
    scene.clock.step(seconds=0.3)
    [where] = [m for m in scene.acts.ephemerals(scene.me.id) if ids.OWN_DATA in json.dumps(m["blocks"])]
    scene.acts.press(scene.me.id, ids.OWN_DATA, channel=scene.rooms[0], ts=where["ts"])
    scene.stand.settle()
    [answer] = scene.acts.ephemerals(scene.me.id)[before:]
    assert "Het bestand staat in onze berichten" in answer["text"]
    scene.clock.step(seconds=6)
    press(scene, scene.me.id, ids.OWN_DATA)
    assert len([m for m in scene.acts.direct(scene.me.id) if m.get("files")]) == 2, "asked for once more, it comes"


def test_a_file_that_does_not_get_through_is_said_too(scene):
    scene.post("reef")
    said(scene, scene.me.id)
    scene.stand.sandbox.faults.answer("files.getUploadURLExternal", "server_error")
    press(scene, scene.me.id, ids.OWN_DATA)
    last = scene.acts.ephemerals(scene.me.id)[-1]["text"]
    assert "Het bestand staat" not in last
    assert "Slack" in last
    scene.clock.step(seconds=1)
    press(scene, scene.me.id, ids.OWN_DATA)
    assert "Het bestand staat" in scene.acts.ephemerals(scene.me.id)[-1]["text"], "a second try is no second press"


def test_deleting_from_there_deletes_and_says_so(scene):
    scene.do_everything()
    key = scene.store.read(lambda c: people.by_user(c, scene.me.id)).key
    said(scene, scene.me.id)
    press(scene, scene.me.id, ids.DELETE_ME)
    scene.assert_nothing_is_left(key)
    until(lambda: "alles wat ik van je bewaarde is verwijderd" in scene.acts.ephemerals(scene.me.id)[-1]["text"])
    message = said(scene, scene.me.id)
    assert "Niets, zoals je vroeg." in message["text"]
    assert buttons(message) == [ids.JOIN_AGAIN]
    scene.assert_nothing_is_left(key)
    assert gather_own_data(scene.desk, scene.asker(scene.me.id), scene.clock()) is None
    press(scene, scene.me.id, ids.JOIN_AGAIN)
    assert "Fijn dat je er weer bent." in scene.acts.ephemerals(scene.me.id)[-1]["text"]


def test_leaving_and_joining_again_from_there(scene):
    story = scene.post("reef")
    mark_said(scene.desk, scene.asker(scene.other.id), story, ["x"], scene.clock())
    said(scene, scene.other.id)
    press(scene, scene.other.id, ids.LEAVE)
    assert scene.asker(scene.other.id).person.standing is Standing.OUT
    assert "Je doet niet meer mee" in scene.acts.ephemerals(scene.other.id)[-1]["text"]
    said(scene, scene.other.id)
    press(scene, scene.other.id, ids.JOIN_AGAIN)
    assert scene.asker(scene.other.id).person.standing is Standing.UNASKED
    join_again(scene.desk, scene.asker(scene.other.id), scene.clock())


def test_people_of_other_organisations_have_nothing_and_get_nothing(scene):
    profile = scene.desk.messenger.profile(scene.other.id)
    setup_without_them = replace(scene.desk.setup(), editors=())
    assert scene.write(lambda c: setup_store.save_setup(c, setup_without_them, scene.clock()))
    scene.desk.profiles.keep(replace(profile, is_stranger=True, team="TELSEWHERE"))
    message = said(scene, scene.other.id)
    assert "voor de mensen van het bedrijf" in message["text"]
    assert buttons(message) == []
    assert gather_own_data(scene.desk, who_asks(scene.desk, scene.other.id), scene.clock()) is None
    assert look_at_privacy(scene.desk, scene.asker(scene.other.id), scene.clock()).part is Part.OUTSIDER


def test_without_a_public_address_nothing_is_said_of_readers(tmp_path, clock):
    stand = Stand(tmp_path, clock)
    try:
        scene = Scene(stand)
        story = scene.post("reef")
        answer_standing(scene.desk, scene.asker(scene.other.id), Standing.NAMED, scene.clock())
        mark_said(scene.desk, scene.asker(scene.other.id), story, ["x"], scene.clock())
        text = said(scene, scene.other.id)["text"]
        assert "met hoeveel verhalen je doorgaf." in text
        assert "lezer" not in text
    finally:
        stand.close()


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(hours=24), ("hours", 24)),
        (timedelta(days=2), ("days", 2)),
        (timedelta(days=30), ("days", 30)),
        (timedelta(days=396), ("months", 13)),
        (timedelta(days=731), ("months", 24)),
    ],
)
def test_lengths_in_words(length, words):
    assert in_words(length) == words


def test_lengths_are_those_of_the_rules():
    for keeping in KEPT.values():
        if keeping.after is not None:
            assert keeping.after in {rule.after for rule in RULES if keeping.table in rule.tables}, keeping.table
