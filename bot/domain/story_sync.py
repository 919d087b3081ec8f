"""A story that stands in a file and in Slack: what changed where since they were last the same, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.captions import Caption
from bot.domain.stories import StoryDraft

Captions = tuple[tuple[str, str], ...]
Base = Mapping[str, Any]
"""The file as it was taken over last, as plain values by part; a part that is not there is not known."""
UNKNOWN = object()


@dataclass(frozen=True)
class StoryParts:
    """What a file decides of a story. `captions`: language and text of each; `best_before` is UTC.

    `channels` is None where the file names none: then the channels are Slack's alone.
    """

    link: str
    title: str
    sentence: str
    language: str
    captions: Captions
    background: str
    topics: tuple[str, ...]
    image: str | None
    alt: str | None
    commercial: bool
    best_before: datetime | None
    channels: tuple[str, ...] | None = None
    dilemma: str = ""


PARTS = tuple(field.name for field in fields(StoryParts))


class Turn(StrEnum):
    """What becomes of one part. `TAKEN`: the file changed. `KEPT`: it was edited in Slack. `BOTH`: in both, so kept.

    `OUT`: the file changed, but it is too late for that once the story went out.
    """

    TAKEN = "taken"
    KEPT = "kept"
    BOTH = "both"
    OUT = "out"


@dataclass(frozen=True)
class Change:
    """One part in which the file and Slack differ."""

    part: str
    turn: Turn
    here: Any
    file: Any


def compared(
    base: Base, here: StoryParts, file: StoryParts, *, overwrite: bool, is_out: bool = False
) -> tuple[Change, ...]:
    """Where they differ, in the order of the parts.

    `base`: the file as it was taken over last (`as_base`); what differs in a part that it lacks is kept.
    `overwrite`: the file is right whatever was done in Slack. `is_out`: it went out, so its channels stay.
    """
    ours, theirs = as_base(here), as_base(file)
    found = []
    for part in PARTS:
        if ours[part] != theirs[part] and not (part == "channels" and file.channels is None):
            turn = Turn.TAKEN if overwrite else _turn(base.get(part, UNKNOWN), ours[part], theirs[part])
            if is_out and part == "channels" and turn is not Turn.KEPT:
                turn = Turn.OUT
            found.append(Change(part, turn, getattr(here, part), getattr(file, part)))
    return tuple(found)


def _turn(before: Any, here: Any, file: Any) -> Turn:
    if before == here:
        return Turn.TAKEN
    return Turn.KEPT if before == file else Turn.BOTH


def merged(here: StoryParts, changes: tuple[Change, ...]) -> StoryParts:
    """The story with what is taken from the file."""
    return replace(here, **{change.part: change.file for change in changes if change.turn is Turn.TAKEN})


def next_base(base: Base, file: StoryParts, changes: tuple[Change, ...]) -> dict[str, Any]:
    """What to hold the file against next time: what of it did not go in stays known as changed."""
    left = {change.part for change in changes if change.turn in (Turn.BOTH, Turn.OUT)}
    same = {part: value for part, value in as_base(file).items() if part not in left}
    return same | {part: base[part] for part in left if part in base}


def parts_of(draft: StoryDraft) -> StoryParts:
    """A story's parts as it stands."""
    texts = tuple((caption.language, caption.text) for caption in draft.captions)
    same = {part: getattr(draft, part) for part in PARTS if part not in {"captions", "channels"}}
    return StoryParts(**same, captions=texts, channels=tuple(sorted(draft.channels)))


def draft_with(draft: StoryDraft, parts: StoryParts) -> StoryDraft:
    """The draft with these parts; its time and slug stay."""
    same = {part: getattr(parts, part) for part in PARTS if part not in {"captions", "channels"}}
    captions = tuple(Caption(None, language, text) for language, text in parts.captions)
    return replace(draft, **same, captions=captions, channels=parts.channels or draft.channels)


def as_base(parts: StoryParts) -> dict[str, Any]:
    """Plain values by part, as they are stored."""
    values = {part: getattr(parts, part) for part in PARTS}
    return values | {
        "captions": [list(caption) for caption in parts.captions],
        "topics": list(parts.topics),
        "best_before": parts.best_before.isoformat() if parts.best_before else None,
        "channels": None if parts.channels is None else list(parts.channels),
    }
