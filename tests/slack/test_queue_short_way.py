"""`/passalong queue https://… tomorrow 9:00`: the page fills the form in, and a time is understood or left empty."""

import threading
from datetime import UTC, datetime
from time import monotonic

import pytest

from tests.conftest import until
from tests.slack.queueing import Comms, epoch, initial, spoken

MORE = (
    '<meta property="og:description" content="Corals &amp; <b>care</b>">'
    '<meta property="og:image" content="https://example.com/reef.png">'
    '<meta property="og:image:alt" content="Coral, seen from above">'
)


@pytest.fixture
def comms(stand):
    found = Comms(stand)
    with found.web:
        yield found


def at_nine(comms):
    return epoch(datetime(2026, 3, 3, 8, 0, tzinfo=UTC))


def test_the_page_fills_in_the_form_and_the_time_is_repeated(comms):
    link = comms.page("/long-read", "The reef is back", MORE)
    view = comms.open(f"queue {link} tomorrow 9:00")
    assert initial(view, "link") == link
    assert initial(view, "title") == "The reef is back"
    assert initial(view, "image") == "https://example.com/reef.png"
    assert initial(view, "alt") == "Coral, seen from above"
    assert initial(view, "due_at") == at_nine(comms)
    assert "It goes out tomorrow at 9:00" in spoken(view["blocks"])
    assert "Corals &amp; &lt;b&gt;care&lt;/b&gt;" in spoken(view["blocks"])
    comms.fill(sentence="Anna did it.", caption_1="One", caption_2="Two")
    assert comms.send() == {}
    assert epoch(comms.by_link(link).due_at) == at_nine(comms)


def test_reading_is_shown_at_once_and_an_empty_form_follows_when_the_page_takes_too_long(comms):
    let_go = threading.Event()
    link = comms.web.on("/slow", lambda request: let_go.wait(8) and request.send_error(500))
    start = monotonic()
    outcome = comms.acts.command(comms.editor, comms.general, f"/passalong queue {link}")
    assert outcome.acked
    until(lambda: comms.acts.views(comms.editor))
    assert "Reading the page" in spoken(comms.view()["blocks"])
    assert monotonic() - start < 2.4
    until(lambda: "Reading the page" not in spoken(comms.view()["blocks"]))
    assert 2.0 < monotonic() - start < 5
    let_go.set()
    assert "couldn't read that page" in spoken(comms.view()["blocks"])
    assert initial(comms.view(), "link") == link
    assert initial(comms.view(), "title") is None


def test_a_page_that_says_no_leaves_the_form_to_be_filled_in(comms):
    link = comms.web.page("/gone", b"gone", status=410)
    view = comms.open(f"queue {link} over een uur", comms.dutch_editor)
    assert "Ik kon die pagina niet lezen" in spoken(view["blocks"])
    assert initial(view, "due_at") == epoch(comms.stand.clock()) + 3600


def test_a_form_that_was_closed_meanwhile_stays_closed(comms):
    let_go = threading.Event()
    link = comms.web.on("/slow", lambda request: let_go.wait(8) and request.send_error(500))
    comms.acts.command(comms.editor, comms.general, f"/passalong queue {link}")
    until(lambda: comms.acts.views(comms.editor))
    comms.acts.close(comms.editor, comms.view()["id"])
    let_go.set()
    comms.rest()
    assert comms.acts.views(comms.editor) == []


@pytest.mark.parametrize("typed", ["whenever", "9", "tuesday", "3/3 at 9 or 10", "<!channel>"])
def test_a_time_that_is_not_certain_is_not_guessed(comms, typed):
    view = comms.open(f"queue {comms.filled['link']} {typed}")
    assert initial(view, "due_at") is None
    assert "I didn't get the time" in spoken(view["blocks"])
    assert "<!channel>" not in str(view)


def test_a_time_that_has_passed_is_not_filled_in(comms):
    view = comms.open(f"queue {comms.filled['link']} 2026-03-01 09:00")
    assert initial(view, "due_at") is None
    assert "that has passed" in spoken(view["blocks"])


def test_a_time_within_the_hour_that_spring_skips_is_not_guessed(comms):
    view = comms.open("queue 29-03-2026 2:30", comms.dutch_editor)
    assert initial(view, "due_at") is None
    assert "Ik haalde geen tijd uit" in spoken(view["blocks"])
    view = comms.open("queue 29-03-2026 9:00", comms.dutch_editor)
    assert initial(view, "due_at") == epoch(datetime(2026, 3, 29, 7, 0, tzinfo=UTC))


def test_a_link_that_may_not_be_read_goes_straight_to_the_form(comms):
    view = comms.open("queue http://10.0.0.7/x")
    assert initial(view, "link") == "http://10.0.0.7/x"


def test_a_link_known_already_is_said_before_the_work_is_done(comms):
    comms.queue()
    view = comms.open(f"queue {comms.filled['link']}")
    assert "in the queue or went out already" in spoken(view["blocks"])
