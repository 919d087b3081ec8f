"""What somebody sees and uses, found by what stands on it: people know no ids."""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bot.sandbox.acts import Acts, Outcome
from bot.sandbox.elements import Found, elements, options_of
from bot.sandbox.state import Json, View
from bot.sandbox.workspace import Workspace

Phrases = Mapping[str, Collection[str]]
"""What stands on a button or above an input, by a name for it: in every language there is."""

_STORY = re.compile(r"<(?P<link>https?://[^|>]+)\|(?P<title>[^>]*)>")


class Stuck(Exception):
    """Somebody could not do what they wanted; the text says what they saw."""


class Screen:
    """One person in front of Slack."""

    def __init__(self, workspace: Workspace, acts: Acts, phrases: Phrases, user: str) -> None:
        self.workspace, self.acts, self.phrases, self.user = workspace, acts, phrases, user

    # --- messages and Home

    def press_in_message(self, channel: str, ts: str, phrase: str, option: str | None = None) -> None:
        """A button of a message, or an option of its menu."""
        message = next((m for m in self.acts.messages(self.user, channel) if m["ts"] == ts), None)
        blocks = message.get("blocks", []) if message else []
        if option is None:
            found = self._named(blocks, phrase)
            self._use(found, phrase, channel=channel, ts=ts)
            return
        for found in elements(blocks):
            chosen = self._option(found.element, option)
            if chosen is not None and found.element["type"] == "overflow":
                self._use(found, option, channel=channel, ts=ts, option=chosen)
                return
        raise Stuck(f"no {option} in the menu of the message")

    def press_in_home(self, phrase: str, about: str | None = None) -> None:
        """A button on Home; `about`: one that stands beside this link."""
        home = self.acts.home(self.user)
        blocks = [b for b in home["blocks"] if about is None or about in text_of(b)] if home else []
        self._use(self._named(blocks, phrase), phrase, view_id=home["id"] if home else None)

    def has_in_home(self, phrase: str, about: str | None = None) -> bool:
        """Whether that button is there."""
        home = self.acts.home(self.user)
        blocks = [b for b in home["blocks"] if about is None or about in text_of(b)] if home else []
        return self._look(blocks, phrase) is not None

    def command(self, channel: str, text: str) -> None:
        """Type a command."""
        _did(self.acts.command(self.user, channel, text), text)

    # --- modals

    @property
    def top(self) -> View:
        """The modal in front."""
        with self.workspace.lock:
            views = self.workspace.stacks.get(self.user)
            if not views:
                raise Stuck("no modal is open")
            return views[-1]

    def sees(self, phrase: str) -> bool:
        """Whether the modal in front has this button or input."""
        return self._look(self.top.blocks, phrase) is not None or self._input(phrase) is not None

    def press(self, phrase: str) -> str | None:
        """A button of the modal in front; the address that it opens, if it opens one."""
        view = self.top
        return self._use(self._named(view.blocks, phrase), phrase, view_id=view.id).url

    def fill(self, phrase: str, value: Any) -> None:
        """Type into the input with this label, or set its date."""
        block = self._input(phrase)
        if block is None:
            raise Stuck(f"no input for {phrase}")
        _did(self.acts.fill(self.user, self.top.id, block["block_id"], value), phrase)

    def choose(self, phrase: str, *options: str) -> None:
        """Choose the options with these texts (or names in the phrases) at the input with this label."""
        block = self._input(phrase)
        if block is None:
            raise Stuck(f"no input for {phrase}")
        values = [self._option(block["element"], option) for option in options]
        if None in values:
            raise Stuck(f"no {options} at {phrase}")
        one = block["element"]["type"] in ("static_select", "radio_buttons")
        _did(self.acts.fill(self.user, self.top.id, block["block_id"], values[0] if one else values), phrase)

    def submit(self, at_risk: str | None = None) -> bool:
        """Send the modal in front; whether it went. An error anywhere but at the input `at_risk` is being stuck."""
        view, block = self.top, self._input(at_risk) if at_risk else None
        _did(self.acts.submit(self.user, view.id), "submit")
        errors = self.acts.errors_of(self.user, view.id)
        if set(errors) - ({block["block_id"]} if block else set()):
            raise Stuck(f"the modal says: {errors}")
        return not errors

    def close(self) -> None:
        """Close the modal in front."""
        self.acts.close(self.user, self.top.id, clear=True)

    # --- finding

    def _texts(self, phrase: str) -> Collection[str]:
        return self.phrases.get(phrase, (phrase,))

    def _named(self, blocks: list[Json], phrase: str) -> Found:
        found = self._look(blocks, phrase)
        if found is None:
            raise Stuck(f"no button that says {' or '.join(sorted(self._texts(phrase)))}")
        return found

    def _look(self, blocks: list[Json], phrase: str) -> Found | None:
        texts = self._texts(phrase)
        buttons = (f for f in elements(blocks) if f.element.get("type") == "button")
        return next((f for f in buttons if f.element["text"]["text"] in texts), None)

    def _input(self, phrase: str) -> Json | None:
        texts = self._texts(phrase)
        inputs = (b for b in self.top.blocks if b.get("type") == "input")
        return next((b for b in inputs if b["label"]["text"] in texts), None)

    def _option(self, element: Json, text: str) -> str | None:
        texts = self._texts(text)
        return next((o["value"] for o in options_of(element) if o["text"]["text"] in texts), None)

    def _use(self, found: Found, phrase: str, **where: Any) -> Outcome:
        value = found.element.get("value") if found.element["type"] == "button" else None
        outcome = self.acts.press(self.user, found.action_id, block_id=found.block_id, value=value, **where)
        _did(outcome, phrase)
        return outcome


def story_link(message: Mapping[str, Any]) -> str | None:
    """The link in the first text of a message, as its title leads to it."""
    for block in message.get("blocks", []):
        if block.get("type") == "section":
            found = _STORY.search(text_of(block))
            return html.unescape(found["link"]) if found else None
    return None


def text_of(block: Any) -> str:
    """All text somewhere in a block, a line each."""
    return "\n".join(_texts_in(block))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for item in value.values():
            if isinstance(item, (dict, list)):
                yield from _texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts_in(item)


def _did(outcome: Outcome, what: str) -> None:
    if not outcome.acked or outcome.error:
        raise Stuck(f"{what}: {outcome.error or 'no answer'}")
