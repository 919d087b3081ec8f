"""Ideas: who may suggest, what comms does, what each hears, and what goes when somebody goes."""

import json
from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import select

from bot.actions.answer_idea import decline_idea, take_name_off
from bot.actions.cancel_story import cancel_story
from bot.actions.delete_me import delete_me
from bot.actions.forget_old import forget_old
from bot.actions.leave_program import leave_program
from bot.actions.suggest_idea import suggest_idea
from bot.actions.who_asks import who_asks
from bot.domain.idea_problems import IdeaAnswered, NotAColleague
from bot.domain.ideas import LONGEST_WHY, MOST_A_DAY, IdeaState, Suggestion, WhyAnswer, WhyNot
from bot.domain.quiet_hours import QuietHours
from bot.slack import ids
from bot.store import people
from bot.store.tables import deliveries, idea_senders
from bot.store.tables import ideas as idea_rows
from tests.slack.ideas_desk import IdeasDesk, text_of
from tests.slack.queueing import initial

LINK = "https://example.com/reef"


@pytest.fixture
def at(stand):
    found = IdeasDesk(stand)
    with found.web:
        yield found


def told(at, user):
    at.stand.work()
    return at.heard(user)


def test_who_does_not_ask_for_it_is_named_nowhere(at):
    at.suggest(at.anna, LINK, "Fish!")
    assert "*An idea from a colleague*" in text_of(at.card())
    at.queue_it()
    at.post()
    everything = [*at.cards(), *at.acts.messages(at.anna, at.english)]
    assert at.name(at.anna) not in text_of(*everything)
    assert "suggested this" not in text_of(*everything)
    assert "Your name doesn't stand with it." in at.heard(at.anna)[1]


def test_the_name_can_be_taken_off_where_it_is_told(at):
    at.suggest(at.anna, LINK, "Fish!", credit=True)
    at.queue_it()
    at.post()
    name = at.name(at.anna)
    story = at.acts.messages(at.anna, at.english)[-1]
    assert f"{name} suggested this." in text_of(story)
    message = at.acts.direct(at.anna)[-1]
    at.press(ids.IDEA_NAME_OFF, at.anna, channel=message.get("channel"), ts=message["ts"])
    at.stand.work()
    assert name not in text_of(*at.cards(), *at.acts.messages(at.anna, at.english))
    assert "your name is off it" in text_of(*at.acts.ephemerals(at.anna))


def test_nobody_takes_the_name_of_somebody_else_off(at):
    at.suggest(at.anna, LINK, "Fish!", credit=True)
    at.suggest(at.bram, "https://example.com/other", "Also!", credit=True)
    at.acts.open_home(at.bram)
    at.stand.work()
    view = at.acts.home(at.bram)
    value = next(b for b in view["blocks"] if b.get("block_id", "").startswith("my_idea"))["accessory"]["value"]
    assert value == "2"
    at.acts.open_home(at.anna)
    at.stand.work()
    assert not take_name_off(at.desk, who_asks(at.desk, at.bram), 1, at.stand.clock())
    assert at.idea(1).names == (at.name(at.anna),)


def test_the_same_page_is_one_idea_and_both_hear(at):
    at.suggest(at.anna, f"{LINK}?utm_source=mail", "Fish!", credit=True)
    done = at.suggest(at.bram, "https://www.example.com/reef/", "Vissen!", credit=True)
    assert "Iemand anders kwam hier ook al mee" in text_of(done)
    card = text_of(at.card())
    assert f"{at.name(at.bram)} suggested this too." in card
    assert "Fish!" in card
    assert "Vissen!" in card
    at.press_card(ids.IDEA_DECLINE)
    assert at.decline(**{ids.IDEA_READY: "moment"}) == {}
    assert "not at this moment: other things come first" in at.heard(at.anna)[0]
    assert "alleen nu even niet" in at.heard(at.bram)[0]
    assert "Not now: A good one, but not at this moment" in text_of(at.card())


def test_the_same_again_from_the_same_person_is_there_once(at):
    at.suggest(at.anna, LINK, "Fish!", credit=True)
    at.suggest(at.anna, LINK, "More fish!")
    card = text_of(at.card())
    assert "More fish!" in card
    assert "suggested this too" not in card
    assert "*An idea from a colleague*" in card, "the second time they did not ask to be named"


