"""The admin port: alive, ready, and how it goes in numbers. No names, and nothing that people reach from outside."""

import json
import re
import socket
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.actions.beat import beat, note_hello
from bot.actions.look_at_readiness import readiness, vitals_or_none
from bot.actions.pulse import Pulse
from bot.config import Settings
from bot.domain.deliveries import Owed
from bot.domain.happenings import HomeOpened
from bot.domain.problems import Refused
from bot.store import copies, deliveries, inbox
from bot.web.health import HealthServer, health_app
from bot.web.metrics import Measured, Metrics
from tests.conftest import until


def measured(stand):
    desk = stand.house.desk
    return Measured(desk.pulse, stand.house.connection.is_open(), vitals_or_none(desk, stand.clock()))


def scrape(stand):
    """Every figure, by name and labels."""
    text = Metrics(lambda: measured(stand)).text()[0].decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def owe(stand, key, target, kind="notice", **more):
    body = {"word": "notice.invited_elsewhere", "params": {"channel": "C1"}, "times": []}
    stand.house.store.write(lambda c: deliveries.owe(c, Owed(kind, key, target, body, **more), stand.clock()))


def test_every_figure(stand):
    desk, someone = stand.house.desk, stand.company.staff[3].id
    desk.pulse.expect("roles", 300, desk.copy)
    desk.pulse.began("roles", stand.clock())
    desk.pulse.done("roles", stand.clock())
    until(lambda: stand.house.store.read(copies.every)[0].hello_at)
    owe(stand, "now", someone)
    owe(stand, "later", someone, not_before=stand.clock() + timedelta(days=1))
    stand.house.store.write(lambda c: inbox.put(c, "Ev1", HomeOpened(someone), stand.clock()))
    began = stand.clock().timestamp()
    note_hello(desk, 3, stand.clock())
    stand.clock.step(minutes=20)
    beat(desk, stand.clock())
    found = scrape(stand)
    expected = {
        ("passalong_build_info", "0.1.0"): 1,
        ("passalong_database_up",): 1,
        ("passalong_socket_connected",): 1,
        ("passalong_slack_calls_total", "apps.connections.open"): 1,
        ("passalong_copies",): 1,
        ("passalong_connections",): 3,
        ("passalong_ghost_connections",): 2,
        ("passalong_inbox_waiting",): 1,
        ("passalong_inbox_oldest_seconds",): 1200,
        ("passalong_deliveries_waiting", "notice"): 2,
        ("passalong_deliveries_due", "notice"): 1,
        ("passalong_deliveries_oldest_seconds",): 1200,
        ("passalong_job_began_timestamp_seconds", "roles"): began,
        ("passalong_job_done_timestamp_seconds", "roles"): began,
        ("passalong_job_ok", "roles"): 1,
        ("passalong_stuck_seconds", "deliveries"): 1200,
        ("passalong_stuck_seconds", "inbox"): 1200,
    }
    assert {key: found.get(key) for key in expected} == expected


def test_calls_of_slack_by_method_and_error(stand):
    messenger, someone = stand.house.desk.messenger, stand.company.staff[3].id
    before = scrape(stand)
    messenger.profile(someone)
    with pytest.raises(Refused):
        messenger.profile("U0NOBODY")
    stand.sandbox.faults.answer("users.info", "rate_limited")
    stand.sandbox.faults.answer("users.info", "server_error")
    stand.sandbox.faults.answer("users.info", "lost_reply")
    for _ in range(3):
        with pytest.raises(Exception, match=r"."):
            messenger.profile(someone)
    found = scrape(stand)
    calls = ("passalong_slack_calls_total", "users.info")
    assert found[calls] - before.get(calls, 0) == 5
    errors = {key[1]: value for key, value in found.items() if key[0] == "passalong_slack_errors_total"}
    assert errors == {"user_not_found": 1, "ratelimited": 1, "http_500": 1, "no_answer": 1}


def test_nobody_is_in_it(stand):
    """After a day of work: no id, no name, no text."""
    channel, someone = stand.company.rooms[0], stand.company.staff[3]
    stand.acts.open_home(someone.id)
    stand.work()
    owe(stand, "to a person", someone.id)
    owe(stand, "to a room", channel.id)
    stand.house.desk.pulse.failed("roles", "Refused")
    beat(stand.house.desk, stand.clock())
    text = Metrics(lambda: measured(stand)).text()[0].decode()
    assert not re.search(r"\b[UWCDGT]0[A-Z0-9]{3,}\b|xox|xapp", text)
    for name in (someone.id, someone.real_name, channel.id, channel.name, stand.house.desk.copy):
        assert name not in text


def test_without_a_database_what_is_in_memory_is_told_all_the_same():
    text = Metrics(lambda: Measured(Pulse("1"), True, None)).text()[0].decode()
    assert "passalong_database_up 0.0" in text
    assert "passalong_socket_connected 1.0" in text
    assert "passalong_copies" not in text


@pytest.fixture
def admin_port(stand):
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = free.getsockname()
    desk = stand.house.desk

    def ready():
        return readiness(desk, is_connected=stand.house.connection.is_open(), now=stand.clock())

    server = HealthServer(bind, ready, Metrics(lambda: measured(stand)))
    server.start()
    until(lambda: ask(bind, "/healthz")[0] == 200)
    yield lambda path: ask(bind, path)
    server.stop()


def ask(bind, path):
    try:
        with urllib.request.urlopen(f"http://{bind[0]}:{bind[1]}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def test_ready_and_not(stand, admin_port):
    def not_ready():
        status, text = admin_port("/readyz")
        found = {name for name, is_so in json.loads(text).items() if not is_so}
        assert status == (503 if found else 200)
        assert admin_port("/healthz") == (200, "ok\n"), "alive is all that it says"
        return found

    desk, someone = stand.house.desk, stand.company.staff[3].id
    assert not_ready() == set()
    stand.house.store.write(lambda c: inbox.put(c, "Ev1", HomeOpened(someone), stand.clock()))
    stand.clock.step(minutes=2)
    assert not_ready() == set()
    stand.clock.step(seconds=1)
    assert not_ready() == {"inbox"}
    stand.work()
    assert not_ready() == set()
    desk.access.shut("token_revoked")
    assert not_ready() == {"token"}
    desk.access.let_in(stand.clock())
    stand.sandbox.faults.answer("apps.connections.open", "server_error", times=1000)
    stand.sandbox.faults.drop_sockets()
    until(lambda: not_ready() == {"slack"})
    assert admin_port("/metrics")[1].count("passalong_socket_connected 0.0") == 1


def test_what_people_reach_from_outside_is_never_served_here():
    app = health_app(dict, Metrics(lambda: Measured(Pulse("1"), True, None)))
    assert [route.path for route in app.routes] == ["/healthz", "/readyz", "/metrics"]
    assert Settings().admin_bind[0] == "127.0.0.1", "only this machine, unless somebody says so"
