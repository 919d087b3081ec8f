"""Topics and ready texts that worked, stories nobody wanted, and why: for comms, of stories alone."""

from bot.domain.what_worked import NotForMe, Topic, WhatWorked
from bot.slack.blocks.parts import Part
from bot.slack.mrkdwn import cut, escape
from bot.sources.words import Words

LONGEST_TITLE = 100
LONGEST_TEXT = 200


def what_worked_parts(words: Words, language: str, found: WhatWorked) -> list[Part]:
    """Only what there is something to say of; what there is not is said in one line."""
    lists = [
        ("comms.topics", tuple(_topic(words, language, topic, found) for topic in found.topics)),
        ("comms.captions", _captions(words, language, found)),
        ("comms.unwanted", tuple(f"• {_title(story.title)}" for story in found.unwanted)),
        ("comms.not_for_me", tuple(_not_for_me(words, language, one) for one in found.not_for_me)),
    ]
    parts = [Part(lines, words.say(language, heading)) for heading, lines in lists if lines]
    small = [words.say(language, "comms.of_twelve_weeks")]
    if not found.counts_readers:
        small.append(words.say(language, "comms.said_instead"))
    if not parts:
        parts = [Part((words.say(language, "comms.no_stories"),))]
    return [*parts, Part((" ".join(small),), is_small=True)]


def _topic(words: Words, language: str, topic: Topic, found: WhatWorked) -> str:
    number = topic.readers_a_story if found.counts_readers else topic.said_a_story
    key = "comms.topic_read" if found.counts_readers else "comms.topic_said"
    stories = words.count(language, "comms.stories", topic.stories)
    name = f"*{escape(cut(topic.name, LONGEST_TITLE))}*"
    return words.say(language, key, topic=name, number=words.number(language, round(number, 1)), stories=stories)


def _captions(words: Words, language: str, found: WhatWorked) -> tuple[str, ...]:
    key = "champions.readers" if found.counts_readers else "comms.people"
    return tuple(
        words.say(
            language,
            "comms.caption",
            text=escape(cut(" ".join(one.text.split()), LONGEST_TEXT)),
            title=_title(one.title),
            count=words.count(language, key, one.number),
        )
        for one in found.captions
    )


def _not_for_me(words: Words, language: str, one: NotForMe) -> str:
    times = words.count(language, "comms.times", one.times)
    reasons = [
        words.say(
            language, "comms.reason", n=words.number(language, n), reason=words.say(language, f"reasons.{reason}")
        )
        for reason, n in one.reasons.items()
    ]
    if not reasons:
        return words.say(language, "comms.not_wanted", title=_title(one.story.title), times=times)
    listed = words.list(language, reasons)
    return words.say(language, "comms.not_wanted_because", title=_title(one.story.title), times=times, reasons=listed)


def _title(title: str) -> str:
    return escape(cut(" ".join(title.split()), LONGEST_TITLE))
