"""How listeners are joined to Bolt: the action first, Slack hears after the commit, what takes longer comes last."""

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.domain.fault_points import FaultPoint, reached
from bot.domain.problems import Problem, SlackTrouble
from bot.slack.front import Answer, Command, Front, Press, Request, Shortcut, Submission
from bot.slack.mrkdwn import escape, paragraphs
from bot.slack.problems import explain, explain_at_field, explain_in_view, first_input, unexpected, word_of
from bot.slack.tell import tell

log = logging.getLogger(__name__)

Listener = Callable[[Any], Answer | None]


def on_command(app: App, front: Front, name: str, listener: Callable[[Command], Answer | None]) -> None:
    """A slash command. What is said comes back to the person alone."""

    @app.command(name)
    def run(ack: Ack, body: dict[str, Any]) -> None:
        verb, _, rest = str(body.get("text") or "").strip().partition(" ")
        request = Command(front, body, front.clock(), verb=verb.lower(), rest=rest.strip())
        answer = _guarded(listener, request, lambda text: Answer(text=text))
        if answer.text is None:
            ack()
        else:
            ack(text=answer.text, blocks=_plain_blocks(answer), response_type="ephemeral")
        reached(FaultPoint.REQUEST_ACKNOWLEDGED, request.what)
        _afterwards(answer, request)


def on_press(app: App, front: Front, action_id: Any, listener: Callable[[Press], Answer | None]) -> None:
    """A button, menu or other element."""

    @app.action(action_id)
    def run(ack: Ack, body: dict[str, Any]) -> None:
        request = Press(front, body, front.clock())
        answer = _guarded(listener, request, lambda text: Answer(text=text))
        ack()
        reached(FaultPoint.REQUEST_ACKNOWLEDGED, request.what)

        if answer.text is not None:
            tell(request, answer.text, _plain_blocks(answer), replaces=answer.replaces)
        _afterwards(answer, request)


def on_shortcut(app: App, front: Front, callback_id: str, listener: Callable[[Shortcut], Answer | None]) -> None:
    """Something chosen in the menu of a message."""

    @app.message_shortcut(callback_id)
    def run(ack: Ack, body: dict[str, Any]) -> None:
        request = Shortcut(front, body, front.clock())
        answer = _guarded(listener, request, lambda text: Answer(text=text))
        ack()
        reached(FaultPoint.REQUEST_ACKNOWLEDGED, request.what)
        if answer.text is not None:
            tell(request, answer.text, _plain_blocks(answer))
        _afterwards(answer, request)


def on_submit(app: App, front: Front, callback_id: str, listener: Callable[[Submission], Answer | None]) -> None:
    """A modal that was sent. A problem stands at its field, and nothing that was typed is lost."""

    @app.view(callback_id)
    def run(ack: Ack, body: dict[str, Any]) -> None:
        request = Submission(front, body, front.clock())

        def refuse(text: str, field: str | None = None) -> Answer:
            block = field if field in request.values else first_input(request.view)
            if block is None:
                return Answer(ack={"response_action": "update", "view": explain_in_view(request, escape(text))})
            return Answer(ack={"response_action": "errors", "errors": {block: text}})

        answer = _guarded(listener, request, refuse)
        ack(**answer.ack) if answer.ack else ack()
        reached(FaultPoint.REQUEST_ACKNOWLEDGED, request.what)
        _afterwards(answer, request)


def _plain_blocks(answer: Answer) -> list[Any]:
    return paragraphs(str(answer.text)) if answer.blocks is None else [dict(block) for block in answer.blocks]


def _guarded(listener: Listener, request: Request, refuse: Callable[..., Answer]) -> Answer:
    """What the listener answers, or the problem in kind words."""
    reached(FaultPoint.REQUEST_RECEIVED, request.what)
    try:
        answer = listener(request) or Answer()
        reached(FaultPoint.REQUEST_COMMITTED, request.what)
        return answer
    except Problem as problem:
        if isinstance(request, Submission):
            return refuse(explain_at_field(request, problem), problem.field)
        return refuse(explain(request, problem))
    except SlackTrouble as trouble:
        log.warning("Slack did not do it: %s", trouble)
        return refuse(request.say(word_of(trouble) or "problem.slack"))
    except Exception as error:
        return refuse(unexpected(request, error))


def _afterwards(answer: Answer, request: Request) -> None:
    if answer.then is None:
        return
    try:
        answer.then()
        reached(FaultPoint.REQUEST_FOLLOWED, request.what)
    except Problem as problem:
        tell(request, explain(request, problem))
    except SlackTrouble as trouble:
        word = word_of(trouble)
        log.log(logging.WARNING if word else logging.INFO, "Slack did not do it: %s", trouble)
        if word is not None:
            tell(request, request.say(word))
    except Exception as error:
        tell(request, unexpected(request, error))
