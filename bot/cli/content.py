"""`passalong content load`: bring the stories of the content folder into the queue."""

import click

from bot.actions.load_stories import load_stories
from bot.cli.environment import settings_or_exit, store_or_exit
from bot.clock import system_clock
from bot.compose import content_folder
from bot.sources.content_folder import read_stories


@click.group("content")
def command() -> None:
    """Stories as files."""


@command.command("load")
def load() -> None:
    """Queue every story file that is not in the queue yet, each at the next free slot."""
    settings = settings_or_exit()
    folder = content_folder(settings, "stories")
    if folder != settings.content_dir:
        click.echo("These are the stories that ship, of a company that isn't yours. Yours: PASSALONG_CONTENT_DIR.")
    files, problems = read_stories(folder)
    for problem in problems:
        click.echo(f"✗ {problem}", err=True)
    store = store_or_exit(settings)
    try:
        for loaded in load_stories(store, files, system_clock()):
            due = f"{loaded.due_at:%Y-%m-%d %H:%M} UTC" if loaded.due_at else f"left alone: {loaded.why}"
            click.echo(f"{loaded.slug}: {due}")
    finally:
        store.close()
    if problems:
        raise SystemExit(1)
