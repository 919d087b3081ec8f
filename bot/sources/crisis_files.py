"""Scenarios as comms writes them down: content/crisis/{slug}.md. docs/crisis.md has the format.

A file with slips is still read: in a crisis a scenario with a bad link beats none. Only without a statement in any
language, or with a head that is no head, there is no scenario. What is wrong comes back as problems with their lines.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.domain.clean_text import clean
from bot.domain.content_problem import ContentProblem, ContentUnusable
from bot.domain.crisis_scenario import LANGUAGES, Scenario, ScenarioText, Written
from bot.sources.content_folder import read_text
from bot.sources.crisis_body import Line, Part, parts_of
from bot.sources.crisis_head import Head
from bot.sources.crisis_text import Wanted, text_of
from bot.sources.front_matter import read_front_matter

FOLDER = "crisis"

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_scenarios(folder: Path) -> tuple[int, list[ContentProblem]]:
    """How many scenarios of a content folder are whole, and everything that is wrong."""
    scenarios, problems = read_scenarios(folder)
    return sum(scenario.is_whole for scenario in scenarios), problems


def read_scenarios(folder: Path) -> tuple[list[Scenario], list[ContentProblem]]:
    """All scenarios of a content folder by name, those with slips too, and everything that is wrong."""
    scenarios: list[Scenario] = []
    problems: list[ContentProblem] = []
    for path in sorted((folder / FOLDER).glob("*.md")):
        scenario, wrong = _read(path)
        scenarios += [scenario] if scenario else []
        problems += wrong
    return scenarios, problems + _same_pages(scenarios)


def written_scenarios(folder: Path) -> Written:
    """The scenarios of a content folder as they are now; what is wrong with them is for `content check`."""
    names = tuple(sorted(path.stem for path in (folder / FOLDER).glob("*.md")))
    return Written(tuple(read_scenarios(folder)[0]), names)


def _read(path: Path) -> tuple[Scenario | None, list[ContentProblem]]:
    name = f"{FOLDER}/{path.name}"
    try:
        if not _SLUG.fullmatch(path.stem):
            mend = "Use small letters, digits and single dashes."
            raise ContentUnusable(ContentProblem(name, None, "this name cannot be a slug", mend))
        return _Reading(path.stem, name, read_text(path, name)).scenario()
    except ContentUnusable as error:
        return None, list(error.problems)


class _Reading:
    """One file being read."""

    def __init__(self, slug: str, file: str, text: str) -> None:
        text = clean(text)
        self._slug = slug
        self._file = file
        self._front = read_front_matter(file, text)
        self._first_line = text.count("\n") - self._front.body.count("\n") + 1
        self._problems = list(self._front.problems)

    def scenario(self) -> tuple[Scenario | None, list[ContentProblem]]:
        head = Head(self._front, self._wrong)
        head.check_keys()
        audiences, outside, languages = head.audiences(), head.outside(), head.languages()
        found = Scenario(
            slug=self._slug,
            page=head.page(self._slug),
            next_update=head.next_update(),
            audiences=audiences,
            outside=outside,
            topics=head.topics(),
            texts=self._texts(languages, Wanted([one.key for one in audiences], [key for key, _ in outside])),
        )
        problems = sorted(self._problems, key=lambda problem: problem.line or 0)
        if not any(text.statement for text in found.texts):
            return None, problems
        return replace(found, is_whole=not problems), problems

    def _texts(self, languages: tuple[str, ...], wanted: Wanted) -> tuple[ScenarioText, ...]:
        self._no_tabs()
        parts, strays = parts_of(self._front.body, self._first_line)
        for stray in strays[:1]:
            self._wrong(stray.number, "this stands above the first language", 'Start with "# en: Title".')
        by_language: dict[str, Part] = {}
        for part in parts:
            self._sort_out(part, by_language, languages)
        for language in languages:
            if language not in by_language:
                mend = f'Add "# {language}: Title" and its sections, or say languages: without it.'
                self._wrong(None, f'the language "{language}" is missing', mend)
        texts = {language: text_of(part, wanted, self._wrong) for language, part in by_language.items()}
        self._same_steps(texts, by_language)
        return tuple(texts[language] for language in languages if language in texts)

    def _sort_out(self, part: Part, by_language: dict[str, Part], languages: tuple[str, ...]) -> None:
        heading = Line(part.title, part.line)
        if part.language not in LANGUAGES:
            mend = f'Write "# {LANGUAGES[0]}: {heading.text[:40]}". A heading inside a language has two # or three.'
            self._wrong(part.line, "this heading names no language", mend)
        elif part.language in by_language:
            self._wrong(part.line, f'"{part.language}" stands here a second time', "Make them one.")
        else:
            by_language[part.language] = part
            if part.language not in languages:
                self._wrong(part.line, f'"languages" has no "{part.language}"', "Add it there, or take this part out.")

    def _same_steps(self, texts: Mapping[str, ScenarioText], parts: Mapping[str, Part]) -> None:
        """Steps are ticked off by their number, whoever reads them in which language."""
        first, *others = texts or [""]
        for language in others:
            mine, theirs = texts[language].steps, texts[first].steps
            line = parts[language].sections["steps"].heading.number if "steps" in parts[language].sections else None
            if mine and theirs and [step.within for step in mine] != [step.within for step in theirs]:
                what = f'the checklist in "{language}" has {len(mine)} steps, in "{first}" {len(theirs)}'
                if len(mine) == len(theirs):
                    what = f'the checklist in "{language}" has other times than in "{first}"'
                self._wrong(line, what, "They are ticked off in every language at once: keep the same steps in order.")

    def _no_tabs(self) -> None:
        for number, line in enumerate(self._front.body.split("\n"), self._first_line):
            if "\t" in line:
                self._wrong(number, "there is a tab in this line", "Use spaces instead.")

    def _wrong(self, line: int | None, what: str, mend: str) -> None:
        self._problems.append(ContentProblem(self._file, line, what, mend))


def _same_pages(scenarios: list[Scenario]) -> list[ContentProblem]:
    problems: list[ContentProblem] = []
    pages: dict[str, str] = {}
    for scenario in scenarios:
        if scenario.page in pages:
            what = f'its page "{scenario.page}" is that of {pages[scenario.page]}.md too'
            problems.append(ContentProblem(f"{FOLDER}/{scenario.slug}.md", None, what, "Give it another page:."))
        pages.setdefault(scenario.page, scenario.slug)
    return problems
