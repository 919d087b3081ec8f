"""What editors and staff see of a crisis, drawn from plain facts; and what comes back from the windows."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.actions.answer_question import Waiting
from bot.actions.ask_comms import AskSheet
from bot.actions.look_at_crisis import CrisisLog
from bot.domain.crisis import Crisis, CrisisState, CrisisStep, Did, Known, Reach
from bot.domain.crisis_desk import CrisisDesk, HeldStory, ReadyScenario, Review, StartSheet
from bot.domain.home import Home, Part
from bot.domain.hook_cards import HookState, Surge
from bot.domain.messages import CrisisReminder, HookCard, QueueAnswer, StoryOnHold
from bot.domain.people import Standing
from bot.domain.problems import BadField, Unreadable
from bot.domain.questions import Question, QuestionState
from bot.domain.stories import Story, StoryState
from bot.sandbox.blocks_check import check_message, check_view
from bot.sandbox.elements import state_values
from bot.slack import ids
from bot.slack.blocks.answer_modal import answer_modal
from bot.slack.blocks.ask import crisis_ask_modal
from bot.slack.blocks.crisis_held import held_modal
from bot.slack.blocks.crisis_home import crisis_home
from bot.slack.blocks.crisis_log import log_file
from bot.slack.blocks.crisis_start import asked_modal, choose_modal, confirm_modal
from bot.slack.blocks.crisis_tell import fill_modal, preview_modal, still_open, told_modal
from bot.slack.blocks.crisis_work import checklist_modal, end_modal, lessons_modal, update_modal
from bot.slack.blocks.queue_list import Onlooker
from bot.slack.blocks.render import render
from bot.slack.crisis_window import can_have_page
from bot.slack.forms.ask_form import read_answer
from bot.slack.forms.crisis_form import read_filled, read_looked, read_publish, read_start, read_ticked, read_update
from tests.actions.crisis_room import Room
from tests.slack import crisis_desk as desk
from tests.slack.crisis_desk import NOW, WORDS, ZONE, a_card, a_crisis, a_message, known
from tests.slack.test_longest_of_hooks import a_hook

BOTH = pytest.mark.parametrize("language", ["en", "nl"])
ENGLISH = Onlooker("en", ZONE, NOW)
READY = tuple(ReadyScenario(one) for one in desk.scenarios())
SHEET = StartSheet(
    ready=next(one for one in READY if one.scenario.slug == "outage"),
    is_rehearsal=False,
    queued=12,
    live=4,
    topics=("innovation", "people"),
    unnamed=("front-line",),
    unknown=("@service-desk",),
    groups=(("S0DESK", "Service desk"),),
    needs_second=False,
)
STORY = Story(
    5, "https://example.com/a", "A story", "Why.", "en", (), "", (), None, None, False, None, (), NOW, None,
    StoryState.QUEUED, 1, None, None, 0,
)  # fmt: skip


def views(language: str) -> dict[str, dict[str, Any]]:
    """Every window, in one language."""
    looks, started, filled = Onlooker(language, ZONE, NOW), known(desk.STARTED), known(desk.FILLED)
    exercise = known(replace(desk.FILLED, id=8, is_rehearsal=True))
    nothing = CrisisDesk(READY, None, None, 3)
    asked = CrisisDesk(READY, known(desk.ASKED), exercise, 0)
    kept = CrisisDesk((replace(READY[0], kept_at=NOW),), None, None, 0)
    return {
        "choose": choose_modal(WORDS, looks, nothing, is_rehearsal=False),
        "goes on": choose_modal(WORDS, looks, CrisisDesk(READY, filled, exercise, 0), is_rehearsal=False),
        "asked": choose_modal(WORDS, looks, asked, is_rehearsal=False),
        "rehearse": choose_modal(WORDS, looks, nothing, is_rehearsal=True),
        "none": choose_modal(WORDS, looks, CrisisDesk((), None, None, 0), is_rehearsal=False),
        "kept": choose_modal(WORDS, looks, kept, is_rehearsal=False),
        "confirm": confirm_modal(WORDS, looks, SHEET),
        "confirm two": confirm_modal(WORDS, looks, replace(SHEET, needs_second=True)),
        "confirm exercise": confirm_modal(WORDS, looks, replace(SHEET, is_rehearsal=True)),
        "waits": asked_modal(WORDS, language, known(desk.ASKED)),
        "fill": fill_modal(WORDS, language, started, still_open(WORDS, language, started)),
        "preview": preview_modal(WORDS, looks, filled, asks_second=False, can_publish=True),
        "preview two": preview_modal(WORDS, looks, exercise, asks_second=True, can_publish=True),
        "told": told_modal(WORDS, language, known()),
        "update": update_modal(WORDS, language, known(), "It works again."),
        "checklist": checklist_modal(WORDS, looks, known()),
        "end": end_modal(WORDS, language, known()),
        "end untold": end_modal(WORDS, language, started),
        "lessons": lessons_modal(WORDS, language, known(desk.OVER)),
        "held": held_modal(WORDS, looks, review(25), 1, "Done."),
        "held still": held_modal(WORDS, looks, replace(review(1), is_over=False)),
        "held none": held_modal(WORDS, looks, review(0)),
        "ask": crisis_ask_modal(WORDS, language, AskSheet(None, True), "7:00"),
    }


def review(n: int) -> Review:
    held = tuple(HeldStory(replace(STORY, id=number), was_live=number % 2 == 0) for number in range(n))
    return Review(held, is_over=True)


def values(view: dict[str, Any], **typed: Any) -> Any:
    """As Slack sends them back; `typed` by block id."""
    found = state_values(view["blocks"], {})
    for block, said in typed.items():
        found[block] = {block: said}
    return found


def said(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(block["text"]["text"] for block in blocks if "text" in block)


def buttons(blocks: list[dict[str, Any]]) -> list[str]:
    return [one["action_id"] for block in blocks if block["type"] == "actions" for one in block["elements"]]


# Messages and the card


@BOTH
def test_slack_takes_every_message(language: str) -> None:
    reminder = CrisisReminder(known(), "front-line", language, desk.PAGE)
    cards = [a_card(one, language=language, held=3) for one in (desk.ASKED, desk.STARTED, desk.FILLED, desk.OVER)]
    told = [a_message(one, language=language) for one in (a_crisis(), desk.OVER, a_crisis(is_rehearsal=True))]
    for message in (*cards, a_card(language=language), *told, reminder, StoryOnHold(STORY, language)):
        text, blocks = render(WORDS, message)
        assert check_message(blocks, {}, {}) == ("", [])
        assert text


def test_the_newest_is_on_top_and_read_out() -> None:
    text, blocks = render(WORDS, a_message())
    newest, older = (said(blocks).index(one.texts["en"]) for one in reversed(desk.UPDATES))
    assert newest < older < said(blocks).index("The order portal has not been working")
    assert desk.UPDATES[-1].texts["en"] in text


def test_over_it_says_so_and_has_nothing_to_press() -> None:
    _, blocks = render(WORDS, a_message(desk.OVER))
    assert "This is over" in said(blocks)
    assert buttons(blocks) == []


def test_an_exercise_says_so_first() -> None:
    text, blocks = render(WORDS, a_message(a_crisis(is_rehearsal=True)))
    assert text.startswith("🧪 EXERCISE")
    assert blocks[0]["text"]["text"].startswith("🧪 EXERCISE")
    assert render(WORDS, a_card(a_crisis(is_rehearsal=True)))[0].startswith("🧪 EXERCISE")


def test_buttons_carry_the_crisis_and_the_audience() -> None:
    _, blocks = render(WORDS, a_message())
    value = blocks[-2]["elements"][0]["value"]
    assert ids.parse_crisis(value) == (7, "front-line")


@pytest.mark.parametrize(
    ("crisis", "first"),
    [
        (desk.ASKED, ids.CRISIS_CONFIRM),
        (desk.STARTED, ids.CRISIS_FILL),
        (desk.FILLED, ids.CRISIS_TELL),
        (a_crisis(), ids.CRISIS_UPDATE),
        (desk.OVER, ids.CRISIS_HELD),
    ],
)
def test_the_card_has_the_next_step_first(crisis: Any, first: str) -> None:
    assert buttons(render(WORDS, a_card(crisis, held=2))[1])[0] == first


def test_called_off_there_is_nothing_to_do() -> None:
    assert buttons(render(WORDS, a_card(replace(desk.ASKED, state=CrisisState.CALLED_OFF)))[1]) == []


def test_the_card_says_that_an_update_is_overdue() -> None:
    late = a_crisis(next_update_at=NOW - timedelta(minutes=1))
    assert "was promised" in render(WORDS, a_card(late))[0]


def test_reminding_is_offered_once() -> None:
    def remind(card: Any) -> int:
        return str(render(WORDS, card)[1]).count(f"'{ids.CRISIS_REMIND}'")

    card = a_card()
    first = replace(card.reach[0], audience=replace(card.reach[0].audience, reminded_at=NOW, reminded=90))
    assert remind(card) == 2
    assert remind(replace(card, reach=(first, card.reach[1]))) == 1


def test_addresses_can_be_followed_and_people_are_not_pinged() -> None:
    texts = desk.texts()
    loud = replace(texts[0].text, statement="Look at https://example.com/now, <!channel> and [here](https://a.nl/b).")
    blocks = render(WORDS, a_message(known=replace(known(), texts=(replace(texts[0], text=loud), texts[1]))))[1]
    assert "<https://example.com/now|https://example.com/now>, &lt;!channel&gt; and <https://a.nl/b|here>." in said(
        blocks
    )


@BOTH
def test_the_log_says_what_was_done_and_names_only_editors(language: str) -> None:
    steps = [CrisisStep(NOW, did, "bram", {"step": 1, "title": "# A story", "queued": 3, "live": 1}) for did in Did]
    steps += [CrisisStep(NOW, Did.POSTED_OUTSIDE, "gone", {"outside": "status"})]
    card = a_card(desk.OVER)
    found = log_file(WORDS, language, CrisisLog(card.known, tuple(steps), card.reach, card.names, ZONE))
    lines = found.splitlines()
    assert lines[0] == f"# {card.known.text(language).text.title}"
    assert len([line for line in lines if line.startswith("- 30 ")]) == len(Did) + 1
    assert "Bram Bakker" in found
    assert WORDS.say(language, "crisis.card.somebody") in found
    assert [line for line in lines if line.startswith("# ")] == lines[:1]


@BOTH
def test_what_stays_for_days_says_no_today(language: str) -> None:
    for crisis in (a_crisis(next_update_at=NOW + timedelta(days=1)), desk.OVER):
        text, blocks = render(WORDS, a_message(crisis, language=language))
        times = [desk.UPDATES[0].at, crisis.ended_at or crisis.next_update_at or NOW]
        assert [at for at in times if WORDS.when(language, at, ZONE, NOW) in text + str(blocks)] == []
        assert [at for at in times if WORDS.dated(language, at, ZONE) in str(blocks)] == times


def log_of(*steps: CrisisStep) -> str:
    card = a_card(desk.OVER)
    return log_file(WORDS, "en", CrisisLog(card.known, steps, card.reach, card.names, ZONE))


def test_the_log_counts_as_people_do() -> None:
    steps = [CrisisStep(NOW, did, None, {"count": 1, "channels": 1, "live": 1, "queued": 2}) for did in Did]
    found = log_of(*steps)
    assert "started it; 2 queued stories wait, 1 in the channels is greyed out" in found
    assert "told colleagues, in 1 channel to begin with" in found
    assert "The one channel was told" in found


def test_the_log_says_of_how_many() -> None:
    told = CrisisStep(NOW, Did.TOLD, "bram", {"channels": 12})
    found = log_of(told, CrisisStep(NOW, Did.TOLD_CHANNELS, None, {"count": 10}))
    assert "10 of 12 channels were told" in found
    assert "180 of 240 messages" in log_of(CrisisStep(NOW, Did.TOLD_PEOPLE, None, {"count": 180}))
    assert "All 240 messages" in log_of(CrisisStep(NOW, Did.TOLD_PEOPLE, None, {"count": 240}))


def test_what_slipped_out_is_named_by_what_became_of_it() -> None:
    story = CrisisStep(NOW, Did.SLIPPED, None, {"kind": "story", "title": "The reef"})
    assert "greyed out at once: The reef" in log_of(story)
    assert "taken back at once" in log_of(CrisisStep(NOW, Did.SLIPPED, None, {"kind": "digest"}))


def test_how_soon_a_few_read_it_is_not_said() -> None:
    card = a_card()
    few = replace(card.reach[0], read=4)
    assert "half of them" in str(render(WORDS, card)[1])
    assert "half of them" not in str(render(WORDS, replace(card, reach=(few,)))[1])


class Files:
    """Somewhere for pages to be."""

    def write(self, pages: Any) -> None:
        """Nothing is written here."""


@pytest.mark.parametrize(
    ("address", "files", "offered"), [("", None, (0, 0)), ("", Files(), (1, 0)), ("a", None, (1, 1))]
)
def test_a_page_in_files_is_none_of_an_exercise(address: str, files: Any, offered: tuple[int, int], store: Any) -> None:
    counter = replace(Room(store).desk, public_url=address, crisis_files=files)
    assert tuple(can_have_page(counter, a_crisis(is_rehearsal=is_one)) for is_one in (False, True)) == offered


def few_told() -> Any:
    """An audience of four: all have read it."""
    card = a_card()
    audience = replace(card.reach[0].audience, told=4, owed=4)
    return replace(card, reach=(Reach(audience, 4, 4, timedelta(minutes=2)),))


def test_of_fewer_than_five_nobody_is_exposed() -> None:
    card = few_told()
    shown = str(render(WORDS, card)[1])
    assert "4 told" in shown
    assert "read it" not in shown.replace("hasn't read it", "").replace("that they read it", "")
    assert ids.CRISIS_REMIND in shown, "a button that goes says that all have read it"
    log = log_file(WORDS, "en", CrisisLog(card.known, (), card.reach, card.names, ZONE))
    assert "have read it" not in log
    [reach] = card.reach
    reminded = replace(reach, audience=replace(reach.audience, reminded_at=NOW, reminded=1))
    shown = str(render(WORDS, replace(card, reach=(reminded,)))[1])
    assert "They were reminded" in shown
    assert "1 was reminded" not in shown


def test_of_many_all_that_read_it_need_no_reminder() -> None:
    card = a_card()
    shown = str(render(WORDS, replace(card, reach=(replace(card.reach[0], told=9, read=9),)))[1])
    assert "9 have read it" in shown
    assert ids.CRISIS_REMIND not in shown


def test_the_card_names_channels_that_could_not_be_told() -> None:
    shown = said(render(WORDS, a_card(not_told=("C0SHUT", "C0GONE")))[1])
    assert "<#C0SHUT> and <#C0GONE>" in shown
    many = said(render(WORDS, a_card(not_told=tuple(f"C{n}" for n in range(300))))[1])
    assert "280 more" in many
    assert "Not told" not in said(render(WORDS, a_card())[1])


@pytest.mark.parametrize("can_publish", [True, False])
def test_a_page_is_offered_where_it_can_be(can_publish: bool) -> None:
    dark = a_crisis(is_published=False)
    assert (ids.CRISIS_PUBLISH in buttons(render(WORDS, a_card(dark, can_publish=can_publish))[1])) is can_publish
    going_on = CrisisDesk(READY, known(dark), None, 0)
    window = choose_modal(WORDS, ENGLISH, going_on, is_rehearsal=False, can_publish=can_publish)
    assert (ids.CRISIS_PUBLISH in buttons(window["blocks"])) is can_publish


@pytest.mark.parametrize("crisis", [desk.ASKED, desk.STARTED, desk.FILLED, a_crisis(is_published=False)])
def test_the_window_does_all_that_the_card_does(crisis: Crisis) -> None:
    """Without a comms channel there is no card."""
    crisis = replace(crisis, channel=None, ts=None)
    window = choose_modal(WORDS, ENGLISH, CrisisDesk(READY, known(crisis), None, 0), is_rehearsal=False)
    assert buttons(window["blocks"]) == buttons(render(WORDS, a_card(crisis))[1])
    assert str(window).count(f"'{ids.CRISIS_REMIND}'") == (2 if crisis.told_at else 0)
    assert "on the card" not in str(window)
    assert "on the card" in str(views("en")["goes on"])


@BOTH
@pytest.mark.parametrize("state", [StoryState.QUEUED, StoryState.POSTED])
def test_an_edited_story_on_hold_waits_until_it_is_put_back(state: StoryState, language: str) -> None:
    held = replace(STORY, state=state, due_at=NOW, held_by=7)
    answer = QueueAnswer(held, (), language, ZONE, NOW, is_new=False)
    text, blocks = render(WORDS, answer)
    assert "crisis review" in str(blocks)
    assert WORDS.when(language, NOW, ZONE, NOW) not in text
    assert "crisis review" not in str(render(WORDS, replace(answer, story=replace(held, held_by=None)))[1])


def test_a_surge_leads_to_the_scenarios() -> None:
    card = HookCard(a_hook("News ", HookState.CARD), "en", ZONE, NOW, Surge(40, 12))
    assert buttons(render(WORDS, card)[1])[0] == ids.CRISIS
    assert ids.CRISIS not in buttons(render(WORDS, replace(card, surge=None))[1])


def test_home_says_what_goes_on() -> None:
    home = Home("en", ZONE, NOW, Part.IN, Standing.NAMED, (), (), 0, None)
    assert "Scenarios are ready" in said(crisis_home(WORDS, home, None))
    assert "Goes on now:* Something customers rely on" in said(crisis_home(WORDS, home, known()))
    assert "Waits for a second editor" in said(crisis_home(WORDS, home, known(desk.ASKED)))


# Windows


@BOTH
def test_slack_takes_every_window(language: str) -> None:
    assert {name: found for name, view in views(language).items() if (found := check_view(view, "modal", {}, {}))} == {}


def test_only_one_crisis_can_be_started_at_a_time() -> None:
    found = views("en")
    assert f"'{ids.CRISIS_START}'" in str(found["choose"])
    assert f"'{ids.CRISIS_START}'" not in str(found["goes on"])
    assert f"'{ids.CRISIS_TELL}'" in str(found["goes on"])


def test_the_second_tap_says_what_happens() -> None:
    view = views("en")["confirm"]
    assert "12 stories in the queue wait." in said(view["blocks"])
    assert "4 stories in the channels are greyed out" in said(view["blocks"])
    assert view["submit"]["text"] == "Stop and start"
    assert views("en")["confirm two"]["submit"]["text"] == "Ask a second editor"


def test_nobody_has_to_be_named_at_this_moment() -> None:
    view = views("en")["confirm"]
    wish = read_start(values(view), view["private_metadata"])
    assert (wish.named["front-line"].channels, wish.named["front-line"].groups) == ((), ())


def test_what_is_started() -> None:
    view, block = views("en")["confirm"], f"{ids.CRISIS_CHANNELS}front-line"
    wish = read_start(values(view, **{block: {"selected_conversations": ["C1"]}}), view["private_metadata"])
    assert (wish.slug, wish.is_rehearsal, wish.named["front-line"].channels) == ("outage", False, ("C1",))
    assert wish.topics is None
    some = {"selected_options": [{"value": f"{ids.CRISIS_TOPIC}people"}]}
    typed = {block: {"selected_conversations": ["C1"]}, ids.CRISIS_TOPICS: some}
    assert read_start(values(view, **typed), view["private_metadata"]).topics == ("people",)


def test_what_is_filled_in() -> None:
    view = fill_modal(WORDS, "en", known(desk.STARTED))
    typed = {ids.place("en", "time"): {"value": " 9:10 "}, f"{ids.CRISIS_CONTACT}nl": {"value": "- Een\n\n• Twee"}}
    wish = read_filled(values(view, **typed), view["private_metadata"])
    assert wish.places == {"en": {"time": "9:10"}, "nl": {}}
    assert wish.contacts["nl"] == ("Een", "Twee")
    assert wish.statements == {}
    assert wish.next_update == 30


def a_grown_form(statement: str) -> dict[str, Any]:
    """The form once its places were filled in, opened again."""
    english, dutch = known(desk.FILLED).texts
    grown = replace(english, text=replace(english.text, statement=statement))
    return fill_modal(WORDS, "en", replace(known(desk.FILLED), texts=(grown, dutch)))


@pytest.mark.parametrize("length", [1_201, 2_999, 6_000])
def test_what_its_places_made_longer_is_not_refused(length: int) -> None:
    view = a_grown_form("x" * length)
    assert read_filled(values(view), view["private_metadata"]).statements == {}


def test_it_may_be_mended_too_but_not_grow() -> None:
    view, name = a_grown_form("x" * 1_500), f"{ids.CRISIS_STATEMENT}en"
    mended = values(view, **{name: {"value": "y" * 1_500}})
    assert read_filled(mended, view["private_metadata"]).statements == {"en": "y" * 1_500}
    with pytest.raises(BadField) as problem:
        read_filled(values(view, **{name: {"value": "y" * 1_501}}), view["private_metadata"])
    assert (problem.value.field, problem.value.word) == (name, "crisis.problem.too_long")


def test_only_what_was_touched_is_said_anew() -> None:
    """A colleague may have changed the rest meanwhile."""
    view = update_modal(WORDS, "en", known(), "New.")
    typed = {f"{ids.CRISIS_KNOWN}nl": {"value": "- Eén ding\n- Nog een"}, f"{ids.CRISIS_DOING}en": {"value": None}}
    wish = read_update(values(view, **typed), view["private_metadata"])
    assert (wish.known, wish.unknown, wish.doing) == ({"nl": ("Eén ding", "Nog een")}, {}, {"en": ()})
    view = fill_modal(WORDS, "en", known(desk.STARTED))
    typed = {f"{ids.CRISIS_STATEMENT}en": {"value": "Something is down."}}
    assert read_filled(values(view, **typed), view["private_metadata"]).statements == {"en": "Something is down."}


@pytest.mark.parametrize(
    ("block", "value", "word"),
    [
        (f"{ids.CRISIS_STATEMENT}nl", "x" * 1_201, "crisis.problem.too_long"),
        (f"{ids.CRISIS_STATEMENT}en", " ", "crisis.problem.no_statement"),
        (f"{ids.CRISIS_CONTACT}en", "a\n" * 11, "crisis.problem.many_lines"),
        (f"{ids.CRISIS_CONTACT}en", "a" * 301, "crisis.problem.long_line"),
        (ids.CRISIS_NEXT, "4", "crisis.problem.minutes"),
        (ids.CRISIS_NEXT, "soon", "crisis.problem.minutes"),
    ],
)
def test_a_problem_stands_at_its_field(block: str, value: str, word: str) -> None:
    view = fill_modal(WORDS, "en", known(desk.STARTED))
    with pytest.raises(BadField) as problem:
        read_filled(values(view, **{block: {"value": value}}), view["private_metadata"])
    assert (problem.value.field, problem.value.word) == (block, word)


def test_the_look_before_telling_shows_each_audience_in_each_language() -> None:
    view = preview_modal(WORDS, ENGLISH, known(desk.FILLED), asks_second=False, can_publish=True)
    everything = str(view["blocks"])
    for text in known(desk.FILLED).texts:
        assert text.text.statement.split("\n")[0] in everything
        for audience in text.text.audiences:
            assert audience.lead in everything
    assert not read_publish(values(view))
    assert read_publish(values(view, **{ids.CRISIS_PUBLISH_TOO: {"selected_options": [{"value": "yes"}]}}))


def test_the_look_says_what_was_looked_at() -> None:
    """To the microsecond, as it is compared."""
    at = NOW.replace(microsecond=123456)
    looked = known(replace(desk.FILLED, changed_at=at))
    view = preview_modal(WORDS, ENGLISH, looked, asks_second=False, can_publish=True)
    assert read_looked(view["private_metadata"]) == (7, at)
    assert read_looked("7") == (7, None)
    with pytest.raises(Unreadable):
        read_looked("7 yesterday")


def test_a_question_for_all_is_in_the_words_of_an_editor() -> None:
    """How it was asked may say who asked, so it stands there neither at first nor for want of words."""
    waiting = Waiting(an_asked(), None, None, can_stand=True)
    view = answer_modal(WORDS, "en", waiting)
    listed = next(block for block in view["blocks"] if block.get("block_id") == ids.ANSWER_LISTED)
    assert "initial_value" not in listed["element"]
    typed: dict[str, Any] = {ids.ANSWER_TEXT: {"value": "No."}}
    with pytest.raises(BadField) as problem:
        read_answer(values(view, **typed), "V1")
    assert problem.value.field == ids.ANSWER_LISTED
    listed_as = {ids.ANSWER_LISTED: {"value": "Is an order lost?"}}
    assert read_answer(values(view, **typed, **listed_as), "V1").listed == "Is an order lost?"
    alone = {ids.ANSWER_STANDS: {"selected_options": []}}
    assert not read_answer(values(view, **typed, **alone), "V1").stands


@BOTH
def test_who_asks_knows_that_the_page_has_it_too(language: str) -> None:
    page = {"en": "public page", "nl": "openbare pagina"}[language]
    assert page in said(views(language)["ask"]["blocks"])


def an_asked() -> Question:
    return Question(
        1, "0" * 32, None, "Mine, Daan's?", None, None, True, QuestionState.OPEN, 1, NOW, None, None, False, None,
        None, None, None, None, crisis_id=7,
    )  # fmt: skip


def test_without_a_public_address_no_page_is_offered() -> None:
    view = preview_modal(WORDS, ENGLISH, known(desk.FILLED), asks_second=True, can_publish=False)
    assert ids.CRISIS_PUBLISH_TOO not in str(view)
    assert view["submit"]["text"] == "Ask a second editor"


@BOTH
def test_the_own_language_comes_first(language: str) -> None:
    views_of = (fill_modal(WORDS, language, known(desk.STARTED)), update_modal(WORDS, language, known(), "x"))
    for view in (*views_of, end_modal(WORDS, language, known())):
        first = next(block["block_id"] for block in view["blocks"] if block["type"] == "input")
        assert first.partition(":")[0].endswith(f"_{language}")


def test_typed_words_stand_in_the_first_language_whole() -> None:
    long = "w" * 2_500
    view = update_modal(WORDS, "en", known(), long)
    first = next(block for block in view["blocks"] if block.get("block_id") == f"{ids.CRISIS_NEWS}en")
    assert first["element"]["initial_value"] == long
    with pytest.raises(BadField) as problem:
        read_update(values(view), view["private_metadata"])
    assert (problem.value.field, problem.value.params["over"]) == (f"{ids.CRISIS_NEWS}en", 1_300)


def test_an_update_in_one_language_leaves_lists_that_nobody_touched() -> None:
    view = update_modal(WORDS, "en", known(), "It works.")
    wish = read_update(values(view, **{ids.CRISIS_NEXT: {"value": None}}), view["private_metadata"])
    assert wish.texts == {"en": "It works."}
    assert (wish.known, wish.unknown, wish.doing) == ({}, {}, {})
    assert wish.next_update is None


def test_an_update_without_words_is_none() -> None:
    with pytest.raises(BadField) as problem:
        read_update(values(update_modal(WORDS, "en", known())), "7")
    assert problem.value.field == f"{ids.CRISIS_NEWS}en"


def test_a_list_too_long_for_an_input_stays_as_it_is() -> None:
    text = known().texts[0]
    long = replace(text, text=replace(text.text, known=tuple("k" * 400 for _ in range(9))))
    view = update_modal(WORDS, "en", replace(known(), texts=(long,)), "New.")
    assert "en" not in read_update(values(view), view["private_metadata"]).known


def test_ticks_of_a_colleague_stay() -> None:
    """Two look at the list with 0 and 1 done; one ticks 2, the other unticks 0."""
    view = checklist_modal(WORDS, ENGLISH, known())
    meanwhile: Known = replace(known(), ticked=frozenset({0, 1, 2}), outside=frozenset())
    mine = {f"{ids.CRISIS_STEPS}0": {"selected_options": [{"value": "1"}, {"value": "4"}]}}
    steps, outside = read_ticked(values(view, **mine), view["private_metadata"], meanwhile)
    assert (steps, outside) == ({1, 2, 4}, frozenset())


def test_stories_come_back_only_when_it_is_over() -> None:
    found = views("en")
    assert f"'{ids.CRISIS_PUT_BACK}'" in str(found["held"])
    assert f"'{ids.CRISIS_PUT_BACK}'" not in str(found["held still"])
