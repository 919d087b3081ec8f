"""Nothing is left lying about: every function, class, constant, id, setting and table is used by the bot itself.

What stands in a module is told apart by its module. Of methods names are compared: two of one name hide one another.
The sandbox is left out: it is a tool for the tests, and they use it.
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

# Called by what they are made for: the parser of HTML, SQLAlchemy, the register of listeners, Prometheus, and whoever
# kills the bot at a place.
ASKED_FOR = {
    "handle_starttag",
    "handle_endtag",
    "handle_data",
    "impl",
    "cache_ok",
    "process_bind_param",
    "process_result_value",
    "COMMANDS",
    "register",
    "watch",
    "collect",
    "list_commands",
    "get_command",
    "enqueue_message",
    "do_GET",
    "log_message",
}


def named(tree: ast.AST) -> Iterator[str]:
    """Every name that is read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.attr


def defined(tree: ast.Module) -> Iterator[str]:
    """Functions, methods, classes, and what a module calls by a name of its own. A command is called by click."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not any(map(is_command, node.decorator_list)):
            yield node.name
    yield from assigned(tree)


def on_top(tree: ast.Module) -> Iterator[str]:
    """Those of them that others can import."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not any(map(is_command, node.decorator_list)):
            yield node.name
    yield from assigned(tree)


def assigned(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def is_command(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).startswith(("click.command(", "click.group(", "command.command("))


def module_of(path: Path) -> str:
    """As it is imported."""
    parts = path.relative_to(BOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> dict[str, str]:
    """What names stand for that come from elsewhere."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            found |= {one.asname or one.name: one.name for one in node.names}
    return found


IMPORTED = {module_of(path): imported(tree) for path, tree in TREES.items()}


def origin(full: str) -> str:
    """Where it is defined: a module may hand on what it imports."""
    module, _, name = full.rpartition(".")
    handed_on = IMPORTED.get(module, {}).get(name)
    return full if full in IMPORTED or handed_on is None else origin(handed_on)


def read_by(path: Path) -> Iterator[str]:
    """What this file reads of its own and of other modules, by its whole name."""
    module = module_of(path)
    names = IMPORTED[module]
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield origin(names.get(node.id, f"{module}.{node.id}"))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield origin(f"{names[node.value.id]}.{node.attr}")


READ = {name for tree in TREES.values() for name in named(tree)}
READ_IN_FULL = {name for path in TREES for name in read_by(path)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(BOT).as_posix())
def test_everything_defined_is_used(path: Path) -> None:
    names = {name for name in defined(TREES[path]) if not (name.startswith("__") and name.endswith("__"))}
    assert names - READ - ASKED_FOR == set()
    mine = {name for name in on_top(TREES[path]) if f"{module_of(path)}.{name}" not in READ_IN_FULL}
    assert {name for name in mine if not name.startswith("__")} - ASKED_FOR == set()


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
    read = {name for path in FILES if path.parent.name != "tables" for name in named(TREES[path])}
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
