"""Asking comms, with a name and without: from the button under a story to the answer, for everyone if both agree."""

import json
import logging
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.actions.answer_question import look_at_question, look_at_questions, settle_question
from bot.actions.ask_comms import ask_comms, open_ask
from bot.actions.bring_reaction import Heard, bring_reaction
from bot.actions.cancel_story import cancel_story
from bot.actions.delete_me import delete_me
from bot.actions.forget_old import forget_old
from bot.actions.gather_digest import comms_digest
from bot.actions.leave_program import leave_program
from bot.actions.look_at_setup import suggested
from bot.actions.mark_said import mark_said
from bot.actions.save_setup import save_setup
from bot.actions.who_asks import remember, who_asks
from bot.domain.digest import Week
from bot.domain.messages import CommsDigestPost
from bot.domain.people import Profile
from bot.domain.problems import NotForYou
from bot.domain.question_problems import NotOfHere, SettledBefore
from bot.domain.questions import Asked, QuestionState, Settled
from bot.domain.quiet_hours import QuietHours
from bot.domain.setup import Step, mark_of
from bot.slack import ids
from bot.slack.blocks.render import render
from bot.sources.words import Words
from bot.store import keys, people, placements, questions
from bot.store import setup as setup_store
from bot.store.seal import Seal
from bot.store.tables import deliveries
from tests.journeys.one_person import all_texts
from tests.slack.question_desk import ANSWER, QUESTION, QuestionDesk, has, texts_of
from tests.slack.share_desk import any_element

WORDS = Words.load(Path(__file__).parents[2] / "content" / "words")


@pytest.fixture
def at(stand):
    found = QuestionDesk(stand)
    found.post()
    return found


def test_a_question_with_a_name_from_button_to_answer(at):
    said = at.ask(at.anna)
    assert "with your name" in said
    card = at.card()
    name = at.desk.messenger.profile(at.anna).name
    assert f"{name} asks:" in texts_of(card)
    assert QUESTION in texts_of(card)
    assert "The &lt;reef&gt; &amp; us" in texts_of(card)
    assert has(card, ids.ANSWER)
    at.answer(at.editor)
    [told] = at.acts.direct(at.anna)
    editor = at.desk.messenger.profile(at.editor).name
    for piece in (QUESTION, ANSWER, f"From {editor} of comms", "Comms knows that you asked"):
        assert piece in texts_of(told)
    [under] = at.thread(at.comms, card["ts"])
    assert f"Answered by {editor}" in texts_of(under)
    assert ANSWER in texts_of(under)
    assert not has(at.card(), ids.ANSWER)
    assert at.thread(at.channel, at.message(at.anna)["ts"]) == []


def test_without_a_name_the_answer_still_comes(at):
    said = at.ask(at.daan, named=False)
    assert "ziet niet dat die van jou is" in said
    assert "Somebody asks, without a name:" in texts_of(at.card())
    at.answer(at.editor)
    [told] = at.acts.direct(at.daan)
    assert "Communicatie zag niet dat jij het vroeg" in texts_of(told)
    assert ANSWER in texts_of(told)


def test_under_the_story_if_both_agree(at):
    at.ask(at.anna, may_stand=True)
    assert "They agree that it stands under the story" in texts_of(at.card())
    at.answer(at.editor, stands=True)
    [under] = at.thread(at.channel, at.message(at.anna)["ts"])
    assert [b["text"]["text"] for b in under["blocks"]] == [
        "*A colleague asked:*",
        QUESTION,
        "*Comms answered:*",
        ANSWER,
    ]
    assert at.desk.messenger.profile(at.anna).name not in texts_of(under)
    assert "It stands under the story too" in texts_of(at.acts.direct(at.anna)[0])


# --- nobody finds out


def searched(at, folder, needles):
    """Where one of these is: in any text of any column, in the bytes of the files, and in what channels were sent."""
    found = [(f.place, f.text) for f in all_texts(at.desk.store) if any(n in f.text for n in needles)]
    for file in sorted(folder.glob("passalong.db*")):
        found += [(file.name, n) for n in needles if n.encode() in file.read_bytes()]
    for channel in at.stand.workspace.channels.values():
        if channel.kind != "im":
            found += [(channel.id, n) for m in by_the_bot(channel) for n in needles if n in json.dumps(m)]
    return found


def by_the_bot(channel):
    return [{**m, "reactions": []} for m in channel.messages.values() if m.get("bot_id")]


