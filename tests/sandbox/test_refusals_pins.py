import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import ADMIN, ANN, COMMS, GENERAL, GOOD, error


@pytest.fixture
def ts(sandbox: Sandbox) -> str:
    return sandbox.acts.say(ADMIN, GOOD, "look")


def test_pinning_twice_and_taking_out_twice(sandbox: Sandbox, client: WebClient, ts: str) -> None:
    client.pins_add(channel=GOOD, timestamp=ts)
    assert error(client.pins_add, channel=GOOD, timestamp=ts) == "already_pinned"
    [message] = client.conversations_history(channel=GOOD)["messages"]
    assert message["pinned_to"] == [GOOD]
    assert client.conversations_history(channel=GOOD)["pin_count"] == 1
    assert [m["ts"] for m in sandbox.workspace.pinned(GOOD)] == [ts]
    client.pins_remove(channel=GOOD, timestamp=ts)
    assert error(client.pins_remove, channel=GOOD, timestamp=ts) == "no_pin"
    assert "pinned_to" not in client.conversations_history(channel=GOOD)["messages"][0]


def test_bad_places(sandbox: Sandbox, client: WebClient) -> None:
    for call in (client.pins_add, client.pins_remove):
        assert error(call, channel="C0NOWHERE", timestamp="1.0") == "channel_not_found"
        assert error(call, channel=GOOD, timestamp="1.0") == "message_not_found"
        assert error(call, channel=GOOD, timestamp="monday") == "bad_timestamp"
        assert error(call, channel=GOOD) == "no_item_specified"
    elsewhere = sandbox.acts.say(ADMIN, GENERAL, "there")
    assert error(client.pins_add, channel=GENERAL, timestamp=elsewhere) == "not_in_channel"
    sandbox.acts.remove_bot(COMMS)
    assert error(client.pins_add, channel=COMMS, timestamp=elsewhere) == "channel_not_found"


def test_too_many(sandbox: Sandbox, client: WebClient, ts: str) -> None:
    for number in range(100):
        sandbox.workspace.pin(GOOD, sandbox.acts.say(ANN, GOOD, str(number)))
    assert error(client.pins_add, channel=GOOD, timestamp=ts) == "too_many_pins"


def test_in_a_direct_message_too(client: WebClient) -> None:
    posted = client.chat_postMessage(channel=ANN, text="hello")
    assert client.pins_add(channel=posted["channel"], timestamp=posted["ts"])["ok"]


def test_what_was_deleted_is_not_pinned_any_more(sandbox: Sandbox, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=GOOD, text="hello")
    client.pins_add(channel=GOOD, timestamp=posted["ts"])
    client.chat_update(channel=GOOD, ts=posted["ts"], text="hello again")
    assert len(sandbox.workspace.pinned(GOOD)) == 1
    client.chat_delete(channel=GOOD, ts=posted["ts"])
    assert sandbox.workspace.pinned(GOOD) == []
