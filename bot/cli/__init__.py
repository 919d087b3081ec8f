"""The command line: one file a command, thin."""

from importlib import import_module
from pkgutil import iter_modules

import click


@click.group()
@click.version_option(package_name="passalong", prog_name="passalong")
def main() -> None:
    """Passalong: good stories for Slack, passed along in two taps."""


for _module in iter_modules(__path__):
    main.add_command(import_module(f"{__name__}.{_module.name}").command)
