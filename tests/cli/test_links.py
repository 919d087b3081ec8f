"""`passalong links …` as an admin runs it, beside no bot: codes to try, a server for them, and what came of it."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
    "Mobile/15E148 Safari/604.1"
)
ARGUMENTS = [sys.executable, "-m", "bot", "links"]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path.cwd()),
        "SLACK_BOT_TOKEN": "xoxb-links",
        "PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / 'passalong.db'}",
        "PASSALONG_OFFICE_NETWORKS": "203.0.113.0/24",
    }


def links(*words: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*ARGUMENTS, *words], env=env, capture_output=True, text=True, timeout=60)


@pytest.fixture
def codes(env: dict[str, str]) -> list[str]:
    migrated = subprocess.run([sys.executable, "-m", "bot", "migrate"], env=env, capture_output=True, timeout=60)
    assert migrated.returncode == 0, migrated.stderr
    return links("make", "2", env=env).stdout.split()


@pytest.fixture
def port(env: dict[str, str]) -> Iterator[int]:
    arguments = [*ARGUMENTS, "serve", "--bind", "127.0.0.1:0"]
    with subprocess.Popen(arguments, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline().rpartition(":")[2])
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def follow(port: int, code: str, agent: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", f"/{code}", headers={"User-Agent": agent})
    answer = connection.getresponse()
    connection.close()
    return answer.status, answer.headers.get("location", "")


def test_codes_that_were_made_are_served_and_counted(env, codes, port):
    assert len(set(codes)) == 2
    for code, agent in zip(codes, (PHONE, "LinkedInBot/1.0"), strict=True):
        status, address = follow(port, code, agent)
        assert status == 302
        assert address.startswith("https://example.com/a-link-to-try?utm_source=linkedin")
    names, brought = (line.split(",") for line in links("readers", env=env).stdout.splitlines())
    found = {name: int(number) for name, number in zip(names, brought, strict=True)}
    assert (found["readers"], found["previews"], found["robots"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["--agent", PHONE], "reader: a browser"),
        (["--agent", PHONE, "--address", "203.0.113.7"], "colleague: a browser"),
        (["--agent", PHONE, "--head"], "robot: HEAD"),
        (["--agent", PHONE, "--header", "Sec-Purpose: prefetch"], "robot: prefetch"),
        (["--header", "User-Agent: LinkedInBot/1.0"], "preview: crawler of a network"),
        ([], "robot: no agent"),
    ],
)
def test_a_visit_is_explained(env, words, kind):
    assert links("explain", *words, env=env).stdout.startswith(kind)


@pytest.mark.parametrize("bind", ["8080", "127.0.0.1:99999", "127.0.0.1:web"])
def test_a_port_that_is_none_is_said_to_be_none(env, bind):
    done = links("serve", "--bind", bind, env=env)
    assert done.returncode == 2
    assert "write an address and a port" in done.stderr
