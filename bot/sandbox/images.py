"""Images in blocks: Slack fetches each one before it shows the message."""

from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

GOOD_TYPES = ("image/png", "image/jpeg", "image/jpg", "image/gif")
GOOD_ENDINGS = (".png", ".jpg", ".jpeg", ".gif")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
FETCH_SECONDS = 3.0
FAILED = "downloading image failed"


def bad_images(payload: Any, table: dict[str, str]) -> dict[str, str]:
    """Addresses of images that Slack cannot show, with its reason.

    Only loopback addresses are fetched; `table` (address -> content type, "" for one that is gone) decides the others,
    and for those not in it an https address with a usual ending is fine.
    """
    reasons = {url: _reason(url, table) for url in set(image_urls(payload))}
    return {url: reason for url, reason in reasons.items() if reason}


def image_urls(payload: Any) -> Iterator[str]:
    if isinstance(payload, list):
        for item in payload:
            yield from image_urls(item)
    elif isinstance(payload, dict):
        for key, value in payload.items():
            if key in ("image_url", "thumbnail_url") and isinstance(value, str):
                yield value
            else:
                yield from image_urls(value)


def _reason(url: str, table: dict[str, str]) -> str:
    if url in table:
        return "" if table[url] in GOOD_TYPES else FAILED
    parts = urlsplit(url)
    if parts.hostname in LOOPBACK:
        return "" if _content_type(url) in GOOD_TYPES else FAILED
    return "" if parts.scheme == "https" and parts.path.lower().endswith(GOOD_ENDINGS) else FAILED


def _content_type(url: str) -> str:
    request = Request(url, headers={"User-Agent": "Slack-ImgProxy (+https://api.slack.com/robots)"})
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=FETCH_SECONDS) as answer:
            kind: str = answer.headers.get_content_type()
            return kind
    except (OSError, HTTPException, ValueError):
        return ""