def test_a_second_click_is_no_second_idea(at):
    at.open("suggest", at.anna)
    at.fill(at.anna, **{ids.IDEA_WHY: "The canteen makes its own ice"})
    view = at.view(at.anna)
    payload = at.stand.sandbox.interactions.submission(at.anna, at.stand.workspace.views[view["id"]])
    for _ in range(2):
        assert at.stand.sandbox.socket.request("interactive", json.loads(json.dumps(payload))).acked
        at.rest()
    at.stand.work()
    assert len(at.cards()) == 1
    assert at.idea(2) is None


def test_what_was_answered_lately_gets_the_same_answer_and_later_a_new_one(at):
    at.suggest(at.anna, LINK)
    at.press_card(ids.IDEA_DECLINE)
    at.decline(**{ids.IDEA_READY: "had"})
    at.suggest(at.bram, LINK)
    assert "We hebben niet lang geleden iets verteld" in at.heard(at.bram)[0]
    assert len(at.cards()) == 1
    at.stand.clock.step(days=31)
    at.suggest(at.bram, LINK)
    assert len(at.cards()) == 2


def test_what_is_in_the_queue_or_out_already_is_said_at_once(at):
    link = at.page("/reef", "The reef")
    at.queue(text="queue", link=link)
    assert "is in the queue already" in text_of(at.suggest(at.anna, link, "Fish!"))
    at.post()
    assert "is out already" in text_of(at.suggest(at.anna, f"{link}?utm_medium=x", "Fish!"))
    assert at.cards() == []
    assert at.idea() is None


def test_own_words_are_signed_only_when_they_want_that(at):
    at.suggest(at.anna, LINK)
    at.press_card(ids.IDEA_DECLINE)
    at.decline(**{ids.IDEA_WORDS: "We have a *big* one on Friday, @channel."})
    [heard] = at.heard(at.anna)
    assert "We have a *big* one on Friday, @channel." in heard
    assert "From comms, by way of me." in heard
    assert at.name(at.editor) not in heard
    at.suggest(at.bram, "https://example.com/two")
    card = at.cards()[-1]
    at.press(ids.IDEA_DECLINE, channel=at.comms, ts=card["ts"])
    at.decline(**{ids.IDEA_WORDS: "Nog even geduld.", ids.IDEA_SIGN: ["yes"]})
    [heard] = at.heard(at.bram)
    assert f"Van {at.name(at.editor)} van communicatie, via mij." in heard
    assert at.name(at.editor) not in text_of(*at.cards())


def test_an_empty_answer_is_none(at):
    at.suggest(at.anna, LINK)
    at.press_card(ids.IDEA_DECLINE)
    assert at.decline() == {ids.IDEA_WORDS: "Choose one of the answers, or write your own."}
    assert at.heard(at.anna) == []


def test_two_editors_answer_at_once(at):
    at.suggest(at.anna, LINK)
    for editor in (at.editor, at.dutch_editor):
        at.press_card(ids.IDEA_DECLINE, editor)
    at.decline(at.editor, **{ids.IDEA_READY: "had"})
    wrong = at.decline(at.dutch_editor, **{ids.IDEA_READY: "inside"})
    assert wrong[ids.IDEA_READY].startswith("Een collega van communicatie was eerst")
    [heard] = at.heard(at.anna)
    assert "not long ago" in heard


def test_an_idea_of_words_becomes_one_story_of_two_editors(at):
    at.suggest(at.anna, "", "The canteen makes its own ice")
    forms = []
    for editor in (at.editor, at.dutch_editor):
        at.press_card(ids.IDEA_QUEUE, editor)
        assert initial(at.view(editor), "sentence") == "The canteen makes its own ice"
        forms.append(at.page(f"/ice-{editor}", "Ice"))
        at.fill(editor, link=forms[-1], title="Ice", caption_1="Ice", caption_2="Cold")
    assert at.send(at.editor) == {}
    wrong = at.send(at.dutch_editor)
    assert next(iter(wrong.values())).startswith("Een collega van communicatie was eerst")
    assert len(at.queued()) == 1


