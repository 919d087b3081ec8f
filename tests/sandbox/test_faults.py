import json
import time
from http.client import RemoteDisconnected
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Sandbox
from tests.sandbox.asking import ADMIN, GOOD


def texts(sandbox: Sandbox) -> list[str]:
    return [m["text"] for m in sandbox.acts.messages(ADMIN, GOOD)]


def test_rate_limited(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.answer("chat.postMessage", "rate_limited", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel=GOOD, text="x")
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "7"
    assert client.auth_test()["ok"]
    client.chat_postMessage(channel=GOOD, text="third")
    assert texts(sandbox) == ["third"]


def test_server_error_and_web_page(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.answer("chat.postMessage", "server_error")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=GOOD, text="x")
    assert refused.value.response.status_code == 500
    sandbox.faults.answer("*", "html")
    with pytest.raises(SlackApiError, match="non-JSON"):
        client.chat_postMessage(channel=GOOD, text="x")
    assert texts(sandbox) == []


def test_the_reply_is_lost_the_work_is_done(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.answer("chat.postMessage", "lost_reply")
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        client.chat_postMessage(channel=GOOD, text="once")
    assert texts(sandbox) == ["once"]


def test_the_sdk_posts_twice_when_a_reply_is_lost(sandbox: Sandbox) -> None:
    sandbox.faults.answer("chat.postMessage", "lost_reply")
    WebClient(token=sandbox.bot_token, base_url=sandbox.api_url).chat_postMessage(channel=GOOD, text="x")
    assert texts(sandbox) == ["x", "x"]


def test_time_out(sandbox: Sandbox) -> None:
    sandbox.faults.answer("chat.postMessage", "timeout", retry_after=1.5)
    hasty = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[], timeout=1)
    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel=GOOD, text="done")
    assert texts(sandbox) == ["done"]
    assert not sandbox.idle()
    time.sleep(1)
    assert sandbox.idle()


def test_unknown_kind(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        sandbox.faults.answer("chat.postMessage", "gremlins")


def post(sandbox: Sandbox, **body: Any) -> int:
    request = Request(f"{sandbox.url}/sandbox/faults", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(request) as answer:
            return int(answer.status)
    except HTTPError as refused:
        refused.close()
        return refused.code


def test_from_another_process(sandbox: Sandbox, client: WebClient) -> None:
    assert post(sandbox, do="answer", method="auth.test", kind="rate_limited", retry_after=3) == 200
    with pytest.raises(SlackApiError):
        client.auth_test()
    assert post(sandbox, do="refuse_sockets", refuse=True) == 200
    assert sandbox.faults.sockets_refused
    assert post(sandbox, do="clear") == 200
    assert not sandbox.faults.sockets_refused
    assert post(sandbox, do="explode") == 400
    assert post(sandbox, do="answer", method="auth.test", kind="gremlins") == 400
