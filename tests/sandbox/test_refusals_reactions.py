import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import ADMIN, ANN, BOT, GENERAL, GOOD, error


@pytest.fixture
def ts(sandbox: Sandbox) -> str:
    return sandbox.acts.say(ADMIN, GOOD, "look")


def test_adding_twice_and_taking_back_twice(client: WebClient, ts: str) -> None:
    client.reactions_add(channel=GOOD, timestamp=ts, name="eyes")
    assert error(client.reactions_add, channel=GOOD, timestamp=ts, name="eyes") == "already_reacted"
    client.reactions_remove(channel=GOOD, timestamp=ts, name="eyes")
    assert error(client.reactions_remove, channel=GOOD, timestamp=ts, name="eyes") == "no_reaction"


def test_bad_names_and_places(sandbox: Sandbox, client: WebClient, ts: str) -> None:
    assert error(client.reactions_add, channel=GOOD, timestamp=ts, name="not a name") == "invalid_name"
    assert error(client.reactions_add, channel=GOOD, timestamp="1.0", name="eyes") == "message_not_found"
    assert error(client.api_call, api_method="reactions.add", params={"name": "eyes"}) == "no_item_specified"
    elsewhere = sandbox.acts.say(ADMIN, GENERAL, "there")
    assert error(client.reactions_add, channel=GENERAL, timestamp=elsewhere, name="eyes") == "not_in_channel"
    assert error(client.reactions_get, channel=GENERAL, timestamp=elsewhere) == "not_in_channel"


def test_too_many(sandbox: Sandbox, client: WebClient, ts: str) -> None:
    for number in range(23):
        client.reactions_add(channel=GOOD, timestamp=ts, name=f"e{number}")
    assert error(client.reactions_add, channel=GOOD, timestamp=ts, name="one-more") == "too_many_reactions"
    for number in range(23, 46):
        assert sandbox.acts.react(ADMIN, GOOD, ts, f"e{number}").acked
    for number in range(46, 50):
        assert sandbox.acts.react(ANN, GOOD, ts, f"e{number}").acked
    assert sandbox.acts.react(ANN, GOOD, ts, "one-more").error == "too_many_emoji"
    sandbox.acts.unreact(ADMIN, GOOD, ts, "e23")
    client.reactions_remove(channel=GOOD, timestamp=ts, name="e0")
    client.reactions_add(channel=GOOD, timestamp=ts, name="one-more")


def test_get_tells_who(sandbox: Sandbox, client: WebClient, ts: str) -> None:
    client.reactions_add(channel=GOOD, timestamp=ts, name="eyes")
    sandbox.acts.react(ANN, GOOD, ts, "eyes")
    found = client.reactions_get(channel=GOOD, timestamp=ts, full=True)["message"]["reactions"]
    assert found == [{"name": "eyes", "users": [BOT, ANN], "count": 2}]
