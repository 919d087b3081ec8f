"""How often: a method's tier a minute, a message a second in a channel; by the workspace's clock."""

import math
from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from bot.sandbox.web_api.call import TooFast
from bot.sandbox.workspace import Workspace

PER_MINUTE = {"Tier 1": 1, "Tier 2": 20, "Tier 3": 50, "Tier 4": 100, "special": 600}
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


class Limits:
    """Counts requests; raises TooFast. `workspace.limits = False` switches it off."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self._lock = workspace, Lock()
        self._calls: dict[str, deque[datetime]] = {}
        self._posts: dict[str, datetime] = {}

    def count_call(self, method: str, tier: str) -> None:
        if not self.workspace.limits:
            return
        now = self.workspace.now()
        with self._lock:
            calls = self._calls.setdefault(method, deque())
            while calls and now - calls[0] >= MINUTE:
                calls.popleft()
            if len(calls) >= PER_MINUTE[tier]:
                raise TooFast(_seconds(MINUTE - (now - calls[0])))
            calls.append(now)

    def count_post(self, channel: str) -> None:
        if not self.workspace.limits:
            return
        now = self.workspace.now()
        with self._lock:
            last = self._posts.get(channel)
            if last is not None and now - last < SECOND:
                raise TooFast(_seconds(SECOND - (now - last)))
            self._posts[channel] = now


def _seconds(wait: timedelta) -> int:
    return max(1, math.ceil(wait.total_seconds()))
