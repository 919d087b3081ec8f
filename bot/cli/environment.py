"""Settings for a command, or one clear line about what is missing."""

from collections.abc import Callable

import click

from bot.compose import NoDatabase, open_store
from bot.config import VARIABLES, BadSetting, Settings, environment, read_settings
from bot.store.engine import Store


def store_or_exit(settings: Settings, opens: Callable[[Settings], Store] = open_store) -> Store:
    """The database, in today's shape; ends the command with what to do when it cannot be used."""
    try:
        return opens(settings)
    except NoDatabase as error:
        raise click.ClickException(str(error)) from error


def settings_or_exit(*needed: str) -> Settings:
    """The settings; ends the command when one cannot be read, or one of `needed` is empty."""
    try:
        settings = read_settings(environment())
    except BadSetting as bad:
        raise click.ClickException(str(bad)) from bad
    for name in needed:
        if not getattr(settings, name):
            variable = VARIABLES[name]
            raise click.ClickException(f"{variable.name} is not set. {variable.meaning.replace('*', '')}")
    return settings
