"""`passalong import PATH`: a file is an export of everything; a folder is a company's history."""

from pathlib import Path

import click

from bot.cli.environment import only_one_or_exit, settings_or_exit, store_or_exit
from bot.cli.import_company import import_folder
from bot.compose import untouched_store
from bot.config import Settings
from bot.store.archive import NoExport, TableFile
from bot.store.import_all import import_all


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--skip-bad", is_flag=True, help="Of a folder: take the other rows of a file that has bad ones.")
def command(path: Path, skip_bad: bool) -> None:
    """Bring in what PATH holds.

    A file is everything that `passalong export FILE` wrote; it goes into an empty database, all of it or nothing.

    A folder is a company's history, from another tool or from `passalong export DIR`, and is added to what is there;
    twice is the same as once. It has people.csv (person, name, team, joined, and if wanted state: named, unnamed or
    out), shares.csv (share, person, story, network, shared_at, proof) and clicks.csv (share, visitor, clicked_at).
    """
    settings = settings_or_exit()
    if path.is_dir():
        import_folder(settings, path, skip_bad=skip_bad)
        return
    with only_one_or_exit(settings):
        _import(settings, path)


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
