"""`passalong rebuild`: what boards are read from, made anew from shares and clicks. Harmless beside a running bot."""

import click

from bot.actions.rebuild_clicks import rebuild_clicks
from bot.actions.rebuild_scores import rebuild_scores
from bot.cli.environment import settings_or_exit, store_or_exit
from bot.clock import system_clock


@click.command("rebuild")
def command() -> None:
    """Count the sums of clicks anew, and the boards' scores from shares and readers (`run` keeps both)."""
    store = store_or_exit(settings_or_exit())
    try:
        now = system_clock()
        rebuild_clicks(store, now)
        periods = rebuild_scores(store, now)
    finally:
        store.close()
    click.echo(f"Counted anew: the scores of {periods} weeks, months, quarters and the last 30 days.")
