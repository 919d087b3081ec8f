import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Sandbox
from bot.sandbox.web_api.limits import PER_MINUTE
from tests.sandbox.asking import ADMIN, DUTCH, GOOD, SteppingClock


@pytest.fixture(autouse=True)
def limited(sandbox: Sandbox) -> None:
    sandbox.workspace.limits = True


def wait_told(call: object, **arguments: object) -> int:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)  # type: ignore[operator]
    assert refused.value.response.status_code == 429
    assert refused.value.response["error"] == "ratelimited"
    return int(refused.value.response.headers["Retry-After"])


def test_one_message_a_second_in_a_channel(client: WebClient, clock: SteppingClock) -> None:
    client.chat_postMessage(channel=GOOD, text="one")
    assert wait_told(client.chat_postMessage, channel=GOOD, text="two") == 1
    client.chat_postMessage(channel=DUTCH, text="een")
    clock.step(1)
    client.chat_postMessage(channel=GOOD, text="two")


def test_a_refused_message_costs_nothing(client: WebClient) -> None:
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=GOOD, text="x", blocks=[{"type": "nonsense"}])
    assert client.chat_postMessage(channel=GOOD, text="x")["ok"]


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("users.list", {}),
        ("conversations.info", {"channel": GOOD}),
        ("users.info", {"user": ADMIN}),
        ("apps.connections.open", {}),
    ],
)
def test_tiers(sandbox: Sandbox, clock: SteppingClock, method: str, arguments: dict[str, str]) -> None:
    token = sandbox.app_token if method.startswith("apps.") else sandbox.bot_token
    client = WebClient(token=token, base_url=sandbox.api_url, retry_handlers=[])
    allowed = PER_MINUTE[sandbox.web_api.methods[method].tier]
    for _ in range(allowed):
        client.api_call(method, params=arguments)
    clock.step(20)
    assert wait_told(client.api_call, api_method=method, params=arguments) == 40
    clock.step(40)
    assert client.api_call(method, params=arguments)["ok"]
