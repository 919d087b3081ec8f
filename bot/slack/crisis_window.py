"""Windows of a crisis: who looks, and where a window is shown."""

from bot.actions.desk import Desk
from bot.domain.crisis import Crisis
from bot.slack.blocks.queue_list import Onlooker
from bot.slack.front import Answer, Press, Request
from bot.slack.mrkdwn import Block


def onlooker(request: Request) -> Onlooker:
    """Who looks."""
    return Onlooker(request.asker.language, request.asker.zone, request.now)


def can_have_page(desk: Desk, crisis: Crisis) -> bool:
    """Whether there is somewhere for its page to be; that of an exercise is in no file."""
    return bool(desk.public_url) if crisis.is_rehearsal else desk.can_publish


def shown(request: Request, view: Block) -> Answer:
    """In a window of its own."""

    def show() -> None:
        request.front.slack.open_view(request.trigger, view)

    return Answer(then=show)


def shown_instead(press: Press, view: Block) -> Answer:
    """In the place of the window it was pressed in; of a message's button in a window of its own."""
    if not press.is_in_modal:
        return shown(press, view)

    def show() -> None:
        press.front.slack.update_view(str((press.view or {})["id"]), view)

    return Answer(then=show)