def traces(at, user):
    profile = at.stand.workspace.people[user]
    dms = [c.id for c in at.stand.workspace.channels.values() if c.kind == "im" and c.person == user]
    return [user, profile.real_name, profile.name, at.desk.messenger.profile(user).name, *dms]


@pytest.mark.parametrize("way", ["answered", "closed", "refused", "nobody is there"])
def test_who_asked_without_a_name_is_nowhere(at, tmp_path, caplog, way):
    caplog.set_level(logging.DEBUG, logger="bot")
    caplog.set_level(logging.DEBUG, logger="apscheduler")
    at.ask(at.anna, named=False, may_stand=True)
    assert at.question().sealed
    assert at.question().person_id is None
    assert searched(at, tmp_path, traces(at, at.anna)) == []
    token = at.question().sealed
    if way == "refused":
        gone = at.stand.workspace.people
        gone[at.anna] = replace(gone[at.anna], deleted=True)
    if way == "nobody is there":
        at.acts.deactivate(at.anna)
        at.stand.work()
    if way == "closed":
        at.close(at.editor, "not_yet", "Ask us in May.")
    else:
        at.answer(at.editor, stands=True)
    at.rest()
    assert len(at.acts.direct(at.anna)) == (0 if way in {"refused", "nobody is there"} else 1)
    assert at.question().sealed is None
    assert (
        searched(at, tmp_path, [token, *traces(at, at.anna)])
        == searched(at, tmp_path, [token])
        == wal_of(at, tmp_path, token)
    )
    said = "\n".join(map(str, [*caplog.messages, *(record.exc_text or "" for record in caplog.records)]))
    assert [n for n in traces(at, at.anna) if n in said] == []
    assert QUESTION not in said
    assert [row for row in deliveries_of(at) if row.kind == "answer"] == []


def wal_of(at, folder, token):
    """The token may stand in SQLite's journal until that is written over; in the file itself it does not."""
    return [found for found in searched(at, folder, [token]) if found[0].endswith("-wal")]


def deliveries_of(at):
    return at.desk.store.read(lambda c: c.execute(select(deliveries)).all())


def test_the_seal_is_not_found_in_the_file_once_it_is_closed(at, tmp_path):
    at.ask(at.anna, named=False)
    token = at.question().sealed
    at.answer(at.editor)
    at.stand.house.close()
    assert [f.name for f in tmp_path.glob("passalong.db*") if token.encode() in f.read_bytes()] == []


def test_after_the_round_of_forgetting_the_seal_is_in_no_file_while_the_bot_runs(at, tmp_path):
    at.ask(at.anna, named=False)
    token = at.question().sealed
    at.answer(at.editor)
    assert wal_of(at, tmp_path, token), "else this would prove nothing"
    forget_old(at.desk, at.clock())
    assert [f.name for f in tmp_path.glob("passalong.db*") if token.encode() in f.read_bytes()] == []


def test_the_search_would_find_who_asked_with_their_name(at, tmp_path):
    at.ask(at.anna)
    places = {place for place, _ in searched(at, tmp_path, traces(at, at.anna))}
    assert {"people.user", "people.name", at.comms} <= places
    assert any(place.startswith("passalong.db") for place in places)


def test_nobody_is_made_a_person_by_asking_without_a_name(at):
    at.ask(at.anna, named=False)
    assert at.desk.store.read(lambda c: people.by_user(c, at.anna)) is None


def test_the_seal_opens_with_its_own_question_and_token_only(at):
    at.ask(at.anna, named=False)
    question = at.question()
    assert at.desk.seal.open(question.sealed, question.lot) == at.anna
    assert at.desk.seal.open(question.sealed, "0" * 32) is None
    assert Seal("another token").open(question.sealed, question.lot) is None


# --- who can and who cannot be reached


def test_who_wants_nothing_kept_asks_without_a_name_and_without_an_answer(at, tmp_path):
    at.ask(at.anna)
    leave(at, at.anna)
    view = at.form(at.anna)
    assert "You chose that I keep nothing of you" in texts_of(view)
    assert [o["value"] for o in any_element(view, ids.ASK_WHO)["options"]] == [ids.ASK_NAMELESS]
    assert "can't come to you" in at.send(at.anna, "Second?", named=False)
    second = at.desk.store.read(lambda c: questions.find(c, 2))
    assert (second.sealed, second.person_id, second.text) == (None, None, "Second?")


