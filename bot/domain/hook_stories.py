"""From entries of many feeds to hooks: one event in five papers is one hook with five sources."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.hook_links import canonical
from bot.domain.hook_rank import match_of
from bot.domain.hook_titles import are_alike, heading
from bot.domain.hook_words import WatchList
from bot.domain.hooks import Feed, FeedEntry, Found, dated

SAME_NEWS = timedelta(hours=48)
"""Near-equal headings further apart are about something that comes back."""


@dataclass(frozen=True)
class Hook:
    """Something in the media. `at` (UTC): when it was published, or first seen where `is_dated` is False.

    `sources`: who brings it, each once, the first to be met first. `match`: how well it fits what is watched.
    """

    title: str
    link: str
    summary: str
    language: str
    at: datetime
    is_dated: bool
    sources: tuple[str, ...]
    found: tuple[Found, ...]
    match: float


def hook_of(feed: Feed, entry: FeedEntry, words: WatchList, now: datetime) -> Hook | None:
    """The entry as a hook; None when nothing that is watched stands in it."""
    found = words.found_in(entry.title, entry.summary, feed.language)
    match = match_of(found, everything=feed.everything)
    if not match:
        return None
    at = dated(entry, now)
    source = entry.source or feed.name
    return Hook(
        entry.title, entry.link, entry.summary, feed.language, at or now, at is not None, (source,), found, match
    )


def is_same(one: Hook, other: Hook) -> bool:
    """Whether both are about the same event: the same page, or near-equal headings within two days."""
    if one.link and canonical(one.link) == canonical(other.link):
        return True
    is_near = abs(one.at - other.at) <= SAME_NEWS
    return is_near and are_alike(heading(one.title), heading(other.title))


def joined(one: Hook, other: Hook) -> Hook:
    """Both as one: the first one's words, everybody's sources, the better match."""
    sources = tuple(dict.fromkeys((*one.sources, *other.sources)))
    found = tuple({each.word: each for each in (*other.found, *one.found)}.values())
    return replace(one, sources=sources, found=found, match=max(one.match, other.match), link=one.link or other.link)


def gathered(hooks: Iterable[Hook]) -> list[Hook]:
    """Each event once, the earliest report of it first to speak."""
    kept: list[Hook] = []
    for hook in sorted(hooks, key=lambda hook: hook.at):
        known = next((nth for nth, other in enumerate(kept) if is_same(other, hook)), None)
        if known is None:
            kept.append(hook)
        else:
            kept[known] = joined(kept[known], hook)
    return kept
