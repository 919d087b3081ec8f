import json

import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import ADMIN, ANN, BOT, CALENDAR, COMMS, GENERAL, GOOD, LEFT, error, section


def test_unknown_channel(client: WebClient) -> None:
    for call in (client.chat_postMessage, client.chat_postEphemeral):
        assert error(call, channel="C0NOWHERE", text="x", user=ADMIN) == "channel_not_found"
    assert error(client.chat_update, channel=ADMIN, ts="1.0", text="x") == "channel_not_found"


def test_public_channel_without_the_bot(sandbox: Sandbox, client: WebClient) -> None:
    assert error(client.chat_postMessage, channel=GENERAL, text="x") == "not_in_channel"
    assert error(client.chat_postEphemeral, channel=GENERAL, text="x", user=ADMIN) == "not_in_channel"
    sandbox.workspace.granted_scopes.add("chat:write.public")
    assert client.chat_postMessage(channel=GENERAL, text="x")["ok"]


def test_private_channel_without_the_bot(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.acts.remove_bot(COMMS)
    assert error(client.chat_postMessage, channel=COMMS, text="x") == "channel_not_found"


def test_archived_channel(sandbox: Sandbox, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=GOOD, text="x")["ts"]
    sandbox.workspace.archive_channel(GOOD, ADMIN)
    assert error(client.chat_postMessage, channel=GOOD, text="x") == "is_archived"
    assert error(client.chat_postEphemeral, channel=GOOD, text="x", user=ADMIN) == "is_archived"
    assert error(client.reactions_add, channel=GOOD, timestamp=ts, name="eyes") == "is_archived"
    assert error(client.chat_update, channel=GOOD, ts=ts, text="y") == "is_inactive"


def test_channel_where_apps_may_not_post(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.workspace.close_to_apps(GOOD)
    assert error(client.chat_postMessage, channel=GOOD, text="x") == "restricted_action"


def test_direct_messages_that_cannot_be(sandbox: Sandbox, client: WebClient) -> None:
    assert error(client.chat_postMessage, channel=CALENDAR, text="x") == "cannot_dm_bot"
    assert error(client.chat_postMessage, channel=LEFT, text="x") == "user_disabled"
    assert error(client.conversations_open, users=BOT) == "cannot_dm_bot"
    assert error(client.conversations_open, users=LEFT) == "user_disabled"
    assert error(client.conversations_open, users="U0NOBODY") == "user_not_found"


def test_direct_message_to_someone_who_left_since(sandbox: Sandbox, client: WebClient) -> None:
    channel = client.conversations_open(users=ANN)["channel"]["id"]
    sandbox.acts.deactivate(ANN)
    assert error(client.chat_postMessage, channel=channel, text="x") == "account_inactive"


def test_nothing_to_say(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=GOOD, text="x")["ts"]
    for method in ("chat.postMessage", "chat.postEphemeral", "chat.update"):
        arguments = {"channel": GOOD, "user": ADMIN, "ts": ts}
        assert error(client.api_call, api_method=method, params=arguments) == "no_text"


def test_too_much_to_say(client: WebClient) -> None:
    posted = client.chat_postMessage(channel=GOOD, text="x" * 50_000)
    assert len(posted["message"]["text"]) == 40_000
    assert client.chat_update(channel=GOOD, ts=posted["ts"], text="x" * 4000)["ok"]
    assert error(client.chat_update, channel=GOOD, ts=posted["ts"], text="x" * 4001) == "msg_too_long"
    attachments = [{"text": "x", "fallback": "x"}] * 101
    assert error(client.chat_postMessage, channel=GOOD, attachments=attachments) == "too_many_attachments"


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("{", "invalid_metadata_format"),
        ("[]", "invalid_metadata_format"),
        ('{"event_type": "x"}', "invalid_metadata_schema"),
        ('{"event_type": 1, "event_payload": {}}', "invalid_metadata_schema"),
        (json.dumps({"event_type": "x", "event_payload": {"y": "z" * 20_000}}), "metadata_too_large"),
    ],
)
def test_metadata(client: WebClient, metadata: str, expected: str) -> None:
    call = client.api_call
    arguments = {"channel": GOOD, "text": "x", "metadata": metadata}
    assert error(call, api_method="chat.postMessage", params=arguments) == expected


def test_blocks_that_are_no_list(client: WebClient) -> None:
    for blocks in ("{", '{"type": "divider"}'):
        arguments = {"channel": GOOD, "text": "x", "blocks": blocks}
        assert error(client.api_call, api_method="chat.postMessage", params=arguments) == "invalid_blocks_format"
    arguments = {"channel": GOOD, "text": "x", "attachments": "{"}
    assert error(client.api_call, api_method="chat.postMessage", params=arguments) == "invalid_attachments"


def test_messages_that_are_not_there(client: WebClient) -> None:
    assert error(client.chat_update, channel=GOOD, ts="1.000000", text="x") == "message_not_found"
    assert error(client.chat_delete, channel=GOOD, ts="1.000000") == "message_not_found"
    assert error(client.chat_getPermalink, channel=GOOD, message_ts="1.000000") == "message_not_found"
    assert error(client.chat_postMessage, channel=GOOD, text="x", thread_ts="1.000000") == "thread_not_found"


def test_messages_of_others(sandbox: Sandbox, client: WebClient) -> None:
    ts = sandbox.acts.say(ADMIN, GOOD, "mine")
    assert error(client.chat_update, channel=GOOD, ts=ts, text="x") == "cant_update_message"
    assert error(client.chat_delete, channel=GOOD, ts=ts) == "cant_delete_message"


def test_ephemerals_are_for_members(sandbox: Sandbox, client: WebClient) -> None:
    assert error(client.chat_postEphemeral, channel=COMMS, text="x", user=ANN) == "user_not_in_channel"
    client.chat_postEphemeral(channel=COMMS, text="psst", user=ADMIN)
    assert [m["text"] for m in sandbox.acts.ephemerals(ADMIN)] == ["psst"]
    assert sandbox.acts.ephemerals("U00000002") == []


def test_update_keeps_blocks_and_metadata_unless_told(client: WebClient) -> None:
    metadata = {"event_type": "story", "event_payload": {"id": 7}}
    ts = client.chat_postMessage(channel=GOOD, text="a", blocks=[section("a")], metadata=metadata)["ts"]
    kept = client.chat_update(channel=GOOD, ts=ts, text="b")["message"]
    assert kept["blocks"][0]["text"]["text"] == "a"
    assert kept["edited"]["user"] == BOT
    assert kept["metadata"] == {"event_type": "story"}
    gone = client.chat_update(channel=GOOD, ts=ts, text="c", blocks=[], metadata={})["message"]
    assert "blocks" not in gone
    assert "metadata" not in gone


def test_permalink(sandbox: Sandbox, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=GOOD, text="x")["ts"]
    link = client.chat_getPermalink(channel=GOOD, message_ts=ts)["permalink"]
    assert link == f"{sandbox.url}/archives/{GOOD}/p{ts.replace('.', '')}"


def test_delete(sandbox: Sandbox, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=GOOD, text="x")["ts"]
    client.chat_delete(channel=GOOD, ts=ts)
    assert sandbox.acts.messages(ADMIN, GOOD) == []


def test_posting_to_a_person_opens_the_direct_message(sandbox: Sandbox, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=ANN, text="hello")
    assert posted["channel"].startswith("D")
    assert client.conversations_open(users=ANN)["channel"]["id"] == posted["channel"]
    assert [m["text"] for m in sandbox.acts.direct(ANN)] == ["hello"]
