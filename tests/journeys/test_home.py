"""App Home: what everybody sees and can do there, and what editors see below."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from bot.actions.cancel_story import cancel_story
from bot.actions.export_stories import COLUMNS
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.slack import ids
from tests.conftest import until
from tests.journeys.home_company import Company, buttons, choices, text_of


@pytest.fixture
def company(stand: Any) -> Company:
    return Company(stand)


def test_a_newcomer_sees_what_is_new_and_nothing_is_kept(company):
    titles = [f"Story {n}" for n in range(7)]
    company.post(*titles)
    view = company.home(company.reader)
    assert [b["value"] for b in buttons(view, ids.SHARE)] == ["7", "6", "5", "4", "3"]
    assert choices(view) == {ids.PREFERENCES, ids.LEAVE}
    assert "Nothing is kept about you, except" in text_of(view)
    assert "For comms" not in text_of(view)
    assert company.person(company.reader) is None


def test_what_somebody_can_read_stands_first(company):
    company.post("English one", "English two")
    nederlands = {"language": "nl", "captions": (Caption(None, "nl", "Een"),), "channels": (company.room,)}
    due_at = company.clock() + timedelta(minutes=1)
    company.queue("Een Nederlands verhaal", due_at=due_at, **nederlands)
    company.clock.to(due_at)
    company.stand.work()
    english, dutch = text_of(company.home(company.reader)), text_of(company.home(company.lezer))
    assert english.index("English one") < english.index("Een Nederlands verhaal")
    assert dutch.index("Een Nederlands verhaal") < dutch.index("English two")


def test_an_empty_home_says_so_in_the_readers_language(company):
    assert "Nothing new just now" in text_of(company.home(company.reader))
    assert "Even niets nieuws" in text_of(company.home(company.lezer))


def test_what_people_wrote_cannot_ping_or_format(company):
    company.post("<!channel> & co")
    view = company.home(company.reader)
    marked = [b["text"]["text"] for b in view["blocks"] if b.get("text", {}).get("type") == "mrkdwn"]
    assert not any("<!channel>" in text for text in marked)
    assert any("&lt;!channel&gt; &amp; co" in text for text in marked)


def test_my_shares_stand_there_in_words_and_are_not_new_any_more(company):
    first, second = company.post("The reef", "The bakery")
    company.said(company.reader, first, "linkedin", post_url="https://www.linkedin.com/posts/anna-1")
    company.opened(company.reader, second, "bluesky")
    view = company.home(company.reader)
    text = text_of(view)
    assert [b["value"] for b in buttons(view, ids.SHARE)] == [str(second)]
    assert "You passed along one story." in text
    assert "LinkedIn: shared today (<https://www.linkedin.com/posts/anna-1|your post>)" in text
    assert "Bluesky: opened today" in text
    assert [b["value"] for b in buttons(view, ids.UNSAY)] == [str(first)]


def test_my_list_holds_ten_and_counts_all(company):
    for story in company.post(*(f"Story {n}" for n in range(11))):
        company.said(company.reader, story)
        company.said(company.reader, story, "x")
        company.clock.step(minutes=1)
    view = company.home(company.reader)
    assert "You passed along 11 stories." in text_of(view)
    assert len(buttons(view, ids.UNSAY)) == 10
    assert buttons(view, ids.UNSAY)[0]["value"] == "11"


def test_i_did_not_share_it(company):
    [story] = company.post("The reef")
    company.said(company.reader, story)
    company.home(company.reader)
    view = company.press(company.reader, ids.UNSAY, str(story))
    assert "Taken back: it doesn't count as shared any more." in text_of(view)
    assert "You passed along" not in text_of(view)
    assert [b["value"] for b in buttons(view, ids.SHARE)] == [str(story)]
    assert "Taken back" not in text_of(company.home(company.reader))


def test_what_was_opened_can_be_said_later(company):
    first, second = company.post("The reef", "The bakery")
    company.opened(company.reader, first, "bluesky")
    company.opened(company.reader, first, "linkedin")
    company.said(company.reader, second)
    [button] = buttons(company.home(company.reader), ids.SAY_LATER)
    view = company.press(company.reader, ids.SAY_LATER, button["value"])
    assert "it counts as shared" in text_of(view)
    assert "Bluesky: shared today" in text_of(view)
    assert "LinkedIn: shared today" in text_of(view)
    assert "You passed along 2 stories." in text_of(view)
    assert buttons(view, ids.SAY_LATER) == []
    assert {b["value"] for b in buttons(view, ids.UNSAY)} == {str(first), str(second)}


def test_what_cannot_be_shared_any_more_cannot_be_said_later(company):
    [story] = company.post("The reef")
    company.opened(company.reader, story)
    assert buttons(company.home(company.reader), ids.SAY_LATER)
    cancel_story(company.desk, who_asks(company.desk, company.admin), story, company.clock())
    assert buttons(company.home(company.reader), ids.SAY_LATER) == []


def test_a_reaction_is_taken_back_where_it_stands(company):
    [story] = company.post("The reef")
    [message] = [m for m in company.acts.messages(company.reader, company.room) if "reef" in m["text"]]
    company.acts.react(company.reader, company.room, message["ts"], "mega")
    company.stand.work()
    view = company.home(company.reader)
    assert "You shared it today" in text_of(view)
    assert "Your reaction under it counts" in text_of(view)
    assert buttons(view, ids.UNSAY) == []
    assert buttons(view, ids.SAY_LATER) == []
    company.said(company.reader, story)
    view = company.home(company.reader)
    assert "Your reaction under it counts too; to take that away, do so there." in text_of(view)
    assert "if you didn't" not in text_of(view)
    assert "Your reaction under the story still counts" in text_of(company.press(company.reader, ids.UNSAY, str(story)))


def test_people_of_other_organisations_see_why_there_is_nothing_for_them(company):
    company.post("The reef")
    profile = company.desk.messenger.profile(company.reader)
    company.desk.profiles.keep(replace(profile, is_stranger=True, team="TELSEWHERE"))
    view = company.home(company.reader)
    assert "for the people of the company" in text_of(view)
    assert "reef" not in text_of(view)
    assert choices(view) == set()


def test_guests_count(company):
    company.post("The reef")
    guest = next(p.id for p in company.stand.company.staff if p.guest)
    assert choices(company.home(guest)) == {ids.PREFERENCES, ids.LEAVE}
    assert len(buttons(company.acts.home(guest), ids.SHARE)) == 1


def test_editors_see_queue_and_figures_apart(company):
    first, _ = company.post("The reef", "The bakery")
    for user in (company.reader, company.lezer):
        company.opened(user, first)
        company.opened(user, first, "x")
    company.said(company.reader, first)
    coming = company.queue("Coming soon")
    company.queue("Far away", due_at=company.clock() + timedelta(days=15))
    company.stand.house.desk.roles.members = frozenset({company.editor})
    view = company.home(company.editor)
    text = text_of(view)
    assert [b["value"] for b in buttons(view, ids.QUEUE_EDIT)] == [str(coming)]
    assert len(buttons(view, ids.QUEUE_NEW)) == 1
    assert buttons(view, ids.SETUP) == []
    assert "Far away" not in text
    admin = company.home(company.admin)
    assert len(buttons(admin, ids.SETUP)) == 1
    shown = text_of(admin) + text
    assert "door 2 geopend, één zegt het te hebben gedeeld" in shown
    assert "nog door niemand geopend, nog niemand zegt het te hebben gedeeld" in shown


def test_home_is_never_too_long(company):
    for n in range(25):
        company.queue(f"{n} " + "&" * 290, due_at=company.clock() + timedelta(days=9, minutes=n))
    for story in company.post(*(f"{n} " + "<" * 290 for n in range(16))):
        company.said(company.admin, story)
        company.said(company.admin, story, "x")
    view = company.home(company.admin)
    block_ids = [block["block_id"] for block in view["blocks"]]
    assert len(block_ids) == len(set(block_ids)) <= 100
    assert len(buttons(view, ids.QUEUE_EDIT)) == 20


def test_the_file_holds_a_row_a_story_and_no_formulas(company):
    first, _ = company.post("=HYPERLINK(1)", "The bakery, and more")
    company.opened(company.reader, first)
    company.said(company.lezer, first)
    company.home(company.admin)
    company.press(company.admin, ids.EXPORT_STORIES)
    [message] = [m for m in company.acts.direct(company.admin) if m.get("files")]
    content = company.stand.workspace.files[message["files"][0]["id"]].content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert len(rows[0]) == len(COLUMNS)
    assert [row[0] for row in rows[1:]] == ["The bakery, and more", "'=HYPERLINK(1)"]
    assert rows[2][3:] == ["1", "1", "", "0", "", "", "", "", ""], "without a public address nobody can have looked"


def test_the_file_asked_for_twice_at_once_comes_once_without_a_word_of_trouble(company):
    company.post("The bakery")
    view = company.home(company.admin)
    before = len(company.acts.direct(company.admin))
    for _ in range(2):
        assert company.acts.press(company.admin, ids.EXPORT_STORIES, view_id=view["id"]).acked
    company.stand.settle()
    assert "Het bestand staat in onze berichten" in text_of(company.acts.home(company.admin))
    assert company.acts.views(company.admin) == []
    assert len([m for m in company.acts.direct(company.admin)[before:] if m.get("files")]) == 1


def test_the_file_is_for_editors(company):
    from bot.actions.export_stories import export_stories
    from bot.domain.problems import NotForYou

    with pytest.raises(NotForYou):
        export_stories(company.desk, who_asks(company.desk, company.reader), ["a"] * 6, company.clock())


def test_every_button_is_heard(company):
    """Whoever listens to it: pressed on Home, each opens something or changes Home."""
    company.post("The reef")
    company.queue("Coming soon", due_at=company.clock() + timedelta(days=1))
    company.home(company.admin)
    for action in (ids.SHARE, ids.QUEUE_NEW, ids.QUEUE_EDIT, ids.SETUP, ids.PREFERENCES):
        home = company.acts.home(company.admin)
        assert company.acts.press(company.admin, action, view_id=home["id"]).acked, action
        until(lambda: bool(company.acts.views(company.admin)))
        company.stand.settle()
        for view in reversed(company.acts.views(company.admin)):
            company.acts.close(company.admin, view["id"])