def test_a_declined_one_may_be_queued_after_all(at):
    at.suggest(at.anna, LINK, credit=True)
    at.press_card(ids.IDEA_DECLINE)
    at.decline(**{ids.IDEA_READY: "moment"})
    at.queue_it(link=at.page("/reef", "The reef"))
    heard = at.heard(at.anna)
    assert len(heard) == 2
    assert "Comms took up your idea" in heard[1]


def test_whoever_queues_the_same_page_by_hand_answers_too(at):
    link = at.page("/reef", "The reef")
    at.suggest(at.anna, f"{link}?utm_source=a", credit=True)
    at.queue(link=link)
    at.stand.work()
    assert "Comms took up your idea" in at.heard(at.anna)[0]
    assert "In the queue: <" in text_of(at.card())


def test_a_story_taken_out_of_the_queue_is_told_unless_it_comes_back_soon(at):
    link = at.page("/reef", "The reef")
    at.suggest(at.anna, link)
    at.queue_it()
    editor = who_asks(at.desk, at.editor)
    [story] = at.queued()
    cancel_story(at.desk, editor, story.id, at.stand.clock())
    at.stand.work()
    assert "Doesn't go out after all" in text_of(at.card())
    at.stand.clock.step(minutes=10)
    at.queue_it()
    at.stand.clock.step(hours=2)
    assert ["took up" in one for one in told(at, at.anna)] == [True, True]
    [story] = at.queued()
    cancel_story(at.desk, editor, story.id, at.stand.clock())
    at.stand.clock.step(hours=2)
    assert "doesn't go out for now" in told(at, at.anna)[2]


def test_quiet_hours_hold_an_answer_back(at):
    at.suggest(at.anna, LINK)
    anna = at.person(at.anna)
    quiet = replace(anna.preferences, quiet=QuietHours(time(0), time(23)))
    at.desk.store.write(lambda c: people.set_preferences(c, anna.id, quiet))
    at.press_card(ids.IDEA_DECLINE)
    at.decline(**{ids.IDEA_READY: "had"})
    assert at.heard(at.anna) == []
    at.stand.clock.to(at.stand.clock().replace(hour=23, minute=30))
    assert len(told(at, at.anna)) == 1


def test_without_a_comms_channel_it_waits_for_one_and_editors_see_it(stand):
    at = IdeasDesk(stand, has_comms=False)
    with at.web:
        done = at.suggest(at.anna, LINK, "Fish!")
        assert "I keep it until there is one" in text_of(done)
        at.acts.open_home(at.editor)
        at.stand.work()
        home = text_of(at.acts.home(at.editor))
        assert "*One idea waits for a decision*" in home
        assert "There is no comms channel" in home
        assert ids.IDEA_QUEUE in home
        at.set_up(comms_channel=at.comms, comms_language="nl")
        at.minute()
        at.minute()
        assert "*Een tip van een collega*" in text_of(at.card())


def test_a_card_that_is_deleted_leaves_the_idea_on_home(at):
    at.suggest(at.anna, LINK)
    at.acts.delete(at.comms, at.card()["ts"])
    at.stand.work()
    at.acts.open_home(at.editor)
    at.stand.work()
    view = at.acts.home(at.editor)
    at.press(ids.IDEA_DECLINE, view_id=view["id"])
    at.decline(**{ids.IDEA_READY: "had"})
    assert len(at.heard(at.anna)) == 1


def test_who_wants_nothing_kept_may_suggest_and_nothing_is(at):
    leave_program(at.desk, who_asks(at.desk, at.anna), at.stand.clock())
    delete_me(at.desk, at.bram, at.stand.clock())
    at.open(f"suggest {LINK}", at.anna)
    assert ids.IDEA_CREDIT not in text_of(at.view(at.anna))
    assert "Nothing of you is kept, as you chose" in text_of(at.view(at.anna))
    assert "I can't tell you what comes of it" in text_of(at.finish(at.anna, "Fish!"))
    at.suggest(at.bram, "https://example.com/two")
    rows = at.desk.store.read(lambda c: c.execute(select(idea_senders)).all())
    assert [(row.person_id, row.is_credited) for row in rows] == [(None, False)] * 2
    assert "hear nothing back" in text_of(at.card() if len(at.cards()) == 1 else at.cards()[0])
    assert at.person(at.bram) is None


