"""The scenarios that ship can be sent as they are once their places are filled in, in both languages."""

import re
from pathlib import Path

import pytest

from bot.domain.crisis_scenario import EVERYONE, places
from bot.sources.crisis_files import read_scenarios

SCENARIOS, PROBLEMS = read_scenarios(Path(__file__).parents[2] / "content")
TEXTS = [pytest.param(one, text, id=f"{one.slug}-{text.language}") for one in SCENARIOS for text in one.texts]
HOLLOW = re.compile(
    r"\b(regret any inconvenience|inconvenience|take .* very seriously|stakeholders?|impact\w*|proactive\w*|mitigat\w*|"
    r"ongemak|betreuren|middels|teneinde|naar aanleiding van|met betrekking tot|stakeholders?|organisatie)\b",
    re.IGNORECASE,
)


def test_six_are_there_and_nothing_is_wrong_with_them() -> None:
    assert [str(problem) for problem in PROBLEMS] == []
    slugs = {scenario.slug for scenario in SCENARIOS}
    assert slugs == {"data-leak", "outage", "accident", "recall", "rumour", "colleague"}
    assert all([text.language for text in scenario.texts] == ["en", "nl"] for scenario in SCENARIOS)


@pytest.mark.parametrize(("scenario", "text"), TEXTS)
def test_each_says_what_is_needed_and_no_more(scenario, text) -> None:
    assert len(text.statement.split()) <= 110, "a holding statement is read aloud in less than a minute"
    assert 6 <= len(text.steps) <= 9
    assert 2 <= len(text.say) <= 4 >= len(text.dont_say) >= 2
    assert scenario.audiences[-1].key == EVERYONE
    assert not HOLLOW.search(repr(text)), HOLLOW.search(repr(text))
    assert any(re.search("update|bericht", place) for place in places(text.statement)), "says when it says more"


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.slug)
def test_both_languages_say_the_same(scenario) -> None:
    english, dutch = scenario.texts
    for part in ("known", "unknown", "doing", "say", "dont_say", "send_to"):
        assert len(getattr(english, part)) == len(getattr(dutch, part)), part
    assert len(places(english.statement)) == len(places(dutch.statement))
