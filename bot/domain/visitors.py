"""What tells one visitor from another for a day or a month, without saying who any of them is.

A hash, keyed with a salt that is thrown away when its time is over; nobody can find out afterwards whose it was, or
whether two of them were the same person's. The same visitor has another hash for every link (or, by the month, for
every colleague), so that no trail leads from one to the next.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from ipaddress import IPv6Address

from bot.domain.local_time import local, moment_of

LONGEST_AGENT = 512


@dataclass(frozen=True)
class Salt:
    """`value`: 32 random bytes, good from `start` to `end` (UTC)."""

    start: datetime
    end: datetime
    value: bytes = field(repr=False)

    def is_good(self, now: datetime) -> bool:
        """Whether its time is now."""
        return self.start <= now < self.end


@dataclass(slots=True)
class Visitor:
    """Where somebody comes from and what they look with. Held for a moment, and never stored."""

    address: str = field(repr=False)
    agent: str = field(repr=False)


def salt_time(now: datetime, zone: str, by: str) -> tuple[datetime, datetime]:
    """From when to when (UTC) the salt of this moment is good: a day or, "monthly", a month in `zone`."""
    today = local(now, zone).date()
    first = today.replace(day=1) if by == "monthly" else today
    after = (first + timedelta(days=32)).replace(day=1) if by == "monthly" else first + timedelta(days=1)
    return _midnight(first, zone), _midnight(after, zone)


def hashes_of(salt: Salt, visitor: Visitor, *of_what: str) -> list[int]:
    """64 bits with a sign each, the same for the same visitor of the same thing while the salt lasts.

    `of_what`: the links or the colleagues that are visited.
    """
    said = f"{visitor.address}\n{visitor.agent}\n".encode("utf-8", "replace")
    begun = blake2b(said, key=salt.value, digest_size=8)
    return [_finished(begun.copy(), each) for each in of_what]


def household(address: str) -> str:
    """What one connection to the internet has: an IPv4 address, or the 64 bits that an IPv6 network begins with."""
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


def plain_address(address: str) -> str:
    """An IPv4 address that came in an IPv6 one is itself."""
    if not address.startswith("::ffff:"):
        return address
    try:
        return str(IPv6Address(address).ipv4_mapped)
    except ValueError:
        return address


def _midnight(day: date, zone: str) -> datetime:
    return moment_of(day, time(0), zone)


def _finished(begun: blake2b, of_what: str) -> int:
    begun.update(of_what.encode("utf-8", "replace"))
    return int.from_bytes(begun.digest(), "big", signed=True)
