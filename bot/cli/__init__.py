"""The command line: one file a command, thin."""

from importlib import import_module
from pkgutil import iter_modules

import click


@click.group()
@click.version_option(package_name="passalong", prog_name="passalong")
def main() -> None:
    """Passalong: good stories for Slack, passed along in two taps."""


for _found in iter_modules(__path__):
    _module = import_module(f"{__name__}.{_found.name}")
    if hasattr(_module, "command"):
        main.add_command(_module.command)
