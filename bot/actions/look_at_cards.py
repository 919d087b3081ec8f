"""Whether the pages that links lead to say what networks show beside a post; where they do not, we say it for them."""

from datetime import datetime, timedelta

from bot.actions.desk import Desk, Tried
from bot.actions.read_page import SECONDS
from bot.domain.fetch_problems import PageUnread
from bot.domain.stories import Story
from bot.store import stories

SOME = 5
"""Pages at one go; one may take ten seconds."""
AGAIN = timedelta(hours=1)
"""A page that could not be read just now is left alone for so long."""
GIVE_UP = timedelta(days=1)


def look_at_cards(desk: Desk, now: datetime) -> int:
    """Look at each page until it was read; answers at how many. One that stays unreadable speaks for itself."""
    tried_lately = [story for story, tried in desk.pages_tried.items() if now < tried.last + AGAIN]
    found = desk.store.read(lambda connection: stories.without_look(connection, SOME, tried_lately))
    for story in found:
        _look(desk, story, now)
    return len(found)


def _look(desk: Desk, story: Story, now: datetime) -> None:
    has_card = _has_card(desk, story, now)
    if has_card is None:
        return
    desk.pages_tried.pop(story.id, None)
    desk.store.write(lambda connection: stories.note_card(connection, story, has_card=has_card))


def _has_card(desk: Desk, story: Story, now: datetime) -> bool | None:
    """None: not known yet, as the trouble may pass."""
    try:
        return desk.previews.read(story.link, seconds=SECONDS).has_card
    except PageUnread as problem:
        first = desk.pages_tried.get(story.id, Tried(now, now)).first
        if not problem.again or now - first >= GIVE_UP:
            return True
        desk.pages_tried[story.id] = Tried(first, now)
        return None
