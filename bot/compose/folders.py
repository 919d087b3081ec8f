"""What ships and what a company wrote itself: texts, disclosure lines, guidelines."""

import logging
from collections.abc import Sequence
from pathlib import Path

from bot.config import Settings
from bot.domain.addresses import Network
from bot.domain.content_problem import ContentUnusable
from bot.domain.disclosure import Disclosure
from bot.domain.hooks import Watching
from bot.domain.language import Meter
from bot.sources.content_folder import read_disclosure, read_guidelines
from bot.sources.content_place import content_place
from bot.sources.feeds_file import FILE, read_feeds
from bot.sources.language_lists import meter_of
from bot.sources.words import Words

log = logging.getLogger(__name__)


def content_folder(settings: Settings, part: str = "") -> Path:
    """The company's own content folder, or the one that ships: inside the package, or beside it in a checkout.

    With a `part` (a file or a folder in it): the folder that has it, so that a company need only write what it changes.
    """
    return content_place(settings.content_dir, part)


def read_words(settings: Settings) -> Words:
    """Every text that people read. Raises WordsUnreadableError."""
    return Words.load(content_folder(settings, "words") / "words")


def disclosure(content: Path) -> Disclosure:
    """The lines that ship or that comms wrote; a file that cannot be used is no reason to stay away."""
    try:
        return read_disclosure(content)
    except ContentUnusable as error:
        log.warning("The disclosure lines cannot be used, so none is offered: %s", error)
        return Disclosure()


def watching(settings: Settings, allow: Sequence[Network]) -> Watching:
    """What is watched in the media; what cannot be used is left out, and told in the log."""
    try:
        found, problems = read_feeds(content_folder(settings, FILE), allow)
    except ContentUnusable as error:
        found, problems = Watching(), list(error.problems)
    for problem in problems:
        log.warning("Not watched: %s", problem)
    return found


def read_meter(own: Path | None) -> Meter | None:
    """Whoever reads texts: by the lists in the company's own folder, or those that ship; None when none can be used."""
    try:
        return meter_of(own)
    except ContentUnusable as error:
        log.warning("The language lists cannot be used, so nothing is said of how stories sound: %s", error)
        return None


def guidelines(settings: Settings, words: Words) -> dict[str, str]:
    """*What may I post?* by language."""
    try:
        return {
            language: read_guidelines(content_folder(settings, f"guidelines.{language}.md"), language)
            for language in words.texts
        }
    except ContentUnusable as error:
        log.warning("The guidelines cannot be used, so they are not linked: %s", error)
        return {}
