"""The command line: one file a command, thin."""

from importlib import import_module
from pkgutil import iter_modules
from traceback import format_exc
from typing import Any

import click

from bot import config
from bot.log import discreet


class Discreet(click.Group):
    """Whatever goes wrong, no secret is printed: not in a traceback either."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception:
            click.echo(discreet(format_exc(), config.secrets_in(config.environment())), err=True, nl=False)
            raise click.exceptions.Exit(1) from None


@click.group(cls=Discreet)
@click.version_option(package_name="passalong", prog_name="passalong")
def main() -> None:
    """Passalong: good stories for Slack, passed along in two taps."""


for _found in iter_modules(__path__):
    _module = import_module(f"{__name__}.{_found.name}")
    if hasattr(_module, "command"):
        main.add_command(_module.command)
