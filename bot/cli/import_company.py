"""A folder of people.csv, shares.csv and clicks.csv, into the database."""

from pathlib import Path

import click

from bot.actions.import_company import import_company
from bot.cli.environment import store_or_exit
from bot.clock import system_clock
from bot.config import Settings
from bot.domain.company_files import FILES, BadRow
from bot.sources.company_folder import is_company

MOST = 100
"""Bad rows of a file that are named one by one."""


def import_folder(settings: Settings, folder: Path, *, skip_bad: bool) -> None:
    """Import it, and say what came of it; ends with status 1 when anything was refused."""
    if not is_company(folder):
        raise click.ClickException(f"There is no {', '.join(FILES[:2])} or {FILES[2]} in {folder}.")
    told = _Told()
    store = store_or_exit(settings)
    try:
        done = import_company(store, folder, settings.visitor_salt, system_clock(), told.tell, skip_bad=skip_bad)
    finally:
        store.close()
    for file in FILES:
        if (folder / file).is_file():
            click.echo(_line(file, done.taken[file], done.left_out[file], done.bad[file], refused=file in done.refused))
    click.echo(f"{done.readers:>12,} readers, each counted once ({settings.visitor_salt})")
    if done.refused:
        told.rest()
        raise click.ClickException(
            f"Nothing was taken of {' and '.join(done.refused)}. Mend these rows, or pass them over with --skip-bad."
        )
    told.rest()


def _line(file: str, taken: int, left_out: int, bad: int, *, refused: bool) -> str:
    out = f", {left_out:,} left out (of people who take no part, or counted here already)" if left_out else ""
    passed = f", {bad:,} bad" if bad else ""
    return f"{0 if refused else taken:>12,} rows of {file}{out}{passed}"


class _Told:
    """Names the first bad rows of each file, and counts the rest."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def tell(self, bad: BadRow) -> None:
        self._counts[bad.file] = count = self._counts.get(bad.file, 0) + 1
        if count <= MOST:
            click.echo(f"{bad.file}:{bad.line}: {bad.reason}", err=True)

    def rest(self) -> None:
        for file, count in self._counts.items():
            if count > MOST:
                click.echo(f"{file}: and {count - MOST:,} more", err=True)
