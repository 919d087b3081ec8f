"""The socket is cut: in a burst of events, under a command, under a form that was just sent."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.conftest import until
from tests.faults.slack.company import reconnect
from tests.slack.queueing import Comms
from tests.slack.share_desk import ShareDesk


@contextmanager
def writer_held(stand: Any) -> Iterator[None]:
    """Nobody can commit."""
    path = stand.settings.database_url.removeprefix("sqlite:///")
    door = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    door.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        door.execute("ROLLBACK")
        door.close()


def cut_off(stand: Any, act: Callable[[], Any]) -> Any:
    """Do something whose acknowledgement cannot come, as the socket is cut before the bot has committed."""
    outcomes: list[Any] = []
    thread = threading.Thread(target=lambda: outcomes.append(act()))
    with writer_held(stand):
        thread.start()
        until(lambda: bool(stand.sandbox.socket.envelopes))
        time.sleep(0.2)
        stand.sandbox.faults.drop_sockets()
        thread.join(5)
    reconnect(stand)
    return outcomes[0]


def test_a_burst_that_is_cut_in_the_middle_counts_each_once(company):
    story, ts = company.placed("Burst", company.now)
    readers = [company.reader(n) for n in range(len(company.staff))]
    for number, user in enumerate(readers):
        if number == len(readers) // 2:
            company.slack.drop_sockets()
        company.acts.react(user, company.english, ts, "mega")
    company.acts.unreact(readers[0], company.english, ts, "mega")
    company.reconnect()
    for seconds in (61, 301):
        company.stand.clock.step(seconds=seconds)
        company.stand.sandbox.pump()
        company.stand.work()
    assert [company.said(story, user) for user in readers] == [0] + [1] * (len(readers) - 1)
    assert company.stand.sandbox.socket.lost == []


def test_what_slack_gave_up_on_is_looked_up_when_we_are_connected_again(company):
    story, ts = company.placed("Given up", company.now)
    kept, taken, late = (company.reader(n) for n in range(3))
    company.acts.react(taken, company.english, ts, "mega")
    company.stand.work()
    company.slack.refuse_sockets(True)
    company.slack.drop_sockets()
    company.stand.clock.step(seconds=5)
    company.acts.unreact(taken, company.english, ts, "mega")
    company.acts.react(late, company.english, ts, "mega")
    company.acts.react(kept, company.english, ts, "mega")
    for seconds in (61, 301, 301):
        company.stand.clock.step(seconds=seconds)
        company.stand.sandbox.pump()
    assert company.stand.sandbox.socket.deliveries == []
    company.slack.clear()
    company.reconnect()
    company.stand.work()
    assert [company.said(story, user) for user in (kept, taken, late)] == [1, 0, 1]


def test_a_command_that_was_cut_is_done_once_and_can_be_typed_again(company):
    admin = company.stand.company.admin
    outcome = cut_off(company.stand, lambda: company.acts.command(admin, company.english, "/passalong pause"))
    assert not outcome.acked
    until(lambda: company.desk.setup().paused)
    again = company.acts.command(admin, company.english, "/passalong pause")
    assert again.acked
    assert (again.payload or {}).get("text")
    assert company.acts.command(admin, company.english, "/passalong resume").acked
    assert not company.desk.setup().paused


def test_a_form_that_was_cut_queues_one_story_and_says_so(company):
    comms = Comms(company.stand)
    with comms.web:
        comms.open("queue")
        comms.fill(**comms.filled)
        view = comms.view()["id"]
        assert not cut_off(company.stand, lambda: company.acts.submit(comms.editor, view)).acked
        company.stand.settle()
        [story] = [s for s in comms.queued() if s.link == comms.filled["link"]]
        # The window still stands there, so they send it once more.
        assert company.acts.submit(comms.editor, view).acked
        company.stand.settle()
        assert [s.id for s in comms.queued() if s.link == story.link] == [story.id]
        assert company.acts.errors_of(comms.editor, view), "the window says that it is queued already"
        company.stand.work()
        heard = [m["text"] for m in comms.acts.ephemerals(comms.editor)] + company.direct(user=comms.editor)
        assert len([text for text in heard if story.title in text]) == 1


def test_a_share_that_was_cut_counts_once(stand):
    desk = ShareDesk(stand)
    story = desk.post()
    desk.open(desk.anna)
    desk.go(desk.anna, "linkedin")
    view = desk.view(desk.anna)["id"]
    assert not cut_off(stand, lambda: desk.acts.submit(desk.anna, view)).acked
    stand.settle()
    assert desk.acts.submit(desk.anna, view).acked
    stand.settle()
    assert [s.is_said for s in desk.shares(desk.anna, story).values()] == [True]


@pytest.mark.parametrize("kind", ["html", "rate_limited", "server_error", "not_an_object", "cut_short"])
def test_a_new_socket_is_asked_for_until_there_is_one(company, kind):
    company.slack.answer(
        "apps.connections.open", kind, times=2, retry_after="99999999" if kind == "rate_limited" else None
    )
    company.slack.drop_sockets()
    company.reconnect()
    assert company.slack.take("apps.connections.open") is None
    story, ts = company.placed(f"After {kind}", company.now)
    user = company.reader()
    company.acts.react(user, company.english, ts, "mega")
    company.stand.work()
    assert company.said(story, user) == 1
