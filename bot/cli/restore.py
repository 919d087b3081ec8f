"""`passalong restore FILE`: go back to a backup of an SQLite database."""

import shutil
from dataclasses import replace
from pathlib import Path

import click

from bot.actions.come_back import come_back
from bot.cli.environment import only_one_or_exit, settings_or_exit, store_or_exit
from bot.cli.files import private_file
from bot.clock import system_clock
from bot.compose import open_store
from bot.config import Settings
from bot.domain.stories import Story
from bot.store.backup import NoBackup, change_places, file_of, look_through


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Put the backup FILE in the place of the SQLite database, which is kept aside. Stop the bot first."""
    settings = settings_or_exit()
    database = file_of(settings.database_url)
    if database is None:
        raise click.ClickException("The database is on a server: use its own tool, pg_restore. See docs/operations.md.")
    with only_one_or_exit(settings):
        _put_in_place(settings, file, database)


def _put_in_place(settings: Settings, file: Path, database: Path) -> None:
    now = system_clock()
    new = database.with_name(f"{database.name}.{now:%Y%m%d-%H%M%S}.new")
    aside = database.with_name(f"{database.name}.{now:%Y%m%d-%H%M%S}.old")
    try:
        look_through(file)
        with private_file(new) as path:
            shutil.copyfile(file, path)
            overdue = _prepared(settings, path)
    except NoBackup as error:
        raise click.ClickException(str(error)) from error
    was_there = database.exists()
    change_places(new, database, aside)
    click.echo(f"{database} is the backup now." + (f" What was there is kept as {aside}." if was_there else ""))
    _say_what_to_do(overdue)


def _prepared(settings: Settings, path: Path) -> list[Story]:
    """Today's shape, and nothing that goes out by itself."""
    store = store_or_exit(replace(settings, database_url=f"sqlite:///{path}"), open_store)
    try:
        return come_back(store, system_clock())
    finally:
        store.close()


def _say_what_to_do(overdue: list[Story]) -> None:
    click.echo("Posting is paused: what went out since the backup is not in it, and would go out again.")
    for story in overdue:
        click.echo(f"  Due since then: {story.title}")
    click.echo("Start `passalong run`; in Slack, cancel what stands in a channel already (/passalong list); then")
    click.echo("/passalong resume.")