def leave(at, user):
    asker = who_asks(at.desk, user)
    leave_program(at.desk, asker, at.clock())


def test_who_left_meanwhile_hears_nothing_any_more(at):
    at.ask(at.anna)
    at.ask(at.daan, named=False)
    for user in (at.anna, at.daan):
        at.desk.store.write(lambda c, u=user: remember(c, at.desk, at.desk.messenger.profile(u), at.clock()))
        leave(at, user)
    for card in [c for c in at.cards() if has(c, ids.ANSWER)]:
        at.open_answer(at.editor, card=card)
        at.fill(at.editor, ids.ANSWER_TEXT, ANSWER)
        assert at.submit(at.editor).acked
        at.rest()
    assert at.acts.direct(at.anna) == at.acts.direct(at.daan) == []
    assert [q for q in (at.desk.store.read(lambda c, n=n: questions.find(c, n)) for n in (1, 2)) if q.sealed] == []
    assert [row.kind for row in deliveries_of(at) if row.state in {"waiting", "claimed"}] == []


@pytest.mark.parametrize("named", [True, False])
def test_delete_takes_the_question_along_and_its_card_says_so(at, named):
    at.ask(at.anna, named=named)
    delete_me(at.desk, at.anna, at.clock())
    at.rest()
    question = at.question()
    assert question.state is QuestionState.WITHDRAWN
    assert (question.text, question.sealed, question.person_id) == (None, None, None)
    if not named:
        assert any(QUESTION in json.dumps(c) for c in at.cards()), "it changes at night, when nobody knows why"
        tonight(at)
    [card] = [c for c in at.cards() if "stood here" in c["text"]]
    assert QUESTION not in json.dumps(card)
    assert not has(card, ids.ANSWER)


def tonight(at):
    """The clock of the company says half past three, and what is old is forgotten."""
    zone = at.desk.store.read(setup_store.load_setup).zone
    local = at.clock().astimezone(ZoneInfo(zone))
    at.clock.to((local + timedelta(days=1)).replace(hour=3, minute=30))
    forget_old(at.desk, at.clock())
    at.rest()


def test_deleting_does_not_tie_a_question_without_a_name_to_who_asked(at):
    at.ask(at.anna, "Named one?")
    at.ask(at.anna, "Nameless one?", named=False)
    delete_me(at.desk, at.anna, at.clock())
    at.rest()
    assert [r.body["question"] for r in deliveries_of(at) if r.kind == "question_update"] == [1]
    forget_old(at.desk, at.clock())
    assert len([r for r in deliveries_of(at) if r.kind == "question_update"]) == 1, "not by day"
    [card] = [c for c in at.cards() if "Nameless one?" in json.dumps(c)]
    outcome = at.acts.press(at.editor, ids.ANSWER, channel=at.comms, ts=card["ts"])
    assert outcome.acked, "it says kindly that it was withdrawn"
    tonight(at)
    assert "Nameless one?" not in json.dumps(at.cards())
    assert at.desk.store.read(lambda c: questions.cards_of_nothing(c)) == []


@pytest.mark.parametrize("named", [True, False])
def test_delete_while_the_answer_is_on_its_way(at, named):
    at.ask(at.anna, named=named)
    editor = who_asks(at.desk, at.editor)
    settled = Settled(QuestionState.ANSWERED, ANSWER, "V1")
    settle_question(at.desk, editor, 1, settled, at.clock())
    delete_me(at.desk, at.anna, at.clock())
    at.rest()
    assert at.acts.direct(at.anna) == []
    assert at.question().text is None
    if not named:
        tonight(at)
    assert QUESTION not in json.dumps(at.cards())
    assert [row for row in deliveries_of(at) if row.kind == "answer"] == []


def test_after_a_restore_the_seals_of_who_was_deleted_since_are_destroyed(at):
    at.ask(at.anna, named=False)
    at.write(lambda c: keys.remember_forgotten(c, at.anna, at.clock()))
    forget_old(at.desk, at.clock())
    assert at.question().sealed is None
    assert at.question().text is None


def test_a_guest_may_ask(at):
    at.acts.join(at.guest, at.channel)
    assert "Het antwoord krijg je als bericht van mij" in at.ask(at.guest, named=False)


