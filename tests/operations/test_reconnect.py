"""Reconnecting: at once, then with patience. The SDK alone asks again every ping interval, for as long as it takes."""

import logging
import time
from itertools import pairwise
from threading import Event, Thread

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import system_clock
from bot.sandbox.company import make_company
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Workspace
from bot.slack.reconnect import Patience, PatientClient
from tests.conftest import until


class Seconds:
    """A clock in seconds."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


def tries(patience, seconds, until, connects=False, lasts=0.0):
    """The seconds at which it tried, asked every second; each connection lasts so long."""
    found, up_until = [], -1.0
    while seconds.now < until:
        is_up = seconds.now < up_until
        if not is_up and patience.may_try(is_connected=False):
            found.append(seconds.now)
            if connects:
                patience.connected()
                up_until = seconds.now + lasts
        seconds.now += 1
    return found


def test_each_wait_is_twice_as_long_up_to_two_minutes(seconds):
    found = tries(Patience(seconds, chance=lambda: 0.0), seconds, 600)
    assert [b - a for a, b in pairwise(found)] == [5, 10, 20, 40, 80, 120, 120, 120]


def test_chance_makes_it_up_to_half_as_long_so_that_copies_do_not_march_in_step(seconds):
    found = tries(Patience(seconds, chance=lambda: 1.0), seconds, 300)
    assert [b - a for a, b in pairwise(found)][:5] == [3, 5, 10, 20, 40]


def test_a_connection_that_comes_and_goes_does_not_start_it_anew(seconds):
    assert len(tries(Patience(seconds, chance=lambda: 0.0), seconds, 600, connects=True, lasts=2)) == 9


def test_a_connection_that_lasted_a_minute_does(seconds):
    patience = Patience(seconds, chance=lambda: 0.0)
    tries(patience, seconds, 200)
    patience.connected()
    seconds.now += 60
    assert patience.may_try(is_connected=False)
    seconds.now += 5
    assert patience.may_try(is_connected=False), "the second is after five seconds again"


def test_slack_may_ask_for_more(seconds):
    patience = Patience(seconds, chance=lambda: 0.0)
    patience.wait(90)
    assert tries(patience, seconds, 100) == [90, 95]


class CountingClient(WebClient):
    """Counts how often it was asked where to connect, and may take its time to answer."""

    def __init__(self, sandbox):
        super().__init__(token=sandbox.app_token, base_url=sandbox.api_url, retry_handlers=[])
        self.count = 0
        self.asked, self.may_go_on = Event(), Event()
        self.may_go_on.set()

    def apps_connections_open(self, **arguments):
        self.count += 1
        answer = super().apps_connections_open(**arguments)
        self.asked.set()
        self.may_go_on.wait(10)
        return answer


@pytest.fixture
def sandbox():
    with Sandbox(Workspace(make_company(12, 1), system_clock)) as found:
        yield found


@pytest.fixture
def client(sandbox):
    quiet = logging.getLogger("reconnecting")
    quiet.setLevel(logging.CRITICAL)
    found = PatientClient(sandbox.app_token, quiet, CountingClient(sandbox), ping_interval=0.02)
    yield found
    found.default_auto_reconnect_enabled = found.auto_reconnect_enabled = False
    sandbox.faults.drop_sockets()
    found.close()


def test_slack_away_is_asked_once_and_then_left_alone_for_a_while(sandbox, client):
    client.connect()
    until(lambda: sandbox.socket.connections)
    client.patience = Patience(chance=lambda: 1.0)
    sandbox.faults.answer("apps.connections.open", "server_error", times=1000)
    sandbox.faults.drop_sockets()
    until(lambda: client.web_client.count == 2)
    Event().wait(1)  # fifty times the SDK's interval
    assert client.web_client.count == 2
    assert not client.is_connected()
    sandbox.faults.clear()
    until(client.is_connected, 15)


def test_too_many_connections_are_not_made_more(sandbox, client):
    client.connect()
    until(lambda: sandbox.socket.connections)
    for _ in range(3):
        client.enqueue_message('{"type": "disconnect", "reason": "too_many_websockets"}')
    Event().wait(0.5)
    assert client.web_client.count == 2


def test_reconnecting_never_sleeps_for_slack(sandbox, client):
    client.connect()
    until(lambda: sandbox.socket.connections)
    sandbox.faults.answer("apps.connections.open", "rate_limited", times=1, retry_after=30)
    began = time.monotonic()
    with pytest.raises(SlackApiError):
        client.connect_to_new_endpoint(force=True)
    assert time.monotonic() - began < 20
    assert not client.patience.may_try(is_connected=True)


def test_who_is_just_connecting_when_all_ends_lets_go_too(sandbox, client):
    client.connect()
    until(lambda: sandbox.socket.connections)
    client.web_client.asked.clear()
    client.web_client.may_go_on.clear()
    client.enqueue_message('{"type": "disconnect", "reason": "refresh_requested"}')
    assert client.web_client.asked.wait(10)
    ends = Thread(target=client.close)
    ends.start()
    until(lambda: client.closed and not client.is_connected())
    client.web_client.may_go_on.set()
    ends.join(10)
    assert not client.is_connected()
    until(lambda: not sandbox.socket.connections)
