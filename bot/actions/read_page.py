"""After a story was queued its page is read once: an address that leads nowhere is better found now than by staff."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.tell_editor import owe_notice
from bot.domain.fetch_problems import PageAnswered, PageUnread
from bot.domain.stories import Story
from bot.store import setup as setup_store
from bot.store.engine import Connection

SECONDS = 10.0


def read_page(desk: Desk, story: Story, now: datetime) -> None:
    """Read the page of a story; when that fails, the story stays queued and its editor gets a word.

    Takes up to ten seconds: not for a listener.
    """
    try:
        desk.previews.read(story.link, seconds=SECONDS)
    except PageUnread as problem:
        _tell(desk, story, problem, now)


def _tell(desk: Desk, story: Story, problem: PageUnread, now: datetime) -> None:
    word = "queue.notice.page_answered" if isinstance(problem, PageAnswered) else "queue.notice.page_unread"
    params = {"title": story.title, "link": story.link, "status": problem.params.get("status", "")}

    def work(connection: Connection) -> None:
        setup = setup_store.load_setup(connection)
        key = f"unread:{story.id}:{story.version}"
        owe_notice(connection, setup, story.queued_by, key, word, now, params, story.id)

    desk.store.write(work)
    desk.wake()
