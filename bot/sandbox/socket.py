"""Socket Mode: connections, envelopes, acknowledgements, and the ladder on which events are sent again."""

import asyncio
import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, RLock

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.faults import Faults
from bot.sandbox.state import Json, LogEntry
from bot.sandbox.workspace import Workspace

ACK_SECONDS = 3.0
LADDER = (timedelta(0), timedelta(seconds=60), timedelta(seconds=300))
MOST_CONNECTIONS = 10


@dataclass(eq=False)
class Connection:
    """One open WebSocket. Nothing but its own loop touches the socket."""

    number: int
    outgoing: "asyncio.Queue[str | None]" = field(default_factory=asyncio.Queue)
    refreshing: bool = False


@dataclass(eq=False)
class Envelope:
    """Something sent and waiting for its acknowledgement."""

    id: str
    kind: str
    connection: Connection
    answered: Event = field(default_factory=Event)
    acked: bool = False
    payload: Json | None = None
    on_end: Callable[[bool], None] | None = None


@dataclass(eq=False)
class Delivery:
    """An event on its way: `attempt` 0 is the first try, `due` when the next one is."""

    payload: Json
    due: datetime
    attempt: int = 0
    reason: str = ""
    flying: bool = False


class SocketMode:
    """The server's side. `loop` is set by the server when it runs."""

    def __init__(self, workspace: Workspace, faults: Faults) -> None:
        self.workspace, self.faults = workspace, faults
        self.loop: asyncio.AbstractEventLoop | None = None
        self.lock = RLock()
        self.connections: list[Connection] = []
        self.envelopes: dict[str, Envelope] = {}
        self.deliveries: list[Delivery] = []
        self.lost: list[Json] = []  # events given up after the last retry
        self.ack_seconds = ACK_SECONDS
        self._tickets: set[str] = set()
        self._turn, self._numbers = itertools.count(), itertools.count(1)
        self._held: list[Delivery] = []
        faults.on_drop, faults.on_refresh = self.drop_all, self.refresh_all

    # --- connections

    def new_ticket(self) -> str:
        """The secret part of an address that opens one connection, once."""
        with self.lock:
            ticket = f"ticket-{next(self._numbers):06d}"
            self._tickets.add(ticket)
            return ticket

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from handshake to end."""
        with self.lock:
            ticket = socket.query_params.get("ticket", "")
            allowed = ticket in self._tickets and not self.faults.sockets_refused
            self._tickets.discard(ticket)
        if not allowed:
            await socket.close(1008)
            return
        await socket.accept()
        await self._converse(socket)

    async def _converse(self, socket: WebSocket) -> None:
        connection = self._open()
        if connection is None:
            await socket.send_text(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await socket.close()
            return
        writer = asyncio.create_task(self._write(socket, connection))
        try:
            while True:
                self._receive(await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._closed(connection)
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer

    def _open(self) -> Connection | None:
        with self.lock:
            if len(self.connections) >= MOST_CONNECTIONS:
                return None
            connection = Connection(next(self._numbers))
            connection.outgoing.put_nowait(json.dumps(self._hello(len(self.connections) + 1)))
            self.connections.append(connection)
            return connection

    def _hello(self, count: int) -> Json:
        info = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060}
        app = {"app_id": self.workspace.app_id}
        return {"type": "hello", "num_connections": count, "debug_info": info, "connection_info": app}

    async def _write(self, socket: WebSocket, connection: Connection) -> None:
        while (text := await connection.outgoing.get()) is not None:
            await socket.send_text(text)
        socket.scope["state"]["transport"].abort()  # without a word, as when a network breaks

    def _closed(self, connection: Connection) -> None:
        with self.lock:
            if connection in self.connections:
                self.connections.remove(connection)
            orphans = [e for e in self.envelopes.values() if e.connection is connection]
        for envelope in orphans:
            self._end(envelope, acked=False)

    def drop_all(self) -> None:
        self._tell_all(None)

    def refresh_all(self) -> None:
        with self.lock:
            for connection in self.connections:
                connection.refreshing = True
        info = {"host": "sandbox"}
        self._tell_all(json.dumps({"type": "disconnect", "reason": "refresh_requested", "debug_info": info}))

    def _tell_all(self, text: str | None) -> None:
        with self.lock:
            connections = list(self.connections)
            if text is None:
                self.connections.clear()
        for connection in connections:
            self._put(connection, text)
        if text is None:
            for connection in connections:
                self._closed(connection)

    def _put(self, connection: Connection, text: str | None) -> None:
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(connection.outgoing.put_nowait, text)

    # --- envelopes

    def request(self, kind: str, payload: Json) -> Envelope | None:
        """Send a command or an interaction and wait for its acknowledgement; None when no socket is open."""
        envelope = self._send(kind, payload, {}, None)
        if envelope is not None:
            envelope.answered.wait(self.ack_seconds)
            self._end(envelope, acked=False)
        self.workspace.log.append(LogEntry("envelope", kind, payload, _outcome(envelope)))
        return envelope

    def _send(self, kind: str, payload: Json, extra: Json, on_end: Callable[[bool], None] | None) -> Envelope | None:
        with self.lock:
            connection = self._choose()
            if connection is None:
                return None
            envelope = Envelope(f"envelope-{next(self._numbers):08d}", kind, connection, on_end=on_end)
            self.envelopes[envelope.id] = envelope
        message = {"envelope_id": envelope.id, "payload": payload, "type": kind, **extra}
        message["accepts_response_payload"] = kind != "events_api"
        self._put(connection, json.dumps(message))
        return envelope

    def _choose(self) -> Connection | None:
        """Any one of the connections, in turn; one that was asked to go only when there is no other."""
        staying = [c for c in self.connections if not c.refreshing] or self.connections
        return staying[next(self._turn) % len(staying)] if staying else None

    def _receive(self, text: str) -> None:
        message = json.loads(text)
        with self.lock:
            envelope = self.envelopes.get(message.get("envelope_id", ""))
        if envelope is not None:
            envelope.payload = message.get("payload")
            self._end(envelope, acked=True)

    def _end(self, envelope: Envelope, *, acked: bool) -> None:
        with self.lock:
            if self.envelopes.pop(envelope.id, None) is None:
                return
            envelope.acked = acked
        if envelope.on_end is not None:
            envelope.on_end(acked)
        envelope.answered.set()

    # --- events

    def publish(self, payload: Json) -> None:
        """Send an event to the app; from here on it is on the ladder until it is acknowledged."""
        batch = [Delivery(payload, self.workspace.now())]
        if self.faults.take_twice():
            batch.append(Delivery(payload, self.workspace.now()))
        with self.lock:
            self.deliveries += batch
            if self.faults.take_reorder():
                for delivery in batch:
                    delivery.flying = True
                self._held += batch
                return
            held, self._held = self._held, []
        for delivery in (*batch, *held):
            self._leave(delivery)

    def _leave(self, delivery: Delivery) -> None:
        delivery.flying = True
        delay = self.faults.event_delay
        if delay and self.loop is not None:
            self.loop.call_soon_threadsafe(self.loop.call_later, delay, self._try, delivery)
        else:
            self._try(delivery)

    def _try(self, delivery: Delivery) -> None:
        extra: Json = {"retry_attempt": delivery.attempt, "retry_reason": delivery.reason}
        envelope = self._send("events_api", delivery.payload, extra, lambda acked: self._landed(delivery, acked))
        if envelope is None:
            self._landed(delivery, False, "connection_failed")
        elif self.loop is not None:
            self.loop.call_soon_threadsafe(self.loop.call_later, self.ack_seconds, self._expire, envelope)

    def _expire(self, envelope: Envelope) -> None:
        self._end(envelope, acked=False)

    def _landed(self, delivery: Delivery, acked: bool, reason: str = "timeout") -> None:
        answer = {"acked": acked, "retry_attempt": delivery.attempt}
        self.workspace.log.append(LogEntry("envelope", "events_api", delivery.payload, answer))
        with self.lock:
            delivery.flying = False
            if acked or delivery.attempt >= len(LADDER):
                self.deliveries.remove(delivery)
                if not acked:
                    self.lost.append(delivery.payload)
                return
            delivery.due = self.workspace.now() + LADDER[delivery.attempt]
            delivery.attempt, delivery.reason = delivery.attempt + 1, reason
        if delivery.attempt == 1:
            self._try_again(delivery)

    def _try_again(self, delivery: Delivery) -> None:
        with self.lock:
            delivery.flying = True
        self._try(delivery)

    def pump(self) -> int:
        """Send the events that are due again by the workspace's clock; how many."""
        now = self.workspace.now()
        with self.lock:
            due = [d for d in self.deliveries if not d.flying and d.due <= now]
            for delivery in due:
                delivery.flying = True
        for delivery in due:
            self._leave(delivery)
        return len(due)

    def next_due(self) -> datetime | None:
        """When the next event is to be sent again."""
        with self.lock:
            return min((d.due for d in self.deliveries if not d.flying), default=None)

    def idle(self) -> bool:
        """Nothing sent and unanswered."""
        with self.lock:
            held = {id(d) for d in self._held}
            return not self.envelopes and not any(d.flying and id(d) not in held for d in self.deliveries)


def _outcome(envelope: Envelope | None) -> Json:
    if envelope is None:
        return {"acked": False}
    return {"acked": envelope.acked, "payload": envelope.payload}
