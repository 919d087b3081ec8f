"""Which rows there are, and which of them are wanted."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from tests.bench import rows
from tests.bench.bench import Bench
from tests.bench.measure import Figure


def measured(bench: Bench, only: str | None) -> Iterator[Figure]:
    """The figures of all rows (on SQLite, and if full on PostgreSQL too), or of one row."""
    for module in _modules():
        for kind in _kinds(module, only, full=bench.full):
            for figure in module.measure(bench, kind):
                yield figure if kind == "sqlite" else replace(figure, key=f"{figure.key}.{kind}")


def names() -> list[str]:
    """What `--only` takes."""
    return [name for module in _modules() for key in module.KEYS for name in _both(module, key)]


def _both(module: ModuleType, key: str) -> list[str]:
    return [key, f"{key}.postgres"] if module.ON_POSTGRES else [key]


def _kinds(module: ModuleType, only: str | None, *, full: bool) -> list[str]:
    if only is not None and only.removesuffix(".postgres") not in module.KEYS:
        return []
    if only is not None:
        return ["postgres" if only.endswith(".postgres") else "sqlite"]
    return ["sqlite", "postgres"] if module.ON_POSTGRES and full else ["sqlite"]


def _modules() -> list[ModuleType]:
    return [import_module(f"{rows.__name__}.{found.name}") for found in iter_modules(rows.__path__)]
