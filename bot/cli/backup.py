"""`passalong backup FILE`: a copy of an SQLite database, also while the bot runs."""

from pathlib import Path

import click

from bot.cli.environment import settings_or_exit
from bot.cli.files import private_file
from bot.store.backup import NoBackup, back_up, file_of


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Copy the SQLite database to FILE, whole and looked through, also while `run` runs."""
    database = file_of(settings_or_exit().database_url)
    if database is None:
        raise click.ClickException("The database is on a server: use its own tool, pg_dump. See docs/operations.md.")
    if not database.exists():
        raise click.ClickException("There is no database yet. Look at PASSALONG_DATABASE_URL.")
    try:
        with private_file(file) as path:
            back_up(database, path)
    except NoBackup as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Written and looked through: {file} ({file.stat().st_size:,} bytes). It holds people's data.")
