"""Scenarios as files: what is read, and every slip with its line and how to mend it."""

from pathlib import Path

import pytest

from bot.domain.crisis_scenario import Audience, Step, places
from bot.sources.content_check import check_content
from bot.sources.crisis_files import read_scenarios
from bot.sources.crisis_leftovers import left_over

SHIPPED = Path(__file__).parents[2] / "content"
LEAK = (SHIPPED / "crisis" / "data-leak.md").read_text()


def read(folder, text, name="data-leak.md"):
    (folder / "crisis").mkdir(exist_ok=True)
    (folder / "crisis" / name).write_text(text)
    return read_scenarios(folder)


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_a_scenario_is_read(tmp_path):
    (scenario,), problems = read(tmp_path, LEAK)
    assert (problems, scenario.is_whole) == ([], True)
    assert (scenario.slug, scenario.page, scenario.next_update, scenario.topics) == ("data-leak", "data", 60, None)
    assert scenario.audiences == (Audience("front-line", is_direct=True), Audience("everyone"))
    assert scenario.outside == (("website", None), ("social", None))
    english, dutch = scenario.texts
    assert (english.language, english.title) == ("en", "Personal data has leaked")
    assert english.steps[0] == Step(
        "Close the hole, and keep every trace: log files, mails, devices. Switch nothing off for good.",
        "Head of IT",
        "Security officer",
        15,
    )
    assert english.steps[-1].within is None
    assert dutch.statement.count("\n\n") == 2
    assert dutch.statement.endswith("vertellen we meer, ook als er niets nieuws is.")
    assert len(english.known) == len(dutch.known) == 3
    assert english.audiences[0].name == "Colleagues who speak to customers"
    assert dutch.outside[1].second_owner == "Woordvoerder"
    assert places(english.statement) == ("day and time", "what we closed", "time of the next update")


def test_what_a_company_fills_in_beforehand(tmp_path):
    text = LEAK.replace(
        "    direct: true", "    direct: true\n    groups: [service-desk]\n    channels: ['#support']", 1
    )
    text = text.replace("topics: all", "topics: [customers]").replace("social:", "social: https://example.org/us", 1)
    (scenario,), problems = read(tmp_path, text)
    assert problems == []
    assert scenario.audiences[0] == Audience("front-line", ("service-desk",), ("support",), True)
    assert scenario.topics == ("customers",)
    assert dict(scenario.outside)["social"] == "https://example.org/us"


