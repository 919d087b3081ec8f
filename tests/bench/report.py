"""The table."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.bench.measure import Figure


def print_table(figures: Sequence[Figure], seconds: float) -> None:
    """One line a promise; what is missed stands out."""
    table = Table(box=None, padding=(0, 1))
    for name in ("", "key", "what"):
        table.add_column(name, overflow="fold")
    for name in ("A", "B", "ratio", "floor", "rounds"):
        table.add_column(name, justify="right", no_wrap=True)
    for figure in figures:
        mark = "[green]✓[/]" if figure.ok else "[red]✗[/]"
        b = "" if figure.b is None else _amount(figure.b, figure.unit)
        floor = f"{'≤' if figure.at_most else '≥'} {figure.floor:g}"
        cells = (_amount(figure.a, figure.unit), b, f"{figure.ratio:.3g}", floor, str(figure.rounds))
        table.add_row(mark, figure.key, figure.what, *cells)
    console = Console(width=160)
    console.print(table)
    missed = sum(not figure.ok for figure in figures)
    console.print(
        f"\n{len(figures)} promises in {seconds:.0f} s, {missed} not kept."
        if missed
        else f"\n{len(figures)} promises in {seconds:.0f} s, all kept."
    )


def _amount(value: float, unit: str) -> str:
    digits = 2 if value < 10 else 0
    return f"{value:,.{digits}f} {unit}"
