"""`passalong demo`: a company on a Slack of its own, four weeks of stories, and a check of every number."""

import click


@click.command("demo")
@click.option("--exit", "leave", is_flag=True, help="End after the check; exit status 1 when a number is wrong.")
@click.option("--weeks", default=4, show_default=True, type=click.IntRange(1, 26), help="How many weeks to play.")
@click.option("--people", default=40, show_default=True, type=click.IntRange(8, 400), help="How many work there.")
@click.option("--seed", default=1, show_default=True, help="Another number, another four weeks.")
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Where the page is; a free port by default.")
@click.option("--no-play", "idle", is_flag=True, help="Only set up, with a few stories in the queue.")
def command(leave: bool, weeks: int, people: int, seed: int, port: int, idle: bool) -> None:
    """See it work, without a Slack: a company of 40, four weeks, and then the workspace is yours."""
    from bot.cli.demo.show import Wishes, show  # the sandbox is for the demo alone

    wishes = Wishes(weeks=weeks, people=people, seed=seed, port=port, plays=not idle, leaves=leave)
    if not show(wishes):
        raise SystemExit(1)
