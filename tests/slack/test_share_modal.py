"""*Share it*: the modal, its texts and its buttons."""

import pytest

from bot.domain.captions import Caption
from bot.domain.people import Preferences
from bot.domain.setup import Setup
from bot.domain.stories import StoryDraft, StoryState
from bot.slack import ids
from bot.store import people, stories
from bot.store import setup as setup_store
from tests.conftest import MONDAY
from tests.slack.share_desk import LINK, ShareDesk, any_element, carried, copied_text, said_in
from tests.store.test_boards import add_person, add_share


@pytest.fixture
def at(stand):
    return ShareDesk(stand)


def test_two_taps_from_the_message_to_the_networks_share_page(at):
    story = at.post()
    at.open(at.anna)
    address = at.go(at.anna, "linkedin")
    assert address.startswith("https://www.linkedin.com/feed/?shareActive=true&text=")
    marks = f"utm_source=linkedin&utm_medium=social&utm_campaign={story}"
    assert carried(address) == f"I work at Veldkamp. One\n\n{LINK}?{marks}"
    assert at.shares(at.anna, story)["linkedin"].opened_at is not None


def test_no_two_colleagues_in_a_row_get_the_same_caption(at):
    at.post((("en", "One"), ("en", "Two"), ("nl", "Een"), ("nl", "Twee")))
    got = {}
    for user in (*at.english[:3], at.dutch[0], at.english[3], at.dutch[1]):
        at.open(user)
        got[user] = carried(at.go(user, "linkedin")).split(". ")[1].split("\n")[0]
    assert [got[user] for user in at.english[:4]] == ["One", "Two", "One", "Two"]
    assert [got[user] for user in at.dutch[:2]] == ["Een", "Twee"]


def test_nobody_sees_their_caption_change(at):
    at.post()
    at.open(at.anna)
    first = at.go(at.anna, "linkedin")
    at.open(at.english[1])
    at.open(at.anna)
    assert at.go(at.anna, "linkedin") == first


def test_own_words_go_along_after_one_press_and_stay_in_their_box(at):
    story = at.post()
    view = at.open(at.anna)
    at.fill(at.anna, ids.SHARE_WORDS, "My brother dived there!")
    at.press(at.anna, ids.SHARE_USE_WORDS)
    state = at.acts.state_of(at.anna, view["id"])
    assert state[ids.SHARE_WORDS][ids.SHARE_WORDS]["value"] == "My brother dived there!"
    assert carried(at.go(at.anna, "bluesky")).startswith("I work at Veldkamp. My brother dived there!")
    share = at.shares(at.anna, story)["bluesky"]
    assert (share.own_words, share.caption_id, share.disclosure) == (True, None, "I work at Veldkamp.")


def test_words_typed_but_not_used_are_taken_up_at_the_next_press(at):
    at.post()
    at.open(at.anna)
    at.fill(at.anna, ids.SHARE_WORDS, "Typed in a hurry")
    assert "One" in carried(at.go(at.anna, "linkedin"))
    assert "press the network again" in said_in(at.view(at.anna))
    assert "Typed in a hurry" in carried(at.go(at.anna, "linkedin"))
    assert "press the network again" not in said_in(at.view(at.anna))


def test_emptied_words_mean_the_dealt_caption_again(at):
    at.post()
    at.open(at.anna)
    at.fill(at.anna, ids.SHARE_WORDS, "Something")
    at.press(at.anna, ids.SHARE_USE_WORDS)
    at.fill(at.anna, ids.SHARE_WORDS, None)
    at.press(at.anna, ids.SHARE_USE_WORDS)
    assert "One" in carried(at.go(at.anna, "linkedin"))


def test_another_ready_text_can_be_chosen_and_is_counted_for_colleagues(at):
    story = at.post()
    at.open(at.anna)
    at.press(at.anna, ids.SHARE_USE_CAPTION)
    assert "Two" in carried(at.go(at.anna, "linkedin"))
    at.go(at.anna, "x")
    assert "used this" not in said_in(at.view(at.anna))
    at.open(at.english[1])
    assert "One colleague used this text." in said_in(at.view(at.english[1]))
    captions = at.desk.store.read(lambda c: stories.find(c, story)).captions
    assert at.shares(at.anna, story)["linkedin"].caption_id == captions[1].id


