"""The admin port is for this machine, and holds nothing that is for the public."""

import http.client
import socket
from collections.abc import Iterator, Mapping

import pytest

from bot.config import Settings, read_settings
from bot.slack.app import build_app
from bot.web.health import HealthServer
from bot.web.metrics import Measured, Metrics
from bot.web.own_host import is_loopback


class Port:
    """The admin port on a free port."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        with socket.create_server((host, 0)) as free:
            self.host, self.port = free.getsockname()[:2]
        self.asked = 0
        self.server = HealthServer((host, self.port), self.ready, Metrics(self.measured))

    def ready(self) -> Mapping[str, bool]:
        self.asked += 1
        return {"slack": True, "database": True}

    def measured(self) -> Measured:
        raise AssertionError("nobody asked for figures")

    def get(self, path: str, host: str | None = None, method: str = "GET") -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        connection.request(method, path, headers={} if host is None else {"Host": host})
        answer = connection.getresponse()
        found = answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        return found


@pytest.fixture
def port() -> Iterator[Port]:
    found = Port()
    found.server.start()
    yield found
    found.server.stop()


def test_it_is_this_machines_own_unless_somebody_says_otherwise() -> None:
    assert is_loopback(Settings().admin_bind[0])
    assert is_loopback(read_settings({}).admin_bind[0])


@pytest.mark.parametrize("host", ["127.0.0.1:9090", "localhost", "LOCALHOST:1", "[::1]:9090", "127.1.2.3"])
def test_who_calls_it_by_its_name_is_answered(port: Port, host: str) -> None:
    assert port.get("/healthz", host)[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:9090",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.7",
        "",
        "[::1",
        "a@b",
    ],
)
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/"])
def test_a_name_that_only_leads_here_gets_nothing(port: Port, host: str, path: str) -> None:
    status, said, headers = port.get(path, host)
    assert status in (400, 421)
    assert "database" not in said
    assert port.asked == 0
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/", "/slack/events", "/slack/install", "/go/abc", "/metrics/", "/../etc/passwd"])
def test_nothing_else_is_there(port: Port, path: str) -> None:
    assert port.get(path)[0] in (307, 400, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_is_only_read(port: Port, method: str) -> None:
    status, _, headers = port.get("/readyz", method=method)
    assert status == 405
    assert not [name for name in headers if name.startswith("access-control")]


def test_ready_says_yes_or_no_and_nothing_of_why(port: Port) -> None:
    assert port.get("/readyz")[1] == '{"slack":true,"database":true}'


def test_slack_is_not_listened_to_over_http() -> None:
    """No signature is checked because nothing arrives by HTTP: no web address hands anything to Bolt."""
    assert build_app.__module__ == "bot.slack.app"
    from tests.security.test_house import imports_of

    assert not [file for file, names in imports_of("web/").items() if any("slack" in name for name in names)]