def test_a_guest_may_and_somebody_of_another_company_may_not(at):
    assert "You hear from me" in text_of(at.suggest(at.guest, LINK, "Fish!")) or at.person(at.guest)
    asker = who_asks(at.desk, at.anna)
    stranger = replace(asker, profile=replace(asker.profile, team="T0ELSEWHERE"))
    with pytest.raises(NotAColleague):
        suggest_idea(at.desk, stranger, Suggestion(LINK, "", False), "V", at.stand.clock())


def test_who_leaves_is_gone_from_card_and_story(at):
    at.suggest(at.anna, LINK, "Fish of mine!", credit=True)
    at.queue_it(link=at.page("/reef", "The reef"))
    at.post()
    name = at.name(at.anna)
    assert name in text_of(*at.acts.messages(at.anna, at.english))
    leave_program(at.desk, who_asks(at.desk, at.anna), at.stand.clock())
    at.stand.work()
    assert name not in text_of(*at.acts.messages(at.anna, at.english), *at.cards())


def test_who_deletes_themself_takes_their_words_along(at):
    at.suggest(at.anna, LINK, "Fish of mine!", credit=True)
    at.suggest(at.bram, LINK, "En van mij!", credit=True)
    at.suggest(at.anna, "https://example.com/alone", "Mine alone", credit=True)
    delete_me(at.desk, at.anna, at.stand.clock())
    at.a_moment()
    shown = text_of(*at.cards())
    assert "Fish of mine!" not in shown
    assert "Mine alone" not in shown
    assert at.name(at.anna) not in shown
    assert f"*An idea from {at.name(at.bram)}*" in shown
    assert "An idea stood here." in shown
    assert at.idea(2) is None
    for card in at.cards()[:1]:
        at.press(ids.IDEA_DECLINE, channel=at.comms, ts=card["ts"])
        at.decline(**{ids.IDEA_READY: "had"})
    assert len(at.heard(at.bram)) == 1


def test_the_editor_whose_words_they_were_takes_them_along(at):
    at.suggest(at.anna, LINK)
    at.press_card(ids.IDEA_DECLINE)
    at.fill(**{ids.IDEA_WORDS: "Words of an editor"})
    at.send()
    delete_me(at.desk, at.editor, at.stand.clock())
    at.stand.work()
    [row] = at.desk.store.read(lambda c: c.execute(select(idea_rows)).all())
    assert (row.words, row.written_by) == (None, None)
    assert "Words of an editor" not in text_of(*at.cards(), *at.acts.direct(at.anna))


def test_after_thirteen_months_nobody_knows_who_it_was(at):
    at.suggest(at.anna, LINK, "Fish!", credit=True)
    at.queue_it(link=at.page("/reef", "The reef"))
    at.post()
    name = at.name(at.anna)
    at.stand.clock.step(days=390)
    forget_old(at.desk, at.stand.clock())
    assert at.idea() is not None
    at.stand.clock.step(days=9)
    forget_old(at.desk, at.stand.clock())
    at.a_moment()
    assert at.idea() is None
    assert at.desk.store.read(lambda c: c.execute(select(idea_senders)).all()) == []
    assert name not in text_of(*at.acts.messages(at.anna, at.english), *at.cards())


def test_a_message_without_a_link_is_seen_before_it_goes(at):
    text = f"<@{at.editor}> <#C0GENERAL|general> says 2 &lt; 3 &amp; \U0001f600"
    ts = at.acts.say(at.bram, at.general, text)
    assert at.acts.shortcut(at.anna, at.general, ts, ids.SUGGEST_THIS).acked
    at.rest()
    view = at.view(at.anna)
    assert initial(view, ids.IDEA_WHY) == "@… #general says 2 < 3 & \U0001f600"
    assert initial(view, ids.IDEA_LINK) is None
    assert "Look it over first" in text_of(view)
    assert at.idea() is None


