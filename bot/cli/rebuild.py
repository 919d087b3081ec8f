"""`passalong rebuild`: what boards are read from, made anew from the shares. Harmless beside a running bot."""

import click

from bot.actions.rebuild_scores import rebuild_scores
from bot.cli.environment import settings_or_exit, store_or_exit
from bot.clock import system_clock


@click.command("rebuild")
def command() -> None:
    """Count the boards' scores anew from the shares (`run` keeps them by itself)."""
    store = store_or_exit(settings_or_exit())
    try:
        periods = rebuild_scores(store, system_clock())
    finally:
        store.close()
    click.echo(f"Counted anew: the scores of {periods} weeks, months, quarters and the last 30 days.")
