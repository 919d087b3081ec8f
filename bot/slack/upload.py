"""The second of the three steps of an upload: bytes go to an address that Slack gave."""

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot.domain.problems import TryLater

PATIENCE = 10
"""Seconds."""


def send_bytes(address: str, content: bytes) -> None:
    """Raises TryLater: until it is completed there is no file, so sending once more does no harm."""
    if not address.startswith(("https://", "http://")):
        raise TryLater(PATIENCE, "no address to upload to")
    try:
        with urlopen(Request(address, content, method="POST"), timeout=PATIENCE) as answer:
            answer.read()
    except HTTPError as error:
        error.close()
        raise TryLater(PATIENCE, f"the upload was answered {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise TryLater(PATIENCE, f"the upload did not arrive ({type(error).__name__})") from error
