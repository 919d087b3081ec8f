"""A company's history as a folder of people.csv, shares.csv and clicks.csv."""

import csv
import os
from collections.abc import Iterable
from pathlib import Path

import click

from bot.domain.company_files import CLICKS, FILES, PEOPLE, SHARES
from bot.domain.sheet_cells import defused
from bot.store import setup as setup_store
from bot.store.company_export import Row, people_rows, reader_rows, share_rows
from bot.store.engine import Connection, Store
from bot.store.export_all import one_moment

HEADS = {
    PEOPLE: ("person", "name", "team", "joined", "state"),
    SHARES: ("share", "person", "story", "network", "shared_at", "proof", "title"),
    CLICKS: ("share", "visitor", "clicked_at"),
}


def export_folder(store: Store, folder: Path) -> None:
    """Write the three files, as they are at one moment; only you can read them. What is there stays as it is."""
    if there := [name for name in FILES if (folder / name).exists()]:
        raise click.ClickException(f"There is {' and '.join(there)} in {folder} already. Choose another folder.")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with one_moment(store) as connection:
            for name, rows in _files(connection).items():
                click.echo(f"{_write(folder / name, HEADS[name], rows):>12,} rows of {name}")
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror or error}.") from error
    click.echo(f"Written: {folder}. It holds people's data: delete it once it is read.")


def _files(connection: Connection) -> dict[str, Iterable[Row]]:
    zone = setup_store.load_setup(connection).zone
    staff = ((person, defused(name), defused(team), *rest) for person, name, team, *rest in people_rows(connection))
    shared = ((*row, defused(title)) for *row, title in share_rows(connection, zone))
    return {PEOPLE: staff, SHARES: shared, CLICKS: reader_rows(connection)}


def _write(path: Path, head: Row, rows: Iterable[Row]) -> int:
    count = 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(head)
        for row in rows:
            out.writerow(row)
            count += 1
    return count