def test_four_thousand_emoji_fit(at):
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    ts = at.acts.say(at.bram, at.general, family * 800)
    at.acts.shortcut(at.anna, at.general, ts, ids.SUGGEST_THIS)
    at.rest()
    shown = initial(at.view(at.anna), ids.IDEA_WHY)
    assert len(shown) == LONGEST_WHY
    assert shown == family * (LONGEST_WHY // 5)
    at.finish(at.anna)
    assert family * 10 in at.card()["text"] or family * 10 in text_of(at.card())
    at.queue_it(title="Emoji", link=at.page("/emoji", "Emoji"), sentence="Many.")


def test_a_page_that_cannot_be_read_is_queued_all_the_same(at):
    at.suggest(at.anna, f"{at.web.url}/nowhere", "Fish!")
    at.press_card(ids.IDEA_QUEUE)
    view = at.view()
    assert initial(view, "link") == f"{at.web.url}/nowhere"
    assert initial(view, "sentence") == "Fish!"
    assert initial(view, "title") is None


@pytest.mark.parametrize(
    ("typed", "link", "why"),
    [
        ("", None, None),
        ("https://example.com/a", "https://example.com/a", None),
        ("example.com/a", "example.com/a", None),
        ("The canteen &amp; its ice", None, "The canteen & its ice"),
        ("look: https://example.com/a, really", "https://example.com/a", "look: really"),
    ],
)
def test_what_is_typed_behind_the_command(at, typed, link, why):
    view = at.open(f"suggest {typed}".strip(), at.anna)
    assert (initial(view, ids.IDEA_LINK), initial(view, ids.IDEA_WHY)) == (link, why)


@pytest.mark.parametrize(
    ("link", "error"),
    [
        ("ftp://example.com", "https:// (or http://)"),
        ("http://10.0.0.1/x", "private network"),
        ("no link at all", "https:// (or http://)"),
        ("", "one of the two I need"),
    ],
)
def test_what_cannot_be_a_link_is_said_at_its_field(at, link, error):
    at.open("suggest", at.anna)
    if link:
        at.fill(at.anna, **{ids.IDEA_LINK: link})
    [said] = at.send(at.anna).values()
    assert error in said
    assert at.idea() is None


def test_there_is_an_end_to_it_in_a_day(at):
    for number in range(MOST_A_DAY):
        at.open(f"suggest {LINK}/{number}", at.anna)
        at.send(at.anna)
        at.acts.close(at.anna, at.view(at.anna)["id"])
    at.open(f"suggest {LINK}/more", at.anna)
    [said] = at.send(at.anna).values()
    assert "a lot of ideas for one day" in said


def test_nobody_who_is_no_editor_answers(at):
    at.suggest(at.anna, LINK)
    at.acts.press(at.anna, ids.IDEA_DECLINE, channel=at.comms, ts=at.card()["ts"])
    at.stand.work()
    assert at.idea().state is IdeaState.OPEN


def test_answered_while_the_form_was_open_says_so(at):
    at.suggest(at.anna, LINK)
    editor, now = who_asks(at.desk, at.editor), at.stand.clock()
    decline_idea(at.desk, editor, 1, WhyAnswer(WhyNot.HAD), now)
    with pytest.raises(IdeaAnswered):
        decline_idea(at.desk, editor, 1, WhyAnswer(WhyNot.INSIDE), now)
    assert at.idea().answer.ready is WhyNot.HAD


def test_no_text_of_anybody_stands_in_a_delivery(at):
    at.suggest(at.anna, LINK, "Fish of mine!", credit=True)
    at.press_card(ids.IDEA_DECLINE)
    at.decline(**{ids.IDEA_WORDS: "Words of comms"})
    bodies = at.desk.store.read(lambda c: c.execute(select(deliveries.c.body)).scalars().all())
    assert "Fish of mine" not in json.dumps(bodies)
    assert "Words of comms" not in json.dumps(bodies)


def test_home_says_what_became_of_each(at):
    at.suggest(at.anna, LINK, credit=True)
    at.suggest(at.anna, "", "The canteen makes its own ice")
    at.acts.open_home(at.anna)
    at.stand.work()
    home = at.acts.home(at.anna)
    assert "“The canteen makes its own ice”" in text_of(home)
    assert "Comms looks at it." in text_of(home)
    at.press(ids.IDEA_NAME_OFF, at.anna, view_id=home["id"])
    at.stand.work()
    assert "your name is off it" in text_of(at.acts.home(at.anna))
    assert "*An idea from a colleague*" in text_of(at.cards()[0])
    assert "waits for an answer" not in text_of(at.acts.home(at.anna))
