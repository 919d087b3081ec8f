"""`passalong migrate`: bring the database to today's shape, and nothing else."""

import click

from bot.compose import open_store
from bot.config import environment, read_settings


@click.command("migrate")
def command() -> None:
    """Bring the database to today's shape (`run` does this by itself)."""
    open_store(read_settings(environment())).close()
    click.echo("The database is up to date.")
