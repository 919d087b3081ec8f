"""What goes wrong on purpose."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

BROKEN = ("rate_limited", "server_error", "unavailable", "html", "empty", "cut_short", "not_an_object")
KINDS = (*BROKEN, "timeout", "lost_reply")
NO_HEADER = "none"


@dataclass
class Fault:
    """One kind of answer to a method, `times` more times.

    `seconds`: how long a reply is held. `retry_after`: that header. `done`: the work is done before the broken answer.
    """

    kind: str
    times: int
    seconds: float
    retry_after: str | None
    done: bool


class Faults:
    """Switched on by tests, also over HTTP: POST /sandbox/faults {"do": "answer", "method": …, "kind": …}."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: dict[str, list[Fault]] = {}
        self.sockets_refused = False
        self.event_delay = 0.0
        self._twice = self._reorder = 0
        self.on_drop: Callable[[], None] = lambda: None
        self.on_refresh: Callable[[], None] = lambda: None

    def answer(
        self, method: str, kind: str, times: int = 1, retry_after: float | str | None = None, *, done: bool = False
    ) -> None:
        """The next `times` calls of `method` ("*" for any, "response_url" for answers to those) go wrong.

        rate_limited: 429 with Retry-After (`retry_after`, 1 s). server_error: 500. unavailable: 503, with Retry-After
        if given. Status 200 with a web page (html), nothing (empty), half of the answer (cut_short) or another kind of
        JSON (not_an_object). With `done` the work is done all the same.
        timeout: the work is done, the reply held for `retry_after` seconds (30). lost_reply: the work is done, the
        connection dropped. A `retry_after` in text is sent as it is, "none" leaves the header out. Raises ValueError
        for another kind.
        """
        if kind not in KINDS:
            raise ValueError(f"unknown kind of fault: {kind}")
        seconds = retry_after if isinstance(retry_after, int | float) else {"timeout": 30.0}.get(kind, 1.0)
        header = _header(kind, retry_after)
        with self._lock:
            self._answers.setdefault(method, []).append(Fault(kind, times, seconds, header, done))

    def take(self, method: str) -> Fault | None:
        """The fault for this call, used up by asking."""
        with self._lock:
            for key in (method, "*"):
                waiting = self._answers.get(key, [])
                if waiting:
                    waiting[0].times -= 1
                    return waiting[0] if waiting[0].times else waiting.pop(0)
            return None

    def drop_sockets(self) -> None:
        """Cut all open sockets without a word."""
        self.on_drop()

    def refresh_sockets(self) -> None:
        """Ask all connections to reconnect, as Slack does every few hours."""
        self.on_refresh()

    def refuse_sockets(self, refuse: bool) -> None:
        """Answer new WebSocket handshakes with 403 (and go on until called with False)."""
        self.sockets_refused = refuse

    def deliver_twice(self, times: int = 1) -> None:
        """The next events are sent twice, with the same event_id."""
        with self._lock:
            self._twice += times

    def reorder(self, times: int = 1) -> None:
        """Hold an event back and send it after the next one."""
        with self._lock:
            self._reorder += times

    def delay_events(self, seconds: float) -> None:
        """Every event leaves this many real seconds late; 0 ends it."""
        self.event_delay = seconds

    def take_twice(self) -> bool:
        with self._lock:
            self._twice, hit = max(0, self._twice - 1), self._twice > 0
            return hit

    def take_reorder(self) -> bool:
        with self._lock:
            self._reorder, hit = max(0, self._reorder - 1), self._reorder > 0
            return hit

    def clear(self) -> None:
        """Everything works again."""
        with self._lock:
            self._answers.clear()
            self._twice = self._reorder = 0
        self.sockets_refused, self.event_delay = False, 0.0


def _header(kind: str, retry_after: float | str | None) -> str | None:
    if isinstance(retry_after, str):
        return None if retry_after == NO_HEADER else retry_after
    if retry_after is None:
        return "1" if kind == "rate_limited" else None
    return str(round(retry_after))
