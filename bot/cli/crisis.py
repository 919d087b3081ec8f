"""`passalong crisis …`: what a crisis needs that is not done in Slack."""

from contextlib import closing
from pathlib import Path

import click

from bot.actions.crisis_pages import published_pages
from bot.cli.environment import settings_or_exit, store_or_exit
from bot.clock import system_clock
from bot.compose import crisis_folder, ready_store


@click.group("crisis")
def command() -> None:
    """The public page of a crisis as files."""


@command.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def publish(folder: Path) -> None:
    """Write the public page of a crisis to DIR, as files that any web server can serve.

    Bring it up to date by doing it again; PASSALONG_CRISIS_DIR does so by itself. Rehearsals are left out.
    """
    settings = settings_or_exit()
    with closing(store_or_exit(settings, ready_store)) as store:
        pages = published_pages(store, system_clock())
    try:
        change = crisis_folder(settings, folder).write(pages)
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror or error}.") from error
    shown = sum(not page.is_rehearsal for page in pages)
    click.echo(f"{folder / 'now'}: {shown} published, {change.written} files written, {change.removed} taken away.")
