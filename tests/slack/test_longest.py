"""Everything we send, with the longest it can hold, in both languages: Slack takes it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.actions.answer_question import AllWaiting, Waiting
from bot.actions.ask_comms import AskedNow, AskSheet
from bot.actions.look_at_setup import SetupLook
from bot.actions.ports import ChannelFacts, ProfileField, UserGroup
from bot.actions.say_outcome import Dilemma
from bot.actions.suggest_idea import Suggested
from bot.domain import digest as digesting
from bot.domain import home as homes
from bot.domain.captions import Caption
from bot.domain.champions import Evidence
from bot.domain.clicks import Followed
from bot.domain.home import EditorsHome, Home, MyStory, Part
from bot.domain.hook_cards import Mood
from bot.domain.hook_week import HookCounts, HookWeek
from bot.domain.ideas import LONGEST_WHY, Idea, IdeaState, MyIdea, Said, Sender, WhyAnswer, WhyNot
from bot.domain.leaderboard import MOST_NAMES, Board, Leaderboard, Measure, Own, Period, PeriodName, Row
from bot.domain.messages import (
    CommsDigestPost,
    DigestPost,
    DilemmaOutcome,
    Drawn,
    HeardOutside,
    IdeaAnswer,
    IdeaCard,
    Introduction,
    Notice,
    QuestionAnswer,
    QuestionCard,
    QuestionSettled,
    QuestionUnderStory,
    QueueAnswer,
    Reminder,
    StoryMessage,
    StoryTakenBack,
)
from bot.domain.networks import NETWORKS
from bot.domain.people import Person, Preferences, Standing
from bot.domain.picture import draw_up, week_ends
from bot.domain.privacy import KEPT, PERIODS, Figures, Privacy
from bot.domain.questions import (
    LONGEST,
    LONGEST_HEARD,
    MOST_DILEMMAS,
    MOST_LISTED,
    Dialogue,
    Question,
    QuestionKind,
    QuestionState,
    Why,
)
from bot.domain.queue_view import QueueView
from bot.domain.quiet_hours import QuietHours
from bot.domain.setup import Channel, Setup, Step, TeamsFrom, WeeklyTime
from bot.domain.share_draft import ShareForm, ShareNote
from bot.domain.share_sheet import ShareSheet
from bot.domain.shares import Share
from bot.domain.slots import Slot
from bot.domain.stories import Story, StoryDraft, StoryState
from bot.domain.story_file import (
    LONGEST_ALT,
    LONGEST_CAPTION,
    LONGEST_DILEMMA,
    LONGEST_SENTENCE,
    LONGEST_TITLE,
    MOST_CAPTIONS,
)
from bot.sandbox.blocks_check import check_message, check_view
from bot.sandbox.state import File
from bot.slack import ids
from bot.slack.blocks import dilemma as dilemmas_drawn
from bot.slack.blocks.answer_modal import answer_modal, close_modal, questions_view
from bot.slack.blocks.ask import ask_modal, asked_view
from bot.slack.blocks.dilemma import dilemma_modal, outcome_modal, outcome_said_view
from bot.slack.blocks.guidelines_modal import guidelines_modal
from bot.slack.blocks.heard import heard_modal
from bot.slack.blocks.home import home_view
from bot.slack.blocks.idea_modals import IdeaDraft, answered_view, decline_modal, idea_modal, suggested_view
from bot.slack.blocks.leaderboard import leaderboard_blocks
from bot.slack.blocks.post_modal import post_modal
from bot.slack.blocks.preferences_modal import preferences_modal
from bot.slack.blocks.privacy import privacy_blocks
from bot.slack.blocks.queue_list import Onlooker, choice_blocks, queue_blocks
from bot.slack.blocks.render import render
from bot.slack.blocks.setup_modal import step_view, summary_view, waiting_view
from bot.slack.blocks.setup_page import SetupPage
from bot.slack.blocks.share_modal import share_modal
from bot.slack.blocks.share_view import ShareView
from bot.slack.blocks.story_modal import StoryForm, reading_view, story_form_view
from bot.sources.words import Words

WORDS = Words.load(Path(__file__).parents[2] / "content" / "words")
NOW = datetime(2026, 9, 30, 22, 59, tzinfo=UTC)
ZONE = "America/Argentina/ComodRivadavia"
ID = 2**62

# Plain text, text that grows when it is made safe, and text that Slack counts otherwise than we do.
FILLINGS = {"plain": "Verantwoordelijkheidsgevoel ", "unsafe": "<&>", "emoji": "👩🏽‍🚒"}


def filled(filling, most):
    return (FILLINGS[filling] * most)[:most].strip()


def a_story(filling, number=0):
    return Story(
        id=ID - number,
        link="https://example.com/?" + ("a=1&" * 310 if filling == "unsafe" else "a" * 1970),
        title=filled(filling, LONGEST_TITLE),
        sentence=filled(filling, LONGEST_SENTENCE),
        language="nl",
        captions=tuple(captions(filling)),
        background="",
        topics=(filled(filling, 300),),
        image="https://example.com/" + "i" * 2970,
        alt=filled(filling, LONGEST_ALT),
        commercial=True,
        best_before=NOW + timedelta(days=30),
        channels=tuple(channel.id for channel in CHANNELS),
        due_at=NOW + timedelta(days=3),
        slug=None,
        state=StoryState.QUEUED,
        version=7,
        queued_by=None,
        posted_at=None,
        not_for_me=0,
        dilemma=filled(filling, LONGEST_DILEMMA),
    )


def captions(filling):
    return [Caption(ID - n, "nl", f"{n}{filled(filling, LONGEST_CAPTION - 1)}") for n in range(MOST_CAPTIONS)]


def an_idea(filling, state, number=0):
    link = a_story(filling).link
    senders = tuple(Sender(ID - n, ID, filled(filling, 200), filled(filling, LONGEST_WHY)) for n in range(9))
    answer = WhyAnswer(WhyNot.MOMENT, filled(filling, LONGEST_WHY), is_signed=True)
    return Idea(ID - number, link, state, 7, senders, NOW, answer, ID)


CHANNELS = tuple(Channel(f"C0000000{n:03}", f"{n:03}{'k' * 77}", ("en", "nl")[n % 2]) for n in range(120))
SETUP = Setup(
    zone=ZONE,
    slots=tuple(Slot(day, hour, 55) for day in range(7) for hour in range(6, 22)),
    comms_channel="C0COMMS",
    digest=WeeklyTime(2, time(23, 59)),
    share_emojis=("e" * 100, "f" * 100, "g" * 100),
    company="B" * 60,
    disclosure={"en": "d" * 120, "nl": "d" * 120},
    editors=tuple(f"U0000000{n:03}" for n in range(100)),
    editor_group="S0000000001",
    teams_from=TeamsFrom.GROUPS,
    team_groups=tuple(f"S0000000{n:03}" for n in range(100)),
    totals_only=True,
    champions_channel="C0GONE0000",
    person_file=True,
    version=9,
)
BY_FIELD = {"teams_from": TeamsFrom.FIELD, "team_field": "Xf149"}


def messages(filling, language):
    story = a_story(filling)
    week = digesting.Week(NOW - timedelta(days=7), NOW)
    names = tuple(filled(filling, 80) for _ in range(digesting.MOST_NAMES))
    followed = Followed(*(10**6,) * 5)
    counts = tuple(
        digesting.StoryCount(a_story(filling, n), 10**6, 10**6, followed) for n in range(digesting.MOST_STORIES)
    )
    many = tuple(a_story(filling, n) for n in range(10))
    yield StoryMessage(story, language, SETUP)
    yield StoryMessage(story, language, SETUP, is_preview=True, editor_language=language)
    yield StoryMessage(story, language, SETUP, suggested_by=names)
    yield StoryTakenBack(story, language)
    for state, became in product(IdeaState, StoryState):
        yield IdeaCard(an_idea(filling, state), replace(story, state=became), language)
    yield IdeaCard(None, None, language)
    for said in Said:
        idea, became = an_idea(filling, IdeaState.DECLINED), None if said is Said.DECLINED else story
        yield IdeaAnswer(said, idea, idea.senders[0], became, language, ZONE, NOW, names[0], 10**6)
    yield QueueAnswer(story, CHANNELS, language, ZONE, NOW, is_new=True, asks_second=True, is_paused=True)
    yield Reminder(story, language, "https://example.slack.com/archives/C0123/p1234567890123456")
    yield Introduction(language, SETUP)
    yield Introduction(language, SETUP, is_comms=True)
    for word in WORDS.texts[language]:
        if word.startswith(("notice.", "queue.notice.")):
            given = {"title": story.title, "link": story.link, "channel": "C0123456789", "reason": "r" * 100}
            ours = {"kind": "story_update", "reference": "0123abcd"}
            moments = dict.fromkeys(("at", "was", "best_before", "since"), NOW)
            yield Notice(
                word, language, ZONE, NOW, {**given, **moments, "status": "404", "scopes": "chat:write", **ours}
            )
    yield from dialogue(filling, language)
    picture = the_picture(filling)
    staff = digesting.StaffDigest(
        week, names, 10**6, names, 10**6, names, counts[: digesting.MOST_TOP], 10**6, 10**6,
        many[: digesting.MOST_COMING], 10**6, picture,
    )  # fmt: skip
    for drawn in SHOWN:
        yield DigestPost(staff, language, ZONE, drawn)
    used = tuple(
        digesting.CaptionCount(story.title, captions(filling)[n].text, 10**6) for n in range(digesting.MOST_CAPTIONS)
    )
    free = tuple(NOW + timedelta(days=n) for n in range(digesting.MOST_FREE))
    unwanted = many[: digesting.MOST_UNWANTED]
    praised = digesting.Praised(names[0], 10**6, Evidence(10**6, 10**6, story.title))
    following = digesting.Following((praised,) * digesting.MOST_CHAMPIONS, (*names[1:], None), 5, (5, 100))
    comms = digesting.CommsDigest(
        week,
        counts,
        10**6,
        10**6,
        10**6,
        used,
        unwanted,
        free,
        False,
        True,
        followed,
        picture,
        following,
        Dialogue(10**6, NOW, 10**6, timedelta(days=9), 10**6),
        media=HookWeek(HookCounts(*[10**6] * 4), dict.fromkeys(Mood, 10**6), *[timedelta(days=9)] * 2),
    )
    for drawn in SHOWN:
        yield CommsDigestPost(comms, language, ZONE, drawn)


def a_question(filling, state=QuestionState.ANSWERED, why=None):
    return Question(
        id=ID, lot="0" * 32, story_id=ID, text=filled(filling, LONGEST), person_id=1, sealed=None, may_stand=True,
        state=state, version=1, asked_at=NOW, answer=filled(filling, LONGEST), reason=why, stands=True,
        settled_by=None, settled_in=None, settled_at=NOW, channel="C0123456789", ts="1.0",
    )  # fmt: skip


def dialogue(filling, language):
    story, name = a_story(filling), filled(filling, 200)
    for state in QuestionState:
        yield QuestionCard(a_question(filling, state), story, name, name, language)
    for why in (None, *Why):
        state = QuestionState.CLOSED if why else QuestionState.ANSWERED
        question = a_question(filling, state, why)
        yield QuestionAnswer(question, story, name, language, stands=True)
        yield QuestionSettled(question, name, language, stands=True)
    yield QuestionUnderStory(a_question(filling), language)
    yield HeardOutside(filled(filling, LONGEST_HEARD), "mastodon", name, story, language)
    answers = [replace(a_question(filling, state), kind=QuestionKind.DILEMMA) for state in QuestionState]
    for answer, who in product(answers, (name, None)):
        yield QuestionCard(answer, story, who, who, language)
    yield QuestionAnswer(answers[1], story, name, language, stands=True)
    yield DilemmaOutcome(settled(story, filling), language)
    yield StoryMessage(settled(story, filling), language, Setup())


def settled(story, filling):
    return replace(story, outcome=filled(filling, LONGEST))


def question_views(filling, language):
    waiting = Waiting(a_question(filling, QuestionState.OPEN), a_story(filling), filled(filling, 200), can_stand=True)
    yield ask_modal(WORDS, language, AskSheet(a_story(filling), is_reached=True), "n" * 60, filled(filling, LONGEST))
    yield ask_modal(WORDS, language, AskSheet(a_story(filling), is_reached=False), "n" * 60)
    for reached, shown in product((True, False), (True, False)):
        yield asked_view(WORDS, language, AskedNow(False, reached, shown))
    yield answer_modal(WORDS, language, waiting)
    yield close_modal(WORDS, language, waiting)
    many = [replace(waiting, question=replace(waiting.question, id=ID - n)) for n in range(MOST_LISTED)]
    dilemmas = [(a_story(filling, n), 10**6) for n in range(MOST_DILEMMAS)]
    yield questions_view(WORDS, language, AllWaiting(many, 10**6), dilemmas)
    yield outcome_modal(WORDS, language, Dilemma(a_story(filling), [filled(filling, LONGEST)] * 100))
    for answers in (0, 1, 10**6):
        yield outcome_said_view(WORDS, language, answers)
    for reached, story in product((True, False), (a_story(filling), settled(a_story(filling), filling))):
        yield dilemma_modal(WORDS, language, AskSheet(story, reached), "n" * 60)
        yield dilemmas_drawn.answered_view(WORDS, language, AskedNow(True, reached, reached))
    yield heard_modal(WORDS, language, a_story(filling), "n" * 60)


def the_picture(filling):
    moments = week_ends(NOW - timedelta(days=7), NOW, ZONE)
    titles = {number: filled(filling, LONGEST_TITLE - 1) + str(number) for number in range(9)}
    return draw_up(Measure.READ, moments, dict.fromkeys(titles, (10**6,) * 10), titles)


SHOWN = (None, Drawn(), Drawn("F1", "k"))
FILES = {"F1": File("F1", "week.png", 1, complete=True)}


def whispers(filling, language):
    onlooker = Onlooker(language, ZONE, NOW)
    stories = tuple(a_story(filling, n) for n in range(25))
    queue = QueueView(stories, 10**6, tuple(NOW + timedelta(days=n) for n in range(3)), True, CHANNELS)
    yield queue_blocks(WORDS, onlooker, queue, 1, filled(filling, 200))
    yield choice_blocks(WORDS, onlooker, stories, ids.QUEUE_CANCEL)
    rows = tuple(Row(n + 1, filled(filling, 80), 10**6) for n in range(MOST_NAMES))
    board = Board(Period(PeriodName.QUARTER, NOW, NOW), rows, 10**6, 10**6, Own(10**6, 10, is_named=False))
    for measure in Measure:
        yield leaderboard_blocks(WORDS, Leaderboard(board, board, measure), language)
    figures = tuple(Figures(name, 10**6, 10**6) for name in PERIODS)
    for part, standing, n, is_public in product(Part, Standing, (1, 10**6), (True, False)):
        if part is not Part.IN or standing is not Standing.OUT:
            privacy = Privacy(language, part, standing, dict.fromkeys(KEPT, n), figures, n, is_public)
            yield privacy_blocks(WORDS, privacy)


def share_views(filling, language):
    story, ready = a_story(filling), tuple(captions(filling))
    everything = tuple(NETWORKS)
    shares = tuple(Share(key, opened_at=NOW, claimed_at=NOW, said_at=NOW) for key in NETWORKS)
    preferences = Preferences(language, everything, ".".join(["m" * 60] * 4), True, QuietHours(time(22), time(7)))
    used = {caption.id: 10**6 for caption in ready}
    sheet = ShareSheet(story, ready, ready[0], used, "d" * 200, shares, preferences, is_kept=True, is_unasked=True)
    for composer in (True, False):
        for own in (True, False):
            note = ShareNote(
                ID, "C0123456789", "1234567890.123456", ID, ID, own, 2**32 - 1, everything, preferences.mastodon,
                everything, is_unfolded=True, is_choosing=True,
            )  # fmt: skip
            form = ShareForm(filled(filling, 2500) if own else "", None, everything, everything, preferences.mastodon)
            said = WORDS.say(language, "share.networks_kept")
            yield share_modal(ShareView(WORDS, language, sheet, note, form, composer, True, said, said))


def setup_views(filling, language):
    mine = tuple(ChannelFacts(c.id, c.name, n % 2 == 0, n % 3 == 0, True, False) for n, c in enumerate(CHANNELS))
    groups = tuple(UserGroup(f"S0000000{n:03}", "h" * 80 + str(n), filled(filling, 80)) for n in range(150))
    fields = tuple(ProfileField(f"Xf{n}", filled(filling, 300)) for n in range(150))
    look = SetupLook(
        SETUP, CHANNELS, tuple(NOW + timedelta(days=n) for n in range(3)), "comms_channel_open",
        filled(filling, 100), {"en": "d" * 300, "nl": "d" * 300}, mine, groups, "",
        fields,
    )  # fmt: skip
    page = SetupPage(WORDS, language, look, NOW, filled(filling, 500))
    yield waiting_view(page)
    yield summary_view(page)
    for step in Step:
        yield step_view(page, step)
    for setup in (replace(SETUP, team_groups=tuple(group.id for group in groups[:10])), replace(SETUP, **BY_FIELD)):
        yield summary_view(replace(page, look=replace(look, setup=setup)))


def views(filling, language):
    story = a_story(filling)
    person = Person(1, "U1", "k", "n", "nl-NL", ZONE, Standing.NAMED, Preferences(language, tuple(NETWORKS), "m" * 255))
    draft = StoryDraft(
        story.link, story.title, story.sentence, "nl", story.captions, "", story.topics, story.image, story.alt,
        True, story.best_before, story.channels, story.due_at,
    )  # fmt: skip
    notes = (filled(filling, 3000), filled(filling, 3000))
    yield story_form_view(WORDS, language, StoryForm(draft, CHANNELS, "m" * 200, notes, "x" * 60))
    yield story_form_view(WORDS, language, StoryForm(draft, CHANNELS, "m" * 200, notes, None, is_edit=True))
    yield story_form_view(WORDS, language, StoryForm(draft, (), "m" * 200, notes, None, is_edit=True))
    yield reading_view(WORDS, language)
    for may in (True, False):
        suggested = IdeaDraft(story.link, filled(filling, LONGEST_WHY), is_of_message=may, may_be_thanked=may)
        yield idea_modal(WORDS, language, suggested)
        yield suggested_view(WORDS, language, Suggested(is_heard=may, is_told=may, is_joined=may))
    yield suggested_view(WORDS, language, Suggested(story))
    yield decline_modal(WORDS, language, an_idea(filling, IdeaState.OPEN))
    yield answered_view(WORDS, language)
    yield preferences_modal(WORDS, language, person)
    yield post_modal(WORDS, language, story, ShareNote(ID, "C0123456789", "1234567890.123456"))
    yield guidelines_modal(WORDS, language, "# x\n\n" + "\n\n".join([filled(filling, 4000)] * 120))
    yield from question_views(filling, language)
    yield from share_views(filling, language)
    yield from setup_views(filling, language)


def home_pages(filling, language):
    many = tuple(a_story(filling, n) for n in range(homes.MOST_QUEUED))
    shares = tuple(
        Share(key, NOW, NOW, NOW, NOW, post_url="https://example.com/" + "p" * 1900) for key in (*NETWORKS, "unknown")
    )
    mine = tuple(MyStory(story, shares, 10**6) for story in many[: homes.MOST_MINE])
    followed = Followed(10**6, 10**6, 10**6, 10**6, 10**6)
    counts = tuple(digesting.StoryCount(story, 10**6, 10**6, followed) for story in many[: homes.MOST_COUNTED])
    nowhere = frozenset(story.id for story in many)
    waiting = tuple(an_idea(filling, IdeaState.OPEN, number) for number in range(homes.MOST_IDEAS))
    about_ideas = {"ideas": waiting, "waiting_ideas": 10**6, "has_comms_channel": False}
    public = (
        EditorsHome(many, 10**6, counts, True, True, nowhere, counts_readers=is_so, **about_ideas)
        for is_so in (True, False)
    )
    states = (IdeaState.QUEUED, IdeaState.DECLINED, IdeaState.OPEN)
    suggested = tuple(
        MyIdea(n, many[n].link, filled(filling, LONGEST_WHY), state, True, many[n], WhyAnswer(WhyNot.HAD))
        for n, state in enumerate(states)
    )
    for part, editors in product(Part, public):
        fresh = many[: homes.MOST_FRESH]
        note, is_public = "home.file_sent", editors.counts_readers
        yield home_view(
            WORDS,
            Home(
                language, ZONE, NOW, part, Standing.NAMED, fresh, mine, 10**6, editors, note, 10**6, is_public,
                ideas=suggested, ideas_out=10**6,
            ),
        )  # fmt: skip


BOTH = pytest.mark.parametrize("language", ["en", "nl"])
ALL = pytest.mark.parametrize("filling", FILLINGS)


@BOTH
@ALL
def test_messages(filling, language):
    for message in messages(filling, language):
        text, blocks = render(WORDS, message)
        assert check_message(blocks, {}, FILES) == ("", []), message
        # More than this is cut when it is posted, and refused when it is changed.
        assert 0 < len(text) <= (4_000 if isinstance(message, StoryMessage | StoryTakenBack) else 40_000), message


@BOTH
@ALL
def test_what_is_whispered(filling, language):
    for blocks in whispers(filling, language):
        assert check_message(blocks, {}, {}) == ("", [])


@BOTH
@ALL
def test_modals(filling, language):
    for view in views(filling, language):
        assert check_view(view, "modal", {}, {}) == [], view["title"]


@BOTH
@ALL
def test_home(filling, language):
    for view in home_pages(filling, language):
        assert check_view(view, "home", {}, {}) == []


@BOTH
@ALL
def test_nothing_is_cut_within_what_slack_reads(filling, language):
    """Half a link or half an entity would be shown as it is written."""
    for message in messages(filling, language):
        _, blocks = render(WORDS, message)
        for text in mrkdwn_texts(blocks):
            assert text.count("<") == text.count(">"), text[-100:]
            assert all(piece.startswith(("amp;", "lt;", "gt;")) for piece in text.split("&")[1:]), text[-100:]


def mrkdwn_texts(found):
    if isinstance(found, list):
        for one in found:
            yield from mrkdwn_texts(one)
    elif isinstance(found, dict):
        if found.get("type") == "mrkdwn":
            yield found["text"]
        for one in found.values():
            yield from mrkdwn_texts(one)
