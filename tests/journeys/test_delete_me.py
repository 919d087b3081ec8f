"""Somebody does everything that can be done here, and is deleted: one keyed hash remains, whatever comes after."""

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Integer, LargeBinary, MetaData, inspect, select

from bot.actions.answer_standing import answer_standing
from bot.actions.delete_me import delete_me
from bot.actions.join_again import join_again
from bot.actions.mark_opened import mark_opened
from bot.actions.mark_said import mark_said
from bot.actions.mint_link import mint_links
from bot.actions.open_share import open_share
from bot.actions.rebuild_reactions import rebuild_reactions
from bot.actions.receive_events import receive_events
from bot.actions.save_preferences import save_preferences
from bot.actions.show_crisis import PERSON
from bot.actions.who_asks import remember
from bot.domain.crisis import lot_of_reads
from bot.domain.happenings import JoinedChannel, Reacted
from bot.domain.leaderboard import listed_as
from bot.domain.links import Post
from bot.domain.people import Preferences, Standing
from bot.domain.shares import Words
from bot.slack import ids
from bot.store import crises, deliveries, keys, people, questions
from bot.store.readers import readers_by_story
from bot.store.tables import editor_steps, metadata, stories
from tests.conftest import Stand, until
from tests.journeys.followed import PUBLIC
from tests.journeys.one_person import OWN_TEXT, POST, TOPIC, Scene, all_texts, people_pointed_at


@pytest.fixture
def scene(public_stand: Stand) -> Scene:
    """On SQLite."""
    return Scene(public_stand)


@pytest.fixture
def both(tmp_path: Path, clock: Any, migrated_url: str) -> Iterator[Scene]:
    """A scene on SQLite and on PostgreSQL, for what deletes in each table."""
    stand = Stand(tmp_path, clock, migrated_url, public_url=PUBLIC)
    yield Scene(stand)
    stand.close()


def test_the_search_finds_what_is_there(scene):
    """Before the deletion every kind of trace is found, in the places we know of: the search is not blind."""
    scene.do_everything()
    found = list(all_texts(scene.store))
    places = {f.place for f in found if scene.me.id in f.text}
    assert {
        "people.user",
        "inbox.user",
        "inbox.body",
        "deliveries.target",
        "deliveries.key",
        "settings.value",
    } <= places
    assert "deliveries.body" in {f.place for f in found if scene.me.real_name in f.text}
    assert "people.name" in {f.place for f in found if scene.shown_name in f.text}
    ordered = listed_as(scene.shown_name)
    assert {"people.listed_as", "scores.listed_as"} <= {f.place for f in found if f.text == ordered}
    assert {"shares.post_url"} <= {f.place for f in found if POST in f.text}
    assert {"people.topics"} <= {f.place for f in found if TOPIC in f.text}
    assert {"Net uit: harbour"} <= {m["text"] for m in scene.acts.direct(scene.me.id)}
    key = scene.store.read(lambda c: people.by_user(c, scene.me.id)).key
    assert {f.place for f in found if key in f.text} == {
        "people.key",
        "editor_steps.who",
        "editor_steps.detail",
        "stories.queued_by",
        "ideas.written_by",
        "deliveries.body",
        "questions.settled_by",
        "crises.asked_by",
        "crises.started_by",
        "crises.tell_asked_by",
        "crisis_steps.who",
        "crisis_updates.who",
    }
    assert "crisis_answers.question" in {f.place for f in found if scene.shown_name in f.text}
    assert scene.me.id in read_by(scene)
    assert scene.me.id in told_next(scene)
    assert "questions.text" in {f.place for f in found if scene.me.real_name in f.text}
    sealed = scene.store.read(questions.sealed)
    assert scene.me.id in {scene.desk.seal.open(one.sealed or "", one.lot) for one in sealed}
    assert {place for place, _ in people_pointed_at(scene.store)} >= {
        "shares.person_id",
        "reactions.person_id",
        "dealt.person_id",
        "deliveries.person_id",
        "scores.person_id",
        "links.person_id",
        "clicks.person_id",
        "reader_days.person_id",
        "rankings.person_id",
        "questions.person_id",
        "idea_senders.person_id",
    }
    assert {"idea_senders.why", "ideas.words"} <= {f.place for f in found if scene.me.real_name in f.text}
    assert "link_texts.sealed" in {f.place for f in found}
    assert not [f for f in found if OWN_TEXT in f.text], "not even while they are kept"


