from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import ADMIN, ANN, COMMS, EDITOR, GENERAL, GOOD, error, refusal

METADATA = {"event_type": "story", "event_payload": {"id": 7}}


def test_unknown(client: WebClient) -> None:
    for call in (client.conversations_info, client.conversations_members, client.conversations_history):
        assert error(call, channel="C0NOWHERE") == "channel_not_found"
    assert error(client.conversations_replies, channel=GOOD, ts="1.0") == "thread_not_found"
    assert error(client.users_conversations, user="U0NOBODY") == "user_not_found"


def test_history_is_for_members(client: WebClient) -> None:
    assert error(client.conversations_history, channel=GENERAL) == "not_in_channel"
    assert client.conversations_info(channel=GENERAL)["channel"]["is_member"] is False


def test_metadata_only_with_the_flag(client: WebClient) -> None:
    client.chat_postMessage(channel=GOOD, text="x", metadata=METADATA)
    without = client.conversations_history(channel=GOOD)["messages"][0]
    assert without["metadata"] == {"event_type": "story"}
    assert client.conversations_history(channel=GOOD, include_all_metadata=True)["messages"][0]["metadata"] == METADATA


def test_history_in_pages_newest_first(sandbox: Sandbox, client: WebClient) -> None:
    said = [sandbox.acts.say(ADMIN, GOOD, str(n)) for n in range(5)]
    pages = [page["messages"] for page in client.conversations_history(channel=GOOD, limit=2)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [m["ts"] for page in pages for m in page] == said[::-1]
    assert error(client.conversations_history, channel=GOOD, cursor="nonsense") == "invalid_cursor"
    assert error(client.conversations_history, channel=GOOD, limit=1000) == "invalid_limit"


def test_history_between_times(sandbox: Sandbox, client: WebClient) -> None:
    first, second, third = [sandbox.acts.say(ADMIN, GOOD, str(n)) for n in range(3)]
    after = client.conversations_history(channel=GOOD, oldest=first)["messages"]
    assert [m["ts"] for m in after] == [third, second]
    at = client.conversations_history(channel=GOOD, oldest=second, latest=second, inclusive=True)["messages"]
    assert [m["ts"] for m in at] == [second]
    assert error(client.conversations_history, channel=GOOD, oldest="monday") == "invalid_ts_oldest"
    assert error(client.conversations_history, channel=GOOD, latest="monday") == "invalid_ts_latest"


def test_threads_stay_out_of_the_history(sandbox: Sandbox, client: WebClient) -> None:
    parent = sandbox.acts.say(ADMIN, GOOD, "parent")
    reply = client.chat_postMessage(channel=GOOD, text="reply", thread_ts=parent)["ts"]
    assert [m["ts"] for m in client.conversations_history(channel=GOOD)["messages"]] == [parent]
    assert [m["ts"] for m in client.conversations_replies(channel=GOOD, ts=parent)["messages"]] == [parent, reply]


def test_lists(sandbox: Sandbox, client: WebClient) -> None:
    names = {c["name"] for c in client.conversations_list(types="public_channel,private_channel")["channels"]}
    assert names == {"good-stories", "mooie-verhalen", "general", "comms"}
    mine = {c["name"] for c in client.users_conversations(types="public_channel,private_channel")["channels"]}
    assert mine == {"good-stories", "mooie-verhalen", "comms"}
    assert error(client.conversations_list, types="secret_channel") == "invalid_types"
    assert len(client.conversations_list(limit=2)["channels"]) == 2
    assert client.conversations_list(limit=2)["response_metadata"]["next_cursor"]


def test_members_in_pages(sandbox: Sandbox, client: WebClient) -> None:
    pages = [page["members"] for page in client.conversations_members(channel=GOOD, limit=5)]
    assert [member for page in pages for member in page] == sandbox.workspace.channels[GOOD].members
    assert client.conversations_members(channel=GOOD, limit=1000)["ok"]
    assert error(client.conversations_members, channel=GOOD, limit=1001) == "invalid_limit"
    assert set(client.conversations_members(channel=COMMS)["members"]) == {ADMIN, EDITOR, "U00000003", "U0PASSALONG"}


def test_open(client: WebClient) -> None:
    assert error(client.conversations_open, users="") == "users_list_not_supplied"
    several = refusal(client.conversations_open, users=[ADMIN, ANN])
    assert (several["error"], several["needed"]) == ("missing_scope", "mpim:write")
    assert client.conversations_open(users=ANN, return_im=True)["channel"]["user"] == ANN


def test_opening_again_is_the_same_conversation(client: WebClient) -> None:
    first, second = client.conversations_open(users=ANN), client.conversations_open(users=ANN)
    assert first["channel"]["id"].startswith("D")
    assert second["channel"] == first["channel"]
    assert "already_open" not in first.data
    assert second["already_open"] is True


def test_history_of_a_direct_message_is_for_who_may_read_those(sandbox: Sandbox, client: WebClient) -> None:
    direct = client.chat_postMessage(channel=ANN, text="hello", metadata=METADATA)["channel"]
    [message] = client.conversations_history(channel=direct, include_all_metadata=True)["messages"]
    assert message["metadata"] == METADATA
    assert client.conversations_replies(channel=direct, ts=message["ts"])["ok"]
    assert error(client.conversations_history, channel=ANN) == "channel_not_found"
    sandbox.workspace.granted_scopes.discard("im:history")
    assert error(client.conversations_history, channel=direct) == "missing_scope"


def test_join(sandbox: Sandbox, client: WebClient) -> None:
    assert error(client.conversations_join, channel=GENERAL) == "missing_scope"
    sandbox.workspace.granted_scopes.add("channels:join")
    assert error(client.conversations_join, channel=COMMS) == "method_not_supported_for_channel_type"
    assert client.conversations_join(channel=GENERAL)["channel"]["is_member"] is True
    sandbox.workspace.archive_channel(GENERAL, ADMIN)
    assert error(client.conversations_join, channel=GENERAL) == "is_archived"
