"""`passalong health`: ask the running bot whether it is well (for containers)."""

import click
import urllib3

from bot.cli.environment import settings_or_exit


@click.command("health")
def command() -> None:
    """Ask the running bot whether it is well. Exit status 1 when it is not."""
    host, port = settings_or_exit().admin_bind
    try:
        answer = urllib3.request("GET", f"http://{_in_address(host)}:{port}/healthz", timeout=3, retries=False)
    except urllib3.exceptions.HTTPError as error:
        raise click.ClickException("Nobody answers on the admin port.") from error
    if answer.status != 200:
        raise click.ClickException(f"The admin port answers {answer.status}.")
    click.echo("ok")


def _in_address(host: str) -> str:
    """Where it listens everywhere it is asked here; an IPv6 address stands in brackets."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{host}]" if ":" in host else host
