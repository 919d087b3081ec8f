"""`passalong restore [FILE]`: go back to a backup, and go on carefully from there."""

import shutil
from dataclasses import replace
from pathlib import Path

import click

from bot.actions.come_back import come_back
from bot.cli.environment import only_one_or_exit, settings_or_exit, store_or_exit
from bot.cli.files import private_file
from bot.clock import system_clock
from bot.config import Settings
from bot.domain.problems import DatabaseTrouble
from bot.domain.stories import Story
from bot.store.backup import NoBackup, change_places, file_of, look_through
from bot.store.engine import DatabaseUnusable, opened
from bot.store.keys import Withdrawn, withdrawn


@click.command("restore")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path | None) -> None:
    """Put the backup FILE in the place of the SQLite database, which is kept aside. Stop the bot first.

    Without FILE: you put an older database in place yourself (pg_restore, a snapshot of the disk). Either way posting
    is paused, as what went out since the backup is not in it.
    """
    settings = settings_or_exit()
    with only_one_or_exit(settings):
        overdue = _made_careful(settings) if file is None else _put_in_place(settings, file)
    _say_what_to_do(overdue)


def _put_in_place(settings: Settings, file: Path) -> list[Story]:
    database = file_of(settings.database_url)
    if database is None:
        raise click.ClickException(
            "The database is on a server. Restore it with the server's own tool (pg_restore), then run "
            "`passalong restore` without a file. See docs/operations.md."
        )
    stamp = f"{system_clock():%Y%m%d-%H%M%S}"
    new, aside = (database.with_name(f"{database.name}.{stamp}.{ending}") for ending in ("new", "old"))
    try:
        look_through(file)
        with private_file(new) as path:
            shutil.copyfile(file, path)
            overdue = _made_careful(replace(settings, database_url=f"sqlite:///{path}"), _withdrawn_in(database))
    except NoBackup as error:
        raise click.ClickException(str(error)) from error
    was_there = database.exists()
    change_places(new, database, aside)
    click.echo(f"{database} is the backup now." + (f" What was there is kept as {aside}." if was_there else ""))
    return overdue


def _withdrawn_in(database: Path) -> Withdrawn | None:
    """Who was deleted or left, by the database that goes; None, and a word, when it cannot be read any more."""
    if not database.exists():
        return None
    try:
        look_through(database)
        with opened(f"sqlite:///{database}") as store:
            return store.read(withdrawn)
    except (NoBackup, DatabaseUnusable, DatabaseTrouble):
        click.echo("What was there cannot be read. Who asked to be deleted, or left, since the backup is there again:")
        click.echo("let them press it once more.")
        return None


def _made_careful(settings: Settings, since: Withdrawn | None = None) -> list[Story]:
    """Today's shape, and nothing that goes out by itself."""
    store = store_or_exit(settings)
    try:
        return come_back(store, system_clock(), since)
    finally:
        store.close()


def _say_what_to_do(overdue: list[Story]) -> None:
    click.echo("Posting is paused: what went out since the backup is not in it, and would go out again.")
    for story in overdue:
        click.echo(f"  Due since then: {story.title}")
    click.echo("Start `passalong run`; in Slack, cancel what stands in a channel already (/passalong list); then")
    click.echo("/passalong resume.")
