"""`passalong manifest`: what to paste into Slack."""

import json

import click

from bot.slack.manifest import manifest


@click.command("manifest")
@click.option("--name", default="Passalong", show_default=True, help="What the app is called in your workspace.")
def command(name: str) -> None:
    """Print the app manifest, to paste at api.slack.com/apps under *From a manifest*."""
    click.echo(json.dumps(manifest(name), indent=2))
