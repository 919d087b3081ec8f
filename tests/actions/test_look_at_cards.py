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


def test_trouble_that_passes_is_tried_again_after_an_hour(stand, site):
    page = site.page("/busy", b"", status=503)
    story = linked_story(stand, page)
    assert (look(stand), cards(stand)) == (1, {story: None})
    assert look(stand) == 0
    stand.clock.step(minutes=59)
    assert look(stand) == 0
    site.page("/busy", b"<html><head><title>Plain</title></head></html>")
    stand.clock.step(minutes=1)
    assert (look(stand), cards(stand)) == (1, {story: False})
    assert [path for path, _ in site.asked] == ["/busy", "/busy"]


def test_trouble_that_stays_for_a_day_is_taken_as_it_is(stand, site):
    story = linked_story(stand, site.page("/busy", b"", status=503))
    look(stand)
    stand.clock.step(hours=23)
    assert (look(stand), cards(stand)) == (1, {story: None})
    stand.clock.step(hours=1)
    assert (look(stand), cards(stand)) == (1, {story: True})
    assert look(stand) == 0


def test_pages_in_trouble_do_not_keep_others_waiting(stand, site):
    busy = [linked_story(stand, site.page(f"/busy-{n}", b"", status=503)) for n in range(5)]
    fine = linked_story(stand, site.page("/card", CARD))
    assert (look(stand), look(stand)) == (5, 1)
    assert cards(stand) == {**dict.fromkeys(busy), fine: True}


def test_no_page_is_looked_at_that_nobody_links_to(stand, site):
    ShareDesk(stand).post(link=site.page("/card", CARD))
    assert look(stand) == 0
