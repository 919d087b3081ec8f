"""How commands that stay serve: on a port that is free, until they are told to stop."""

import signal
import threading
from typing import Protocol

import click


class Server(Protocol):
    """Something that takes a port."""

    def start(self) -> None:
        """Listen. Raises OSError when somebody else has the port."""


def start_or_exit(server: Server, bind: tuple[str, int], setting: str) -> None:
    """Start it; where its port is taken, say which setting to change, and exit."""
    host, port = bind
    try:
        server.start()
    except OSError as error:
        raise click.ClickException(f"{host}:{port} is taken. Choose another {setting}.") from error


def wait_until_told() -> None:
    """Until the first SIGTERM or Ctrl-C. A second one ends everything at once; nothing is lost by that either."""
    stop = threading.Event()

    def told(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    stop.wait()
