"""Everything that can be wrong in a content folder, read as the bot would read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.content_problem import ContentProblem, ContentUnusable
from bot.sources.content_folder import read_disclosure, read_guidelines, read_stories
from bot.sources.crisis_files import check_scenarios
from bot.sources.feeds_file import check_feeds
from bot.sources.language_lists import read_lists
from bot.sources.words_check import check_words

GUIDELINES = ("guidelines.en.md", "guidelines.nl.md")


@dataclass(frozen=True)
class Checked:
    """`counts`: how many of each kind can be used."""

    counts: Mapping[str, int]
    problems: tuple[ContentProblem, ...]


Part = tuple[int, list[ContentProblem]]


def check_content(folder: Path, shipped: Path) -> Checked:
    """All of it; what is not in the folder is none, and no problem: what ships stands in for it."""
    found = {name: look(folder) for name, look in PARTS.items()}
    found["words"] = check_words(folder, shipped)
    problems = [problem for _, wrong in found.values() for problem in wrong]
    return Checked({name: count for name, (count, _) in found.items()}, tuple(problems))


def _stories(folder: Path) -> Part:
    stories, problems = read_stories(folder)
    return len(stories), problems


def _disclosure(folder: Path) -> Part:
    try:
        return len(read_disclosure(folder).lines), []
    except ContentUnusable as error:
        return 0, list(error.problems)


def _guidelines(folder: Path) -> Part:
    there = 0
    problems: list[ContentProblem] = []
    for name in GUIDELINES:
        try:
            text = read_guidelines(folder, name.split(".")[1]) if (folder / name).exists() else None
        except ContentUnusable as error:
            problems += error.problems
            continue
        there += bool(text)
        if text == "":
            problems.append(ContentProblem(name, None, "it is empty", "Write what colleagues may post, or remove it."))
    return there, problems


def _phrases(folder: Path) -> Part:
    there = 0
    problems: list[ContentProblem] = []
    for path in sorted((folder / "language").glob("*.toml")):
        try:
            there += len(read_lists(path, path.stem).entries)
        except ContentUnusable as error:
            problems += error.problems
    return there, problems


PARTS: Mapping[str, Callable[[Path], Part]] = {
    "stories": _stories,
    "disclosure lines": _disclosure,
    "guidelines": _guidelines,
    "phrases": _phrases,
    "feeds": check_feeds,
    "scenarios": check_scenarios,
}
