"""The kinds of rule that Block Kit's fields obey. A rule notes what is wrong, in Slack's words, with a JSON pointer."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.images import FAILED
from bot.sandbox.state import File

Rule = Callable[["Checking", Any, str], None]


@dataclass
class Checking:
    """One check under way: the surface, what is known of images and files, and the problems so far."""

    surface: str
    bad_images: Mapping[str, str]
    files: Mapping[str, File]
    problems: list[str] = field(default_factory=list)

    def say(self, problem: str, pointer: str) -> None:
        self.problems.append(f"{problem} [json-pointer:{pointer}]")


@dataclass(frozen=True)
class Spec:
    """An object: its fields with their rules, those it must have, and one last look at the whole."""

    fields: Mapping[str, Rule]
    required: Sequence[str] = ()
    also: Callable[["Checking", dict[str, Any], str], None] | None = None


def check_spec(checking: Checking, spec: Spec, value: dict[str, Any], pointer: str) -> None:
    """Required fields, unknown fields, then each field by its rule."""
    for name in spec.required:
        if value.get(name) in (None, ""):
            checking.say(f"missing required field: {name}", pointer)
    for name, sent in value.items():
        if name == "type":
            continue
        if name not in spec.fields:
            checking.say(f"invalid additional property: {name}", pointer)
        elif sent is not None:
            spec.fields[name](checking, sent, f"{pointer}/{name}")
    if spec.also is not None:
        spec.also(checking, value, pointer)


def string(most: int, least: int = 0, pattern: str | None = None) -> Rule:
    """A text of `least` to `most` characters."""

    def check(checking: Checking, value: Any, pointer: str) -> None:
        if not isinstance(value, str):
            checking.say("must be a string", pointer)
        elif len(value) > most:
            checking.say(f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            checking.say(f"must be more than {least - 1} characters", pointer)
        elif pattern and not re.fullmatch(pattern, value):
            checking.say("does not match the required pattern", pointer)

    return check


def flag(checking: Checking, value: Any, pointer: str) -> None:
    if not isinstance(value, bool):
        checking.say("must be a boolean", pointer)


def number(low: int, high: int) -> Rule:
    def check(checking: Checking, value: Any, pointer: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            checking.say("must be an integer", pointer)
        elif not low <= value <= high:
            checking.say(f"must be between {low} and {high}", pointer)

    return check


def one_of(*allowed: str) -> Rule:
    def check(checking: Checking, value: Any, pointer: str) -> None:
        if value not in allowed:
            checking.say(f"must be a valid enum value: {', '.join(allowed)}", pointer)

    return check


def anything(checking: Checking, value: Any, pointer: str) -> None:
    """Not looked at."""


def items(rule: Rule, least: int, most: int) -> Rule:
    """A list of `least` to `most` items, each by `rule`."""

    def check(checking: Checking, value: Any, pointer: str) -> None:
        if not isinstance(value, list):
            checking.say("must be an array", pointer)
            return
        if len(value) > most:
            checking.say(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            checking.say(f"no fewer than {least} items allowed", pointer)
        for index, item in enumerate(value):
            rule(checking, item, f"{pointer}/{index}")

    return check


def shaped(spec: Spec) -> Rule:
    """An object without a type."""

    def check(checking: Checking, value: Any, pointer: str) -> None:
        if isinstance(value, dict):
            check_spec(checking, spec, value, pointer)
        else:
            checking.say("must be an object", pointer)

    return check


def typed(specs: Callable[[], Mapping[str, Spec]], allowed: Sequence[str]) -> Rule:
    """An object whose `type` is one of `allowed`."""

    def check(checking: Checking, value: Any, pointer: str) -> None:
        if not isinstance(value, dict):
            checking.say("must be an object", pointer)
        elif value.get("type") not in allowed:
            checking.say(f"unsupported type: {value.get('type')}", f"{pointer}/type")
        else:
            check_spec(checking, specs()[value["type"]], value, pointer)

    return check


def text(most: int, *kinds: str) -> Rule:
    """A text object, plain_text unless `kinds` say otherwise, of 1 to `most` characters."""
    allowed = kinds or ("plain_text",)
    specs = {
        "plain_text": Spec({"text": string(most, 1), "emoji": flag}, ("text",)),
        "mrkdwn": Spec({"text": string(most, 1), "verbatim": flag}, ("text",)),
    }
    return typed(lambda: specs, allowed)


def image_url(checking: Checking, value: Any, pointer: str) -> None:
    """An address of at most 3000 characters behind which Slack finds a picture."""
    string(3000, 1)(checking, value, pointer)
    if isinstance(value, str) and value in checking.bad_images:
        checking.say(FAILED, pointer)


def slack_file(checking: Checking, value: Any, pointer: str) -> None:
    """{"id"} or {"url"} of a finished upload."""
    known = value.get("id") if isinstance(value, dict) else None
    if isinstance(value, dict) and "url" in value and "id" not in value:
        known = next((f.id for f in checking.files.values() if str(value["url"]).endswith(f.id)), None)
    file = checking.files.get(str(known))
    if file is None or not file.complete:
        checking.say("invalid slack file", pointer)


def just_one_of(*names: str) -> Callable[[Checking, dict[str, Any], str], None]:
    """Exactly one of these fields."""

    def check(checking: Checking, value: dict[str, Any], pointer: str) -> None:
        given = [name for name in names if value.get(name)]
        if not given:
            checking.say(f"missing required field: {names[0]}", pointer)
        elif len(given) > 1:
            checking.say(f"only one of {', '.join(names)} is allowed", pointer)

    return check
