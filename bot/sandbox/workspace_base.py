"""What a workspace is made of: its state, its lock, its numbers, and word of changes."""

import hashlib
import itertools
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Condition, RLock

from bot.sandbox.company import Company, Group, Person
from bot.sandbox.permissions import EVENTS, SCOPES
from bot.sandbox.post_limits import PostLimits
from bot.sandbox.state import Channel, Ephemeral, File, Json, LogEntry, ResponseUrl, Trigger, View


class WorkspaceBase:
    """State without behaviour of its own."""

    def __init__(self, company: Company, now: Callable[[], datetime]) -> None:
        self.company, self.now, self.lock = company, now, RLock()
        self.team_id, self.app_id, self.bot_id, self.bot_user = (
            company.team_id,
            company.app_id,
            company.bot_id,
            company.bot_user,
        )
        self.url = f"https://{company.domain}.slack.com/"
        self.bot_token = f"xoxb-sandbox-{short(company.domain)}"
        self.app_token = f"xapp-1-{company.app_id}-{short(company.app_id)}"
        self.granted_scopes: set[str] = set(SCOPES)
        self.app_scopes: set[str] = {"connections:write"}
        self.subscribed_events: set[str] = set(EVENTS)
        self.commands: list[Json] = [
            {"command": "/passalong", "description": "Pass a story along", "usage_hint": "[help | queue | list | next]"}
        ]
        self.shortcuts: list[Json] = []  # {"name", "type": "message" | "global", "callback_id", "description"}
        self.limits = True
        self.post_limits: PostLimits | None = None  # how many messages the whole workspace takes
        self.images: dict[str, str] = {}
        self.drawn: frozenset[str] = frozenset()  # addresses of images that the page draws itself
        self.token_revoked = False
        self.paid = True  # a free plan has no user groups
        self.charts = True  # a workspace to which data_visualization has not come yet refuses it
        self.uploads_refused = ""  # the error string of a workspace that takes no files
        self.scan_seconds = 0.0  # how long a file is looked at before a block may show it
        self.people: dict[str, Person] = {p.id: p for p in company.people}
        self.updated: dict[str, int] = {}
        self.groups: dict[str, Group] = {g.id: g for g in company.groups}
        self.channels: dict[str, Channel] = {}
        self.directs: dict[str, str] = {}  # by person: the id of their DM with the app
        self.ephemerals: list[Ephemeral] = []
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, File] = {}
        self.log: deque[LogEntry] = deque(maxlen=20_000)
        self.emit: Callable[[Json, str | None], None] = lambda _event, _channel: None
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self._changed, self._counter = Condition(), 0
        self._furnish()

    def _furnish(self) -> None:
        created = int(self.now().timestamp())
        for room in self.company.rooms:
            kind = "group" if room.private else "channel"
            self.channels[room.id] = Channel(
                room.id, room.name, kind, list(room.members), created, self.company.admin, room.purpose
            )

    def scopes_of(self, token: str) -> set[str]:
        """What a token may do; nothing for a token that is not known."""
        return {self.bot_token: self.granted_scopes, self.app_token: self.app_scopes}.get(token, set())

    def bump(self) -> None:
        """Say that something visible changed."""
        with self._changed:
            self._counter += 1
            self._changed.notify_all()

    @property
    def counter(self) -> int:
        return self._counter

    def wait_change(self, counter: int, timeout: float) -> int:
        """Wait until the counter is another than `counter`, at most `timeout` seconds; the counter now."""
        with self._changed:
            self._changed.wait_for(lambda: self._counter != counter, timeout)
            return self._counter

    def next_number(self) -> int:
        with self.lock:
            return next(self._numbers)

    def fresh_id(self, prefix: str) -> str:
        """An id such as "V00000012"."""
        return f"{prefix}{self.next_number():08d}"

    def next_ts(self) -> str:
        """A message id: the workspace's time in seconds and microseconds, never twice the same."""
        with self.lock:
            micros = int(self.now().timestamp() * 1_000_000)
            self._last_ts = max(micros, self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def clock_seconds(self) -> int:
        return int(self.now().astimezone(UTC).timestamp())


def short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
