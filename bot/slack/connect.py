"""Socket Mode: the connection to Slack, owned by us from start to shutdown."""

import json
import logging
import socket
from collections.abc import Callable
from contextlib import suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

log = logging.getLogger(__name__)


class Connection:
    """The socket. After every hello (start and reconnect) `on_hello` is told how many connections Slack counts."""

    def __init__(self, app: App, app_token: str, api_url: str, on_hello: Callable[[int], None]) -> None:
        web_client = WebClient(token=app_token, base_url=api_url, retry_handlers=[])
        self._handler = SocketModeHandler(app, app_token, web_client=web_client, concurrency=20)
        self._on_hello = on_hello
        self._handler.client.on_message_listeners.append(self._look)

    def open(self) -> None:
        """Connect; raises when Slack cannot be reached or the token is wrong."""
        self._handler.connect()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Let go of the socket."""
        client = self._handler.client
        client.closed, client.auto_reconnect_enabled = True, False
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
        client.enqueue_message("")  # as it does while it waits (1 s) for something to hand out
        self._handler.close()  # type: ignore[no-untyped-call]

    def is_open(self) -> bool:
        """Whether a session exists."""
        return bool(self._handler.client.is_connected())

    def _look(self, message: str) -> None:
        if not message.startswith("{") or '"hello"' not in message:
            return
        body = json.loads(message)
        if body.get("type") == "hello":
            log.info("Connected to Slack (%s connections)", body.get("num_connections"))
            self._on_hello(int(body.get("num_connections", 1)))
