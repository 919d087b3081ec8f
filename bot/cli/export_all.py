"""`passalong export FILE`: everything that is remembered, in one file."""

from importlib.metadata import version
from pathlib import Path

import click

from bot.cli.environment import settings_or_exit, store_or_exit
from bot.cli.files import private_file
from bot.clock import system_clock
from bot.compose import ready_store
from bot.store.archive import TableFile
from bot.store.export_all import export_all

WARNING = """It holds people's data, and the key that recognises who was deleted. Only you can read the file now:
keep it so, and delete it once it is imported."""


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write everything that is remembered to FILE, a zip, as it is at this moment (also while `run` runs)."""
    store = store_or_exit(settings_or_exit(), ready_store)
    made_by, made_at = f"Passalong {version('passalong')}", f"{system_clock():%Y-%m-%dT%H:%M:%SZ}"
    try:
        with private_file(file) as path, path.open("wb") as out:
            export_all(store, out, made_by, made_at, _tell)
    finally:
        store.close()
    click.echo(f"Written: {file} ({file.stat().st_size:,} bytes).\n{WARNING}")


def _tell(table: TableFile) -> None:
    click.echo(f"{table.rows:>12,} {table.name}")
