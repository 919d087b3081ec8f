"""The command line: one file a command, thin."""

import gc
from importlib import import_module
from pkgutil import iter_modules
from traceback import format_exc
from typing import Any

import click

from bot import config
from bot.log import discreet


class Commands(click.Group):
    """The files of this folder that have a `command`, each imported when it is asked for.

    Whatever goes wrong, no secret is printed: not in a traceback either.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(found.name for found in map(_command_in, _files()) if found is not None and found.name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        # Where a word means something in Python, the file has a longer name.
        file = next((file for file in (cmd_name, f"{cmd_name}_all") if file in _files()), None)
        return None if file is None else _command_in(file)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception:
            click.echo(discreet(format_exc(), config.secrets_in(config.environment())), err=True, nl=False)
            raise click.exceptions.Exit(1) from None


@click.group(cls=Commands)
@click.version_option(package_name="passalong", prog_name="passalong")
def main() -> None:
    """Passalong: good stories for Slack, passed along in two taps."""


def _files() -> set[str]:
    return {found.name for found in iter_modules(__path__)}


def _command_in(file: str) -> click.Command | None:
    # Nothing of what is imported is ever garbage; to look for some takes a tenth of the start, and time ever after.
    gc.disable()
    try:
        found: click.Command | None = getattr(import_module(f"{__name__}.{file}"), "command", None)
    finally:
        gc.freeze()
        gc.enable()
    return found
