"""Who follows a topic hears of a story when it is out, once, and stops with one press; so does who has first pick."""

import json
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from bot.actions.cancel_story import cancel_story
from bot.actions.delete_me import delete_me
from bot.actions.join_again import join_again
from bot.actions.keep_rankings import keep_rankings
from bot.actions.leave_program import leave_program
from bot.actions.pick_first import pick_first
from bot.actions.queue_story import edit_story
from bot.actions.save_preferences import save_preferences
from bot.actions.who_asks import who_asks
from bot.domain.local_time import local
from bot.domain.people import Preferences
from bot.domain.quiet_hours import QuietHours
from bot.domain.setup import Channel
from bot.domain.stories import draft_of
from bot.slack import ids
from bot.store import invitations, stories
from bot.store import setup as setup_store
from tests.conftest import Stand
from tests.journeys.followed import follow, share_by_link
from tests.journeys.home_company import Company, buttons, text_of


@pytest.fixture
def company(stand: Any) -> Company:
    return Company(stand)


def follows(company: Company, user: str, *topics: str, **more: Any) -> None:
    chosen = Preferences(topics=topics, **more)
    assert save_preferences(company.desk, who_asks(company.desk, user), chosen, None, company.clock())


def goes_out(company: Company, title: str, *topics: str, **more: Any) -> int:
    due_at = company.clock() + timedelta(minutes=5)
    story = company.queue(title, topics=topics, due_at=due_at, **more)
    company.clock.to(due_at)
    rest(company)
    return story


def rest(company: Company) -> None:
    for _ in range(4):
        company.stand.work()
        company.clock.step(seconds=2)


def told(company: Company, user: str, title: str = "") -> list[dict[str, Any]]:
    return [m for m in company.acts.direct(user) if "blocks" in m and title in json.dumps(m, ensure_ascii=False)]


def test_who_follows_a_topic_hears_of_it_once(company):
    other = company.stand.company.rooms[1].id
    company.desk.store.write(lambda c: setup_store.put_channel(c, Channel(other, "more", "en"), company.clock()))
    follows(company, company.reader, "Water")
    follows(company, company.lezer, "winter")
    story = goes_out(company, "The reef", "water", "people", channels=(company.room, other))
    [message] = told(company, company.reader)
    assert message["text"] == "Just out: The reef"
    text = text_of(message)
    assert "Just out, about *water*:" in text
    assert "Anna spent her Sunday under water for this." in text
    assert [b["value"] for b in buttons(message, ids.SHARE)] == [str(story)]
    assert [b["text"]["text"] for b in buttons(message, ids.UNFOLLOW)] == ["Stop following water"]
    assert told(company, company.lezer) == []


def test_in_dutch_with_several_topics(company):
    follows(company, company.lezer, "water", "mensen")
    goes_out(company, "Het rif 🐠", "water", "mensen", language="nl", captions=())
    [message] = told(company, company.lezer)
    assert message["text"] == "Net uit: Het rif 🐠"
    assert "Net uit, over *water* en *mensen*:" in text_of(message)
    assert [b["text"]["text"] for b in buttons(message, ids.UNFOLLOW)] == ["Deze onderwerpen niet meer volgen"]


def test_one_press_stops_it(company):
    follows(company, company.reader, "water", "winter")
    goes_out(company, "The reef", "Water")
    [message] = told(company, company.reader)
    [stop] = buttons(message, ids.UNFOLLOW)
    channel = company.stand.workspace.direct_channel(company.reader).id
    outcome = company.acts.press(company.reader, ids.UNFOLLOW, channel=channel, ts=message["ts"], value=stop["value"])
    assert outcome.acked
    company.stand.settle()
    assert company.person(company.reader).preferences.topics == ("winter",)
    assert "you won't hear from me about *Water* any more" in json.dumps(company.acts.ephemerals(company.reader))
    goes_out(company, "The pool", "water")
    assert told(company, company.reader, "The pool") == []


