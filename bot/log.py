"""Logging: one line an event, as text or as JSON. Never tokens, names of sharers or message texts."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any


class Lines(logging.Formatter):
    """Lines for people. PostgreSQL's details of an error are left out: they quote the values of the row."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name is logging's)
        text = super().formatException(ei)
        return "\n".join(line for line in text.splitlines() if not line.startswith("DETAIL:"))


class JsonLines(Lines):
    """One JSON object a line: time (UTC), level, logger, message, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start_logging(log_format: str, level: str) -> None:
    """Send the house's log to standard error; libraries speak up from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonLines() if log_format == "json" else Lines("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)
    # Bolt and the SDK print whole request bodies at INFO and DEBUG: texts and tokens among them.
    for library in ("slack_bolt", "slack_sdk", "urllib3", "apscheduler"):
        logging.getLogger(library).setLevel(logging.WARNING)