@pytest.mark.parametrize(
    ("before", "after", "at", "said"),
    [
        ("next_update: 60", "next_update: soon", "next_update", '"next_update" is no number of minutes'),
        ("next_update: 60", "next_update: 2", "next_update", "Write minutes, 5 to 1440"),
        ("next_update: 60\n", "", "---", 'there is no "next_update"'),
        ("topics: all", "topics: [TODO]", "topics", '"TODO" is left over in "topics"'),
        ("topics: all", "topics: [a name [x]]", None, "the head cannot be read here"),
        ("page: data", "pagina: data", "pagina", '"pagina" is not known'),
        ("page: data", "page: Our page", "page", '"page" cannot stand in an address'),
        ("  social:\n", "  social: linkedin\n", "  social", 'the link of "social" is no link'),
        ("  everyone:\n", "  everyone:\n    groupes: [a]\n", "    groupes", '"groupes" of "everyone" is not known'),
        ("    direct: true", "    direct: sometimes", "    direct", '"direct" of "front-line" is neither'),
        ("    direct: true", "\tdirect: true", "\t", "there is a tab in this line"),
        ("Somebody may have seen,", "Somebody\tmay have seen,", "Somebody\t", "there is a tab in this line"),
        ("## Holding statement\n", "## Holding\n", "## Holding\n", '"Holding" is not known'),
        ("## Holding statement\n", "## Holding\n", "# en:", '"Holding statement" is missing in "en"'),
        ("(Head of IT / Security officer)", "(Head of IT)", "- 15 min", "there is no second owner"),
        ("(Head of IT / Security officer)", "(Head of IT / head of IT)", "- 15 min", "the second owner is the first"),
        ("(Head of IT / Security officer)", "", "- 15 min", "this is nobody's"),
        ("- 15 min: Close", "- some min: Close", "- some", '"some" is no number of minutes'),
        (
            "(Head of IT / Security officer)",
            "([name] / Security officer)",
            "- 15 min",
            '"[name]" cannot be filled in here',
        ),
        ("(Web editor / Press officer)", "(Web editor)", "### website", "there is no second owner"),
        ("### social: Our own", "### twitter: Our own", "### twitter", '"twitter: Our own social media pages'),
        ("### social: Our own", "### twitter: Our own", "## Outside", '"social" is missing here'),
        ("We have closed [what we closed].", "We have closed […].", "We have closed […", '"…" is left over'),
        ("[press officer and number]. You", "XXX. You", "- Journalists: XXX", '"XXX" is left over'),
        ("[press officer and number]. You", "[ ]. You", "- Journalists: [ ]", '"[ ]" is left over'),
        ("[press officer and number]. You", "[press officer. You", "- Journalists: [", '"[press officer. You needn'),
        ("[press officer and number]. You", "[here](intranet). You", "- Journalists: [here]", '"intranet" is no link'),
        ("What we know about the data leak", "", "## Page title", 'nothing stands under "Page title"'),
        ("What we know about the data leak", "leak " * 30, "## Page title", "this has 149 characters"),
        ("# nl: Er zijn", "# de: Er zijn", "# de:", "this heading names no language"),
        ("# nl: Er zijn", "# de: Er zijn", None, 'the language "nl" is missing'),
        ("- Achteraf: wat", "- 5 min: Achteraf: wat", None, 'the checklist in "nl" has other times'),
        ("# en: Personal", "Personal", "Personal", "this stands above the first language"),
    ],
)
def test_a_slip_is_said_with_its_line(tmp_path, before, after, at, said):
    assert before in LEAK
    text = LEAK.replace(before, after, 1)
    _, problems = read(tmp_path, text)
    found = [problem for problem in problems if said in str(problem)]
    assert found, [str(problem) for problem in problems]
    if at is not None:
        assert found[0].line == line_of(text, at)


def test_a_scenario_with_slips_is_still_there(tmp_path):
    """In a crisis a scenario with a bad link beats none."""
    (scenario,), problems = read(tmp_path, LEAK.replace("  social:\n", "  social: linkedin\n", 1))
    assert (len(problems), scenario.is_whole) == (1, False)
    assert scenario.texts[0].statement
    assert check_content(tmp_path, SHIPPED).counts["scenarios"] == 0


@pytest.mark.parametrize("text", ["", "no head", "---\n", "---\n[]\n---\n", "\0", "---\na: 1\n---\n" * 3000])
def test_what_is_no_scenario_at_all(tmp_path, text):
    scenarios, problems = read(tmp_path, text)
    assert scenarios == []
    assert problems


def test_paragraphs_points_and_comments(tmp_path):
    text = LEAK.replace(
        "On [day and time] we found out that people",
        "\n\nFirst this:\n- one\n  more\n- two <!-- not\nthis -->\n\n\nThen\nthat.\n\nOn",
        1,
    )
    ((scenario,), problems) = read(tmp_path, text)
    assert problems == []
    assert scenario.texts[0].statement.startswith("First this:\n- one more\n- two\n\nThen that.\n\nOn outside our")


def test_a_bad_file_never_stops_the_others_and_pages_differ(tmp_path):
    read(tmp_path, LEAK)
    read(tmp_path, LEAK, "other.md")
    scenarios, problems = read(tmp_path, "no head", "Bad name.md")
    assert [scenario.slug for scenario in scenarios] == ["data-leak", "other"]
    assert [problem.file for problem in problems] == ["crisis/Bad name.md", "crisis/other.md"]


def test_what_may_stay_until_then_and_what_was_forgotten():
    assert places("[what happened] and [what happened], see [our page](https://example.org) [x]") == ("what happened",)
    ready = (
        "[what happened], in August.",
        "[page](https://example.org)",
        "Mail <mailto:a@example.org>.",
        "Admin: he said",
    )
    assert [left_over(text) for text in ready] == [None] * 4
    for text in ("TODO", "to be [TBD]", "lorem ipsum", "and so on...", "__", "[]", "{name}", "<name>", "[a", "[?]"):
        assert left_over(text), text
