"""What `passalong doctor` looks at where links are personal."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

import urllib3

from bot.cli.finding import Finding
from bot.config import Settings

SECONDS = 5
SALTS = {
    "daily": "one link's readers are told apart for a day: more private, and champions are found less surely",
    "monthly": "one colleague's readers are told apart for a month: champions are found best, hashes stay longer",
}


def examine_links(settings: Settings) -> Iterator[Finding]:
    """The public address, from the outside as far as that goes from here, and how readers are told apart."""
    if not settings.public_url:
        yield Finding(True, "links are not personal, and readers are not counted (no PASSALONG_PUBLIC_URL)")
        return
    parts = urlsplit(settings.public_url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not _is_this_machine(host):
        yield Finding(
            False, "links begin with http://", "Give the proxy a certificate, and PASSALONG_PUBLIC_URL https."
        )
    yield _answers(settings)
    yield _is_behind_a_proxy(settings, host)
    if not settings.office_networks:
        yield Finding(True, "no office networks: colleagues who read at work count as readers")
    yield Finding(True, f"PASSALONG_VISITOR_SALT is {settings.visitor_salt}: {SALTS[settings.visitor_salt]}")


def _answers(settings: Settings) -> Finding:
    """Whether our own server is what answers there: its robots.txt lets crawlers make previews."""
    what, address = "the public address leads here", f"{settings.public_url}/robots.txt"
    host, port = settings.public_bind
    mend = f"Start `passalong run` or `passalong links serve`, and let the proxy hand that host on to {host}:{port}."
    try:
        with urllib3.PoolManager(retries=False, timeout=SECONDS) as pool:
            answer = pool.request("GET", address, redirect=False)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        return Finding(False, f"{what}? It does not answer ({type(error).__name__})", mend)
    is_ours = answer.status == 200 and answer.headers.get("x-robots-tag") == "noindex"
    return Finding(is_ours, what if is_ours else f"{what}? Something else answers ({answer.status})", mend)


def _is_behind_a_proxy(settings: Settings, host: str) -> Finding:
    """Without the proxy's word all visitors come from one address, and are told apart by their browser alone."""
    bound = settings.public_bind[0]
    if settings.forwarded_allow_ips or _is_this_machine(host) or not _is_this_machine(bound):
        return Finding(True, "visitors are told apart by their own addresses")
    mend = (
        f"Set PASSALONG_FORWARDED_ALLOW_IPS to the proxy's address, such as {bound}, and let it send X-Forwarded-For."
    )
    return Finding(False, "all visitors seem to come from the proxy", mend)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