def read_by(scene: Scene) -> set[str]:
    """Who read what was said in the crisis, as only we can tell who hold the key."""
    marks = scene.store.read(lambda c: crises.has_read(c, 1))
    return {one.id for one in scene.stand.company.staff if scene.desk.seal.mark(one.id, lot_of_reads(1)) in marks}


def told_next(scene: Scene) -> set[str]:
    """To whom something of it is still owed."""
    waiting = scene.store.read(lambda c: deliveries.sealed(c, PERSON))
    return {scene.desk.seal.open(body["to"], body["lot"]) for _, body in waiting}


def test_the_search_knows_every_table(scene):
    assert set(inspect(scene.store.engine).get_table_names()) - {"alembic_version"} == set(metadata.tables)


def test_the_search_does_not_pass_over_a_column_it_cannot_read(store):
    from sqlalchemy import Column, Table

    hidden = MetaData()
    Table("hidden", hidden, Column("id", Integer), Column("sealed", LargeBinary))
    with pytest.raises(TypeError, match=r"hidden\.sealed"):
        list(all_texts(store, hidden))


def test_deleted_means_deleted(both):
    which = both.do_everything()
    before = both.totals(which)
    assert before == dict.fromkeys(which, (2, 2))
    team = both.of_the_team()
    assert team.took_part == 2
    key = both.delete()
    both.assert_nothing_is_left(key)
    assert both.totals(which) == before
    assert both.of_the_team() == team
    left = both.store.read(questions.sealed)
    assert [one.kind for one in left] == ["question", "dilemma"], "what the colleague asked, and would do, stays"
    assert {both.desk.seal.open(one.sealed or "", one.lot) for one in left} == {both.other.id}
    assert read_by(both) == {both.other.id}
    assert told_next(both) == {both.me.id, both.other.id}, "a crisis reaches everybody, and then nothing of it is left"
    listed = [f.text for f in all_texts(both.store) if f.place == "crisis_answers.question"]
    assert len(listed) == 1, "what the colleague asked stays"
    posts = [f for f in all_texts(both.store) if POST in f.text]
    assert len(posts) == 4, "the colleague's own addresses stay"
    sealed = [f for f in all_texts(both.store) if f.place == "link_texts.sealed"]
    assert len(sealed) == 4, "the colleague's own texts stay"
    brought = both.store.read(lambda c: readers_by_story(c, which))
    assert {story: found.readers for story, found in brought.items()} == dict.fromkeys(which, 4), "links lead on"
    assert both.desk.profiles.get(both.me.id) is None
    assert both.desk.setup().editors == (both.other.id,)
    home = json.dumps(both.acts.home(both.me.id)["blocks"], ensure_ascii=False)
    assert "alles wat ik van je bewaarde is verwijderd" in home
    assert ids.JOIN_AGAIN in home
    assert ids.DELETE_ME not in home


def test_one_keyed_hash_remains(scene):
    scene.do_everything()
    scene.delete()
    hashes = [f.text for f in all_texts(scene.store) if f.place == "forgotten.hash"]
    assert len(hashes) == 1
    assert len(hashes[0]) == 64


