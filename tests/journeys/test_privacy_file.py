"""The file that `/passalong privacy` gives: all that is kept of somebody, and nothing of anybody else."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Table, select

from bot.actions.receive_events import receive_events
from bot.domain.crisis import lot_of_reads
from bot.domain.happenings import JoinedChannel
from bot.domain.retention import RULES
from bot.store import people
from bot.store import setup as setup_store
from bot.store.tables import links, metadata, questions
from tests.conftest import Stand
from tests.journeys.followed import PUBLIC, follow, share_by_link
from tests.journeys.one_person import OWN_TEXT, Scene, all_texts
from tests.journeys.own_privacy import file_of, rows

OF_PEOPLE = {
    "user",
    "who",
    "queued_by",
    "written_by",
    "target",
    "inviter",
    "key",
    "hash",
    "told_by",
    "mark",
    "question_id",
}
"""Names of columns that can say who somebody is."""
NOT_OF_ONE = {
    "crisis_audiences": "its key says which part of the company it is, and how many of them were told",
    "forgotten": "a hash of whoever was deleted: it is in no file, as they have none",
    "pictures": "named by a hash of what they show: readers by week and stories, and nobody",
    "visitors": "keyed hashes of browsers, for a day: nobody can say whose",
}
"""Tables with such a column that no file holds, and why."""


@pytest.fixture
def scene(public_stand: Stand) -> Scene:
    return Scene(public_stand)


def points_at_people(table: Table) -> bool:
    targets = {key.column.table.name for key in table.foreign_keys}
    return bool(OF_PEOPLE & set(table.columns.keys())) or bool(targets & {"people", "links", "questions"})


def test_every_table_that_points_at_people_is_in_the_file(tmp_path, clock, migrated_url):
    """One that is new and is not, fails here: put it into bot/store/own_data.py."""
    stand = Stand(tmp_path, clock, migrated_url, public_url=PUBLIC)
    try:
        scene = Scene(stand)
        scene.do_everything()
        person = scene.store.read(lambda c: people.by_user(c, scene.me.id))
        file = file_of(scene, scene.me.id)
        expected = {table.name for table in metadata.sorted_tables if points_at_people(table)} - NOT_OF_ONE.keys()
        assert rows(file).keys() >= expected
        assert rows(file).keys() - expected == {"settings"}
        traces = {person.user, person.key, person.name}
        found_in = {f.place.partition(".")[0] for f in all_texts(scene.store) if any(t in f.text for t in traces)}
        assert rows(file).keys() >= found_in
        for name, mine in rows(file).items():
            assert len(mine) == pointing(scene, metadata.tables[name], person), name
    finally:
        stand.close()


def pointing(scene: Scene, table: Table, person: Any) -> int:
    """How many rows are of this person, found in another way than the file does."""
    own_links = scene.store.read(
        lambda c: set(c.execute(select(links.c.id).where(links.c.person_id == person.id)).scalars())
    )
    asked = scene.store.read(
        lambda c: set(c.execute(select(questions.c.id).where(questions.c.person_id == person.id)).scalars())
    )
    theirs = select(questions.c.id).where(questions.c.person_id == person.id)
    asked = scene.store.read(lambda c: set(c.execute(theirs).scalars()))
    number = 0
    for row in scene.store.read(lambda c: c.execute(select(table)).all()):
        found = dict(row._mapping)
        texts = json.dumps([str(value) for value in found.values()])
        is_mine = found.get("person_id") == person.id or found.get("link_id") in own_links
        is_mine |= found.get("question_id") in asked
        if "question_id" in found:
            is_mine = found["question_id"] in asked
        if "mark" in found:
            is_mine = found["mark"] == scene.desk.seal.mark(person.user, lot_of_reads(found["crisis_id"]))
        number += is_mine or person.user in texts or person.key in texts
    return number


def test_nothing_of_anybody_else_is_in_it(scene):
    scene.do_everything()
    text = json.dumps(file_of(scene, scene.me.id), ensure_ascii=False)
    other = scene.store.read(lambda c: people.by_user(c, scene.other.id))
    theirs = scene.store.read(
        lambda c: c.execute(select(links.c.code).where(links.c.person_id == other.id)).scalars().all()
    )
    assert len(theirs) == 4
    for needle in (other.user, other.key, other.name, scene.other.real_name, *theirs):
        assert needle not in text


def test_who_invited_somebody_has_their_own_part_of_it_alone(scene):
    """An event can name two people."""
    comms = scene.stand.company.rooms[1].id
    setup = replace(scene.desk.setup(), comms_channel=comms)
    assert scene.write(lambda c: setup_store.save_setup(c, setup, scene.clock()))
    joined = JoinedChannel(scene.other.id, comms, scene.me.id)
    assert receive_events(scene.desk, [("Ev-join", joined)], scene.clock()) == [None]
    [mine] = rows(file_of(scene, scene.me.id))["inbox"]
    assert mine["body"]["inviter"] == scene.me.id
    assert scene.other.id not in json.dumps(mine)
    [theirs] = [row for row in rows(file_of(scene, scene.other.id))["inbox"] if row["kind"] == "joined_channel"]
    assert theirs["user"] == scene.other.id


def test_the_file_can_be_read(scene):
    which = scene.do_everything()
    file = file_of(scene, scene.me.id)
    mine = rows(file)
    assert {row["story"] for row in mine["shares"]} == {"reef", "bakery"}
    assert {row["text"] for row in mine["link_texts"]} == {OWN_TEXT}
    assert all(row["address"] == f"{PUBLIC}/{row['code']}" for row in mine["links"])
    assert {row["day"] for row in mine["reader_days"]} == {scene.clock().date().isoformat()}
    assert mine["people"][0]["networks"] == ["linkedin", "mastodon"]
    assert {row["title"] for row in mine["stories"]} >= {"reef", "bakery", "later"}
    assert {row["caption"] for row in mine["dealt"]} <= {"One", "Two"}
    promised = {f"{rule.what}: {rule.how_long}" for rule in RULES}
    assert all(set(kept["kept for"]) <= promised and kept["kept for"] for kept in file["kept"].values())
    assert len(which) == 2


def test_of_clicks_the_file_has_the_day_and_no_colleague_by_themself(scene):
    """By the minute, or by the order, somebody could tell who it was that followed their link."""
    [story] = [scene.post("reef")]
    code = share_by_link(scene.desk, scene.me.id, story, scene.clock())
    follow(scene.desk, code, scene.clock(), colleagues=2)
    follow(scene.desk, code, scene.clock(), readers=2, previews=1)
    file = file_of(scene, scene.me.id)
    found = rows(file)["clicks"]
    assert sorted(row["kind"] for row in found) == ["preview", "reader", "reader"]
    assert {row["day"] for row in found} == {scene.clock().date().isoformat()}
    assert not {"at", "id"} & {name for row in found for name in row}
    [day] = rows(file)["link_days"]
    assert (day["readers"], day["previews"], day["colleagues"]) == (2, 1, 2)
    left_out = " ".join(file["kept, and not in this file"])
    assert "colleagues one by one" in left_out
    assert "your own browser" in left_out
