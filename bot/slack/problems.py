"""Problems in kind words, with a next step; unexpected ones with a reference that the log has too."""

import logging
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.problems import Problem
from bot.slack.front import Request
from bot.slack.mrkdwn import plain, section

log = logging.getLogger(__name__)


def explain(request: Request, problem: Problem) -> str:
    """The sentence of a problem, in the person's language, with times in words."""
    params = {
        name: request.when(value) if isinstance(value, datetime) else value for name, value in problem.params.items()
    }
    return request.say(problem.word, **params)


def unexpected(request: Request, error: Exception) -> str:
    """Log an error we did not expect, and answer what the person hears: with the same reference."""
    reference = secrets.token_hex(4)
    log.error("Unexpected error, reference %s", reference, exc_info=error)
    return request.say("problem.unexpected", reference=reference)


def explain_in_view(request: Request, text: str) -> dict[str, Any]:
    """A small modal that says it."""
    return {
        "type": "modal",
        "title": plain("Passalong", 24),
        "close": plain(request.say("modal.close"), 24),
        "blocks": [section(text)],
    }


def first_input(view: Mapping[str, Any]) -> str | None:
    """Where a problem that belongs to no field can stand in a form."""
    return next((block["block_id"] for block in view.get("blocks", []) if block.get("type") == "input"), None)
