"""Nothing is left lying about: every function, class, constant, id, setting and table is used by the bot itself.

Names are compared, not what they stand for: two things of one name hide one another. The sandbox is left out: it is a
tool for the tests, and they use it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import VARIABLES
from bot.slack import ids
from bot.store.tables import metadata

BOT = Path(__file__).parents[2] / "bot"
FILES = [path for path in BOT.rglob("*.py") if not {"sandbox", "versions"} & set(path.parts)]
HOUSE = [path for path in Path(__file__).parent.glob("*.py") if path.name != Path(__file__).name]
TREES = {path: ast.parse(path.read_text()) for path in (*FILES, *HOUSE)}

# Called by what they are made for: the parser of HTML, SQLAlchemy, the register of listeners, and Prometheus.
ASKED_FOR = {
    "handle_starttag",
    "handle_endtag",
    "handle_data",
    "impl",
    "cache_ok",
    "process_bind_param",
    "process_result_value",
    "COMMANDS",
    "collect",
    "list_commands",
    "get_command",
    "enqueue_message",
}


def named(tree: ast.AST) -> Iterator[str]:
    """Every name that is read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.attr


def defined(tree: ast.Module) -> Iterator[str]:
    """Functions, methods, classes, and what a module calls by a name of its own. A subcommand is called by click."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not any(map(is_subcommand, node.decorator_list)):
            yield node.name
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def is_subcommand(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).startswith("command.command(")


READ = {name for tree in TREES.values() for name in named(tree)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(BOT).as_posix())
def test_everything_defined_is_used(path: Path) -> None:
    names = {name for name in defined(TREES[path]) if not (name.startswith("__") and name.endswith("__"))}
    assert names - READ - ASKED_FOR == set()


def test_every_id_is_used() -> None:
    elsewhere = {
        node.attr
        for path in FILES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ids"
    }
    assert {name for name in vars(ids) if name.isupper()} - elsewhere == set()


def test_every_setting_is_used() -> None:
    read = {name for path in FILES if path.name != "config.py" for name in named(TREES[path])}
    assert set(VARIABLES) - read == set()


def test_every_table_is_used() -> None:
    read = {name for path in FILES if path.name != "tables.py" for name in named(TREES[path])}
    assert {table.name for table in metadata.sorted_tables} - read == set()


def test_every_place_that_is_asked_for_is_there() -> None:
    there = {name for path in FILES for name in defined(TREES[path])} | {
        target.id
        for path in FILES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    assert ASKED_FOR - there == set()
