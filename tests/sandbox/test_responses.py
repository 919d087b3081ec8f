"""Answering at a response_url."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import ADMIN, COMMS, EDITOR, GOOD, SteppingClock, section


@pytest.fixture
def url(sandbox: Sandbox) -> str:
    return sandbox.workspace.new_response_url(EDITOR, COMMS)


def send(url: str, **body: Any) -> tuple[int, str]:
    answer = WebhookClient(url).send_dict(body)
    return answer.status_code, answer.body


def test_for_the_one_who_asked(sandbox: Sandbox, url: str) -> None:
    assert send(url, text="psst") == (200, "ok")
    assert [m["text"] for m in sandbox.acts.ephemerals(EDITOR)] == ["psst"]
    assert sandbox.acts.messages(EDITOR, COMMS) == []


def test_for_everyone(sandbox: Sandbox, url: str) -> None:
    send(url, text="hello", response_type="in_channel")
    assert [m["text"] for m in sandbox.acts.messages(ADMIN, COMMS)] == ["hello"]


def test_five_times(url: str) -> None:
    assert [send(url, text="x")[0] for _ in range(5)] == [200] * 5
    status, body = send(url, text="x")
    assert status == 404
    assert "used_url" in body


def test_half_an_hour(url: str, clock: SteppingClock) -> None:
    clock.step(30 * 60 + 1)
    status, body = send(url, text="x")
    assert status == 404
    assert "expired_url" in body


def test_an_address_of_nobody(sandbox: Sandbox) -> None:
    status, body = send(f"{sandbox.url}/respond/T0/1/x", text="x")
    assert status == 404
    assert "invalid_url" in body


def test_bad_content(url: str) -> None:
    assert "no_text" in send(url, text="")[1]
    assert "invalid_payload" in WebhookClient(url).send_dict({}).body
    assert "invalid_blocks" in send(url, text="x", blocks=[{"type": "nonsense"}])[1]


def test_the_message_itself(sandbox: Sandbox, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=GOOD, text="old", blocks=[section("old")])["ts"]
    url = sandbox.workspace.new_response_url(EDITOR, GOOD, ts)
    send(url, replace_original=True, text="new")
    (message,) = sandbox.acts.messages(EDITOR, GOOD)
    assert message["text"] == "new"
    assert "blocks" not in message
    send(url, delete_original=True)
    assert sandbox.acts.messages(EDITOR, GOOD) == []


def test_an_ephemeral(sandbox: Sandbox, client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel=COMMS, user=EDITOR, text="old")["message_ts"]
    url = sandbox.workspace.new_response_url(EDITOR, COMMS, ts, ephemeral=True)
    send(url, replace_original=True, text="new", blocks=[section("new")])
    (message,) = sandbox.acts.ephemerals(EDITOR)
    assert (message["text"], message["ts"]) == ("new", ts)
    send(url, delete_original=True)
    assert sandbox.acts.ephemerals(EDITOR) == []
