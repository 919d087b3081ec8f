"""The folder that comms writes in: stories, disclosure lines, guidelines.

    content/
      stories/{slug}.md       a head (YAML between two lines ---) and a body
      disclosure.toml         the lines that say one works there, by language and country
      guidelines.{en,nl}.md   "What may I post?"

A story's head has `link`, `title`, `captions` (by language, 1-5 texts each), and if wanted `topics`, `image` with
`alt`, `best_before`, `commercial`, `channels`, `dilemma`. The first paragraph of the body is the human sentence, the
rest is background. disclosure.toml has a table a language and country, with one placeholder:

    [nl.NL]
    employee = "Ik werk bij {company}."
    commercial = "#ad Ik werk bij {company}."
"""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.domain.content_problem import ContentProblem, ContentUnusable
from bot.domain.disclosure import COMPANY, Disclosure, DisclosureLine
from bot.domain.stories import link_key
from bot.domain.story_file import StoryFile

LARGEST_FILE = 65_536

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.IGNORECASE)
_ENDS_OF_WORDS = re.compile(r"\{[^{}]*\}|[{}]")


def read_story(path: Path) -> StoryFile:
    """One story. Raises ContentUnusable with everything that is wrong with it."""
    # YAML is imported when a story is read, which a running bot never does.
    from bot.sources.story_head import story_of

    name = f"{path.parent.name}/{path.name}"
    if not _SLUG.fullmatch(path.stem):
        raise ContentUnusable(
            ContentProblem(name, None, "this name cannot be a slug", "Use letters, digits and single dashes.")
        )
    return story_of(path.stem.lower(), name, read_text(path, name))


def read_stories(folder: Path) -> tuple[list[StoryFile], list[ContentProblem]]:
    """All stories of a content folder by name, and what is wrong with the others; a bad file never stops the rest."""
    stories: dict[str, StoryFile] = {}
    linked: dict[str, Path] = {}
    problems: list[ContentProblem] = []
    for path in _story_paths(folder):
        try:
            story = read_story(path)
        except ContentUnusable as error:
            problems.extend(error.problems)
            continue
        if story.slug in stories:
            problems.append(_same_slug(path))
        elif (first := linked.setdefault(link_key(story.link), path)) is not path:
            problems.append(_same_link(path, first))
        else:
            stories[story.slug] = story
    return list(stories.values()), problems


def read_disclosure(folder: Path) -> Disclosure:
    """The disclosure lines; none when there is no such file. Raises ContentUnusable."""
    path = folder / "disclosure.toml"
    if not path.exists():
        return Disclosure()
    try:
        tables = tomllib.loads(read_text(path, path.name))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ContentUnusable(
            ContentProblem(path.name, None, f"it cannot be read ({error})", "Mend that line; texts stand in quotes.")
        ) from error
    problems = [problem for language, by in tables.items() for problem in _wrong_lines(path, language, by)]
    if problems:
        raise ContentUnusable(*problems)
    lines = ((language, country, said) for language, by in tables.items() for country, said in by.items())
    return Disclosure(
        tuple(DisclosureLine(lang, land, said["employee"], said["commercial"]) for lang, land, said in lines)
    )


def read_guidelines(folder: Path, language: str) -> str:
    """ "What may I post?" in that language (Markdown), else in English; empty when there are none."""
    for name in (f"guidelines.{language}.md", "guidelines.en.md"):
        if (folder / name).is_file():
            return read_text(folder / name, name).strip()
    return ""


def _story_paths(folder: Path) -> Sequence[Path]:
    stories = folder / "stories"
    if not stories.is_dir():
        return ()
    found = (path for path in stories.iterdir() if path.suffix.lower() == ".md" and not path.name.startswith("."))
    return sorted(found, key=lambda path: (path.name.lower(), path.name))


def _same_slug(path: Path) -> ContentProblem:
    return ContentProblem(
        f"stories/{path.name}", None, "another file has this name, but for capitals", "Give one of them another name."
    )


def _same_link(path: Path, first: Path) -> ContentProblem:
    name = f"stories/{path.name}"
    lines = enumerate(read_text(path, name).splitlines(), 1)
    line = next((number for number, line in lines if line.lstrip().startswith("link:")), None)
    return ContentProblem(
        name, line, f"its link is that of stories/{first.name} too", "Give one of them another link, or take it out."
    )


def read_text(path: Path, name: str) -> str:
    """The file as text with plain line ends. Raises ContentUnusable."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise ContentUnusable(ContentProblem(name, None, "it is no file", "Check what stands there."))
        if path.stat().st_size > LARGEST_FILE:
            raise ContentUnusable(
                ContentProblem(name, None, "it is larger than 64 kB", "Keep the story, link the rest.")
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentUnusable(ContentProblem(name, None, "it is not UTF-8", "Save it as UTF-8.")) from error
    except OSError as error:
        raise ContentUnusable(
            ContentProblem(name, None, f"it cannot be opened ({error.strerror})", "Check that it is a readable file.")
        ) from error


def _wrong_lines(path: Path, language: str, by_country: Any) -> list[ContentProblem]:
    if not isinstance(by_country, dict) or not all(isinstance(said, dict) for said in by_country.values()):
        what = f'"{language}" is no language with countries'
        return [ContentProblem(path.name, _line_of(path, language, None), what, "Write tables such as [nl.NL].")]
    wanted = ("employee", "commercial")
    return [
        ContentProblem(path.name, _line_of(path, f"{language}.{country}", key), *wrong)
        for country, said in by_country.items()
        for key in dict.fromkeys((*wanted, *said))
        if (wrong := _wrong_line(f"{language}.{country}", key, said.get(key), key in wanted)) is not None
    ]


def _wrong_line(table: str, key: str, line: Any, is_known: bool) -> tuple[str, str] | None:
    """What is wrong with it, and how to mend that."""
    if not is_known:
        return f'[{table}] knows no "{key}"', 'Only "employee" and "commercial".'
    if not isinstance(line, str) or not line.strip():
        return f'[{table}] has no "{key}"', f'Add {key} = "I work at {COMPANY}."'
    if _ENDS_OF_WORDS.findall(line) != [COMPANY]:
        return f'"{key}" of [{table}] names no company', f"Write {COMPANY} once, nothing else."
    return None


def _line_of(path: Path, table: str, key: str | None) -> int | None:
    """The line of this key in its table, else of the table; TOML's own reader does not keep them."""
    inside, found = False, None
    for number, line in enumerate(read_text(path, path.name).splitlines(), 1):
        if line.strip().startswith("["):
            inside = line.split("#")[0].strip() == f"[{table}]"
            found = number if inside else found
        elif inside and line.split("=")[0].strip() == key:
            return number
    return found
