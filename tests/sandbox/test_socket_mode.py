"""Socket Mode with a real Bolt app on the builtin client."""

import gc
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import ADMIN, ANN, GENERAL, GOOD, SteppingClock, until

Connect = Callable[[], SocketModeHandler]
# The SDK's client leaves its socket unclosed when a handshake fails or a reconnect is overtaken.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """What the client left behind is swept up here, not in the next test."""
    yield
    gc.collect()


class Seen:
    """What the app was told; refuses the first `deaf` deliveries."""

    def __init__(self, app: App) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.retries: list[tuple[str | None, str | None]] = []
        self.deaf = 0
        app.event("reaction_added")(lambda event: None)
        app.event("message")(lambda event: None)
        app.event("member_joined_channel")(lambda event: None)
        app.use(self._note)

    def _note(self, body: dict[str, Any], request: Any, next: Callable[[], None]) -> None:
        self.bodies.append(body)
        heard = [(request.headers.get(f"x-slack-retry-{name}") or [None])[0] for name in ("num", "reason")]
        self.retries.append((heard[0], heard[1]))
        if len(self.bodies) <= self.deaf:
            raise RuntimeError("not now")
        next()

    @property
    def kinds(self) -> list[str]:
        return [body["event"]["type"] for body in self.bodies]

    @property
    def ids(self) -> list[str]:
        return [body["event_id"] for body in self.bodies]


@pytest.fixture
def seen(app: App) -> Seen:
    return Seen(app)


def test_hello_tells_how_many(sandbox: Sandbox, connect: Connect, app: App) -> None:
    heard: list[dict[str, Any]] = []
    web = WebClient(token=sandbox.app_token, base_url=sandbox.api_url)
    connect()
    second = SocketModeHandler(app, sandbox.app_token, web_client=web)
    second.client.on_message_listeners.append(lambda text: heard.append(json.loads(text)))
    second.connect()
    until(lambda: bool(heard))
    second.client.auto_reconnect_enabled = False
    sandbox.faults.drop_sockets()
    second.close()
    assert heard[0]["type"] == "hello"
    assert heard[0]["num_connections"] == 2


