"""Problems in kind words, with a next step; unexpected ones with a reference that the log has too."""

import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.problems import Cause, Problem, Refused, ScopeMissing, SlackTrouble, TokenRefused
from bot.slack.front import Request
from bot.slack.mrkdwn import clean, escape, plain, section

log = logging.getLogger(__name__)


def explain(request: Request, problem: Problem) -> str:
    """The sentence of a problem in mrkdwn, in the person's language, with times in words."""
    return _sentence(request, problem, escape)


def explain_at_field(request: Request, problem: Problem) -> str:
    """The same in plain text, as an error at an input is."""
    return _sentence(request, problem, clean)


def _sentence(request: Request, problem: Problem, made_safe: Callable[[str], str]) -> str:
    params = {
        name: request.when(value) if isinstance(value, datetime) else made_safe(str(value))
        for name, value in problem.params.items()
    }
    return request.say(problem.word, **params)


def word_of(trouble: SlackTrouble) -> str | None:
    """What the person hears when Slack did not do it; None where they closed what was to be changed."""
    match trouble:
        case Refused(cause=Cause.VIEW_GONE):
            return None
        case Refused(cause=Cause.TOO_LATE):
            return "problem.too_late"
        case TokenRefused():
            return "problem.cut_off"
        case ScopeMissing():
            return "problem.no_scope"
    return "problem.slack"


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
