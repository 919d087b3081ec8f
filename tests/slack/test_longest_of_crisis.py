"""A crisis with the longest it can hold, in both languages: Slack takes it, and what matters most is in it."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from bot.actions.answer_question import Waiting
from bot.actions.ask_comms import AskSheet
from bot.actions.look_at_crisis import CrisisLog
from bot.domain.crisis import (
    LONGEST_LESSONS,
    LONGEST_UPDATE,
    CrisisAnswer,
    CrisisAudience,
    CrisisStep,
    CrisisText,
    CrisisUpdate,
    Did,
    Known,
    Progress,
    Reach,
)
from bot.domain.crisis_desk import CrisisDesk, HeldStory, ReadyScenario, Review, StartSheet
from bot.domain.crisis_scenario import (
    LONGEST_LINE,
    LONGEST_OUTSIDE,
    LONGEST_PLACE,
    LONGEST_STATEMENT,
    LONGEST_TITLE,
    MOST_AUDIENCES,
    MOST_LINES,
    MOST_OUTSIDE,
    MOST_STEPS,
    AudienceText,
    OutsideText,
    Scenario,
    ScenarioText,
    Step,
)
from bot.domain.home import Home, Part
from bot.domain.messages import CrisisReminder
from bot.domain.people import Standing
from bot.domain.questions import LONGEST, Question, QuestionState
from bot.sandbox.blocks_check import check_message, check_view
from bot.slack.blocks.answer_modal import answer_modal
from bot.slack.blocks.ask import crisis_ask_modal
from bot.slack.blocks.crisis_held import held_modal
from bot.slack.blocks.crisis_home import crisis_home
from bot.slack.blocks.crisis_log import log_file
from bot.slack.blocks.crisis_start import choose_modal, confirm_modal
from bot.slack.blocks.crisis_tell import fill_modal, preview_modal, still_open
from bot.slack.blocks.crisis_work import checklist_modal, end_modal, lessons_modal, update_modal
from bot.slack.blocks.queue_list import Onlooker
from bot.slack.blocks.render import render
from tests.slack.crisis_desk import NOW, OVER, WORDS, ZONE, a_card, a_crisis, a_message
from tests.slack.test_crisis_windows import STORY

FILLINGS = {"plain": "Verantwoordelijkheidsgevoel ", "unsafe": "<&>", "emoji": "👩🏽‍🚒", "formats": "*_~` "}
ALL = pytest.mark.parametrize(("filling", "language"), tuple(product(FILLINGS.values(), ("en", "nl"))))
PAGE = f"https://passalong.example.org/now/{'p' * 100}"
DAY = timedelta(days=1)


def of(filling: str, most: int) -> str:
    return (filling * most)[:most].strip()


def a_text(filling: str, language: str, *, places: int = 0) -> CrisisText:
    """Every list full; `places` of them, each of its own."""

    def line(n: int) -> str:
        place = f" [{'abcdefghij'[n % 10]}{n} {of('x', LONGEST_PLACE - 6)}]" if n < places else ""
        return f"{n} {of(filling, LONGEST_LINE - 70)}{place}"

    def lines(start: int) -> tuple[str, ...]:
        return tuple(line(start + n) for n in range(MOST_LINES))

    role = of(filling, 120)
    title, statement = of(filling, LONGEST_TITLE), of(filling, LONGEST_STATEMENT)
    text = ScenarioText(
        language,
        title,
        statement,
        statement,
        title,
        tuple(Step(line(n), role, role, 1_000) for n in range(MOST_STEPS)),
        *(lines(10 * number) for number in range(6)),
        tuple(AudienceText(f"a{n}", of(filling, 100), line(60 + n)) for n in range(MOST_AUDIENCES)),
        tuple(
            OutsideText(f"o{n}", of(filling, 100), role, role, of(filling, LONGEST_OUTSIDE))
            for n in range(MOST_OUTSIDE)
        ),
    )
    return CrisisText(text, lines(0))


def a_known(filling: str, *, places: int = 0, **changes: Any) -> Known:
    """10 audiences, 40 updates, 100 answers."""
    names = {language: of(filling, 100) for language in ("en", "nl")}
    ids = tuple(f"C0000000{n}" for n in range(10))
    audiences = tuple(
        CrisisAudience(f"a{n}", names, {}, ids, ids, True, NOW, 99_999, 99_000, 999, NOW, NOW, NOW - DAY, 9_999)
        for n in range(MOST_AUDIENCES)
    )
    news = {language: of(filling, LONGEST_UPDATE) for language in ("en", "nl")}
    return Known(
        crisis=a_crisis(id=2**62, topics=tuple(of(filling, 100) for _ in range(40)), **changes),
        texts=tuple(a_text(filling, language, places=places) for language in ("en", "nl")),
        audiences=audiences,
        updates=tuple(CrisisUpdate(NOW + n * DAY, news) for n in range(40)),
        answers=tuple(CrisisAnswer(NOW, "nl", of(filling, 500), of(filling, 3_000)) for _ in range(100)),
        ticked=frozenset(range(MOST_STEPS)),
        outside=frozenset(f"o{n}" for n in range(0, MOST_OUTSIDE, 2)),
        links={f"o{n}": f"https://example.com/{'l' * 900}" for n in range(MOST_OUTSIDE)},
    )


@ALL
def test_messages(filling: str, language: str) -> None:
    for direct, changes in product((True, False), ({}, {"is_rehearsal": True}, {"ended_at": NOW})):
        more = {"is_direct": direct, "stands": PAGE, "language": language, "page": PAGE if direct else None}
        full = a_known(filling, **changes)
        for known in (full, replace(full, updates=()), replace(full, updates=full.updates[:1], answers=())):
            text, blocks = check_drawn(a_message(known=known, audience="a9", **more))
            newest = known.updates[-1].texts[language] if known.updates else known.texts[0].text.statement
            assert WORDS.say(language, "crisis.list.known") in str(blocks)
            assert (filling != FILLINGS["plain"]) or newest[:400] in str(blocks)
            assert len(text) < 3_000
    check_drawn(CrisisReminder(a_known(filling), "a9", language, PAGE))


@ALL
def test_the_card(filling: str, language: str) -> None:
    names = dict.fromkeys(("anna", "bram"), of(filling, 200))
    over = {"state": OVER.state, "ended_at": NOW, "lessons": of(filling, LONGEST_LESSONS)}
    for changes in ({}, over, {"next_update_at": None}, {"is_rehearsal": True}):
        known = a_known(filling, **changes)
        minutes = tuple((n, 99_999) for n in (5, 15, 30, 60, 120, 240))
        for reminded in (None, NOW):
            reach = tuple(Reach(replace(a, reminded_at=reminded), 99_999, 9_999, DAY, minutes) for a in known.audiences)
            progress = Progress(99_999, 9_999, DAY)
            more = {"known": known, "reach": reach, "progress": progress, "names": names, "held": 9_999, "page": PAGE}
            check_drawn(a_card(language=language, not_told=tuple(f"C{n:010}" for n in range(500)), **more))


@ALL
def test_windows(filling: str, language: str) -> None:
    looks, known, open_ones = Onlooker(language, ZONE, NOW), a_known(filling), a_known(filling, places=70, told_at=None)
    texts = tuple(text.text for text in known.texts)
    practice = replace(known, crisis=replace(known.crisis, id=2**62 - 1, is_rehearsal=True))
    keys = tuple(f"a{n}" for n in range(MOST_AUDIENCES))
    ready = ReadyScenario(Scenario("s" * 60, "p" * 60, 30, (), (), (), texts), NOW)
    many = [replace(ready, scenario=replace(ready.scenario, slug=f"s{n}")) for n in range(60)]
    topics = tuple(f"{n}{of(filling, 90)}" for n in range(120))
    groups = tuple((f"S{n:09}", of(filling, 80)) for n in range(150))
    sheet = StartSheet(
        ready, False, 9_999, 9_999, topics, keys, tuple(of(filling, 80) for _ in range(99)), groups, True
    )
    story = replace(STORY, title=of(filling, 200), sentence=of(filling, 2_000), link=f"https://a.nl/{'l' * 2_000}")
    held = Review(tuple(HeldStory(replace(story, id=2**62 - n), n % 2 == 0) for n in range(99)), True)
    question = Question(
        id=2**62, lot="", story_id=None, text=of(filling, LONGEST), person_id=1, sealed=None, may_stand=True,
        state=QuestionState.OPEN, version=1, asked_at=NOW, answer=None, reason=None, stands=False, settled_by=None,
        settled_in=None, settled_at=None, channel="C0COMMS", ts="1.0", crisis_id=2**62,
    )  # fmt: skip
    asked = [Waiting(question, None, of(filling, 200), can_stand=can, has_left=not can) for can in (True, False)]
    drawn = (
        *(answer_modal(WORDS, language, one) for one in asked),
        crisis_ask_modal(WORDS, language, AskSheet(None, True), "n" * 60),
        choose_modal(WORDS, looks, CrisisDesk(tuple(many), None, None, 9_999), is_rehearsal=False),
        choose_modal(WORDS, looks, CrisisDesk((), known, None, 0), is_rehearsal=False),
        choose_modal(WORDS, looks, CrisisDesk(tuple(many), known, None, 0), is_rehearsal=True),
        choose_modal(WORDS, looks, CrisisDesk(tuple(many), known, practice, 0), is_rehearsal=True),
        confirm_modal(WORDS, looks, sheet),
        confirm_modal(
            WORDS, looks, replace(sheet, ready=replace(ready, scenario=replace(ready.scenario, topics=None)))
        ),
        fill_modal(WORDS, language, open_ones, still_open(WORDS, language, open_ones)),
        preview_modal(WORDS, looks, known, asks_second=True, can_publish=True, page=PAGE),
        update_modal(WORDS, language, known, of(filling, 5_000)),
        checklist_modal(WORDS, looks, known),
        end_modal(WORDS, language, known),
        lessons_modal(WORDS, language, a_known(filling, lessons=of(filling, LONGEST_LESSONS))),
        *(held_modal(WORDS, looks, held, page, of(filling, 150)) for page in (0, 5, 99)),
    )
    assert [found for view in drawn if (found := check_view(view, "modal", {}, {}))] == []
    assert all(len(view["private_metadata"]) <= 3_000 for view in drawn)


@ALL
def test_the_log(filling: str, language: str) -> None:
    steps = tuple(CrisisStep(NOW, did, "anna", {"title": of(filling, 200)}) for did in Did)
    assert log_file(WORDS, language, CrisisLog(a_known(filling), steps, (), {"anna": of(filling, 200)}, ZONE))


@ALL
def test_home(filling: str, language: str) -> None:
    home = Home(language, ZONE, NOW, Part.IN, Standing.NAMED, (), (), 0, None)
    blocks = crisis_home(WORDS, home, a_known(filling))
    assert check_view({"type": "home", "blocks": blocks}, "home", {}, {}) == []


def check_drawn(message: Any) -> tuple[str, list[dict[str, Any]]]:
    text, blocks = render(WORDS, message)
    assert check_message(blocks, {}, {}) == ("", [])
    assert 0 < len(text) <= 4_000
    return text, blocks
