"""Which internet addresses are public, so that nobody can make Passalong read what only our own network may see."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from socket import inet_aton
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64 = ip_network("64:ff9b::/96")
_METADATA = tuple(
    map(
        ip_address,
        (
            *("169.254.169.254", "169.254.170.2", "169.254.170.23", "168.63.129.16", "100.100.100.200", "192.0.0.192"),
            *("fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254"),
        ),
    )
)
# What the registries keep from the internet, whether this Python's own list has it or not.
_NEVER_V4 = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
            *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        ),
    )
)
_GLOBAL_V6 = ip_network("2000::/3")
_NEVER_V6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
"""Teredo, which leads to any IPv4 address behind it, is in the first."""
_NUMBERS = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)
_OWN_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa", "lan")


def is_public(address: Address) -> bool:
    """Whether anybody may reach it: not private, loopback, link-local, metadata, multicast or reserved.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is judged as the IPv4 address it leads to.
    """
    inner = _inside(address)
    if inner is not None:
        return is_public(inner)
    if address.is_multicast or address in _METADATA or not address.is_global:
        return False
    if isinstance(address, IPv6Address):
        return address in _GLOBAL_V6 and not any(address in network for network in _NEVER_V6)
    return not any(address in network for network in _NEVER_V4)


def is_allowed(address: Address, allow_networks: Sequence[Network]) -> bool:
    """Whether it is inside a network that was allowed by name (an embedded IPv4 address counts as itself).

    Where clouds keep their machines' keys is never allowed.
    """
    candidates = [candidate for candidate in (address, _inside(address)) if candidate is not None]
    if any(candidate in _METADATA for candidate in candidates):
        return False
    return any(candidate in network for network in allow_networks for candidate in candidates)


def may_be_reached(address: Address, allow_networks: Sequence[Network] = ()) -> bool:
    """Public, or allowed by name."""
    return is_public(address) or is_allowed(address, allow_networks)


def literal_private_address(url: str, allow_networks: Sequence[Network] = ()) -> bool:
    """Whether the url names a private address as it stands, without asking anybody: for the form's check.

    One in a network that was allowed by name is none. Knows the odd spellings too (127.1, 2130706433, 0x7f000001), and
    names that only exist at home (localhost).
    """
    host = _host(url)
    if host is None:
        return False
    address = _literal(host)
    if address is not None:
        return not may_be_reached(address, allow_networks)
    return any(host == name or host.endswith(f".{name}") for name in _OWN_NAMES)


def _inside(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to, if it does."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.rstrip(".") if host else None


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        pass
    if not _NUMBERS.fullmatch(host):
        return None
    try:
        return IPv4Address(inet_aton(host))
    except OSError:
        return None