def test_the_disclosure_line_can_be_edited_and_its_absence_is_noticed(at):
    story = at.post()
    at.open(at.anna)
    at.fill(at.anna, ids.SHARE_DISCLOSURE, "Proud Veldkamper here")
    assert "doesn't say that you work here" not in said_in(at.view(at.anna))
    at.fill(at.anna, ids.SHARE_DISCLOSURE, None)
    assert "doesn't say that you work here" in said_in(at.view(at.anna))
    assert carried(at.go(at.anna, "linkedin")).startswith("One")
    assert at.shares(at.anna, story)["linkedin"].disclosure == "I work at Veldkamp."


def test_a_commercial_story_says_so(at):
    at.post(commercial=True)
    at.open(at.anna)
    assert carried(at.go(at.anna, "linkedin")).startswith("#ad I work at Veldkamp. One")
    at.fill(at.anna, ids.SHARE_DISCLOSURE, "I work at Veldkamp.")
    assert "#ad is gone" in said_in(at.view(at.anna))


def test_a_company_may_have_its_own_line_or_none(at):
    setup = Setup(company="Veldkamp", disclosure={"en": "Eigenaar van {company}", "nl": ""}, version=1)
    at.desk.store.write(lambda c: setup_store.save_setup(c, setup, at.clock()))
    at.post((("en", "One"), ("nl", "Een")))
    at.open(at.anna)
    assert carried(at.go(at.anna, "linkedin")).startswith("Eigenaar van Veldkamp. One")
    assert any_element(at.open(at.daan), ids.SHARE_DISCLOSURE) == {}
    assert carried(at.go(at.daan, "linkedin")).startswith("Een\n")


def test_everything_stands_in_the_persons_own_language(at):
    at.post((("en", "One"), ("nl", "Een")))
    view = at.open(at.daan)
    assert view["title"]["text"] == "Geef het door"
    assert carried(at.go(at.daan, "linkedin")).startswith("Ik werk bij Veldkamp. Een")
    person = at.desk.store.read(lambda c: people.by_user(c, at.daan))
    at.desk.store.write(lambda c: people.set_preferences(c, person.id, Preferences(language="en")))
    assert at.open(at.daan)["title"]["text"] == "Pass it along"


def test_the_title_is_text_and_nothing_more(at):
    at.post(title="<!channel> & *friends*")
    section = next(b for b in at.open(at.anna)["blocks"] if b["type"] == "section")
    assert "&lt;!channel&gt; &amp; ∗friends∗" in section["text"]["text"]


def test_where_the_text_does_not_go_along_it_stands_there_to_be_copied(at):
    at.post((("en", "A long one. " * 40),))
    view = at.open(at.anna)
    assert copied_text(view).startswith("I work at Veldkamp. A long one.")
    hint = next(b["hint"]["text"] for b in view["blocks"] if b["block_id"].startswith(ids.SHARE_COPY))
    assert "Bluesky and X" in hint
    assert "LinkedIn" not in hint
    at.fill(at.anna, ids.SHARE_WORDS, "Short")
    at.press(at.anna, ids.SHARE_USE_WORDS)
    assert copied_text(at.view(at.anna)) == ""


def test_the_rest_stands_under_more(at):
    at.post()
    at.open(at.anna)
    assert any_element(at.view(at.anna), ids.go("reddit")) == {}
    at.press(at.anna, ids.SHARE_MORE)
    view = at.view(at.anna)
    assert all(any_element(view, ids.go(key)) for key in ("threads", "facebook", "reddit", "telegram", "mastodon"))
    assert at.go(at.anna, "reddit").startswith("https://www.reddit.com/submit?url=")
    assert "<mailto:?subject=" in said_in(view)
    assert copied_text(view).startswith("I work at Veldkamp. One")


def test_mastodon_asks_for_the_server_first(at):
    story = at.post()
    at.open(at.anna)
    at.press(at.anna, ids.SHARE_MORE)
    assert at.press(at.anna, ids.go("mastodon")).url is None
    assert at.shares(at.anna, story) == {}
    at.fill(at.anna, ids.SHARE_MASTODON, "not a server")
    at.press(at.anna, ids.SHARE_KEEP_NETWORKS)
    assert "mastodon.social" in said_in(at.view(at.anna)).split("if you have one")[1].split("Keep these")[0]
    at.fill(at.anna, ids.SHARE_MASTODON, "https://mastodon.social/@anna")
    at.press(at.anna, ids.SHARE_KEEP_NETWORKS)
    assert at.go(at.anna, "mastodon").startswith("https://mastodon.social/share?text=")


