"""Socket Mode: the connection to Slack, owned by us from start to shutdown."""

import json
import logging
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import sleep

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient

from bot.slack.events import Events
from bot.slack.inbound import Inbound
from bot.slack.reconnect import PatientHandler

log = logging.getLogger(__name__)


class Connection:
    """The socket. After every hello (start and reconnect) `on_hello` is told how many connections Slack counts.

    One of our own that the new one replaces is left out of that number.
    """

    def __init__(
        self,
        app: App,
        app_token: str,
        web_client: WebClient,
        inbound: Inbound,
        workers: ThreadPoolExecutor,
        on_hello: Callable[[int], None],
    ) -> None:
        self._handler = PatientHandler(app, app_token, web_client)
        client = self._handler.client
        client.message_workers = workers
        client.put_event = Events(inbound.take, client.acknowledge, workers).put
        self._on_hello = on_hello
        client.on_message_listeners.append(self._look)

    def open(self) -> None:
        """Connect; raises when Slack cannot be reached or the token is wrong."""
        self._handler.connect()  # type: ignore[no-untyped-call]

    def stop_reading(self) -> None:
        """Take nothing more. What was read is with the workers then, and may still be acknowledged."""
        stop_reading(self._handler.client)

    def close(self) -> None:
        """Let go of the socket, once the workers are done."""
        self._handler.close()  # type: ignore[no-untyped-call]

    def drop(self) -> None:
        """Let go of the socket, whatever the workers still do."""
        self._handler.client.disconnect()

    def is_open(self) -> bool:
        """Whether a session exists."""
        return bool(self._handler.client.is_connected())

    def _look(self, message: str) -> None:
        if not message.startswith("{") or '"hello"' not in message:
            return
        body = json.loads(message)
        if body.get("type") == "hello":
            log.info("Connected to Slack (%s connections)", body.get("num_connections"))
            self._on_hello(int(body.get("num_connections", 1)) - self._handler.client.was_replacing)


def stop_reading(client: SocketModeClient) -> None:
    """Take nothing more from the socket, and hand out what was read."""
    client.default_auto_reconnect_enabled = client.auto_reconnect_enabled = False
    reading = client.current_session_runner
    reading.event.set()
    # The SDK forgets that a session was told to end when it had just begun to read it, and holds the lock that
    # closing needs while it waits (3 s) for the next frame: so end that wait, and say it until it was heard.
    while reading.is_alive():
        client.current_session_state.terminated = True
        sock = client.current_session.sock if client.current_session is not None else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RD)
        reading.thread.join(0.02)
    while not client.message_queue.empty():
        sleep(0.001)
    client.closed = True
    client.enqueue_message("")  # ends its wait (1 s) for something to hand out
    client.message_processor.shutdown()  # type: ignore[no-untyped-call]
