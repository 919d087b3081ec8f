"""How often: a method's tier a minute, a message a second in a channel, some hundreds a minute in the workspace.

All by the workspace's clock. Slack's documents: "Per method, per workspace, per app, per minute: T1 1+, T2 20+, T3 50+,
T4 100+; 429 + `Retry-After` (seconds) blocks only that method for that workspace" (`D:apis/web-api/rate-limits`).
"""

import math
from collections import Counter, deque
from datetime import datetime, timedelta
from threading import Lock

from bot.sandbox.web_api.call import TooFast
from bot.sandbox.workspace import Workspace

PER_MINUTE = {"Tier 1": 1, "Tier 2": 20, "Tier 3": 50, "Tier 4": 100, "special": 600}
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
POST = "chat.postMessage"


class Limits:
    """Counts requests; raises TooFast, and counts those too, by method, in `too_many`.

    `workspace.limits = False` switches it off. `workspace.post_limits` says what the whole workspace takes of messages;
    without it a channel takes one a second without any burst, and the workspace what the method takes.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self._lock = workspace, Lock()
        self.too_many: Counter[str] = Counter()
        self._calls: dict[str, deque[datetime]] = {}
        self._posts: dict[str, tuple[datetime, float]] = {}  # by channel: when, and how many it could take then

    def count_call(self, method: str, tier: str) -> None:
        if not self.workspace.limits or (method == POST and self.workspace.post_limits):
            return
        with self._lock:
            self._take(method, PER_MINUTE[tier], self.workspace.now())

    def count_post(self, channel: str) -> None:
        if not self.workspace.limits:
            return
        limits, now = self.workspace.post_limits, self.workspace.now()
        burst = limits.burst if limits else 1
        with self._lock:
            left = self._left(channel, burst, now)
            if left < 1:
                raise self._refused(POST, SECOND * (1 - left))
            if limits:
                self._take(POST, limits.a_minute, now)
            self._posts[channel] = (now, left - 1)

    def _left(self, channel: str, burst: int, now: datetime) -> float:
        """How many messages a channel takes now; a second brings one more."""
        at, left = self._posts.get(channel, (now, float(burst)))
        return min(float(burst), left + (now - at) / SECOND)

    def _take(self, method: str, most: int, now: datetime) -> None:
        """One more within a minute."""
        calls = self._calls.setdefault(method, deque())
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        if len(calls) >= most:
            raise self._refused(method, MINUTE - (now - calls[0]))
        calls.append(now)

    def _refused(self, method: str, wait: timedelta) -> TooFast:
        self.too_many[method] += 1
        return TooFast(max(1, math.ceil(wait.total_seconds())))
