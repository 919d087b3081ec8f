"""Personal links: a random code that leads to a story, one for each person, story and network."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.shares import Words

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LENGTH = 11
"""62 ** 11 codes: whoever tries a million a second needs longer than there have been stars to find one of ours."""

_CODE = re.compile(rf"[0-9A-Za-z]{{{LENGTH}}}")


@dataclass(frozen=True)
class Link:
    """A code and what it stands for. `person_id` None: nobody's, or nobody's any more. `minted_at` is UTC."""

    id: int
    code: str
    story_id: int
    person_id: int | None
    network: str
    minted_at: datetime


@dataclass(frozen=True)
class Post:
    """What is passed along with a link: the text, and what it is made of."""

    text: str
    words: Words = field(default_factory=Words)


def new_code(draw: Callable[[str], str]) -> str:
    """A code, every letter of it drawn (`secrets.choice`): nothing is in it, and nothing follows from another."""
    return "".join(draw(LETTERS) for _ in range(LENGTH))


def is_code(text: str) -> bool:
    """Whether it can be a code at all."""
    return _CODE.fullmatch(text) is not None


def code_in(text: str) -> str:
    """The code that somebody typed: by itself, or as the end of an address."""
    return text.strip().rstrip("/").rpartition("/")[-1]


def link_address(public_url: str, code: str) -> str:
    """What stands in a post."""
    return f"{public_url}/{code}"


def go_address(public_url: str, code: str, network: str) -> str:
    """Where a network's button leads: by us, to that network's share page."""
    return f"{public_url}/go/{code}/{network}"
