"""What can be seen of a request, and which rule applies to it. What was found out lately is kept for the next."""

from ipaddress import ip_address
from typing import NamedTuple

from starlette.types import Scope

from bot.actions.link_desk import LinkDesk
from bot.domain.addresses import Network, is_allowed
from bot.domain.clicks import OFTEN, OFTEN_A_DAY, Rule, Visit, judge
from bot.domain.visitors import LONGEST_AGENT, Visitor, household, plain_address
from bot.web.often import DAY, Often

PURPOSES = frozenset((b"purpose", b"sec-purpose", b"x-purpose", b"x-moz"))
KEPT = 4_096


class Seen(NamedTuple):
    """Who asked, and what they are."""

    visitor: Visitor
    rule: Rule
    is_office: bool


class Visits:
    """Judges requests."""

    def __init__(self, desk: LinkDesk) -> None:
        self._desk = desk
        self._rules: dict[tuple[bytes, str, bool, bool, bool], Rule] = {}
        self._often, self._often_a_day = Often(), Often(DAY)

    def see(self, scope: Scope, code: str, *, is_soon: bool = False) -> Seen:
        """Who asks for this code, and what they are. A header given twice counts as it came last."""
        agent, is_prefetch = _said(scope)
        address = client_of(scope)
        whose = household(address)
        rule = self._rule(agent[:LONGEST_AGENT], scope["method"], is_prefetch, is_soon, self._is_often(code, whose))
        is_office = bool(self._desk.offices) and is_in(address, self._desk.offices)
        return Seen(Visitor(whose, agent[:LONGEST_AGENT].decode("latin-1")), rule, is_office)

    def _is_often(self, code: str, whose: str) -> bool:
        who = (code, whose)
        a_minute, a_day = self._often.once_more(who), self._often_a_day.once_more(who)
        return a_minute > OFTEN or a_day > OFTEN_A_DAY

    def _rule(self, agent: bytes, method: str, is_prefetch: bool, is_soon: bool, is_often: bool) -> Rule:
        key = (agent, method, is_prefetch, is_soon, is_often)
        rule = self._rules.get(key)
        if rule is None:
            visit = Visit(agent.decode("latin-1"), method, is_prefetch, is_soon, is_often)
            rule = judge(visit, self._desk.is_crawler)
            if len(self._rules) >= KEPT:
                self._rules.clear()
            self._rules[key] = rule
        return rule


def visit_of(scope: Scope, *, is_soon: bool) -> Visit:
    """What can be seen of one request."""
    agent, is_prefetch = _said(scope)
    return Visit(agent[:LONGEST_AGENT].decode("latin-1"), scope["method"], is_prefetch, is_soon)


def client_of(scope: Scope) -> str:
    """The address that asks; empty when there is none, as with a socket in a file."""
    client = scope.get("client")
    return plain_address(client[0]) if client else ""


def header_of(scope: Scope, wanted: bytes) -> str:
    """A header's text, empty without one."""
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")


def is_in(address: str, networks: tuple[Network, ...]) -> bool:
    """Whether an address is in one of these."""
    try:
        return is_allowed(ip_address(address.partition("%")[0]), networks)
    except ValueError:
        return False


def _said(scope: Scope) -> tuple[bytes, bool]:
    """The agent, and whether it only fetches beforehand."""
    agent, is_prefetch = b"", False
    for name, value in scope["headers"]:
        if name == b"user-agent":
            agent = value
        elif name in PURPOSES:
            is_prefetch = is_prefetch or b"pre" in value.lower()
    return agent, is_prefetch
