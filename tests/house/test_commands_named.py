"""Every command that the documents name exists, with the options shown; and every command is named somewhere."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import main

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SAID = re.compile(r"(?<![/\w])passalong ((?:[a-z]+\b|-)[^`\n#)]*)")
"""After `passalong` in a line of code; `/passalong` is Slack's."""


def spoken(text: str) -> Iterator[str]:
    """What stands in code, within a sentence or in a block."""
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL):
        yield from block.splitlines()


def commands_in(text: str) -> Iterator[list[str]]:
    for code in spoken(text):
        for said in SAID.findall(code):
            yield shlex.split(said.split("&&")[0])


def resolve(words: list[str]) -> list[str]:
    """The names of the command; raises click's errors for one that is not there, or an option it does not have."""
    command, names = main, []
    context = click.Context(main, info_name="passalong")
    while isinstance(command, click.Group) and words:
        found = command.get_command(context, words[0])
        if found is None:
            raise click.UsageError(f"passalong {' '.join([*names, words[0]])}")
        command, names, words = found, [*names, words[0]], words[1:]
        context = click.Context(command, parent=context, info_name=names[-1])
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    strange = [word for word in words if word.startswith("-") and word.partition("=")[0] not in known | {"--help"}]
    if strange:
        raise click.UsageError(f"passalong {' '.join(names)} has no {strange}")
    takes = sum(1 for parameter in command.params if isinstance(parameter, click.Argument))
    given = [word for word in words if not word.startswith("-")]
    if not any(not isinstance(p, click.Argument) for p in command.params) and len(given) > takes:
        raise click.UsageError(f"passalong {' '.join(names)} takes no {given[takes:]}")
    return names


def every_command(group: click.Group = main, before: tuple[str, ...] = ()) -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, (*before, name))
        else:
            yield " ".join((*before, name))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_that_are_named_exist(document: Path) -> None:
    for words in commands_in(document.read_text()):
        resolve(words)


def test_every_command_is_named() -> None:
    named = {" ".join(resolve(words)) for path in DOCUMENTS for words in commands_in(path.read_text())}
    assert set(every_command()) - named == set()


@pytest.mark.parametrize("wrong", ["restart", "export --all x.zip", "content unload", "backup a b"])
def test_what_is_not_there_is_found(wrong: str) -> None:
    [words] = commands_in(f"Say `passalong {wrong}`.")
    with pytest.raises(click.UsageError):
        resolve(words)
