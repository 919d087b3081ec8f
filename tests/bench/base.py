"""The other side of every ratio. FROZEN: whoever makes this slower makes every figure look better than it is.

What is here is the usual way, or the least that has to be done, and it never changes; it prints its own µs.
"""

import json
import sqlite3
import sys
from datetime import UTC, datetime
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

EVERYTHING = (
    "slack_bolt",
    "slack_bolt.adapter.socket_mode",
    "slack_sdk",
    "sqlalchemy",
    "sqlalchemy.orm",
    "alembic.command",
    "alembic.config",
    "alembic.script",
    "psycopg",
    "apscheduler.schedulers.background",
    "apscheduler.executors.pool",
    "starlette.applications",
    "uvicorn",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.loops.uvloop",
    "babel.dates",
    "babel.numbers",
    "dateparser",
    "dateparser.search",
    "frontmatter",
    "yaml",
    "rich.console",
    "rich.table",
    "click",
    "dotenv",
    "urllib3",
)
"""All of the stack, imported eagerly."""


def stock_app(client: Any) -> App:
    """Bolt as it comes, with one listener that does nothing."""
    app = _app(client)

    @app.event("reaction_added")
    def _nothing(event: dict[str, Any]) -> None:
        return None

    return app


def silent_app(client: Any) -> App:
    """Bolt that acknowledges every event as early as it can, and stores nothing."""

    def acknowledge(req: BoltRequest, next: Any) -> BoltResponse:
        return BoltResponse(status=200) if req.body.get("type") == "event_callback" else next()

    return _app(client, before_authorize=acknowledge)


def usual_app(client: Any, url: str) -> App:
    """The usual way: listeners on Bolt's own threads, and the ORM in each of them."""
    from sqlalchemy import BigInteger, Integer, String, create_engine, event, func, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    row_id = BigInteger().with_variant(Integer, "sqlite")

    class Base(DeclarativeBase):
        pass

    class Event(Base):
        __tablename__ = "usual_events"
        id: Mapped[int] = mapped_column(row_id, primary_key=True)
        event_id: Mapped[str] = mapped_column(String(60), unique=True)
        body: Mapped[str]

    class Person(Base):
        __tablename__ = "usual_people"
        id: Mapped[int] = mapped_column(row_id, primary_key=True)
        user: Mapped[str] = mapped_column(String(40), unique=True)

    class Share(Base):
        __tablename__ = "usual_shares"
        id: Mapped[int] = mapped_column(row_id, primary_key=True)
        person_id: Mapped[int] = mapped_column(index=True)
        ts: Mapped[str] = mapped_column(String(40), index=True)

    engine = create_engine(_driver(url))
    if url.startswith("sqlite"):

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _: Any) -> None:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
                connection.execute(f"PRAGMA {pragma}")

    Base.metadata.create_all(engine)
    app = _app(client)

    @app.event("reaction_added")
    def _store(event: dict[str, Any], body: dict[str, Any]) -> None:
        with Session(engine) as session:
            session.add(Event(event_id=body["event_id"], body=json.dumps(event)))
            session.flush()
            person = session.scalars(select(Person).where(Person.user == event["user"])).first()
            if person is None:
                person = Person(user=event["user"])
                session.add(person)
                session.flush()
            ts = event["item"]["ts"]
            known = session.scalars(select(Share).where(Share.person_id == person.id, Share.ts == ts)).first()
            if known is None:
                session.add(Share(person_id=person.id, ts=ts))
            session.flush()
            session.scalar(select(func.count()).select_from(Share).where(Share.person_id == person.id))
            session.commit()

    @app.command("/passalong")
    def _help(ack: Any) -> None:
        ack("Here to help.")

    return app


def _app(client: Any, **more: Any) -> App:
    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T0BENCH001", bot_token="xoxb", bot_id="B0BENCHBOT", bot_user_id="U0BENCHBOT"
        )

    return App(
        client=client,
        authorize=authorize,
        request_verification_enabled=False,
        url_verification_enabled=False,
        ssl_check_enabled=False,
        **more,
    )


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


class RawRow:
    """One INSERT and its COMMIT, straight to the driver: the least that makes an event durable."""

    def __init__(self, url: str) -> None:
        self._at = 0
        if url.startswith("sqlite"):
            self._sql = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                self._sql.execute(f"PRAGMA {pragma}")
            self._insert = "INSERT INTO raw_events (event_id, body) VALUES (?, ?)"
            self._sql.execute("CREATE TABLE raw_events (id INTEGER PRIMARY KEY, event_id TEXT UNIQUE, body TEXT)")
        else:
            import psycopg

            self._sql = psycopg.connect(url, autocommit=True)
            self._insert = "INSERT INTO raw_events (event_id, body) VALUES (%s, %s)"
            self._sql.execute("CREATE TABLE raw_events (id bigserial PRIMARY KEY, event_id text UNIQUE, body text)")

    def __call__(self, body: dict[str, Any]) -> None:
        self._sql.execute("BEGIN")
        self._sql.execute(self._insert, (body["event_id"], json.dumps(body["event"])))
        self._sql.execute("COMMIT")

    def close(self) -> None:
        self._sql.close()


