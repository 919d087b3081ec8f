"""`passalong migrate`: bring the database to today's shape, and nothing else."""

import click

from bot.cli.environment import settings_or_exit, store_or_exit


@click.command("migrate")
def command() -> None:
    """Bring the database to today's shape (`run` does this by itself)."""
    store_or_exit(settings_or_exit()).close()
    click.echo("The database is up to date.")