def test_nothing_comes_back(both):
    """Reconnecting, rebuilding, late and repeated events, old buttons, Home: nothing is stored, totals stay."""
    which = both.do_everything()
    before = both.totals(which)
    key = both.delete()
    both.stand.sandbox.faults.refresh_sockets()
    both.stand.sandbox.faults.drop_sockets()
    until(lambda: both.stand.sandbox.idle())
    rebuild_reactions(both.desk, both.clock())
    channel, ts = both.messages(which[0])[0]
    [shown] = [m for m in both.acts.messages(both.me.id, channel) if m["ts"] == ts]
    assert both.me.id in next(r["users"] for r in shown["reactions"] if r["name"] == "mega")
    both.stand.sandbox.faults.deliver_twice(2)
    until(lambda: both.acts.unreact(both.me.id, channel, ts, "mega").acked)
    both.acts.react(both.me.id, channel, ts, "mega")
    late = Reacted(both.me.id, channel, ts, "tada", present=True, at=both.clock() - timedelta(hours=1))
    for _ in range(2):
        assert receive_events(both.desk, [("Ev-late", late)], both.clock()) == [None]
    assert receive_events(both.desk, [("Ev-in", JoinedChannel(both.me.id, both.rooms[0]))], both.clock()) == [None]
    assert receive_events(
        both.desk, [("Ev-by", JoinedChannel(both.desk.me.user, both.rooms[0], both.me.id))], both.clock()
    ) == [None]
    both.acts.open_home(both.me.id)
    both.stand.settle()
    both.assert_nothing_is_left(key)
    both.stand.work()
    use_everything_again(both, which)
    both.clock.to(both.reminder + timedelta(hours=1))
    both.stand.work()
    rebuild_reactions(both.desk, both.clock())
    for _ in range(3):
        both.clock.step(days=1)
        both.stand.work()
    both.assert_nothing_is_left(key)
    assert both.totals(which) == before
    assert [m for m in both.acts.direct(both.me.id) if "garden" in m["text"] or "later" in m["text"]] == []
    assert [m for m in both.acts.direct(both.other.id) if "Net uit: later" in m["text"]], "the colleague hears of it"


def use_everything_again(scene: Scene, which: list[int]) -> None:
    asker, now = scene.asker(scene.me.id), scene.clock()
    assert not save_preferences(scene.desk, asker, Preferences("nl"), Standing.NAMED, now)
    assert not answer_standing(scene.desk, asker, Standing.NAMED, now)
    open_share(scene.desk, asker, which[1], scene.rooms[0], now)
    mark_opened(scene.desk, asker, which[1], "x", Words(), now)
    assert not mark_said(scene.desk, asker, which[1], ["x"], now, post_url=POST)
    assert mint_links(scene.desk, asker, which[1], ["x"], Post(OWN_TEXT), now) == {}


def test_a_deleted_person_opens_home_as_often_as_they_like(scene):
    scene.post("reef")
    scene.react(scene.me.id, 1)
    key = scene.delete()
    for _ in range(2):
        scene.acts.open_home(scene.me.id)
        scene.stand.work()
        scene.assert_nothing_is_left(key)
    home = json.dumps(scene.acts.home(scene.me.id)["blocks"])
    assert "versleutelde code" in home
    assert ids.SHARE in home


def test_joining_again_after_deletion_starts_anew(both):
    [story, _] = both.do_everything()
    key = both.delete()
    view = both.acts.home(both.me.id)
    assert both.acts.press(both.me.id, ids.JOIN_AGAIN, view_id=view["id"]).acked
    until(lambda: both.acts.home(both.me.id)["hash"] != view["hash"])
    both.assert_nothing_is_left(key)
    assert not [f for f in all_texts(both.store) if f.place.startswith("forgotten.")]
    assert mark_said(both.desk, both.asker(both.me.id), story, ["x"], both.clock())
    anew = both.store.read(lambda c: people.by_user(c, both.me.id))
    assert anew.standing is Standing.UNASKED
    assert anew.key != key


