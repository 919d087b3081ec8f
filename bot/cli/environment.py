"""Settings for a command, or one clear line about what is missing."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from os import getpid

import click
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.compose import House, NoDatabase, build, open_store
from bot.config import VARIABLES, BadSetting, Settings, environment, read_settings
from bot.store.engine import Store
from bot.store.only_one import AnotherRuns, only_one
from bot.store.trouble import Ill


def store_or_exit(settings: Settings, opens: Callable[[Settings], Store] = open_store) -> Store:
    """The database, in today's shape; ends the command with what to do when it cannot be used."""
    try:
        return opens(settings)
    except NoDatabase as error:
        raise click.ClickException(str(error)) from error


def house_or_exit(settings: Settings) -> House:
    """Everything, built; ends the command when the database or Slack does not let us in."""
    with told_of_slack():
        return build(settings, store=store_or_exit(settings))


@contextmanager
def told_of_slack() -> Iterator[None]:
    """End the command with one clear line, where Slack says no or nothing."""
    try:
        yield
    except (SlackApiError, SlackClientError, OSError) as error:
        raise click.ClickException(f"{_why(error)} `passalong doctor` says how to mend it.") from error


def _why(error: Exception) -> str:
    if not isinstance(error, SlackApiError):
        return f"Slack cannot be reached ({type(error).__name__})."
    return f"Slack refused the tokens ({slacks_word(error)})."


def slacks_word(error: SlackApiError) -> str:
    """Slack's error string. Where one should be there may be a whole page, and in it what we sent."""
    response = error.response
    data = getattr(response, "data", response)
    word = str(data.get("error", "")) if isinstance(data, dict) else ""
    if re.fullmatch(r"[a-z0-9_]{1,60}", word):
        return word
    return f"no error of Slack's own, HTTP {getattr(response, 'status_code', 'unknown')}"


def only_one_or_exit(settings: Settings) -> ExitStack:
    """Be the only running bot on an SQLite file until this is closed; a second one ends here, with what to do."""
    held = ExitStack()
    try:
        held.enter_context(only_one(settings.database_url, f"process {getpid()} on {socket.gethostname()}"))
    except AnotherRuns as other:
        raise click.ClickException(
            f"Another `passalong run` works on this database ({other}). An SQLite file is for one: stop the other, or "
            "use PostgreSQL, where several may run."
        ) from other
    except PermissionError as error:
        raise click.ClickException(Ill.READ_ONLY) from error
    except FileNotFoundError as error:
        raise click.ClickException(Ill.UNOPENED) from error
    return held


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
