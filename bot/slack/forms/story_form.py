"""The form of a story: what was typed becomes a draft, or an error at each field that cannot be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from bot.domain.addresses import Network, literal_private_address
from bot.domain.captions import Caption
from bot.domain.networks import fits_an_address
from bot.domain.problems import BadField
from bot.domain.stories import StoryDraft
from bot.domain.story_file import (
    LANGUAGES,
    LONGEST_ALT,
    LONGEST_CAPTION,
    LONGEST_DILEMMA,
    LONGEST_IMAGE,
    LONGEST_SENTENCE,
    LONGEST_TITLE,
    MOST_CAPTIONS,
)
from bot.slack.mrkdwn import clean

Values = Mapping[str, Mapping[str, Any]]

MOST_TOPICS = 10
LONGEST = {
    "link": 2000,
    "title": LONGEST_TITLE,
    "sentence": LONGEST_SENTENCE,
    "image": LONGEST_IMAGE,
    "alt": LONGEST_ALT,
    "topics": 300,
    "dilemma": LONGEST_DILEMMA,
    **{f"caption_{number}": LONGEST_CAPTION for number in range(1, MOST_CAPTIONS + 1)},
}
"""Characters a field may have."""


_FAR = 2**33
"""Seconds: in the year 2242. Slack's pickers end long before."""


@dataclass
class StoryInput:
    """The fields of a form that was sent, and what is wrong with them."""

    values: Values
    allow: Sequence[Network] = ()
    errors: dict[str, BadField] = field(default_factory=dict)

    def refuse(self, name: str, word: str, **params: Any) -> None:
        """The first thing that is wrong with a field is what is said."""
        self.errors.setdefault(name, BadField(word, field=name, **params))

    def element(self, name: str) -> Mapping[str, Any]:
        """The state of an input; nothing for one that this form does not have."""
        found: Mapping[str, Any] = self.values.get(name, {}).get(name, {})
        return found

    def text(self, name: str) -> str:
        """What was typed, without what cannot be seen."""
        typed = clean(str(self.element(name).get("value") or "")).strip()
        most = LONGEST[name]
        if len(typed) > most:
            self.refuse(name, "queue.error.too_long", most=most, over=len(typed) - most)
        return typed

    def line(self, name: str) -> str:
        """The same on one line."""
        return " ".join(self.text(name).split())

    def chosen(self, name: str) -> str:
        """The value of the option chosen."""
        return str((self.element(name).get("selected_option") or {}).get("value") or "")

    def all_chosen(self, name: str) -> tuple[str, ...]:
        """The values of the options chosen."""
        return tuple(str(option["value"]) for option in self.element(name).get("selected_options") or [])

    def moment(self, name: str) -> datetime | None:
        """A date and time (UTC)."""
        seconds = self.element(name).get("selected_date_time")
        return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and 0 <= seconds < _FAR else None


def read_story_form(
    values: Values, now: datetime, allow: Sequence[Network] = ()
) -> tuple[StoryDraft, dict[str, BadField]]:
    """The draft, and the errors by field; the draft is to be used only when there are none.

    `allow`: networks of our own that links may lead to.
    """
    given = StoryInput(values, allow)
    language = given.chosen("language")
    language = language if language in LANGUAGES else "en"
    image, alt = _picture(given)
    draft = StoryDraft(
        link=_link(given, "link", needed=True),
        title=_needed(given, "title", "queue.error.no_title"),
        sentence=_needed(given, "sentence", "queue.error.no_sentence"),
        language=language,
        captions=_captions(given, language),
        topics=_topics(given),
        image=image,
        alt=alt,
        commercial=given.chosen("kind") == "commercial",
        best_before=_best_before(given, now),
        channels=given.all_chosen("channels"),
        due_at=given.moment("due_at"),
        dilemma=given.text("dilemma"),
    )
    return draft, given.errors


def is_web_address(link: str) -> bool:
    """Whether this is http or https with a host, and nothing that does not belong in an address."""
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    has_odd = any(char.isspace() or char in '<>"|\\^`{}' for char in link)
    known = "." in host.strip(".") or ":" in host
    return parts.scheme.lower() in ("http", "https") and known and not has_odd and parts.username is None


def _link(given: StoryInput, name: str, *, needed: bool = False) -> str:
    link = given.text(name)
    if not link:
        if needed:
            given.refuse(name, "queue.error.no_link")
    elif not link.lower().startswith(("http://", "https://")):
        given.refuse(name, "queue.error.scheme")
    elif literal_private_address(link, given.allow):
        given.refuse(name, "queue.error.private")
    elif not is_web_address(link):
        given.refuse(name, "queue.error.not_a_link")
    elif name == "link" and not fits_an_address(link):
        given.refuse(name, "queue.error.long_link")
    return link


def _needed(given: StoryInput, name: str, word: str) -> str:
    text = given.line(name)
    if not text:
        given.refuse(name, word)
    return text


def _captions(given: StoryInput, language: str) -> tuple[Caption, ...]:
    """Each text once, in the order of the form."""
    typed = [given.text(f"caption_{number}") for number in range(1, MOST_CAPTIONS + 1)]
    texts = dict.fromkeys(text for text in typed if text)
    if not texts:
        given.refuse("caption_1", "queue.error.no_caption")
    return tuple(Caption(None, language, text) for text in texts)


def _picture(given: StoryInput) -> tuple[str | None, str | None]:
    image, alt = _link(given, "image"), given.line("alt")
    if image and not alt:
        given.refuse("alt", "queue.error.no_alt")
    return image or None, (alt or None) if image else None


def _topics(given: StoryInput) -> tuple[str, ...]:
    pieces = (piece.strip().lstrip("#").strip() for piece in given.line("topics").replace(";", ",").split(","))
    topics = tuple(dict.fromkeys(piece for piece in pieces if piece))
    if len(topics) > MOST_TOPICS:
        given.refuse("topics", "queue.error.many_topics", most=MOST_TOPICS)
    return topics


def _best_before(given: StoryInput, now: datetime) -> datetime | None:
    at, due_at = given.moment("best_before"), given.moment("due_at")
    if at is not None and at <= now:
        given.refuse("best_before", "queue.error.best_before_past")
    elif at is not None and due_at is not None and at <= due_at:
        given.refuse("best_before", "queue.problem.over_before_out", at=due_at)
    return at