def test_who_left_is_stored_no_more(scene):
    """Leaving keeps what was there, and adds nothing: not a share, not a reaction, not a look at Home."""
    which = scene.do_everything()
    assert answer_standing(scene.desk, scene.asker(scene.me.id), Standing.OUT, scene.clock())
    for _ in range(4):
        scene.stand.work()
        scene.clock.step(seconds=30)
    before = sorted((f.place, f.text) for f in all_texts(scene.store))
    channel, ts = scene.messages(which[1])[0]
    scene.clock.step(minutes=1)
    assert scene.acts.react(scene.me.id, channel, ts, "mega").acked
    scene.acts.open_home(scene.me.id)
    scene.stand.work()
    assert ids.JOIN_AGAIN in json.dumps(scene.acts.home(scene.me.id))
    asker, now = scene.asker(scene.me.id), scene.clock()
    assert not save_preferences(scene.desk, asker, Preferences("en"), None, now)
    open_share(scene.desk, asker, which[1], scene.rooms[0], now)
    mark_opened(scene.desk, asker, which[1], "bluesky", Words(), now)
    assert not mark_said(scene.desk, asker, which[1], ["bluesky"], now, post_url=POST)
    assert mint_links(scene.desk, asker, which[1], ["bluesky"], Post(OWN_TEXT), now) == {}
    rebuild_reactions(scene.desk, now)
    assert sorted((f.place, f.text) for f in all_texts(scene.store)) == before
    scene.clock.to(scene.reminder + timedelta(hours=1))
    scene.stand.work()
    scene.clock.step(days=3)
    scene.stand.work()
    assert [m for m in scene.acts.direct(scene.me.id) if "garden" in m["text"] or "later" in m["text"]] == []


def test_who_left_and_came_back_is_counted_once(scene):
    which = scene.do_everything()
    before = scene.totals(which)
    asker = scene.asker(scene.me.id)
    answer_standing(scene.desk, asker, Standing.OUT, scene.clock())
    assert scene.totals(which) == before
    join_again(scene.desk, asker, scene.clock())
    rebuild_reactions(scene.desk, scene.clock())
    assert scene.totals(which) == before


def test_editors_steps_stay_without_a_name(scene):
    scene.do_everything()
    key = scene.delete()
    steps = scene.store.read(lambda c: c.execute(select(editor_steps.c.who, editor_steps.c.step)).all())
    assert {step for who, step in steps if who == key} >= {"queue", "edit", "export"}
    queued = scene.store.read(lambda c: c.execute(select(stories.c.queued_by)).scalars().all())
    assert key in queued


def test_deleting_somebody_unknown_keeps_the_promise_too(scene):
    stranger = next(p.id for p in scene.stand.company.staff if p.guest)
    for _ in range(2):
        delete_me(scene.desk, stranger, scene.clock())
    profile = scene.desk.messenger.profile(stranger)
    assert scene.write(lambda c: remember(c, scene.desk, profile, scene.clock())) is None


def test_an_act_that_looked_before_the_deletion_leaves_nothing(store):
    """Between "may this be stored?" and storing it, a deletion has to wait; it then finds what was stored."""
    now = datetime.fromisoformat("2026-03-02T08:00:00+00:00")
    profile, looked = _profile("U0000TWICE"), Event()
    store.write(keys.make_secret)

    def act(connection: Any) -> None:
        assert not keys.is_forgotten(connection, profile.user)
        looked.set()
        time.sleep(0.3)
        people.add(connection, profile, now)

    def forget(connection: Any) -> None:
        keys.remember_forgotten(connection, profile.user, now)
        person = people.by_user(connection, profile.user)
        if person is not None:
            people.remove(connection, person.id)

    acting = Thread(target=store.write, args=(act,))
    acting.start()
    assert looked.wait(5)
    store.write(forget)
    acting.join()
    assert store.read(lambda c: people.by_user(c, profile.user)) is None


def _profile(user: str) -> Any:
    from bot.domain.people import Profile

    return Profile(user, "T0SANDBOX", "Anna")
