"""A company's own words, held against those that ship: a bot must find every text, and be able to fill its places."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from bot.domain.content_problem import ContentProblem
from bot.sources.words import FALLBACK, Words, WordsUnreadableError


def check_words(folder: Path, shipped: Path) -> tuple[int, list[ContentProblem]]:
    """How many texts a content folder has, and what is wrong with them. Without words of its own: none, and nothing."""
    own = folder / "words"
    if not own.is_dir():
        return 0, []
    known = Words.load(shipped / "words").texts
    try:
        texts = Words.load(own).texts
    except WordsUnreadableError as error:
        return 0, [ContentProblem("words", None, f"they cannot be read ({error})", "Texts stand in quotes, as TOML.")]
    except FileNotFoundError:
        return 0, [ContentProblem("words", None, f'there is no folder "{FALLBACK}"', "English has to be there.")]
    wrong = [one for language, mine in texts.items() for one in _wrong(own, language, mine, _like(known, language))]
    return sum(map(len, texts.values())), wrong


def _like(known: Mapping[str, Mapping[str, str]], language: str) -> Mapping[str, str]:
    return known.get(language, known[FALLBACK])


def _wrong(own: Path, language: str, mine: Mapping[str, str], known: Mapping[str, str]) -> Iterator[ContentProblem]:
    for key in (key for key in known if key not in mine):
        yield ContentProblem(_file(language, key), None, f'"{key}" is missing', f"It says: {known[key][:80]}")
    for key, text in mine.items():
        where, line = _file(language, key), _line(own / language / f"{key.partition('.')[0]}.toml", text)
        if key not in known:
            yield ContentProblem(where, line, f'"{key}" is not known', "Take it out, or look for a slip of the pen.")
        elif (places := _places(text)) != _places(known[key]):
            wanted = ", ".join(f"{{{name}}}" for name in sorted(_places(known[key]) or ())) or "none"
            what = f'"{key}" has a brace too many' if places is None else f'the places of "{key}" are others'
            yield ContentProblem(where, line, what, f"Its places: {wanted}. A brace itself is written twice.")


def _file(language: str, key: str) -> str:
    return f"words/{language}/{key.partition('.')[0]}.toml"


def _line(path: Path, text: str) -> int | None:
    """The line on which a text begins."""
    first = text.split("\n", 1)[0]
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if first and first in line), None)


def _places(text: str) -> frozenset[str] | None:
    """None for a text that cannot be filled."""
    try:
        return frozenset(name for _, name, *_ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None
