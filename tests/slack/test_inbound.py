"""What comes in: stored before it is acknowledged, once, and in whatever order; and nothing is left unanswered."""

import sqlite3
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from slack_bolt import BoltRequest
from sqlalchemy import select, update

from bot.actions.handle_inbox import MOST_TRIES, handle_inbox
from bot.actions.rebuild_reactions import rebuild_reactions
from bot.domain.captions import Caption
from bot.domain.happenings import HomeOpened, Reacted
from bot.domain.networks import NETWORKS
from bot.domain.setup import Channel
from bot.domain.stories import Placement, StoryDraft
from bot.slack import ids
from bot.store import inbox as inbox_store
from bot.store import people, placements, shares, stories
from bot.store import setup as setup_store
from bot.store.tables import inbox
from tests.conftest import until

GOOD, GENERAL = "C0GOODSTORY", "C0GENERAL"


@pytest.fixture
def posted(stand):
    """A story that stands in a channel: its id and ts."""
    now = stand.clock()
    ts = str(stand.workspace.add_message(GOOD, {**stand.workspace.bot_author(), "text": "A story"})["ts"])

    def work(connection):
        setup_store.put_channel(connection, Channel(GOOD, "good-stories", "en"), now)
        draft = StoryDraft(
            link="https://example.com/a",
            title="A",
            sentence="Why.",
            language="en",
            captions=(Caption(None, "en", "One"),),
            channels=(GOOD,),
            due_at=now + timedelta(days=30),
        )
        story = stories.add(connection, draft, None, now)
        placements.add(connection, Placement(story, GOOD, ts, now))
        return story

    story = stand.house.store.write(work)
    stand.settle()
    return story, ts


def inbox_rows(stand, kind="reacted"):
    return stand.house.store.read(lambda c: c.execute(select(inbox).where(inbox.c.kind == kind)).all())


def said(stand, story, user):
    """How often this person said that they shared it."""

    def look(connection):
        person = people.by_user(connection, user)
        return 0 if person is None else len([s for s in shares.of_person(connection, story, person.id) if s.said_at])

    return stand.house.store.read(look)


def somebody(stand, n=7):
    return stand.company.staff[n].id


def side_door(stand):
    """A connection of our own to the bot's database file."""
    path = stand.settings.database_url.removeprefix("sqlite:///")
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