def test_a_modal_with_everything_in_it_is_one_that_slack_takes(at):
    long = tuple(("en", f"{n} " + "Ünïcödé 🎉 <&> " * 210)[:2] for n in range(5))
    at.post(tuple((language, text[:3000]) for language, text in long), title="🎉" * 150, commercial=True)
    at.open(at.anna)
    at.fill(at.anna, ids.SHARE_WORDS, "&" * 2500)
    at.press(at.anna, ids.SHARE_USE_WORDS)
    at.press(at.anna, ids.SHARE_MORE)
    at.go(at.anna, "facebook")
    view = at.view(at.anna)
    assert any_element(view, ids.SHARE_SAID)
    assert len(view["blocks"]) <= 100
    assert copied_text(view) == "#ad I work at Veldkamp. " + "&" * 2500


def test_the_guidelines_open_on_top_and_what_was_typed_stays(at):
    at.post()
    view = at.open(at.anna)
    at.fill(at.anna, ids.SHARE_WORDS, "Half a sent")
    at.press(at.anna, ids.SHARE_GUIDELINES)
    top = at.view(at.anna)
    assert top["title"]["text"] == "What may I post?"
    assert "You never have to" in said_in(top)
    assert "**" not in said_in(top)
    assert "Keep `#ad` where it stands." in said_in(top), "as code, and not as backquotes to read"
    at.acts.close(at.anna, top["id"])
    assert at.acts.state_of(at.anna, view["id"])[ids.SHARE_WORDS][ids.SHARE_WORDS]["value"] == "Half a sent"


def test_an_edit_while_the_modal_is_open_shows_at_the_next_press_and_loses_nothing(at):
    story_id = at.post()
    view = at.open(at.anna)
    at.fill(at.anna, ids.SHARE_WORDS, "Half a sent")
    story = at.desk.store.read(lambda c: stories.find(c, story_id))
    draft = StoryDraft(LINK, "New title", story.sentence, "en", captions=(Caption(None, "en", "Three"),))
    assert at.desk.store.write(lambda c: stories.change(c, story_id, story.version, draft))
    at.press(at.anna, ids.SHARE_MORE)
    shown = said_in(at.view(at.anna))
    assert "New title" in shown
    assert at.acts.state_of(at.anna, view["id"])[ids.SHARE_WORDS][ids.SHARE_WORDS]["value"] == "Half a sent"
    at.fill(at.anna, ids.SHARE_WORDS, None)
    at.press(at.anna, ids.SHARE_USE_WORDS)
    assert "Three" in carried(at.go(at.anna, "linkedin"))


def test_a_story_that_was_taken_back_is_not_for_sharing_any_more(at):
    story = at.post()
    at.open(at.anna)
    at.desk.store.write(lambda c: stories.end(c, story, [StoryState.POSTED], StoryState.CANCELLED, at.clock()))
    at.press(at.anna, ids.go("linkedin"))
    assert "Comms took this story back" in said_in(at.view(at.anna))
    assert at.shares(at.anna, story) == {}


def test_a_mastodon_server_alone_takes_no_network_away(at):
    at.post()
    at.open(at.anna)
    at.fill(at.anna, ids.SHARE_MASTODON, "mastodon.nl")
    at.press(at.anna, ids.SHARE_KEEP_NETWORKS)
    shown = [
        e.get("value") for b in at.view(at.anna)["blocks"] if b["block_id"] == "share_buttons" for e in b["elements"]
    ]
    assert {"linkedin", "whatsapp", "bluesky", "x", "mastodon"} <= set(shown)


def test_a_text_that_five_colleagues_took_unchanged_asks_whether_they_want_another(at):
    story = at.post()
    one, two = at.desk.store.read(lambda c: stories.find(c, story)).captions
    for number, caption in enumerate((one,) * 5 + (two,) * 4):
        at.desk.store.write(lambda c, n=number, text=caption: took_unchanged(c, story, n, text.id))
    at.open(at.anna)
    assert "5 colleagues used this text. Want another?" in said_in(at.view(at.anna))
    at.press(at.anna, ids.SHARE_USE_CAPTION)
    assert "another?" not in said_in(at.view(at.anna)), "four took that one"


def took_unchanged(connection, story, number, caption_id):
    person = add_person(connection, 900 + number)
    add_share(connection, story, person, opened=MONDAY, caption=caption_id)
