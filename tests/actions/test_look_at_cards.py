"""Whether a page makes a card of its own beside a post is looked up once, for stories that have personal links."""

import pytest
from sqlalchemy import select

from bot.actions.look_at_cards import look_at_cards
from bot.store import links
from bot.store.tables import stories
from tests.slack.share_desk import ShareDesk
from tests.sources.web_server import WebServer

CARD = b'<html><head><title>T</title><meta property="og:title" content="T"><meta property="og:image" content="/i.png">'


@pytest.fixture
def site():
    with WebServer() as found:
        yield found


def look(stand):
    return look_at_cards(stand.house.desk, stand.clock())


def cards(stand):
    return stand.house.desk.store.read(lambda c: dict(c.execute(select(stories.c.id, stories.c.has_card)).all()))


def linked_story(stand, page):
    story = ShareDesk(stand).post(link=page)
    stand.house.desk.store.write(lambda c: links.mint(c, f"{story:011}", story, None, "x", stand.clock()))
    return story


def test_a_page_is_looked_at_once(stand, site):
    with_card = linked_story(stand, site.page("/card", CARD))
    without = linked_story(stand, site.page("/plain", b"<html><head><title>Plain</title></head></html>"))
    assert look(stand) == 2
    assert cards(stand) == {with_card: True, without: False}
    assert look(stand) == 0


def test_a_page_that_cannot_be_read_speaks_for_itself(stand, site):
    story = linked_story(stand, f"{site.page('/there', CARD)}-not")
    assert look(stand) == 1
    assert cards(stand) == {story: True}


def test_no_page_is_looked_at_that_nobody_links_to(stand, site):
    ShareDesk(stand).post(link=site.page("/card", CARD))
    assert look(stand) == 0