def test_people_of_other_organisations_are_told_kindly(at):
    stranger = replace(who_asks(at.desk, at.anna), profile=Profile("U0OTHER99", "T0OTHER", "X", is_stranger=True))
    with pytest.raises(NotOfHere):
        open_ask(at.desk, stranger, 1)
    with pytest.raises(NotOfHere):
        ask_comms(at.desk, stranger, Asked("0" * 32, 1, "Why?", is_named=False, may_stand=False), at.clock())


def test_an_answer_keeps_quiet_hours(at):
    at.ask(at.anna)
    person = at.desk.store.read(lambda c: people.by_user(c, at.anna))
    quiet = replace(person.preferences, quiet=QuietHours(time(0), time(23, 30)))
    at.write(lambda c: people.set_preferences(c, person.id, quiet))
    at.answer(at.editor)
    assert at.acts.direct(at.anna) == []
    at.clock.to(at.clock().replace(hour=23, minute=45))
    at.rest()
    assert len(at.acts.direct(at.anna)) == 1


def test_a_sealed_answer_that_waits_does_not_say_until_when(at):
    """The exact end of quiet hours, beside everybody's quiet hours in `people`, would say who asked."""
    at.ask(at.anna, named=False)
    person = at.write(lambda c: remember(c, at.desk, at.desk.messenger.profile(at.anna), at.clock()))
    quiet = replace(person.preferences, quiet=QuietHours(time(0), time(23, 17)))
    at.write(lambda c: people.set_preferences(c, person.id, quiet))
    at.answer(at.editor)
    [row] = [row for row in deliveries_of(at) if row.kind == "answer"]
    assert (row.target, row.error, row.person_id) == ("sealed", None, None)
    assert row.due_at == row.not_before
    assert row.due_at - at.clock() <= timedelta(minutes=30)
    at.clock.to(at.clock().replace(hour=23, minute=16))
    at.rest()
    [row] = [row for row in deliveries_of(at) if row.kind == "answer"]
    assert row.due_at.minute != 17
    at.clock.to(at.clock().replace(hour=23, minute=50))
    at.rest()
    assert len(at.acts.direct(at.anna)) == 1
    assert not any(row.kind == "answer" for row in deliveries_of(at))


def test_an_editor_sees_that_who_asked_has_left(at):
    at.ask(at.anna)
    assert "takes no part" not in texts_of(at.open_answer(at.editor))
    leave_program(at.desk, who_asks(at.desk, at.anna), at.clock())
    assert "takes no part" in texts_of(at.open_answer(at.editor))


# --- comms


def test_two_editors_answer_one_question_and_nothing_is_lost(at):
    at.ask(at.anna)
    for editor in (at.editor, at.second):
        at.open_answer(editor)
        at.fill(editor, ids.ANSWER_TEXT, f"From {editor}")
    assert at.submit(at.editor).acked
    assert at.submit(at.second).acked
    name = at.desk.messenger.profile(at.editor).name
    assert at.errors(at.second)[ids.ANSWER_TEXT].startswith(name)
    assert at.view(at.second)["state"]["values"][ids.ANSWER_TEXT][ids.ANSWER_TEXT]["value"] == f"From {at.second}"
    at.rest()
    [told] = at.acts.direct(at.anna)
    assert f"From {at.editor}" in texts_of(told)
    outcome = at.acts.press(at.second, ids.ANSWER, channel=at.comms, ts=at.cards()[-1]["ts"])
    assert not outcome.acked or outcome.error, "the button is gone"


def test_an_answer_sent_twice_is_one(at):
    at.ask(at.anna)
    editor, settled = who_asks(at.desk, at.editor), Settled(QuestionState.ANSWERED, ANSWER, "V1")
    for _ in range(2):
        settle_question(at.desk, editor, 1, settled, at.clock())
        at.rest()
    with pytest.raises(SettledBefore):
        settle_question(at.desk, editor, 1, replace(settled, window="V2"), at.clock())
    assert len(at.acts.direct(at.anna)) == 1
    assert len(at.thread(at.comms, at.cards()[-1]["ts"])) == 1


def test_a_question_sent_twice_is_one(at):
    asked = Asked("0" * 32, None, "Why?", is_named=True, may_stand=False)
    for _ in range(2):
        ask_comms(at.desk, who_asks(at.desk, at.anna), asked, at.clock())
        at.rest()
    assert len([c for c in at.cards() if "asks:" in c["text"]]) == 1


