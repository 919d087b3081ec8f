"""Logging: one line an event, as text or as JSON. Never tokens, names of sharers or message texts."""

import json
import logging
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

_TOKEN = re.compile(r"\b(xox[a-z](?:\.xox[a-z])?|xapp)-[\w-]{6,}")
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_QUOTES_OF_ROWS = ("DETAIL:", "CONTEXT:", "LINE ")


def discreet(text: str, secrets: Sequence[str] = ()) -> str:
    """The text without these secrets, and without whatever looks like a token of Slack's."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "…")
    return _TOKEN.sub(r"\1-…", text)


class Lines(logging.Formatter):
    """Lines for people, without secrets: what Slack or a driver says in its errors is not ours to choose.

    A message is one line, whatever is in it. PostgreSQL's details of an error are left out: they quote the values of
    the row.
    """

    def __init__(self, fmt: str | None = None, secrets: Sequence[str] = ()) -> None:
        super().__init__(fmt)
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record), self._secrets)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the names are logging's)
        record.message = _on_one_line(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        text = super().formatException(ei)
        return "\n".join(line for line in text.splitlines() if not line.startswith(_QUOTES_OF_ROWS))


class JsonLines(Lines):
    """One JSON object a line: time (UTC), level, logger, message, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _on_one_line(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        shown = {name: discreet(text, self._secrets) for name, text in line.items()}
        return json.dumps(shown, ensure_ascii=False)


def _on_one_line(message: str) -> str:
    """Control characters as they are written in Python: a text with a line end in it forges no second line."""
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], message)


def start_logging(log_format: str, level: str, secrets: Sequence[str] = ()) -> None:
    """Send the house's log to standard error, without these secrets; libraries speak up from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    lines = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
    handler.setFormatter(JsonLines(secrets=secrets) if log_format == "json" else Lines(lines, secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)
    # Bolt and the SDK print whole request bodies at INFO and DEBUG: texts and tokens among them.
    for library in ("slack_bolt", "slack_sdk", "urllib3", "apscheduler"):
        logging.getLogger(library).setLevel(logging.WARNING)
    # A job that is still under way when its next time comes is the timetable's way, not news.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    # It finds the token in the environment too, and warns of a choice that was made on purpose.
    logging.getLogger("slack_bolt.App").addFilter(lambda record: "`token` will be unused" not in record.getMessage())
    # Its errors quote what was answered; what goes wrong with Slack is logged here in words of our own.
    logging.getLogger("slack_sdk.web").setLevel(logging.CRITICAL)