@contextmanager
def storing_fails(stand):
    """No event can be stored."""
    door = side_door(stand)
    door.execute("CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    try:
        yield
    finally:
        door.execute("DROP TRIGGER full")
        door.close()


@contextmanager
def writer_held(stand):
    """Nobody can commit."""
    door = side_door(stand)
    door.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        door.execute("ROLLBACK")
        door.close()


# Events


def test_an_event_that_cannot_be_stored_is_not_acknowledged_and_comes_again(stand, posted):
    story, ts = posted
    stand.sandbox.socket.ack_seconds = 0.3
    with storing_fails(stand):
        stand.acts.react(somebody(stand), GOOD, ts, "mega")
        until(lambda: stand.sandbox.socket.next_due() is not None)
    assert inbox_rows(stand) == []
    assert stand.sandbox.socket.lost == []
    stand.sandbox.socket.ack_seconds = 3.0
    stand.clock.step(seconds=61)
    stand.sandbox.pump()
    stand.work()
    assert len(inbox_rows(stand)) == 1
    assert said(stand, story, somebody(stand)) == 1


def test_an_event_is_acknowledged_only_after_the_commit(stand, posted):
    story, ts = posted
    with writer_held(stand):
        stand.acts.react(somebody(stand), GOOD, ts, "mega")
        time.sleep(0.5)
        assert not stand.sandbox.idle()
    stand.work()
    assert len(inbox_rows(stand)) == 1
    assert said(stand, story, somebody(stand)) == 1


def test_the_same_event_twice_is_stored_once(stand, posted):
    story, ts = posted
    stand.sandbox.faults.deliver_twice()
    stand.acts.react(somebody(stand), GOOD, ts, "mega")
    stand.work()
    assert len(inbox_rows(stand)) == 1
    assert said(stand, story, somebody(stand)) == 1


def test_removed_before_added_counts_as_removed(stand, posted):
    story, ts = posted
    stand.sandbox.faults.reorder()
    stand.acts.react(somebody(stand), GOOD, ts, "mega")
    stand.clock.step(seconds=2)
    stand.acts.unreact(somebody(stand), GOOD, ts, "mega")
    stand.work()
    assert [row.body["present"] for row in inbox_rows(stand)] == [False, True]
    assert said(stand, story, somebody(stand)) == 0


def test_our_own_reactions_are_not_for_us(stand, posted):
    _, ts = posted
    stand.workspace.react(GOOD, ts, "mega", stand.company.bot_user)
    stand.work()
    assert inbox_rows(stand) == []


def test_reactions_of_others_than_our_people_count_for_nobody(stand, posted):
    story, ts = posted
    stand.workspace.channels[GOOD].members.append("U0CALENDAR")
    stand.acts.react("U0CALENDAR", GOOD, ts, "mega")
    stand.work()
    assert said(stand, story, "U0CALENDAR") == 0
    assert stand.house.store.read(lambda c: people.by_user(c, "U0CALENDAR")) is None


@pytest.mark.parametrize(
    "event", [{"type": "brand_new_event"}, {"type": "message", "channel": GOOD, "subtype": "something_new"}]
)
def test_events_we_know_nothing_of_are_acknowledged(stand, event):
    envelope = stand.sandbox.dispatcher.envelope(event)
    stand.sandbox.socket.publish(envelope)
    stand.settle()
    assert stand.sandbox.socket.deliveries == []
    [answer] = [e.answer for e in stand.workspace.log if e.args is envelope]
    assert answer["acked"]


def test_held_back_events_are_looked_up(stand, posted):
    story, ts = posted
    stand.workspace.subscribed_events.discard("reaction_added")
    stand.acts.react(somebody(stand), GOOD, ts, "mega")
    stand.settle()
    assert said(stand, story, somebody(stand)) == 0
    stand.sandbox.socket.publish({"type": "app_rate_limited", "minute_rate_limited": 1, "team_id": "T", "token": "x"})
    stand.settle()
    assert said(stand, story, somebody(stand)) == 1


def change_emoji(stand, emoji):
    def work(connection):
        setup = setup_store.load_setup(connection)
        assert setup_store.save_setup(connection, replace(setup, share_emojis=(emoji,)), stand.clock())

    stand.house.store.write(work)


def test_other_emoji_count_from_now_on_and_what_was_counted_stays(stand, posted):
    story, ts = posted
    first, second = somebody(stand), somebody(stand, 8)
    stand.acts.react(first, GOOD, ts, "mega")
    stand.work()

    change_emoji(stand, "rocket")
    stand.clock.step(seconds=5)
    stand.acts.react(second, GOOD, ts, "mega")
    stand.acts.react(second, GOOD, ts, "rocket")
    stand.work()
    rebuild_reactions(stand.house.desk, stand.clock())
    assert (said(stand, story, first), said(stand, story, second)) == (1, 1)
    for user, emoji in ((first, "mega"), (second, "rocket")):
        stand.clock.step(seconds=5)
        stand.acts.unreact(user, GOOD, ts, emoji)
    stand.work()
    assert (said(stand, story, first), said(stand, story, second)) == (0, 0)


def test_a_reaction_that_counted_once_holds_the_share_up_beside_the_new_one(stand, posted):
    story, ts = posted
    user = somebody(stand)
    stand.acts.react(user, GOOD, ts, "mega")
    stand.work()
    change_emoji(stand, "rocket")
    for act in (stand.acts.react, stand.acts.unreact):
        stand.clock.step(seconds=5)
        act(user, GOOD, ts, "rocket")
        stand.work()
    assert said(stand, story, user) == 1


# Commands, presses and submits


def acked_while_held(stand, act):
    """Do something while nobody can commit: whether it was acknowledged before that was over, and what came of it."""
    outcomes = []
    thread = threading.Thread(target=lambda: outcomes.append(act()))
    with writer_held(stand):
        thread.start()
        time.sleep(0.7)
        early = bool(outcomes)
    thread.join(5)
    stand.settle()
    return early, outcomes[0]


def test_a_command_is_acknowledged_only_after_the_commit(stand):
    admin = stand.company.admin
    early, outcome = acked_while_held(stand, lambda: stand.acts.command(admin, GENERAL, "/passalong pause"))
    assert (early, outcome.acked) == (False, True)
    assert stand.house.desk.setup().paused


def test_a_submit_is_acknowledged_only_after_the_commit(stand):
    admin = stand.company.admin
    stand.acts.command(admin, GENERAL, "/passalong setup")
    until(lambda: stand.acts.views(admin) and stand.acts.views(admin)[-1].get("submit"))
    view = stand.acts.views(admin)[-1]["id"]
    early, outcome = acked_while_held(stand, lambda: stand.acts.submit(admin, view))
    assert (early, outcome.acked) == (False, True)
    assert stand.house.desk.setup().version == 1


def test_a_press_is_acknowledged_only_after_the_commit(stand):
    body = press(stand, ids.PAUSE, "")
    early, envelope = acked_while_held(stand, lambda: stand.sandbox.socket.request("interactive", body))
    assert (early, envelope.acked) == (False, True)
    assert stand.house.desk.setup().paused


# Every id has a listener

NEVER_PRESSED = {
    # What stands in a menu, or in a form, or is the beginning of an id.
    "COMMAND",
    "NOT_FOR_ME",
    "REMIND_ME",
    "POSTED_MYSELF",
    "SETUP_CHANNEL",
    "SETUP_NONE",
    "SHARE_WORDS",
    "SHARE_DISCLOSURE",
    "SHARE_NETWORKS",
    "SHARE_MASTODON",
    "SHARE_SAID",
    "SHARE_COPY",
    "POST_ADDRESS",
    "ASIDE_LINK",
    "ASIDE_REASON",
    "ASIDE_SHARE",
    "BACK_LINK",
    "BACK_SHARE",
    "INVITE",
    "LOOK_AT_SHARES",
    "THANKS_TEXT",
    "ANSWER_LISTED",
    "CRISIS_ALL",
    "CRISIS_CHANNELS",
    "CRISIS_CLOSING",
    "CRISIS_CONTACT",
    "CRISIS_DOING",
    "CRISIS_GROUPS",
    "CRISIS_KNOWN",
    "CRISIS_LEARNED",
    "CRISIS_NEWS",
    "CRISIS_NEXT",
    "CRISIS_OUTSIDE",
    "CRISIS_PUBLISH_TOO",
    "CRISIS_STATEMENT",
    "CRISIS_STEPS",
    "CRISIS_TOPIC",
    "CRISIS_TOPICS",
    "CRISIS_UNKNOWN",
    "ANSWER_STANDS",
    "ANSWER_TEXT",
    "ASK_MAY_STAND",
    "ASK_NAMED",
    "ASK_NAMELESS",
    "ASK_TEXT",
    "ASK_WHO",
    "CLOSE_WHY",
    "CLOSE_WORDS",
    "HEARD_ELSEWHERE",
    "HEARD_NETWORK",
    "HEARD_TEXT",
    "HOOK_BAD",
    "HOOK_GOOD",
    "HOOK_MIXED",
    "HOOK_MUTE_SOURCE",
    "HOOK_MUTE_WORD",
    "IDEA_CREDIT",
    "IDEA_LINK",
    "IDEA_READY",
    "IDEA_SIGN",
    "IDEA_WHY",
    "IDEA_WORDS",
    "OWN_WORDS",
    "OUTCOME_TEXT",
}
IDS = sorted(name for name in vars(ids) if name.isupper() and name not in NEVER_PRESSED)


def press(stand, action_id, value):
    home = stand.workspace.make_view(stand.company.admin, {"type": "home", "blocks": []})
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    return stand.sandbox.interactions.press_in_view(stand.company.admin, home, action)


def sent(stand, callback_id):
    body = {"type": "modal", "callback_id": callback_id, "title": {"type": "plain_text", "text": "x"}, "blocks": []}
    view = stand.workspace.make_view(stand.company.admin, body)
    return stand.sandbox.interactions.submission(stand.company.admin, view)


def chosen(stand, callback_id):
    general, message = stand.workspace.channels[GENERAL], {"ts": "1.2", "text": "Look", "user": stand.company.admin}
    return stand.sandbox.interactions.message_shortcut(stand.company.admin, general, message, callback_id)


def test_every_id_has_a_listener(stand):
    """Without one Slack would show an error. What the listener makes of a press out of nowhere does not matter here."""
    found = {name: getattr(ids, name) for name in IDS} | {f"go({key})": ids.go(key) for key in NETWORKS}
    unheard = []
    for name, known in found.items():
        bodies = (press(stand, known, "1:0"), sent(stand, known), chosen(stand, known))
        statuses = [stand.house.app.dispatch(BoltRequest(mode="socket_mode", body=body)).status for body in bodies]
        if 200 not in statuses:
            unheard.append(name)
    stand.settle()
    assert " ".join(unheard) == ""


def test_the_list_of_what_is_never_pressed_is_up_to_date():
    assert set(vars(ids)) >= NEVER_PRESSED


def test_what_has_no_listener_is_not_acknowledged(stand):
    body = press(stand, "nobody_knows_this", "1")
    assert stand.house.app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 404


# Nothing is kept that is not needed


@pytest.mark.parametrize(
    "event",
    [
        {"type": "reaction_added", "reaction": "mega", "item": {"type": "message", "channel": GENERAL, "ts": "1.2"}},
        {"type": "member_joined_channel", "channel": GENERAL},
        {"type": "member_left_channel", "channel": GENERAL},
        {"type": "user_change"},
    ],
    ids=lambda event: event["type"],
)
def test_what_people_do_elsewhere_is_not_kept(stand, event):
    user = somebody(stand)
    who = {"id": user} if event["type"] == "user_change" else user
    envelope = stand.sandbox.dispatcher.envelope({**event, "user": who, "event_ts": "1772434800.000100"})
    stand.sandbox.socket.publish(envelope)
    stand.settle()
    assert [e.answer["acked"] for e in stand.workspace.log if e.args is envelope] == [True]
    assert stand.house.store.read(lambda c: c.execute(select(inbox)).all()) == []


def test_an_event_that_nobody_can_handle_keeps_no_other_waiting(stand, posted):
    now, user = stand.clock(), somebody(stand)
    spoilt, good = HomeOpened(user), Reacted(user, GOOD, posted[1], "mega", present=True, at=now)
    stand.house.store.write(lambda c: (inbox_store.put(c, "Ev1", spoilt, now), inbox_store.put(c, "Ev2", good, now)))
    stand.house.store.write(lambda c: c.execute(update(inbox).where(inbox.c.event_id == "Ev1").values(body={})))
    with pytest.raises(TypeError):
        handle_inbox(stand.house.desk, now)
    handle_inbox(stand.house.desk, now)
    assert said(stand, posted[0], user) == 1
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(TypeError):
            handle_inbox(stand.house.desk, stand.clock.step(minutes=2))
    handle_inbox(stand.house.desk, stand.clock.step(minutes=2))
    assert stand.house.store.read(inbox_store.next_due) is None
