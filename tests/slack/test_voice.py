"""How a story sounds, said after it was queued: to mend, to leave, or never again for this one."""

from dataclasses import replace

import pytest

from bot.domain.captions import Caption
from bot.domain.language_line import STORIES
from bot.domain.stories import StoryDraft, StoryState, draft_of
from bot.slack import ids
from bot.store import own_words, stories, voices
from tests.slack.queueing import Comms, initial, spoken

COMPANY = "We are proud to announce that we are leveraging the transformation of our stakeholders in the region."
PERSON = "I saw Anna dive yesterday, and honestly, I still can't believe what she found down there. Would you?"
SHORT = "The reef is back."
PLAIN = "Twelve volunteers counted fish on Saturday morning near the old harbour wall in Rotterdam."


@pytest.fixture
def comms(stand):
    found = Comms(stand)
    with found.web:
        yield found


def voice(comms, user=None):
    view = comms.view(user)
    assert view.get("callback_id") == ids.VOICE or not view.get("submit")
    return spoken(view["blocks"])


def kept(comms):
    """The score that stays with the newest story."""
    return comms.desk.store.read(lambda connection: voices.scores(connection, but=0))[0]


def scored(connection, number, now):
    draft = StoryDraft(f"https://example.com/{number}", "A story", "A sentence.", "en")
    voices.keep(connection, stories.add(connection, draft, None, now), 90 + number / 10)


def submit_label(comms):
    return (comms.view().get("submit") or {}).get("text")


def test_it_is_queued_already_and_the_tip_changes_as_the_sentence_is_mended(comms):
    story = comms.queue(sentence=COMPANY, caption_1=SHORT, caption_2="")
    said = voice(comms)
    assert "goes out tomorrow at 9:00" in said
    assert "more like the company than like a colleague (10/100)" in said
    assert "who did this, or saw it happen?" in said
    assert "*leveraging* → using" in said
    assert kept(comms) < 11
    assert submit_label(comms) == "Mend it"

    assert comms.send() == {}, "mend it: the form again"
    assert initial(comms.view(), "sentence") == COMPANY
    comms.fill(sentence=COMPANY.replace("leveraging", "using"))
    comms.send()
    said = voice(comms)
    assert "leveraging" not in said
    assert "All its texts together: 10/100 before, 1" in said

    comms.send()
    comms.fill(sentence=PERSON)
    comms.send()
    said = voice(comms)
    assert "like somebody who was there (88" in said
    assert "10/100 before, 8" in said, "told from where it began"
    assert submit_label(comms) is None
    assert kept(comms) > 80
    assert comms.story(story.id).sentence == PERSON
    assert comms.story(story.id).due_at == story.due_at


def test_each_caption_has_its_own_and_praise_comes_last(comms):
    comms.queue(sentence=PERSON, caption_1=COMPANY, caption_2="Short and sweet.", caption_3=COMPANY + " Really.")
    said = voice(comms)
    assert "Caption 2" not in said, "too short to say anything of"
    assert said.index("*Caption 1*") < said.index("*Caption 3*") < said.index("*Your sentence*")
    assert "*Caption 1* and *Caption 3* read the same" in said


def test_nothing_is_said_in_between_or_of_a_few_words(comms):
    comms.queue(sentence=PLAIN, caption_1="The reef is back.", caption_2="Look what grew.")
    assert comms.acts.views(comms.editor) == []
    comms.queue(sentence="We are leveraging synergy.", caption_1=SHORT, caption_2="", link=comms.page("/two", "Two"))
    assert comms.acts.views(comms.editor) == []


def test_no_tips_for_this_one_holds_whoever_changes_it(comms):
    comms.queue(sentence=COMPANY, caption_1=SHORT, caption_2="")
    comms.press(ids.VOICE_SKIP)
    assert voice(comms) == "Fine: nobody gets tips for this one any more."
    comms.open("edit reef", comms.dutch_editor)
    comms.fill(comms.dutch_editor, sentence=COMPANY + " Truly so.")
    comms.send(comms.dutch_editor)
    assert comms.acts.views(comms.dutch_editor) == []
    assert kept(comms) is not None, "its score goes with it all the same"


def test_an_edit_that_leaves_the_texts_alone_hears_nothing(comms):
    comms.queue(sentence=COMPANY, caption_1=SHORT, caption_2="")
    comms.acts.close(comms.editor, comms.view()["id"])
    comms.open("edit reef")
    comms.fill(topics="water")
    comms.send()
    assert comms.acts.views(comms.editor) == []


