"""`passalong import FILE`: an export, into an empty database."""

from pathlib import Path

import click

from bot.cli.environment import only_one_or_exit, settings_or_exit, store_or_exit
from bot.compose import untouched_store
from bot.config import Settings
from bot.store.archive import NoExport, TableFile
from bot.store.import_all import import_all


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Fill an empty database from FILE, which `passalong export` wrote: all of it or nothing."""
    settings = settings_or_exit()
    with only_one_or_exit(settings):
        _import(settings, file)


def _import(settings: Settings, file: Path) -> None:
    store = store_or_exit(settings, untouched_store)
    try:
        with file.open("rb") as found:
            manifest = import_all(store, found, _tell)
    except NoExport as error:
        raise click.ClickException(str(error)) from error
    finally:
        store.close()
    click.echo(f"Imported: what {manifest.made_by} exported on {manifest.made_at}.")
    click.echo(f"Delete {file} now: it holds people's data.")


def _tell(table: TableFile) -> None:
    click.echo(f"{table.rows:>12,} {table.name}")
