"""`passalong job NAME`: let one job of the timetable come round now. Harmless beside a running bot."""

import click

from bot.cli.environment import house_or_exit, settings_or_exit
from bot.clock import system_clock
from bot.config import environment, secrets_in
from bot.jobs.timetable import TIMETABLE
from bot.log import start_logging


@click.command("job")
@click.argument("name", type=click.Choice([job.name for job in TIMETABLE]))
def command(name: str) -> None:
    """Let one job of the timetable come round now."""
    settings = settings_or_exit("bot_token")
    start_logging(settings.log_format, settings.log_level, secrets_in(environment()))
    house = house_or_exit(settings)
    try:
        next(job for job in TIMETABLE if job.name == name).come_round(house.desk, system_clock)
    finally:
        house.close()