def test_closing_says_kindly_why(at):
    at.ask(at.daan, named=False)
    at.close(at.editor, "not_ours", "Probeer het bij Piet.")
    [told] = at.acts.direct(at.daan)
    for piece in ("gesloten, zonder antwoord", "Het is niet aan ons", "Probeer het bij Piet."):
        assert piece in texts_of(told)
    [under] = at.thread(at.comms, at.cards()[-1]["ts"])
    assert "Closed without an answer by" in texts_of(under)
    assert at.thread(at.channel, at.message(at.anna)["ts"]) == []


def test_it_stands_under_the_story_only_if_both_agree(at):
    at.ask(at.anna)
    assert not has(at.open_answer(at.editor), ids.ANSWER_STANDS)
    settled = Settled(QuestionState.ANSWERED, ANSWER, "V1", stands=True)
    settle_question(at.desk, who_asks(at.desk, at.editor), 1, settled, at.clock())
    at.rest()
    at.ask(at.daan, may_stand=True)
    at.answer(at.editor, stands=False)
    assert at.thread(at.channel, at.message(at.anna)["ts"]) == []


def test_a_lost_answer_of_slack_leaves_one_reply_in_each_thread(at):
    at.ask(at.anna, may_stand=True)
    at.open_answer(at.editor)
    at.fill(at.editor, ids.ANSWER_TEXT, ANSWER)
    at.fill(at.editor, ids.ANSWER_STANDS, ["yes"])
    at.stand.sandbox.faults.answer("chat.postMessage", "lost_reply", times=3)
    assert at.submit(at.editor).acked
    for _ in range(8):
        at.stand.work()
        at.clock.step(minutes=2)
    assert len(at.thread(at.comms, at.cards()[-1]["ts"])) == 1
    assert len(at.thread(at.channel, at.message(at.anna)["ts"])) == 1
    assert len(at.acts.direct(at.anna)) == 1


def test_a_story_taken_back_shows_on_the_card(at):
    at.ask(at.anna, may_stand=True)
    cancel_story(at.desk, who_asks(at.desk, at.editor), 1, at.clock())
    at.rest()
    assert "(taken back since)" in texts_of(at.card())
    assert has(at.card(), ids.ANSWER)
    at.answer(at.editor, stands=True)
    [(channel, ts)] = at.desk.store.read(lambda c: [(p.channel, p.ts) for p in placements.of_story(c, 1)])
    assert at.thread(channel, ts) == []
    assert len(at.acts.direct(at.anna)) == 1


def test_without_a_comms_channel_it_waits_until_there_is_one(stand):
    at = QuestionDesk(stand, comms=False)
    at.post()
    assert "Comms has no channel with me yet" in at.ask(at.anna, named=False)
    found = at.acts.command(at.editor, at.channel, "/passalong questions")
    assert found.acked
    assert QUESTION in texts_of(at.view(at.editor))
    setup = at.desk.setup()
    mark = mark_of(suggested(at.desk, who_asks(at.desk, stand.company.admin), setup), Step.COMMS)
    save_setup(
        at.desk, who_asks(at.desk, stand.company.admin), Step.COMMS, mark, {"comms_channel": at.comms}, at.clock()
    )
    at.rest()
    assert QUESTION in texts_of(at.card())


def test_the_list_answers_too(at):
    at.ask(at.anna)
    assert at.acts.command(at.editor, at.channel, "/passalong questions").acked
    view = at.view(at.editor)
    assert at.acts.press(at.editor, ids.ANSWER, view_id=view["id"]).acked
    at.fill(at.editor, ids.ANSWER_TEXT, ANSWER)
    assert at.submit(at.editor).acked
    at.rest()
    assert ANSWER in texts_of(at.acts.direct(at.anna)[0])


def test_only_editors_answer(at):
    at.ask(at.anna)
    asker = who_asks(at.desk, at.daan)
    for act in (
        lambda: look_at_questions(at.desk, asker),
        lambda: look_at_question(at.desk, asker, 1),
        lambda: settle_question(at.desk, asker, 1, Settled(QuestionState.ANSWERED, "x", "V"), at.clock()),
    ):
        with pytest.raises(NotForYou):
            act()


# --- what is typed


def test_three_thousand_characters_and_nasty_ones(at):
    long = ("<!channel> *bold* & <@U12345678> " * 100)[:3000].strip()
    at.ask(at.anna, long, may_stand=True)
    assert long in texts_of(at.card())
    assert "<!channel>" not in at.card()["text"]
    at.answer(at.editor, long, stands=True)
    for message in (at.acts.direct(at.anna)[0], at.thread(at.channel, at.message(at.anna)["ts"])[0]):
        assert long in texts_of(message)
        assert "<!channel>" not in message["text"]


