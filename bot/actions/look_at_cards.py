"""Whether the pages that links lead to say what networks show beside a post; where they do not, we say it for them."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.read_page import SECONDS
from bot.domain.fetch_problems import PageUnread
from bot.domain.stories import Story
from bot.store import stories

SOME = 5
"""Pages at one go; one may take ten seconds."""


def look_at_cards(desk: Desk, now: datetime) -> int:
    """Look once at each page; answers at how many. A page that we cannot read is left to speak for itself."""
    found = desk.store.read(lambda connection: stories.without_look(connection, SOME))
    for story in found:
        _look(desk, story)
    return len(found)


def _look(desk: Desk, story: Story) -> None:
    has_card = _has_card(desk, story)
    desk.store.write(lambda connection: stories.note_card(connection, story, has_card=has_card))


def _has_card(desk: Desk, story: Story) -> bool:
    try:
        return desk.previews.read(story.link, seconds=SECONDS).has_card
    except PageUnread:
        return True
