"""What the simulated staff is given, as plain data: the stories that ship, and the words on buttons and inputs."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, zip_longest
from zoneinfo import ZoneInfo

from bot.domain.story_file import MOST_CAPTIONS, StoryFile
from bot.sandbox.staff_comms import Script
from bot.sandbox.staff_screen import Phrases
from bot.sources.words import Words

ZONE = ZoneInfo("Europe/Amsterdam")
BETWEEN = 6

_IN_STORY = ("share", "not_for_me", "remind_me", "posted_myself")
_IN_SHARE = ("words", "use_words", "more", "named", "unnamed", "out", "my_networks")
_IN_HOME = ("unsay", "leave", "delete", "preferences")
_IN_FORM = ("link", "title", "sentence", "image", "alt", "topics", "language", "channels", "due_at", "best_before")
_KINDS = ("kind", "neutral", "commercial")
_OTHERS = {
    "post_address": "share.post.address",
    "quiet_from": "preferences.quiet_from",
    "quiet_to": "preferences.quiet_to",
    "slots": "setup.times.slots",
    "comms_channel": "setup.comms.channel",
    "champions_channel": "setup.champions.channel",
    "comms_language": "setup.comms.language",
    "company": "setup.sharing.company",
    "teams_from": "setup.teams.from",
    "teams_from.groups": "setup.teams.way.groups",
    "team_groups": "setup.teams.groups",
    **{name: name for name in ("preferences.networks", "preferences.standing", "preferences.named")},
    **{f"stories_in.{language}": f"setup.stories_in.{language}" for language in ("en", "nl")},
    **{f"language.{language}": f"setup.language.{language}" for language in ("en", "nl")},
}


def phrases(words: Words) -> Phrases:
    """What stands on everything the staff uses, in every language."""
    keys: Mapping[str, str] = {
        **{name: f"story.{name}" for name in _IN_STORY},
        **{name: f"share.{name}" for name in _IN_SHARE},
        **{name: f"home.{name}" for name in _IN_HOME},
        **{name: f"queue.form.{name}" for name in (*_IN_FORM, *_KINDS)},
        **_OTHERS,
    }
    found = {name: _said(words, key) for name, key in keys.items()}
    for number in range(1, MOST_CAPTIONS + 1):
        found[f"caption_{number}"] = _said(words, "queue.form.caption", number=number)
    return found


def scripts(stories: Iterable[StoryFile]) -> Sequence[Script]:
    """The stories in the order in which comms queues them: the languages in turn, those for everybody in between."""
    by_language: dict[str, list[Script]] = {}
    everywhere: list[Script] = []
    for script in map(_script, stories):
        (everywhere if script.everywhere else by_language.setdefault(script.language, [])).append(script)
    ordered = [script for script in chain.from_iterable(zip_longest(*by_language.values())) if script is not None]
    for number, script in enumerate(everywhere):
        ordered.insert(1 + number * BETWEEN, script)
    return ordered


def _script(story: StoryFile) -> Script:
    return Script(
        link=story.link,
        title=story.title,
        sentence=story.sentence,
        language=story.language,
        captions=tuple(c.text for c in story.captions if c.language == story.language),
        image=story.image,
        alt=story.alt,
        topics=story.topics,
        best_before=story.best_before_at(ZONE),
        commercial=story.commercial,
        everywhere=len({caption.language for caption in story.captions}) > 1,
    )


def _said(words: Words, key: str, **places: object) -> frozenset[str]:
    return frozenset(words.say(language, key, **places) for language in words.texts)
