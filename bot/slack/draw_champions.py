"""The window of champions as it is now: drawn when it is opened, turned, and when something below it has changed."""

from bot.actions.look_at_champions import look_at_champions
from bot.actions.look_at_shares import look_at_aside
from bot.actions.look_at_what_worked import look_at_what_worked
from bot.slack import ids
from bot.slack.blocks.champions_modal import ChampionsPage, champions_view
from bot.slack.front import Request
from bot.slack.mrkdwn import Block


def draw_champions(request: Request, tab: str = ids.CHAMPIONS_LIST, page: int = 0) -> Block:
    """One tab of it, for whoever asks. Raises NotForYou."""
    front, asker, now = request.front, request.asker, request.now
    look = look_at_champions(front.desk, asker, now)
    worked = look_at_what_worked(front.desk, asker, now) if tab == ids.CHAMPIONS_STORIES else None
    aside = look_at_aside(front.desk, asker) if tab == ids.CHAMPIONS_ASIDE else ()
    return champions_view(ChampionsPage(front.words, asker.language, look, now, tab, page, worked, aside))
