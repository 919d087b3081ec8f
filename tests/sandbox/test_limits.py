import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import PostLimits, Sandbox
from bot.sandbox.web_api.call import TooFast
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


def test_a_channel_takes_a_few_messages_at_once(sandbox: Sandbox, client: WebClient, clock: SteppingClock) -> None:
    sandbox.workspace.post_limits = PostLimits(burst=3)
    for _ in range(3):
        client.chat_postMessage(channel=GOOD, text="at once")
    assert wait_told(client.chat_postMessage, channel=GOOD, text="one too many") == 1
    clock.step(1)
    client.chat_postMessage(channel=GOOD, text="a second later")
    assert wait_told(client.chat_postMessage, channel=GOOD, text="one too many") == 1
    assert sandbox.web_api.limits.too_many == {"chat.postMessage": 2}


def test_the_workspace_takes_so_many_a_minute_in_all(sandbox: Sandbox, client: WebClient, clock: SteppingClock) -> None:
    sandbox.workspace.post_limits = PostLimits(a_minute=5)
    staff = [person.id for person in sandbox.workspace.company.staff][:6]
    for user in staff[:5]:
        client.chat_postMessage(channel=user, text="to you alone")
        clock.step(2)
    assert wait_told(client.chat_postMessage, channel=staff[5], text="to you alone") == 50
    assert client.chat_update(**first_of(sandbox, staff[0]), text="of one method only")["ok"]
    clock.step(50)
    client.chat_postMessage(channel=staff[5], text="to you alone")
    assert wait_told(client.chat_postMessage, channel=GOOD, text="to all") == 2
    heard = sandbox.workspace.heard()
    began = float(heard[staff[0]][0])
    assert [round(float(heard[user][0]) - began) for user in staff] == [0, 2, 4, 6, 8, 60]


def first_of(sandbox: Sandbox, user: str) -> dict[str, str]:
    return {"channel": sandbox.workspace.direct_channel(user).id, "ts": sandbox.workspace.heard()[user][0]}


def test_many_messages_are_no_matter_of_the_tier(sandbox: Sandbox) -> None:
    """The workspace's number alone counts, whether it is more than the tier of the method or less."""
    sandbox.workspace.post_limits = PostLimits(a_minute=700)
    for number in range(700):
        sandbox.web_api.limits.count_call("chat.postMessage", "special")
        sandbox.web_api.limits.count_post(f"D{number}")
    with pytest.raises(TooFast):
        sandbox.web_api.limits.count_post("D700")
