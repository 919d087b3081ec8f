"""The folder with the public page of a crisis."""

from pathlib import Path

from bot.actions.ports import CrisisFiles
from bot.compose.folders import read_words
from bot.config import Settings
from bot.sources.words import Words


def crisis_folder(settings: Settings, folder: Path, words: Words | None = None) -> CrisisFiles:
    """Whoever writes the page into this folder."""
    from bot.web.crisis_files import CrisisFolder  # whoever has no such folder does without

    return CrisisFolder(folder, words or read_words(settings), settings.public_url)