def test_a_word_of_our_own_counts_for_nothing_from_then_on(comms):
    comms.queue(sentence=COMPANY, caption_1=SHORT, caption_2="")
    before = kept(comms)
    comms.press(ids.VOICE_OURS, value="leveraging")
    assert "leveraging* →" not in voice(comms)
    assert kept(comms) > before
    assert comms.desk.store.read(own_words.load) == ("leveraging",)

    view = comms.open("words", comms.dutch_editor)
    assert initial(view, ids.OWN_WORDS) == "leveraging"
    comms.fill(comms.dutch_editor, **{ids.OWN_WORDS: "Passalong Pro\n\n  passalong   PRO\nGroene Golf"})
    assert comms.send(comms.dutch_editor) == {}
    assert comms.desk.store.read(own_words.load) == ("Passalong Pro", "Groene Golf")


def test_a_list_that_somebody_else_changed_and_one_that_is_too_long(comms):
    comms.open("words")
    comms.open("words", comms.dutch_editor)
    comms.fill(comms.dutch_editor, **{ids.OWN_WORDS: "Golf"})
    comms.send(comms.dutch_editor)
    comms.fill(**{ids.OWN_WORDS: "Wave"})
    assert "Somebody else changed this list" in comms.send()[ids.OWN_WORDS]
    comms.fill(**{ids.OWN_WORDS: "a sentence " * 20})
    assert "longer than 60" in comms.send()[ids.OWN_WORDS]
    assert comms.desk.store.read(own_words.load) == ("Golf",)


def test_own_words_are_for_editors(comms):
    assert "comms" in comms.say("words", comms.colleague)["text"]


def test_a_dutch_editor_reads_it_in_dutch_whatever_the_language_of_the_text(comms):
    comms.queue(comms.dutch_editor, sentence=COMPANY, caption_1=SHORT, caption_2="", language="en")
    said = voice(comms, comms.dutch_editor)
    assert "meer als het bedrijf dan als een collega" in said
    assert "Wat het meest zou helpen: wie " in said


def test_the_line_is_the_lowest_quarter_of_the_last_fifty(comms):
    for number in range(STORIES):
        comms.desk.store.write(lambda connection, at=number: scored(connection, at, comms.stand.clock()))
    comms.queue(sentence=PERSON, caption_1=SHORT, caption_2="")
    said = voice(comms)
    assert "the lowest quarter of your last fifty stories" in said
    assert "I speak up below 91" in said


def test_a_caption_of_four_thousand_emoji_is_no_trouble(comms):
    comms.open()
    comms.fill(**comms.filled | {"caption_1": "🐟" * 1500, "sentence": PLAIN})
    assert comms.send() == {}
    assert comms.queued()


def test_a_list_that_is_full_says_so_above_the_tips(comms):
    full = [*(f"word {number:04} {'x' * 40}" for number in range(58)), "y" * 35]
    comms.desk.store.write(lambda connection: own_words.save(connection, full, comms.stand.clock()))
    comms.queue(sentence=COMPANY, caption_1=SHORT, caption_2="")
    comms.press(ids.VOICE_OURS, value="leveraging")
    assert voice(comms).startswith("The list is full")
    assert "*leveraging* → using" in voice(comms)


def test_what_came_by_a_file_is_mended_there(comms):
    story = comms.queue(sentence=PLAIN, caption_1=SHORT, caption_2="")
    dutch = "Wij zijn trots te mogen aankondigen dat wij middels co-creatie impact maken voor onze stakeholders."
    mixed = replace(
        draft_of(story), captions=(*story.captions, Caption(None, "nl", dutch), Caption(None, "nl", f"{dutch} Echt."))
    )
    comms.desk.store.write(lambda c: stories.change(c, story.id, story.version, mixed))
    comms.open("edit reef")
    comms.fill(sentence=COMPANY)
    comms.send()
    said = voice(comms)
    assert said.count("It came with its file: change it there.") == 2
    assert "*Caption 1 (Nederlands)* and *Caption 2 (Nederlands)* read the same" in said


def test_the_score_stays_as_it_was_when_it_went_out(comms):
    story = comms.queue(sentence=COMPANY, caption_1=SHORT, caption_2="")
    before = kept(comms)
    comms.desk.store.write(
        lambda c: stories.end(c, story.id, [StoryState.QUEUED], StoryState.POSTED, comms.stand.clock())
    )
    comms.acts.close(comms.editor, comms.view()["id"])
    comms.open("edit reef")
    comms.fill(sentence=PERSON)
    comms.send()
    assert kept(comms) == before
