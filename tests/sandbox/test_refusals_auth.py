import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import GOOD, error, refusal


def other(sandbox: Sandbox, token: str | None) -> WebClient:
    return WebClient(token=token, base_url=sandbox.api_url, retry_handlers=[])


def test_no_token(sandbox: Sandbox) -> None:
    assert error(other(sandbox, None).auth_test) == "not_authed"


def test_wrong_token(sandbox: Sandbox) -> None:
    assert error(other(sandbox, "xoxb-wrong").auth_test) == "invalid_auth"


def test_revoked_token(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.workspace.token_revoked = True
    assert error(client.auth_test) == "token_revoked"


def test_app_token_for_a_bot_method(sandbox: Sandbox) -> None:
    assert error(other(sandbox, sandbox.app_token).auth_test) == "not_allowed_token_type"
    assert error(other(sandbox, sandbox.bot_token).apps_connections_open, app_token=sandbox.bot_token) == (
        "not_allowed_token_type"
    )


def test_unknown_method(client: WebClient) -> None:
    assert error(client.api_call, api_method="chat.shout") == "unknown_method"


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": GOOD, "text": "x"}),
        ("reactions:read", "reactions.get", {"channel": GOOD, "timestamp": "1.0"}),
        ("reactions:write", "reactions.add", {"channel": GOOD, "timestamp": "1.0", "name": "eyes"}),
        ("users:read", "users.info", {"user": "U00000001"}),
        ("users:read", "users.list", {}),
        ("users.profile:read", "users.profile.get", {}),
        ("usergroups:read", "usergroups.list", {}),
        ("channels:history", "conversations.history", {"channel": GOOD}),
        ("channels:read", "conversations.info", {"channel": GOOD}),
        ("channels:read", "conversations.list", {}),
        ("groups:read", "conversations.list", {"types": "public_channel,private_channel"}),
        ("im:write", "conversations.open", {"users": "U00000001"}),
        ("pins:write", "pins.add", {"channel": GOOD, "timestamp": "1.0"}),
        ("pins:write", "pins.remove", {"channel": GOOD, "timestamp": "1.0"}),
        ("files:write", "files.getUploadURLExternal", {"filename": "a.png", "length": 1}),
        ("team:read", "team.info", {}),
    ],
)
def test_missing_scope(sandbox: Sandbox, client: WebClient, scope: str, method: str, arguments: dict) -> None:
    sandbox.workspace.granted_scopes.discard(scope)
    answer = refusal(client.api_call, api_method=method, params=arguments)
    assert answer["error"] == "missing_scope"
    assert scope in answer["needed"].split(",")
    assert scope not in answer["provided"].split(",")


def test_who_am_i(sandbox: Sandbox, client: WebClient) -> None:
    answer = client.auth_test()
    assert answer["user_id"] == "U0PASSALONG"
    assert answer["team_id"] == sandbox.workspace.team_id
    assert answer["bot_id"] == "B0PASSALONG"
    assert set(answer.headers["x-oauth-scopes"].split(",")) == sandbox.workspace.granted_scopes
