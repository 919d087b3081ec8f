"""Topics that people follow: of whichever story has one they hear when it goes out."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from bot.domain.leaderboard import by_name

LONGEST = 75
MOST = 100
"""To choose from, and to follow: as many as a menu of Slack's holds, each as long as it shows."""
LATELY = timedelta(days=183)
"""Topics of stories that went out since are there to be followed."""


def as_followed(topic: str) -> str:
    """The topic as it is kept: on one line, and no longer than a menu shows."""
    return " ".join(topic.split())[:LONGEST].strip()


def followed_among(topics: Iterable[str], followed: Iterable[str]) -> tuple[str, ...]:
    """Which of a story's topics somebody follows, as the story writes them; capitals make no difference."""
    wanted = {by_name(as_followed(topic)) for topic in followed}
    return tuple(topic for topic in topics if by_name(as_followed(topic)) in wanted)


def without(followed: Iterable[str], topics: Iterable[str]) -> tuple[str, ...]:
    """What somebody still follows who wants to hear no more of these topics."""
    unwanted = {by_name(as_followed(topic)) for topic in topics}
    return tuple(topic for topic in followed if by_name(as_followed(topic)) not in unwanted)


def to_choose_from(lately: Iterable[str], followed: Iterable[str]) -> tuple[str, ...]:
    """What somebody follows, whatever became of it, and what stories were about lately; by name, one spelling each."""
    spelled = {by_name(topic): topic for topic in map(as_followed, followed)}
    common = Counter(topic for topic in map(as_followed, lately) if topic)
    for topic, _ in common.most_common():
        spelled.setdefault(by_name(topic), topic)
    return tuple(sorted(list(spelled.values())[:MOST], key=by_name))
