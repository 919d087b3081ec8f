"""A crisis thought through beforehand: who does what, what is said, to whom, and what is not known yet.

What is the same in every language stands in Scenario, what people read in ScenarioText. Texts have places in square
brackets, `[what happened]`, that the editor fills in at the moment of need.
"""

import re
from dataclasses import dataclass

LANGUAGES = ("en", "nl")
LONGEST_TITLE = 100
LONGEST_STATEMENT = 1_200
LONGEST_LINE = 300
LONGEST_OUTSIDE = 1_200
LONGEST_PLACE = 60
MOST_LINES = 10
MOST_STEPS = 20
MOST_AUDIENCES = 10
MOST_OUTSIDE = 10
MINUTES = range(5, 1_441)
"""Between two updates: five minutes at least, a day at most."""
EVERYONE = "everyone"
"""The audience that is everybody: the channels. It needs no groups and no channels of its own."""

# Not before a "(": that is a link in Markdown.
_PLACE = re.compile(rf"\[([^\W\d_][^\[\]\n]{{1,{LONGEST_PLACE - 1}}})\](?!\()")


@dataclass(frozen=True)
class Step:
    """A line of the checklist. Owners are roles, never names; `within` is minutes from the start, None: no clock."""

    text: str
    owner: str
    second_owner: str
    within: int | None = None


@dataclass(frozen=True)
class Audience:
    """Whom it is told. Groups without "@" and channels without "#"; neither: the editor names them at the start.

    `is_direct`: by direct message too, beside the channels.
    """

    key: str
    groups: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    is_direct: bool = False


@dataclass(frozen=True)
class AudienceText:
    """What an audience is called, and what it reads above the statement; "" for nothing more."""

    key: str
    name: str
    lead: str = ""


@dataclass(frozen=True)
class OutsideText:
    """What is posted on a channel or in a community outside Slack, by whom (roles)."""

    key: str
    name: str
    owner: str
    second_owner: str
    text: str


@dataclass(frozen=True)
class ScenarioText:
    """All that is read, in one language. Lists are in the order of the file."""

    language: str
    title: str
    when: str
    statement: str
    page_title: str
    steps: tuple[Step, ...] = ()
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    doing: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    dont_say: tuple[str, ...] = ()
    send_to: tuple[str, ...] = ()
    audiences: tuple[AudienceText, ...] = ()
    outside: tuple[OutsideText, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """What `content/crisis/{slug}.md` says.

    `audiences` has the most affected first. `outside` maps a key to its link, None where the file gives none. `topics`
    are those whose stories are greyed out, None: all stories. `page` is the last part of the page's address. Not
    `is_whole`: something is wrong with the file, and what could be read is here; it has a statement in one language.
    """

    slug: str
    page: str
    next_update: int
    audiences: tuple[Audience, ...]
    outside: tuple[tuple[str, str | None], ...]
    topics: tuple[str, ...] | None
    texts: tuple[ScenarioText, ...]
    is_whole: bool = True


@dataclass(frozen=True)
class Written:
    """What a content folder has: its scenarios, and the names of all files, of those too that could not be read."""

    scenarios: tuple[Scenario, ...] = ()
    slugs: tuple[str, ...] = ()


def places(text: str) -> tuple[str, ...]:
    """What stands in square brackets, to be filled in when it is needed; each once, in order, without the brackets."""
    return tuple(dict.fromkeys(match[1] for match in _PLACE.finditer(text)))


def without_places(text: str) -> str:
    """The text around its places: what is left over in it was forgotten."""
    return _PLACE.sub("", text)
