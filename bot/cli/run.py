"""`passalong run`: the bot on a real workspace, until it is told to stop."""

import logging
import os
from collections.abc import Mapping

import click

from bot.actions.look_at_readiness import readiness, vitals_or_none
from bot.cli.environment import house_or_exit, only_one_or_exit, settings_or_exit, told_of_slack
from bot.cli.serving import start_or_exit, wait_until_told
from bot.compose import House, build_link_server
from bot.config import Settings, environment, secrets_in
from bot.log import start_logging
from bot.web.health import HealthServer
from bot.web.metrics import Measured, Metrics

log = logging.getLogger(__name__)


@click.command("run")
def command() -> None:
    """Run the bot. Ctrl-C or SIGTERM: it finishes what it holds, and leaves."""
    settings = settings_or_exit("bot_token", "app_token")
    start_logging(settings.log_format, settings.log_level, secrets_in(environment()))
    with only_one_or_exit(settings):
        _run(settings)


def _run(settings: Settings) -> None:
    house = house_or_exit(settings)
    links = build_link_server(settings, house.store, words=house.front.words) if settings.public_url else None
    health = HealthServer(settings.admin_bind, lambda: _ready(house), Metrics(lambda: _measured(house)))
    finished = True
    try:
        _open(house)
        house.runner.start()
        start_or_exit(health, settings.admin_bind, "PASSALONG_ADMIN_BIND")
        if links is not None:
            start_or_exit(links, settings.public_bind, "PASSALONG_PUBLIC_BIND")
        log.info("Passalong is up in %s", house.desk.me.team_name)
        wait_until_told()
        log.info("Finishing what is in hand")
    finally:
        if links is not None:
            links.stop()
        health.stop()
        finished = house.close()
    if not finished:
        log.warning("Not all was finished in time; the next start takes it up")
        _leave_at_once()
    log.info("Goodbye")


def _leave_at_once() -> None:
    """The interpreter would wait for threads that wait for Slack."""
    logging.shutdown()
    os._exit(0)


def _ready(house: House) -> Mapping[str, bool]:
    return readiness(house.desk, is_connected=house.connection.is_open(), now=house.clock())


def _measured(house: House) -> Measured:
    return Measured(house.desk.pulse, house.connection.is_open(), vitals_or_none(house.desk, house.clock()))


def _open(house: House) -> None:
    with told_of_slack():
        house.open()