def test_an_event_arrives(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    ts = sandbox.acts.say(ADMIN, GOOD, "look")
    sandbox.acts.react(ANN, GOOD, ts, "tada")
    until(lambda: "reaction_added" in seen.kinds and sandbox.idle())
    body = next(b for b in seen.bodies if b["event"]["type"] == "reaction_added")
    assert body["type"] == "event_callback"
    assert body["authorizations"][0]["user_id"] == "U0PASSALONG"
    assert body["event"]["item"] == {"type": "message", "channel": GOOD, "ts": ts}
    assert (body["event"]["user"], body["event"]["reaction"]) == (ANN, "tada")
    assert body["event"]["item_user"] == ADMIN
    assert seen.retries[0] == ("0", "") or seen.retries[0] == (None, None)


def test_only_where_the_bot_is(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    sandbox.acts.say(ADMIN, GENERAL, "unheard")
    sandbox.acts.say(ADMIN, GOOD, "heard")
    until(lambda: bool(seen.bodies) and sandbox.idle())
    assert [b["event"]["text"] for b in seen.bodies] == ["heard"]
    sandbox.acts.invite_bot(GENERAL, ADMIN)
    until(lambda: "member_joined_channel" in seen.kinds)
    joined = seen.bodies[-1]["event"]
    assert (joined["user"], joined["channel"], joined["inviter"]) == ("U0PASSALONG", GENERAL, ADMIN)


def test_only_what_is_subscribed_and_granted(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    sandbox.workspace.granted_scopes.discard("channels:history")
    ts = sandbox.acts.say(ADMIN, GOOD, "unheard")
    sandbox.workspace.subscribed_events.discard("reaction_removed")
    sandbox.acts.react(ANN, GOOD, ts, "tada")
    sandbox.acts.unreact(ANN, GOOD, ts, "tada")
    until(lambda: bool(seen.bodies) and sandbox.idle())
    assert seen.kinds == ["reaction_added"]


def test_the_ladder(sandbox: Sandbox, connect: Connect, seen: Seen, clock: SteppingClock) -> None:
    sandbox.socket.ack_seconds = 0.2
    seen.deaf = 3
    connect()
    sandbox.acts.say(ADMIN, GOOD, "again")
    until(lambda: len(seen.bodies) == 2 and sandbox.idle())
    assert sandbox.pump() == 0
    clock.step(60)
    assert sandbox.pump() == 1
    until(lambda: len(seen.bodies) == 3 and sandbox.idle())
    clock.step(299)
    assert sandbox.pump() == 0
    clock.step(1)
    assert sandbox.socket.next_due() == clock()
    assert sandbox.pump() == 1
    until(lambda: len(seen.bodies) == 4 and sandbox.idle())
    assert len(set(seen.ids)) == 1
    assert [retry for retry, _ in seen.retries[1:]] == ["1", "2", "3"]
    assert {reason for _, reason in seen.retries[1:]} == {"timeout"}
    assert sandbox.socket.deliveries == []


def test_given_up_after_the_last_rung(sandbox: Sandbox, connect: Connect, seen: Seen, clock: SteppingClock) -> None:
    sandbox.acts.say(ADMIN, GOOD, "nobody listens")
    for seconds in (60, 300):
        clock.step(seconds)
        sandbox.pump()
    assert [p["event"]["text"] for p in sandbox.socket.lost] == ["nobody listens"]
    connect()
    assert sandbox.pump() == 0


def test_events_wait_for_a_socket(sandbox: Sandbox, connect: Connect, seen: Seen, clock: SteppingClock) -> None:
    sandbox.acts.say(ADMIN, GOOD, "later")
    connect()
    time.sleep(0.1)
    assert seen.bodies == []
    clock.step(60)
    sandbox.pump()
    until(lambda: len(seen.bodies) == 1)
    assert seen.retries == [("2", "connection_failed")]


def test_a_real_clock_pumps_by_itself(sandbox: Sandbox, connect: Connect, seen: Seen, clock: SteppingClock) -> None:
    sandbox._run_in_background(sandbox._pump_on, "pump")
    sandbox.acts.say(ADMIN, GOOD, "later")
    connect()
    clock.step(60)
    until(lambda: len(seen.bodies) == 1)


def test_each_envelope_to_one_connection(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    connect()
    for number in range(6):
        sandbox.acts.say(ADMIN, GOOD, str(number))
    until(lambda: len(seen.bodies) >= 6 and sandbox.idle())
    assert sorted(b["event"]["text"] for b in seen.bodies) == list("012345")


def test_reconnects_after_a_cut(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    sandbox.faults.drop_sockets()
    assert sandbox.socket.connections == []
    until(lambda: len(sandbox.socket.connections) == 1, 10)
    sandbox.acts.say(ADMIN, GOOD, "back")
    until(lambda: len(seen.bodies) == 1)


def test_reconnects_when_asked_to(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    before = sandbox.socket.connections[0]
    sandbox.faults.refresh_sockets()
    until(lambda: len(sandbox.socket.connections) == 1 and sandbox.socket.connections[0] is not before, 10)
    sandbox.acts.say(ADMIN, GOOD, "back")
    until(lambda: len(seen.bodies) == 1)


def test_turned_away(sandbox: Sandbox, app: App) -> None:
    sandbox.faults.refuse_sockets(True)
    web = WebClient(token=sandbox.app_token, base_url=sandbox.api_url)
    handler = SocketModeHandler(app, sandbox.app_token, web_client=web, ping_interval=0.2)
    handler.connect()
    time.sleep(0.3)
    assert sandbox.socket.connections == []
    sandbox.faults.refuse_sockets(False)
    until(lambda: len(sandbox.socket.connections) == 1, 10)
    handler.client.auto_reconnect_enabled = False
    sandbox.faults.drop_sockets()
    handler.close()
    # The SDK lets go, and then waits for a thread that may just be connecting.
    handler.client.disconnect()


def test_ten_connections_at_most(sandbox: Sandbox) -> None:
    from websockets.sync.client import connect as websocket

    web = WebClient(base_url=sandbox.api_url)

    def greeting(stack: ExitStack) -> dict[str, Any]:
        url = web.apps_connections_open(app_token=sandbox.app_token)["url"]
        told: dict[str, Any] = json.loads(stack.enter_context(websocket(url)).recv())
        return told

    with ExitStack() as stack:
        assert [greeting(stack)["type"] for _ in range(10)] == ["hello"] * 10
        assert greeting(stack)["reason"] == "too_many_websockets"


def test_an_address_opens_once(sandbox: Sandbox) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect as websocket

    url = WebClient(base_url=sandbox.api_url).apps_connections_open(app_token=sandbox.app_token)["url"]
    with websocket(url):
        pass
    with pytest.raises(InvalidStatus), websocket(url):
        pass


def test_twice(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    sandbox.faults.deliver_twice()
    sandbox.acts.say(ADMIN, GOOD, "twice")
    sandbox.acts.say(ADMIN, GOOD, "once")
    until(lambda: len(seen.bodies) == 3 and sandbox.idle())
    assert sorted(b["event"]["text"] for b in seen.bodies) == ["once", "twice", "twice"]
    assert len(set(seen.ids)) == 2


def test_out_of_order(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    sandbox.faults.reorder()
    sandbox.acts.say(ADMIN, GOOD, "first")
    time.sleep(0.1)
    assert seen.bodies == []
    sandbox.acts.say(ADMIN, GOOD, "second")
    until(lambda: len(seen.bodies) == 2 and sandbox.idle())
    sent = [entry.args["event"]["text"] for entry in sandbox.workspace.log if entry.name == "events_api"]
    assert sorted(sent) == ["first", "second"]  # Bolt may still take them up in either order


def test_late(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    sandbox.faults.delay_events(0.3)
    sandbox.acts.say(ADMIN, GOOD, "late")
    assert not sandbox.idle()
    time.sleep(0.1)
    assert seen.bodies == []
    until(lambda: len(seen.bodies) == 1)


def test_the_bots_own_reactions_come_back_as_events(sandbox: Sandbox, connect: Connect) -> None:
    ts = sandbox.acts.say(ADMIN, GOOD, "look")
    web = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    web.reactions_add(channel=GOOD, timestamp=ts, name="eyes")
    waiting = [d.payload["event"] for d in sandbox.socket.deliveries]
    assert [(e["type"], e["user"]) for e in waiting if e["type"] == "reaction_added"] == [
        ("reaction_added", "U0PASSALONG")
    ]


def test_many_at_once(sandbox: Sandbox, connect: Connect, seen: Seen) -> None:
    connect()
    ts = sandbox.acts.say(ADMIN, GOOD, "look")
    people = [p.id for p in sandbox.workspace.company.staff]
    threads = [threading.Thread(target=sandbox.acts.react, args=(p, GOOD, ts, "tada")) for p in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    until(lambda: seen.kinds.count("reaction_added") == len(people) and sandbox.idle())
    (reaction,) = sandbox.acts.messages(ADMIN, GOOD)[0]["reactions"]
    assert sorted(reaction["users"]) == sorted(people)