def test_quiet_hours_are_kept(company):
    follows(company, company.reader, "water", quiet=QuietHours(time(0), time(23)))
    zone = who_asks(company.desk, company.reader).zone
    goes_out(company, "The reef", "water")
    assert told(company, company.reader) == []
    company.clock.step(days=1)
    for _ in range(24):
        company.clock.step(hours=1)
        company.stand.work()
        if told(company, company.reader):
            break
    assert local(company.clock(), zone).hour == 23


@pytest.mark.parametrize("way", ["left", "deleted", "cancelled", "over", "shared", "unfollowed"])
def test_nobody_hears_what_is_not_wanted_any_more(company, way):
    """In quiet hours the message waits; what happens meanwhile counts."""
    follows(company, company.reader, "water", quiet=QuietHours(time(0), time(23, 59)))
    best_before = company.clock() + timedelta(hours=3)
    story = goes_out(company, "The reef", "water", **({"best_before": best_before} if way == "over" else {}))
    asker, now = who_asks(company.desk, company.reader), company.clock()
    if way == "left":
        leave_program(company.desk, asker, now)
    elif way == "deleted":
        delete_me(company.desk, company.reader, now)
    elif way == "cancelled":
        cancel_story(company.desk, who_asks(company.desk, company.admin), story, now)
    elif way == "shared":
        company.said(company.reader, story)
    elif way == "unfollowed":
        follows(company, company.reader, "winter", quiet=QuietHours(time(0), time(23, 59)))
    if way not in ("left", "deleted"):
        chosen = replace(company.person(company.reader).preferences, quiet=None)
        save_preferences(company.desk, who_asks(company.desk, company.reader), chosen, None, now)
    company.clock.step(days=2)
    rest(company)
    assert told(company, company.reader) == []


def test_who_shared_it_before_hears_nothing(company):
    [story] = company.post("The reef")
    follows(company, company.reader, "water")
    assert told(company, company.reader) == []
    company.said(company.reader, story)
    assert told(company, company.reader) == []


def test_topics_stand_in_preferences_and_stay_when_no_story_has_them(company):
    goes_out(company, "The reef", "Water", "people")
    goes_out(company, "The pool", "water", "ice ❄️")
    company.home(company.reader)
    form = company.preferences(company.reader)
    [block] = [b for b in company.acts.views(company.reader)[0]["blocks"] if b["block_id"] == "topics"]
    assert [o["value"] for o in block["element"]["options"]] == ["ice ❄️", "people", "Water"]
    company.acts.fill(company.reader, form, "topics", ["Water"])
    company.acts.fill(company.reader, form, "digest", ["on"])
    company.submit(company.reader, form)
    chosen = company.person(company.reader).preferences
    assert (chosen.topics, chosen.digest_by_dm) == (("Water",), True)
    company.clock.step(days=400)
    form = company.preferences(company.reader)
    [block] = [b for b in company.acts.views(company.reader)[0]["blocks"] if b["block_id"] == "topics"]
    assert [o["value"] for o in block["element"]["options"]] == ["Water"]
    assert [o["value"] for o in block["element"]["initial_options"]] == ["Water"]
    company.acts.fill(company.reader, form, "topics", [])
    company.acts.fill(company.reader, form, "digest", [])
    company.submit(company.reader, form)
    chosen = company.person(company.reader).preferences
    assert (chosen.topics, chosen.digest_by_dm) == ((), False)


def test_without_topics_there_is_nothing_to_choose(company):
    company.post("The reef")
    company.home(company.reader)
    form = company.preferences(company.reader)
    assert not [b for b in company.acts.views(company.reader)[0]["blocks"] if b["block_id"] == "topics"]
    company.submit(company.reader, form)


@pytest.fixture
def measured(public_stand: Stand) -> Company:
    return Company(public_stand)


@pytest.fixture
def champion(measured: Company) -> Company:
    """The reader is a champion: two shares that brought readers, three weeks ago."""
    for story in measured.post("The reef", "The bakery"):
        code = share_by_link(measured.desk, measured.reader, story, measured.clock())
        follow(measured.desk, code, measured.clock(), readers=5)
    measured.clock.step(days=21)
    keep_rankings(measured.desk.store, measured.clock())
    return measured


