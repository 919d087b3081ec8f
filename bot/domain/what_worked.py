"""What worked, and what nobody wanted: topics, ready texts and stories. Of people it says nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.digest import StoryCount
from bot.domain.leaderboard import by_name
from bot.domain.reasons import Reason
from bot.domain.stories import Story

WINDOW = timedelta(weeks=12)
"""How far back comms looks."""
FEWEST_STORIES = 2
"""One lucky story is no topic yet."""
MOST_TOPICS = 5
MOST_CAPTIONS = 5
MOST_UNWANTED = 5
MOST_REASONED = 5


@dataclass(frozen=True)
class Topic:
    """Stories about one thing, and what they brought together: people who opened, said so; readers. Never added up."""

    name: str
    stories: int
    opened: int
    said: int
    readers: int
    not_for_me: int

    @property
    def readers_a_story(self) -> float:
        """So that a topic with many stories is not ahead by that alone."""
        return self.readers / self.stories

    @property
    def said_a_story(self) -> float:
        """The same where readers are not counted."""
        return self.said / self.stories


@dataclass(frozen=True)
class Caption:
    """A ready text, its story's title, and what it brought: readers, or, where they are not counted, people with it."""

    title: str
    text: str
    number: int


@dataclass(frozen=True)
class NotForMe:
    """A story, how many said *not for me*, and the reasons of those who gave one, most given first."""

    story: Story
    times: int
    reasons: Mapping[Reason, int]


@dataclass(frozen=True)
class WhatWorked:
    """The last twelve weeks. `counts_readers`: figures are readers; else they are what colleagues say."""

    topics: tuple[Topic, ...]
    captions: tuple[Caption, ...]
    unwanted: tuple[Story, ...]
    not_for_me: tuple[NotForMe, ...]
    counts_readers: bool


def by_topic(counts: Iterable[StoryCount]) -> list[Topic]:
    """Every topic, by name; however it was typed, `Water` and `water` are one."""
    found: dict[str, list[StoryCount]] = {}
    names: dict[str, str] = {}
    for count in counts:
        for name in count.story.topics:
            key = names.setdefault(by_name(name), name)
            found.setdefault(key, []).append(count)
    return [_topic(name, found[name]) for name in sorted(found, key=by_name)]


def best_topics(topics: Iterable[Topic], *, by_readers: bool) -> tuple[Topic, ...]:
    """Those of two stories or more that brought something, most a story first."""
    numbers = {topic: topic.readers_a_story if by_readers else topic.said_a_story for topic in topics}
    found = [topic for topic, number in numbers.items() if number and topic.stories >= FEWEST_STORIES]
    return tuple(sorted(found, key=lambda topic: (-numbers[topic], by_name(topic.name))))[:MOST_TOPICS]


def _topic(name: str, counts: list[StoryCount]) -> Topic:
    return Topic(
        name=name,
        stories=len(counts),
        opened=sum(count.opened for count in counts),
        said=sum(count.said for count in counts),
        readers=sum(count.followed.readers for count in counts),
        not_for_me=sum(count.story.not_for_me for count in counts),
    )
