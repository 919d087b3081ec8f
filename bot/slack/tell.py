"""A word to the person who did something, in whatever way gets through: nobody is left waiting without one."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from bot.domain.problems import SlackTrouble
from bot.slack.front import Press, Request
from bot.slack.mrkdwn import paragraphs
from bot.slack.problems import explain_in_view

log = logging.getLogger(__name__)


def tell(request: Request, text: str, blocks: list[Any] | None = None, *, replaces: bool = False) -> None:
    """Where they did it, to them alone; as a message from the bot when Slack does not do that.

    Of a way of which nobody knows whether it got through the next one is taken too: rather twice than never.
    """
    for way in _ways(request, text, blocks or paragraphs(text), replaces=replaces):
        try:
            way()
        except SlackTrouble as trouble:
            log.info("It could not be said in this way: %s", trouble)
        else:
            return
    log.warning("Slack let nothing be said to somebody who waits for it")


def _ways(request: Request, text: str, blocks: list[Any], *, replaces: bool) -> Iterator[Callable[[], object]]:
    slack, address = request.front.slack, request.body.get("response_url")
    if address:
        yield lambda: slack.answer(str(address), text, blocks, replaces=replaces)
    elif isinstance(request, Press):
        show = slack.push_view if request.is_in_modal else slack.open_view
        yield lambda: show(request.trigger, explain_in_view(request, text))
    yield lambda: slack.write_to(request.user, text, blocks)
