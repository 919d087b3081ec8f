"""Which internet addresses are public, so that nobody can make Passalong read what only our own network may see."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from socket import inet_aton
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64 = ip_network("64:ff9b::/96")
_NAT64_LOCAL = ip_network("64:ff9b:1::/48")
_COMPATIBLE = ip_network("::/96")
_METADATA = (ip_address("169.254.169.254"), ip_address("168.63.129.16"), ip_address("fd00:ec2::254"))
_NUMBERS = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)
_OWN_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa", "lan")


def is_public(address: Address) -> bool:
    """Whether anybody may reach it: not private, loopback, link-local, metadata, multicast or reserved.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is judged as the IPv4 address it leads to.
    """
    inner = _inside(address)
    if inner is not None:
        return is_public(inner)
    is_special = address.is_multicast or address.is_reserved or address.is_unspecified or address in _METADATA
    is_odd = isinstance(address, IPv6Address) and (address.is_site_local or address in _NAT64_LOCAL)
    return address.is_global and not is_special and not is_odd


def may_be_reached(address: Address, allow_networks: Sequence[Network] = ()) -> bool:
    """Public, or inside a network that was allowed by name (an embedded IPv4 address counts as itself)."""
    return is_public(address) or any(
        candidate in network for network in allow_networks for candidate in (address, _inside(address)) if candidate
    )


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
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
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
