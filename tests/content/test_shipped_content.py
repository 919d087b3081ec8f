"""The stories that ship must be an example: readable, postable, and not all the same."""

import re
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.domain.captions import Caption, with_disclosure
from bot.domain.networks import fits, with_utm
from bot.domain.story_file import StoryFile
from bot.sources.content_folder import read_disclosure, read_guidelines, read_stories

CONTENT = Path(__file__).parents[2] / "content"
STORIES, PROBLEMS = read_stories(CONTENT)
CAPTIONS = [
    pytest.param(story, caption, id=f"{story.slug}-{n}")
    for story in STORIES
    for n, caption in enumerate(story.captions)
]
STIFF = re.compile(
    r"\b(proud|excited|thrilled|innovativ\w*|leverag\w*|stakeholders?|solutions?|passionate|journey|synerg\w*|trots|"
    r"innovatie\w*|oplossing\w*|middels|met betrekking tot|teneinde|gedreven|impact|organisatie)\b",
    re.IGNORECASE,
)


def test_nothing_is_wrong_with_them() -> None:
    assert [str(problem) for problem in PROBLEMS] == []


def test_there_are_enough_in_both_languages() -> None:
    languages = [story.language for story in STORIES]
    assert len(STORIES) >= 14
    assert languages.count("en") >= 8
    assert languages.count("nl") >= 6
    assert sum(len({caption.language for caption in story.captions}) == 2 for story in STORIES) >= 3


def test_every_kind_of_story_is_there() -> None:
    assert 1 <= sum(story.commercial for story in STORIES) <= 2
    assert sum(story.best_before is not None for story in STORIES) == 1
    assert sum(bool(story.dilemma) for story in STORIES) == 1
    assert len(STORIES) > sum(story.image is not None for story in STORIES) >= 6
    assert len({story.link for story in STORIES}) == len({story.title for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_each_can_be_dealt(story: StoryFile) -> None:
    for language in {caption.language for caption in story.captions}:
        assert 2 <= sum(caption.language == language for caption in story.captions) <= 4
    assert story.topics
    assert story.background
    assert {urlsplit(url).hostname for url in (story.link, story.image) if url} <= {"example.org", "example.com"}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_captions_differ(story: StoryFile) -> None:
    for one, other in combinations(story.captions, 2):
        assert alike(one, other) < 0.2, (one.text, other.text)


def alike(one: Caption, other: Caption) -> float:
    """How many runs of three words two captions share."""
    runs = [
        set(zip(words, words[1:], words[2:], strict=False))
        for words in (re.findall(r"\w+", c.text.lower()) for c in (one, other))
    ]
    return len(runs[0] & runs[1]) / max(1, len(runs[0] | runs[1]))


@pytest.mark.parametrize(("story", "caption"), CAPTIONS)
def test_each_caption_goes_along_everywhere(story: StoryFile, caption: Caption) -> None:
    line = read_disclosure(CONTENT).line(caption.language)
    assert line is not None
    text = with_disclosure(caption.text, line.filled("Kolk & Kamp", commercial=story.commercial))
    link = with_utm(story.link, source="bluesky", campaign="passalong")
    assert min(fits(key, text, link) for key in ("x", "bluesky", "threads", "mastodon", "reddit")) >= 0


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_none_sounds_like_a_company(story: StoryFile) -> None:
    whole = " ".join((story.title, story.sentence, story.background, *(caption.text for caption in story.captions)))
    assert STIFF.findall(whole) == []


def test_both_languages_have_guidelines_and_disclosure() -> None:
    english, dutch = read_guidelines(CONTENT, "en"), read_guidelines(CONTENT, "nl")
    assert english.startswith("# What may I post?")
    assert dutch.startswith("# Wat mag ik plaatsen?")
    assert max(len(english.splitlines()), len(dutch.splitlines())) <= 30
    assert {line.language for line in read_disclosure(CONTENT).lines} == {"en", "nl"}
