from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sources.words import Words, WordsUnreadableError

AMSTERDAM = "Europe/Amsterdam"
NOW = datetime(2026, 3, 11, 13, 20, tzinfo=UTC)
CONTENT = Path(__file__).parents[2] / "content" / "words"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "en/queue.toml": 'done = "“{title}” goes out {when}."\n[modal]\ntitle = "New story"\n[left]\n'
        'one = "One story left"\nother = "{n} stories left in {channel}"\n',
        "nl/queue.toml": 'done = "“{title}” gaat {when} de deur uit."\n[modal]\ntitle = "Nieuw verhaal"\n[left]\n'
        'one = "Nog één verhaal"\nother = "Nog {n} verhalen in {channel}"\n',
        "nl/share.toml": 'button = """\nDeel het\n"""\n',
        "en/share.toml": 'button = "Share it"\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_texts_are_found_by_file_and_place(folder: Path) -> None:
    words = Words.load(folder)
    assert words.say("en", "queue.done", title="{A}", when="today") == "“{A}” goes out today."
    assert words.say("nl", "queue.modal.title") == "Nieuw verhaal"
    assert words.say("nl", "share.button") == "Deel het"
    assert words.say("fr", "share.button") == "Share it"


def test_a_key_or_a_place_that_is_missing_is_an_error(folder: Path) -> None:
    words = Words.load(folder)
    with pytest.raises(KeyError, match=r"queue\.gone"):
        words.say("en", "queue.gone")
    with pytest.raises(KeyError, match="when"):
        words.say("en", "queue.done", title="A")


def test_texts_count(folder: Path) -> None:
    words = Words.load(folder)
    assert words.count("en", "queue.left", 1, channel="#news") == "One story left"
    assert words.count("en", "queue.left", 0, channel="#news") == "0 stories left in #news"
    assert words.count("nl", "queue.left", 1234, channel="#news") == "Nog 1.234 verhalen in #news"


@pytest.mark.parametrize("text", ["done = [1]", "done = 1", "done ="])
def test_a_file_that_is_not_texts_is_named(folder: Path, text: str) -> None:
    (folder / "en/queue.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WordsUnreadableError, match=r"queue\.toml"):
        Words.load(folder)


def test_english_has_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "nl").mkdir()
    with pytest.raises(FileNotFoundError):
        Words.load(tmp_path)


@pytest.mark.parametrize(
    ("at", "english", "dutch"),
    [
        (datetime(2026, 3, 11, 15, 5, tzinfo=UTC), "today at 16:05", "vandaag om 16.05 uur"),
        (datetime(2026, 3, 11, 23, 30, tzinfo=UTC), "tomorrow at 0:30", "morgen om 0.30 uur"),
        (datetime(2026, 3, 10, 8, tzinfo=UTC), "yesterday at 9:00", "gisteren om 9.00 uur"),
        (datetime(2026, 3, 3, 8, tzinfo=UTC), "Tuesday 3 March at 9:00", "dinsdag 3 maart om 9.00 uur"),
        (datetime(2026, 3, 31, 7, tzinfo=UTC), "Tuesday 31 March at 9:00", "dinsdag 31 maart om 9.00 uur"),
        (datetime(2027, 1, 1, 8, tzinfo=UTC), "Friday 1 January 2027 at 9:00", "vrijdag 1 januari 2027 om 9.00 uur"),
    ],
)
def test_times_in_words(at: datetime, english: str, dutch: str) -> None:
    words = Words.load(CONTENT)
    assert words.when("en", at, AMSTERDAM, NOW) == english
    assert words.when("nl", at, AMSTERDAM, NOW) == dutch
    assert words.when("xx", at, AMSTERDAM, NOW) == english


def test_the_day_is_the_one_where_the_reader_is() -> None:
    words, at = Words.load(CONTENT), datetime(2026, 3, 12, 3, 30, tzinfo=UTC)
    assert words.day("en", at, AMSTERDAM, NOW) == "tomorrow"
    assert words.day("en", at, "America/New_York", NOW) == "today"
    assert words.clock("nl", at, "America/New_York") == "23.30 uur"


def test_weekdays_numbers_and_lists() -> None:
    words = Words.load(CONTENT)
    assert (words.weekday("en", 1), words.weekday("nl", 1)) == ("Tuesday", "dinsdag")
    assert (words.number("en", 1234.5), words.number("nl", 1234.5)) == ("1,234.5", "1.234,5")
    assert words.list("en", ["a", "b", "c"]) == "a, b and c"
    assert words.list("nl", ["a", "b", "c"]) == "a, b en c"
    assert [words.list("en", pieces) for pieces in ([], ["a"], ["a", "b"])] == ["", "a", "a and b"]
