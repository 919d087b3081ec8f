"""The front desk: what listeners work with, and what they are handed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.actions.desk import Desk
from bot.actions.ports import Previews
from bot.actions.who_asks import Asker, who_asks
from bot.domain.people import language_of
from bot.domain.problems import DatabaseTrouble
from bot.slack.hand_over import HandOvers
from bot.slack.messenger import SlackMessenger
from bot.sources.words import Words


@dataclass(frozen=True)
class Front:
    """`later` runs work in the background (reading a page); `typed_time` understands a typed time, or answers None."""

    desk: Desk
    slack: SlackMessenger
    words: Words
    clock: Callable[[], datetime]
    previews: Previews
    later: Callable[[Callable[[], None]], None]
    guidelines: Mapping[str, str] = field(default_factory=dict)
    hand_overs: HandOvers = field(default_factory=HandOvers)


@dataclass(frozen=True)
class Request:
    """Something a person did in Slack that waits for an answer. `now` is UTC, asked once."""

    front: Front
    body: Mapping[str, Any]
    now: datetime

    @property
    def what(self) -> str:
        """What it is, in ids of ours: a command with its verb, an action_id or a callback_id."""
        raise NotImplementedError

    @property
    def user(self) -> str:
        """Slack id of who did it."""
        return str(self.body.get("user_id") or self.body["user"]["id"])

    @cached_property
    def asker(self) -> Asker:
        """Who did it."""
        return who_asks(self.front.desk, self.user)

    @property
    def trigger(self) -> str:
        """Opens one view, within 3 s."""
        return str(self.body["trigger_id"])

    def say(self, key: str, **params: Any) -> str:
        """A sentence in the person's language."""
        return self.front.words.say(self._language, key, **params)

    @property
    def _language(self) -> str:
        """While the database is away, as Slack told us lately."""
        try:
            return self.asker.language
        except DatabaseTrouble:
            known = self.front.desk.profiles.get(self.user)
            return language_of(known.locale) if known else "en"

    def when(self, at: datetime) -> str:
        """A moment in words, in the person's language and zone."""
        return self.front.words.when(self.asker.language, at, self.asker.zone, self.now)


@dataclass(frozen=True)
class Command(Request):
    """A slash command: `verb` is its first word, `rest` what follows."""

    verb: str = ""
    rest: str = ""

    @property
    def what(self) -> str:
        """The verb."""
        return self.verb

    def with_rest(self, rest: str) -> "Command":
        """The same command, with what follows a verb of more than one word."""
        return replace(self, rest=rest)

    @property
    def channel(self) -> str:
        """Where it was typed."""
        return str(self.body["channel_id"])


@dataclass(frozen=True)
class Press(Request):
    """A button, a menu or another element that was used, in a message, a modal or Home."""

    @property
    def what(self) -> str:
        """The action_id."""
        return str(self.action["action_id"])

    @property
    def action(self) -> Mapping[str, Any]:
        """The element."""
        found: Mapping[str, Any] = self.body["actions"][0]
        return found

    @property
    def value(self) -> str:
        """A button's value, or the value of the option chosen."""
        option = self.action.get("selected_option") or {}
        return str(self.action.get("value") or option.get("value") or "")

    @property
    def channel(self) -> str | None:
        """The channel of the message, None in a view."""
        found = (self.body.get("channel") or {}).get("id") or self.body.get("container", {}).get("channel_id")
        return str(found) if found else None

    @property
    def ts(self) -> str | None:
        """The message, None in a view."""
        found = self.body.get("container", {}).get("message_ts")
        return str(found) if found else None

    @property
    def view(self) -> Mapping[str, Any] | None:
        """The view it stood in."""
        return self.body.get("view")

    @property
    def is_in_modal(self) -> bool:
        """Whether it stood in a modal."""
        return (self.view or {}).get("type") == "modal"


@dataclass(frozen=True)
class Shortcut(Request):
    """Something chosen in the menu of a message."""

    @property
    def what(self) -> str:
        """The callback_id."""
        return str(self.body["callback_id"])

    @property
    def text(self) -> str:
        """What the message says, as Slack writes it."""
        return str((self.body.get("message") or {}).get("text") or "")


@dataclass(frozen=True)
class Submission(Request):
    """A modal that was sent."""

    @property
    def what(self) -> str:
        """The callback_id."""
        return str(self.view["callback_id"])

    @property
    def view(self) -> Mapping[str, Any]:
        """The view as it was sent."""
        found: Mapping[str, Any] = self.body["view"]
        return found

    @property
    def values(self) -> Mapping[str, Mapping[str, Any]]:
        """Inputs by block id and action id."""
        found: Mapping[str, Mapping[str, Any]] = (self.view.get("state") or {}).get("values") or {}
        return found

    @property
    def note(self) -> str:
        """The view's private metadata."""
        return str(self.view.get("private_metadata") or "")


@dataclass(frozen=True)
class Answer:
    """What Slack is told at once (after the commit), and what is done right after.

    `text` is said to the person alone; with `blocks` it is what screen readers say. `replaces`: it takes the place of
    the message whose button was pressed.
    """

    ack: Mapping[str, Any] | None = None
    text: str | None = None
    blocks: Sequence[Mapping[str, Any]] | None = None
    replaces: bool = False
    then: Callable[[], None] | None = None


def errors(found: Mapping[str, str]) -> Answer:
    """Sentences at the fields of a modal; it stays open with what was typed."""
    return Answer(ack={"response_action": "errors", "errors": dict(found)})


def replaced_by(view: Mapping[str, Any]) -> Answer:
    """The modal becomes another view."""
    return Answer(ack={"response_action": "update", "view": dict(view)})
