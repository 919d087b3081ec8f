"""What the tests of this folder share."""

from pathlib import Path

import pytest

from bot.sources.words import Words

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load(CONTENT / "words")
