"""Who is a reader: the rules, tried on agents as they are sent."""

from collections import Counter
from pathlib import Path

import pytest

from bot.domain.clicks import PERSON, RULES, ClickKind, Visit, judge, kind_of
from bot.sources.crawlers import is_crawler

LINES = (Path(__file__).parent / "agents.txt").read_text(encoding="utf-8").splitlines()
AGENTS = [tuple(line.split("\t")) for line in LINES if line and not line.startswith("#")]
PHONE = next(agent for label, agent in AGENTS if "iPhone" in agent)
IN_APP = next(agent for _, agent in AGENTS if "[LinkedInApp]" in agent)
LINKEDIN = next(agent for _, agent in AGENTS if agent.startswith("LinkedInBot"))


def label_of(agent: str) -> str:
    return judge(Visit(agent), is_crawler).kind or "person"


@pytest.mark.parametrize(("label", "agent"), AGENTS, ids=lambda text: text[:60])
def test_every_agent_is_what_it_is(label, agent):
    assert label_of(agent) == label


def test_there_are_enough_of_each():
    counted = Counter(label for label, _ in AGENTS)
    assert len(set(AGENTS)) == len(AGENTS)
    assert counted.total() >= 100
    assert min(counted.values()) >= 20


@pytest.mark.parametrize("agent", ["", " ", "\t"])
def test_who_says_nothing_is_no_person(agent):
    assert judge(Visit(agent), is_crawler).kind is ClickKind.ROBOT


@pytest.mark.parametrize("agent", [PHONE, IN_APP])
@pytest.mark.parametrize(
    ("visit", "rule"),
    [
        ({"method": "HEAD"}, "HEAD"),
        ({"is_prefetch": True}, "prefetch"),
        ({"is_soon": True}, "seconds after minting"),
        ({"is_often": True}, "too often"),
    ],
)
def test_a_browser_does_not_always_mean_somebody_looks(agent, visit, rule):
    found = judge(Visit(agent, **visit), is_crawler)
    assert (found.name, found.kind) == (rule, ClickKind.ROBOT)


@pytest.mark.parametrize("more", [{"method": "HEAD"}, {"is_soon": True}, {"is_often": True}])
def test_a_networks_crawler_is_a_preview_however_it_asks(more):
    """LinkedIn's comes while the post is being written."""
    assert judge(Visit(LINKEDIN, **more), is_crawler).kind is ClickKind.PREVIEW


def test_the_list_of_others_is_asked_last():
    """It takes Slack's apps for crawlers: our own rules come first, and most agents never get there."""

    def everybody(agent: str) -> bool:
        return True

    slack = next(agent for _, agent in AGENTS if "Slack_SSB" in agent)
    assert judge(Visit(slack), everybody).is_person
    assert judge(Visit(PHONE), everybody).name == "known crawler"
    assert is_crawler(slack), "the exception is needed still"


def test_every_rule_has_its_own_name_and_a_reason():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason.endswith(".") for rule in RULES)
    assert RULES[-1] is PERSON


@pytest.mark.parametrize(
    ("is_colleague", "was_here", "kind"),
    [
        (False, False, ClickKind.READER),
        (False, True, ClickKind.REPEAT),
        (True, False, ClickKind.COLLEAGUE),
        (True, True, ClickKind.COLLEAGUE),
    ],
)
def test_a_person_is_one_of_three(is_colleague, was_here, kind):
    assert kind_of(PERSON, is_colleague=is_colleague, was_here=was_here) is kind
    robot = RULES[0]
    assert kind_of(robot, is_colleague=is_colleague, was_here=was_here) is ClickKind.ROBOT
