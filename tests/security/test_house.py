"""What only one file may do: fetch, parse what comes from outside, read the environment, run programs."""

import ast
from functools import cache
from pathlib import Path

import pytest

BOT = Path(__file__).parents[2] / "bot"
SANDBOX = "sandbox/"

ALONE: dict[str, set[str]] = {
    # Reading pages of others. The caller only names the errors of what the SDK sends; health asks its own port, and
    # the doctor the public address that stands in the settings.
    "urllib3": {"sources/fetch.py", "cli/health.py", "cli/doctor_links.py"},
    # The bytes of a picture, to an address that Slack gave for them.
    "urllib.request": {"slack/upload.py"},
    "http.client": {
        "sources/fetch.py",
        "slack/caller.py",
        "slack/refusals.py",
        "slack/counted.py",
        "slack/upload.py",
    },
    "requests": set(),
    "httpx": set(),
    "aiohttp": set(),
    "ftplib": set(),
    "smtplib": set(),
    "telnetlib": set(),
    "webbrowser": {"cli/demo/show.py"},
    "ssl": {"compose/clients.py", "slack/counted.py", "sources/fetch.py"},
    # Parsing what others wrote.
    "yaml": {"sources/front_matter.py"},
    "frontmatter": {"sources/front_matter.py"},
    "tomllib": {"sources/words.py", "sources/content_folder.py", "sources/feeds_file.py", "sources/language_lists.py"},
    "html.parser": {"sources/html_text.py", "sources/previews.py"},
    # Feeds: expat looks for traps before anything else reads them.
    "xml": {"sources/feed_guard.py"},
    "lxml": set(),
    "feedparser": {"sources/feed_text.py"},
    "defusedxml": set(),
    "pickle": set(),
    "marshal": set(),
    "shelve": set(),
    "dill": set(),
    # Running things: ourselves once more, to draw, and nothing that anybody typed.
    "subprocess": {"sources/painter.py"},
    "ctypes": set(),
    "pty": set(),
}
NEVER_CALLED = {"eval", "exec", "compile", "__import__", "breakpoint"}
LOADERS = {"load", "load_all", "full_load", "unsafe_load", "UnsafeLoader", "FullLoader", "Loader"}


@cache
def _files() -> list[tuple[str, list[ast.AST]]]:
    """Every node of every file; the sandbox stands beside the house."""
    found = [(str(path.relative_to(BOT)), path) for path in sorted(BOT.rglob("*.py"))]
    return [(name, _nodes(path)) for name, path in found if not name.startswith(SANDBOX)]


def _nodes(path: Path) -> list[ast.AST]:
    kinds = (ast.Import, ast.ImportFrom, ast.Call, ast.Attribute)
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)]


def imports_of(folder: str = "") -> dict[str, set[str]]:
    """By file: every module that it imports, by its full name."""
    found: dict[str, set[str]] = {}
    for name, nodes in _files():
        if not name.startswith(folder):
            continue
        plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        froms = {f"{node.module}.{a.name}" for node in nodes if isinstance(node, ast.ImportFrom) for a in node.names}
        found[name] = plain | froms
    return found


@pytest.fixture(scope="module")
def imported() -> dict[str, set[str]]:
    return imports_of()


@pytest.mark.parametrize("module", ALONE)
def test_who_imports_it(imported: dict[str, set[str]], module: str) -> None:
    users = {file for file, names in imported.items() if any(f"{name}.".startswith(f"{module}.") for name in names)}
    assert users <= ALONE[module], f"{module} is not for these"


def test_sockets_are_opened_in_few_places() -> None:
    """Outgoing connections: pages by fetch, Slack by its SDK."""
    callers = {
        name
        for name, nodes in _files()
        for node in nodes
        if isinstance(node, ast.Attribute) and node.attr in ("create_connection", "socket_connect", "urlopen")
    }
    assert callers <= {"sources/fetch.py"}


def test_nothing_runs_what_it_was_given() -> None:
    for name, nodes in _files():
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in NEVER_CALLED, (name, node.lineno)


def test_yaml_is_only_loaded_safely() -> None:
    for name, nodes in _files():
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "yaml":
                assert node.attr not in LOADERS, (name, node.lineno)


def test_sql_is_never_put_together_from_texts() -> None:
    """Statements are SQLAlchemy's; the few in plain SQL are written out, with nothing filled in."""
    for name, nodes in _files():
        for node in nodes if name.startswith("store/") else []:
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("exec_driver_sql", "text", "execute"):
                filled = [arg for arg in node.args if isinstance(arg, ast.JoinedStr | ast.BinOp)]
                assert not filled or name in PRAGMAS, (name, node.lineno)


PRAGMAS = {"store/engine.py", "store/backup.py", "store/import_all.py", "store/migrate.py"}
"""PRAGMAs, names of our own tables, a number of our own: nothing of anybody else."""
