"""Whether Slack lets us in, as this copy knows it."""

import logging
from datetime import datetime, timedelta
from threading import Lock

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=10)


class Access:
    """What the last answers said of the token and its scopes. In memory: every copy has a token of its own.

    `is_noted`: the other copies can read that it is shut. While it `is_shut` the jobs that need Slack stay home:
    nothing is tried, counted or logged over and over.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._reason: str | None = None
        self._missed: set[str] = set()
        self._looked_at: datetime | None = None
        self.is_noted = False

    @property
    def is_shut(self) -> bool:
        """Slack does not know the token."""
        return self._reason is not None

    @property
    def missed(self) -> frozenset[str]:
        """Scopes that Slack said were missing since we last looked, in its words."""
        return frozenset(self._missed)

    def shut(self, reason: str) -> None:
        """Slack refused the token. Said in the log the first time only."""
        with self._lock:
            is_news, self._reason = self._reason is None, reason
        if is_news:
            log.error(
                "Slack refuses the bot token (%s). Nothing is lost and nothing goes out until it is mended: "
                "`passalong doctor` says how. This is said once",
                reason,
            )

    def let_in(self, now: datetime) -> bool:
        """Slack took the token. Answers whether that is news."""
        with self._lock:
            is_news, self._reason = self._reason is not None, None
            self._missed.clear()
            self.is_noted = False
            self._looked_at = now
        if is_news:
            log.info("Slack lets us in again; what waited goes out now")
        return is_news

    def miss(self, needed: str) -> None:
        """Slack says that a scope is missing. Looked into by `look_at_access`."""
        with self._lock:
            self._missed.add(needed)

    def is_to_be_looked_at(self, now: datetime) -> bool:
        """Whether something is wrong, or the last look is a while ago."""
        if self.is_shut or self._missed or self._looked_at is None:
            return True
        return not self._looked_at <= now < self._looked_at + EVERY
