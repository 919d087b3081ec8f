"""`passalong export PATH`: everything that is remembered, in one file; or a company's history, as a folder of CSV."""

from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import click

from bot.cli.environment import settings_or_exit, store_or_exit
from bot.cli.export_company import export_folder
from bot.cli.files import private_file
from bot.clock import system_clock
from bot.compose import ready_store
from bot.store import setup as setup_store
from bot.store.archive import TableFile
from bot.store.engine import Store
from bot.store.export_all import export_all

WARNING = """It holds people's data, and the key that recognises who was deleted. Only you can read the file now:
keep it so, and delete it once it is imported."""
IN_TOTALS = """The company shows totals alone (set-up, step 5), and these files have a row a person.
Nothing was written. To move house: --by-person, or a file with everything (a name such as everything.zip)."""


@click.command("export")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--csv/--everything", "as_csv", default=None, help="Whatever PATH is called.")
@click.option("--by-person", is_flag=True, help="CSV also where the company shows totals alone.")
def command(path: Path, as_csv: bool | None, by_person: bool) -> None:
    """Write what is remembered to PATH, as it is at this moment (also while `run` runs).

    A name with an ending, such as everything.zip, becomes one file that holds everything, for an empty database.

    A name without one, or a folder that is there, becomes a folder of people.csv, shares.csv and clicks.csv: whoever
    shared, what, and how many readers it brought. Nobody who did not share is in it, nobody who is out or left the
    company, and nothing they shared.
    """
    store = store_or_exit(settings_or_exit(), ready_store)
    if as_csv is None:
        as_csv = path.is_dir() or not path.suffix
    if as_csv:
        with closing(store):
            if store.read(setup_store.load_setup).totals_only and not by_person:
                raise click.ClickException(IN_TOTALS)
            export_folder(store, path)
        return
    _export(store, path)


def _export(store: Store, file: Path) -> None:
    if file.is_dir():
        raise click.ClickException(f"{file} is a folder. Name a file in it, such as {file / 'everything.zip'}.")
    made_by, made_at = f"Passalong {version('passalong')}", f"{system_clock():%Y-%m-%dT%H:%M:%SZ}"
    try:
        with private_file(file) as path, path.open("wb") as out:
            export_all(store, out, made_by, made_at, _tell)
    finally:
        store.close()
    click.echo(f"Written: {file} ({file.stat().st_size:,} bytes).\n{WARNING}")


def _tell(table: TableFile) -> None:
    click.echo(f"{table.rows:>12,} {table.name}")
