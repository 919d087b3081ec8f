"""Reconnecting with patience. The SDK's own client tries every ten seconds for as long as it takes, and each try over a
broken path can leave a connection at Slack that nobody holds: what Slack sends down that one is lost.
"""

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.frame_header import FrameHeader
from slack_sdk.socket_mode.builtin.internals import _build_data_frame_for_sending

from bot.slack.retry_after import seconds_to_wait
from bot.slack.whole_frames import WholeFrames

FIRST, MOST = 5.0, 120.0
PING = 10.0
STEADY = 60.0
"""Seconds after which a connection counts as one that lasts."""


class Patience:
    """When to try again: at once, then after 5 s, 10 s, 20 s … 2 minutes, each a bit less by chance.

    A connection that lasted a minute starts it anew; one that comes and goes does not. `clock` is in seconds.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, chance: Callable[[], float] = random.random
    ) -> None:
        self._clock, self._chance = clock, chance
        self._tries = 0
        self._not_before = clock()
        self._connected_at: float | None = None

    def may_try(self, *, is_connected: bool) -> bool:
        """Whether now is a good time; asked right before trying, and counted when it is."""
        now = self._clock()
        if self._connected_at is not None and now - self._connected_at >= STEADY:
            self._tries, self._not_before = 0, now
        if not is_connected:
            self._connected_at = None
        if now < self._not_before:
            return False
        self._connected_at = None
        self._not_before = now + min(FIRST * 2.0**self._tries, MOST) * (1 - self._chance() / 2)
        self._tries += 1
        return True

    def connected(self) -> None:
        """It worked, for now."""
        self._connected_at = self._clock()

    def wait(self, seconds: float) -> None:
        """Slack asks for so much time."""
        self._not_before = max(self._not_before, self._clock() + seconds)


class PatientClient(SocketModeClient):
    """The SDK's client, that does not reconnect over and over.

    The SDK asks again by itself: every ten seconds as long as there is no connection. `was_replacing`: the connection
    that Slack greeted last came while an older one of ours was still open, so Slack may have counted both.
    """

    was_replacing = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.patience = Patience()
        self.put_event: Callable[[str, Mapping[str, Any]], None] | None = None
        super().__init__(*args, **kwargs)

    def enqueue_message(self, message: str) -> None:
        """Events do not queue for a thread each; everything else does."""
        try:
            envelope = json.loads(message) if message.startswith("{") else {}
        except ValueError:
            # The SDK says so in the log; here it would end the connection.
            envelope = {}
        if self.put_event is not None and envelope.get("type") == "events_api":
            self.put_event(envelope.get("envelope_id", ""), envelope.get("payload", {}))
        else:
            super().enqueue_message(message)

    def acknowledge(self, envelope_ids: Sequence[str]) -> None:
        """All of these in one go. Raises ConnectionError when there is no connection."""
        texts = (json.dumps({"envelope_id": envelope_id}) for envelope_id in envelope_ids)
        frames = b"".join(_build_data_frame_for_sending(text, FrameHeader.OPCODE_TEXT) for text in texts)
        session = self.current_session
        if session is None:
            raise ConnectionError("never connected")
        with session.sock_send_lock:
            if session.sock is None:
                raise ConnectionError("between two connections")
            session.sock.send(frames)

    def connect(self) -> None:
        """Open a connection, then close the one before it."""
        self.was_replacing = self.is_connected()
        super().connect()
        if self.is_connected():
            self.patience.connected()

    def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Reconnect, unless it is too soon or all is over; whoever asked asks again."""
        if self.closed or (self.is_connected() and not force):
            return
        if self.patience.may_try(is_connected=self.is_connected()):
            super().connect_to_new_endpoint(force)

    def close(self) -> None:
        """All is over. The SDK lets go first and waits for whoever is just connecting afterwards, so let go again."""
        super().close()
        self.disconnect()

    def disconnect(self) -> None:
        """Let go of the connection; who finds that another thread just did has nothing to do."""
        with suppress(AttributeError):
            super().disconnect()

    def _run_current_session(self) -> None:
        """Read the connection, which from its first byte on hands out whole frames."""
        session = self.current_session
        if session is not None:
            with session.sock_send_lock, session.sock_receive_lock:
                if session.sock is not None and not isinstance(session.sock, WholeFrames):
                    session.sock = WholeFrames(session.sock)  # type: ignore[assignment]
        super()._run_current_session()  # type: ignore[no-untyped-call]

    def issue_new_wss_url(self) -> str:
        """Where to connect to. Reconnecting never sleeps for Slack: the lock it holds is needed to close."""
        if self.current_session is None:
            return super().issue_new_wss_url()
        try:
            return str(self.web_client.apps_connections_open(app_token=self.app_token)["url"])
        except SlackApiError as error:
            if error.response.status_code == 429:
                self.patience.wait(seconds_to_wait(error.response.headers.get("Retry-After")))
            raise


class PatientHandler(SocketModeHandler):
    """Bolt's own, with the patient client; its constructor would make (and start) the other one."""

    client: PatientClient

    def __init__(self, app: App, app_token: str, web_client: WebClient) -> None:
        self.app, self.app_token = app, app_token
        self.client = PatientClient(
            app_token, app.logger, web_client, proxy=app.client.proxy, ping_interval=PING, concurrency=1
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]