class AskingEach:
    """The digest the usual way: everybody is looked up by the ORM, and their weeks are counted one by one."""

    def __init__(self, url: str) -> None:
        from sqlalchemy import MetaData, Table, create_engine
        from sqlalchemy.orm import Session, registry

        engine = create_engine(_driver(url))
        metadata = MetaData()
        mapper = registry()
        self._person, self._share = type("Person", (), {}), type("Share", (), {})
        mapper.map_imperatively(self._person, Table("people", metadata, autoload_with=engine))
        mapper.map_imperatively(self._share, Table("shares", metadata, autoload_with=engine))
        self._session = Session(engine)

    def __call__(self, person_id: int, weeks: list[tuple[datetime, datetime]]) -> str:
        """One person's line."""
        from sqlalchemy import func, select

        person: Any = self._session.get(self._person, person_id, populate_existing=True)
        share: Any = self._share
        counts = []
        for start, end in weeks:
            first, last = (int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1e6) for at in (start, end))
            which = (share.person_id == person_id, share.said_at >= first, share.said_at < last)
            counts.append(self._session.scalar(select(func.count(share.story_id.distinct())).where(*which)))
        before = select(share).where(share.person_id == person_id).order_by(share.said_at).limit(1)
        first_share: Any = self._session.scalars(before).first()
        return f"{person.name}: {counts} since {first_share and first_share.said_at}"

    def close(self) -> None:
        bind: Any = self._session.get_bind()
        self._session.close()
        bind.dispose()


class OneFrameAtATime:
    """A connected socket; the stock client loses its place when a thousand events come in one go."""

    def __init__(self, sock: Any) -> None:
        self._socket = sock
        self._held = bytearray()

    def recv(self, _: int) -> bytes:
        while len(self._held) < 2 or len(self._held) < (end := self._end()):
            received = self._socket.recv(65_536)
            if not received:
                return b""
            self._held += received
            self._held = self._held.removeprefix(b"\n")
        frame = bytes(self._held[:end])
        del self._held[:end]
        return frame

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def _end(self) -> int:
        length = self._held[1] & 127
        if length < 126:
            return 2 + length
        size = 2 if length == 126 else 8
        return 2 + size + int.from_bytes(self._held[2 : 2 + size], "big")


async def bare(scope: Any, receive: Any, send: Any) -> None:
    """Sends everybody on, and stores nothing."""
    await send(BARE_START)
    await send({"type": "http.response.body", "body": b""})


BARE_START = {
    "type": "http.response.start",
    "status": 302,
    "headers": [
        (b"location", b"https://example.com/1?utm_source=linkedin&utm_medium=social&utm_campaign=1"),
        (b"referrer-policy", b"no-referrer"),
        (b"cache-control", b"private, no-store"),
        (b"x-robots-tag", b"noindex"),
        (b"content-length", b"0"),
    ],
}


class BarePage:
    """Answers everybody with the same bytes."""

    def __init__(self, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        self._start = {"type": "http.response.start", "status": 200, "headers": headers}
        self._body = {"type": "http.response.body", "body": body}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send(self._start)
        await send(self._body)


def serve_bare(app: Any = bare) -> None:
    """The least that a link server does, on the same uvicorn; says its port."""
    import socket

    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print(f"on 127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(
        app,
        http="httptools",
        loop="uvloop",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    uvicorn.Server(config).run(sockets=[listener])


def main() -> None:
    """A bot of the usual kind in a process of its own: KIND API_URL DATABASE_URL. Or a bare link server: `bare`.

    Or `page FILE`: one that answers with what stands there, headers as JSON on the first line and then the body.
    """
    from slack_bolt.adapter.socket_mode import SocketModeHandler
    from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
    from slack_sdk import WebClient
    from slack_sdk.socket_mode.builtin import SocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest
    from slack_sdk.socket_mode.response import SocketModeResponse

    class Client(SocketModeClient):
        def _run_current_session(self) -> None:
            session: Any = self.current_session
            if session is not None and not isinstance(session.sock, OneFrameAtATime | None):
                session.sock = OneFrameAtATime(session.sock)
            super()._run_current_session()  # type: ignore[no-untyped-call]

    if sys.argv[1:] == ["bare"]:
        serve_bare()
        return
    if sys.argv[1] == "page":
        with open(sys.argv[2], "rb") as file:
            headers = [(name.encode(), value.encode()) for name, value in json.loads(file.readline())]
            serve_bare(BarePage(headers, file.read()))
        return
    kind, api_url, database_url = sys.argv[1:]
    client = WebClient(token="xoxb", base_url=api_url)
    app = silent_app(client) if kind == "silent" else usual_app(client, database_url)
    web_client = WebClient(token="xapp", base_url=api_url)
    concurrency = 20 if kind == "silent" else 10

    class Handler(SocketModeHandler):
        def handle(self, client: Any, req: SocketModeRequest) -> None:
            response = run_bolt_app(self.app, req)
            if response.status != 200:
                # Behind a burst it gives up; the bench takes that moment for the answer, early as it is.
                client.send_socket_mode_response(SocketModeResponse(req.envelope_id, {"text": "failed"}))
            send_response(client, req, response, 0)

    handler = Handler(app, "xapp", web_client=web_client)
    handler.client = Client("xapp", web_client=web_client, concurrency=concurrency)
    handler.client.socket_mode_request_listeners.append(handler.handle)
    handler.start()


if __name__ == "__main__":
    main()