def test_first_pick_is_for_champions(champion):
    soon = champion.queue("The garden", due_at=champion.clock() + timedelta(hours=30))
    champion.queue("Next week", due_at=champion.clock() + timedelta(days=5))
    view = champion.home(champion.reader)
    text = text_of(view)
    assert "Readers follow you: you're among this company's champions." in text
    assert "First pick" in text
    assert "Something for comms" not in text, "nobody is on the list of editors"
    assert "The garden" in text
    assert "Next week" not in text
    assert [b["value"] for b in buttons(view, ids.PICK_FIRST)] == [str(soon)]
    other = text_of(champion.home(champion.lezer))
    assert "Eerste keus" not in other
    assert "The garden" not in other
    assert "ambassadeurs" not in other


def test_champions_have_a_line_to_comms(champion):
    setup = replace(champion.desk.setup(), editors=(champion.editor, champion.admin), champions_channel=champion.room)
    champion.desk.store.write(lambda c: setup_store.save_setup(c, setup, champion.clock()))
    text = text_of(champion.home(champion.reader))
    assert f"Write to <@{champion.editor}> and <@{champion.admin}>." in text
    person = champion.person(champion.reader)
    champion.desk.store.write(lambda c: invitations.ask(c, person.id, champion.clock()))
    champion.desk.store.write(lambda c: invitations.answer(c, person.id, is_joining=True))
    assert f"You'll find them in <#{champion.room}>." in text_of(champion.home(champion.reader))
    assert "Iets voor communicatie" not in text_of(champion.home(champion.lezer))


def test_they_are_told_the_moment_it_is_out_and_not_before(champion):
    soon = champion.queue("The garden", due_at=champion.clock() + timedelta(hours=30), topics=("green",))
    follows(champion, champion.reader, "green")
    champion.home(champion.reader)
    view = champion.press(champion.reader, ids.PICK_FIRST, str(soon))
    assert "Noted: you'll hear from me the moment it's out." in text_of(view)
    assert "you'll hear the moment it's out" in text_of(view)
    assert buttons(view, ids.PICK_FIRST) == []
    later = champion.clock() + timedelta(hours=40)
    story = champion.desk.store.read(lambda c: stories.find(c, soon))
    moved = replace(draft_of(story), due_at=later)
    edit_story(champion.desk, who_asks(champion.desk, champion.admin), soon, story.version, moved, champion.clock())
    champion.clock.to(later - timedelta(minutes=5))
    rest(champion)
    assert told(champion, champion.reader) == []
    champion.clock.to(later)
    rest(champion)
    [message] = told(champion, champion.reader)
    assert "It's out, and you're among the first to know." in text_of(message)
    assert "The garden" in text_of(message)


def test_a_story_that_is_cancelled_is_told_to_nobody(champion):
    soon = champion.queue("The garden", due_at=champion.clock() + timedelta(hours=30))
    champion.home(champion.reader)
    champion.press(champion.reader, ids.PICK_FIRST, str(soon))
    cancel_story(champion.desk, who_asks(champion.desk, champion.admin), soon, champion.clock())
    champion.clock.step(days=60)
    rest(champion)
    assert told(champion, champion.reader) == []


def test_a_story_that_is_out_meanwhile_stands_there_to_be_shared(champion):
    soon = champion.queue("The garden", due_at=champion.clock() + timedelta(hours=30))
    champion.home(champion.reader)
    champion.clock.step(hours=30)
    rest(champion)
    view = champion.press(champion.reader, ids.PICK_FIRST, str(soon))
    assert "It's out already" in text_of(view)
    assert str(soon) in [b["value"] for b in buttons(view, ids.SHARE)]


def test_who_left_and_came_back_may_ask_again(champion):
    soon = champion.queue("The garden", due_at=champion.clock() + timedelta(hours=30))
    asker = who_asks(champion.desk, champion.reader)
    assert pick_first(champion.desk, asker, soon, champion.clock())
    leave_program(champion.desk, asker, champion.clock())
    join_again(champion.desk, who_asks(champion.desk, champion.reader), champion.clock())
    assert pick_first(champion.desk, who_asks(champion.desk, champion.reader), soon, champion.clock())
    champion.clock.step(hours=30)
    rest(champion)
    assert len(told(champion, champion.reader)) == 1