def test_nothing_to_be_seen_is_no_question(at):
    at.form(at.anna)
    at.fill(at.anna, ids.ASK_TEXT, " \u200b ")
    at.fill(at.anna, ids.ASK_WHO, ids.ASK_NAMED)
    assert at.submit(at.anna).acked
    assert at.errors(at.anna) == {ids.ASK_TEXT: "Ask something first."}


def test_ask_as_a_command_with_what_was_typed(at):
    assert at.acts.command(at.daan, at.channel, "/passalong ask Waarom & <b>?").acked
    view = at.view(at.daan)
    assert any_element(view, ids.ASK_TEXT)["initial_value"] == "Waarom & <b>?"
    assert not has(view, ids.ASK_MAY_STAND)
    assert "Wat wil je weten?" in texts_of(view)


# --- what is kept, and for how long


def test_after_thirteen_months_texts_and_people_go(at):
    at.ask(at.anna)
    at.ask(at.daan, named=False)
    at.answer(at.editor)
    forget_old(at.desk, at.clock() + timedelta(days=390))
    assert at.question().text == QUESTION
    forget_old(at.desk, at.clock() + timedelta(days=397))
    for number in (1, 2):
        found = at.desk.store.read(lambda c, n=number: questions.find(c, n))
        assert (found.text, found.answer, found.sealed, found.person_id, found.settled_by) == (None,) * 5
        assert not found.is_open


def test_the_digest_says_what_waits_and_how_long_answers_took(at):
    at.ask(at.anna)
    at.clock.step(hours=5)
    at.answer(at.editor)
    at.ask(at.daan, named=False)
    week = Week(at.clock() - timedelta(days=7), at.clock() + timedelta(minutes=1))
    digest = at.desk.store.read(lambda c: comms_digest(c, week, at.clock(), is_measured=False))
    said = render(WORDS, CommsDigestPost(digest, "nl", "Europe/Amsterdam"))[0]
    assert "1 vraag wacht op antwoord, sinds dinsdag 3 maart." in said
    assert "1 is deze week beantwoord, na 5 uur." in said


# --- what readers said


def test_what_readers_said_comes_back_from_home(at):
    mark_said(at.desk, who_asks(at.desk, at.anna), 1, ["linkedin"], at.clock())
    at.acts.open_home(at.anna)
    at.stand.work()
    home = at.acts.home(at.anna)
    assert at.acts.press(at.anna, ids.HEARD, view_id=home["id"]).acked
    at.fill(at.anna, ids.HEARD_TEXT, "“Nice, but what does it cost?”")
    at.fill(at.anna, ids.HEARD_NETWORK, "linkedin")
    at.fill(at.anna, ids.ASK_WHO, ids.ASK_NAMED)
    assert at.submit(at.anna).acked
    at.rest()
    assert "Comms has it." in texts_of(at.view(at.anna))
    name = at.desk.messenger.profile(at.anna).name
    [card] = [c for c in at.cards() if "heard on LinkedIn" in c["text"]]
    assert f"{name} heard on LinkedIn:" in texts_of(card)
    assert "“Nice, but what does it cost?”" in texts_of(card)


def test_what_readers_said_without_a_name(at, tmp_path):
    heard = Heard("0" * 32, 1, None, "“Too long.”", is_named=False)
    for _ in range(2):
        bring_reaction(at.desk, who_asks(at.desk, at.anna), heard, at.clock())
        at.rest()
    [card] = [c for c in at.cards() if "heard:" in c["text"]]
    assert "Somebody, without a name, heard:" in texts_of(card)
    assert searched(at, tmp_path, traces(at, at.anna)) == []


def test_an_editor_is_told_that_who_asked_with_their_name_is_gone(at):
    at.ask(at.anna)
    assert at.acts.deactivate(at.anna).acked
    at.rest()
    assert "Who asked left" in texts_of(at.open_answer(at.editor))
    at.fill(at.editor, ids.ANSWER_TEXT, ANSWER)
    assert at.submit(at.editor).acked
    at.rest()
    assert "they don't hear it" in texts_of(at.view(at.editor))
    assert at.acts.direct(at.anna) == []
    [under] = at.thread(at.comms, at.cards()[-1]["ts"])
    assert ANSWER in texts_of(under)
