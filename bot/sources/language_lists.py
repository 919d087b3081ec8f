"""The lists of the language meter: `language/{language}.toml` in the content folder. Each says how it is written."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.domain.content_problem import ContentProblem, ContentUnusable
from bot.domain.language import Meter
from bot.domain.language_lists import KINDS, LISTS, LOWERING, QUIET, SIGNS, Entry, Lists, MatchUnreadable, entry_of
from bot.domain.language_weights import WEIGHTS
from bot.sources.content_place import content_place

LANGUAGES = tuple(WEIGHTS)
LARGEST_FILE = 262_144
LONGEST_SAY = 40

_TABLES = ("question", "entry", "counted", "words", "quiet", "names")
_KEYS = ("match", "kind", "say", "show", "note")
_MORE_THAN_ONE = re.compile(r"[/|;\n]")
_TOML_LINE = re.compile(r"line (\d+)")


def meter_of(own: Path | None) -> Meter:
    """A meter with the lists of this content folder; with those that ship for what it does not have.

    Raises ContentUnusable.
    """
    files = {language: f"language/{language}.toml" for language in LANGUAGES}
    return Meter(read_all_lists({language: content_place(own, file) / file for language, file in files.items()}))


def read_all_lists(paths: Mapping[str, Path]) -> dict[str, Lists]:
    """The lists of every language, each from its file. Raises ContentUnusable with all that is wrong."""
    found: dict[str, Lists] = {}
    problems: list[ContentProblem] = []
    for language, path in paths.items():
        try:
            found[language] = read_lists(path, language)
        except ContentUnusable as error:
            problems.extend(error.problems)
    if problems:
        raise ContentUnusable(*problems)
    return found


def read_lists(path: Path, language: str) -> Lists:
    """The lists of one language. Raises ContentUnusable with everything that is wrong with the file."""
    return _File(path).lists(language)


class _File:
    """One file, and what was found wrong with it so far."""

    def __init__(self, path: Path) -> None:
        self.name = f"{path.parent.name}/{path.name}"
        self.problems: list[ContentProblem] = []
        self.text = self._text(path)
        self.lines = self.text.splitlines()
        self.tables = self._tables()

    def lists(self, language: str) -> Lists:
        for key in self.tables.keys() - set(_TABLES):
            self._wrong(self._line(key), f'"{key}" is nothing it knows', f"There are {', '.join(_TABLES)}.")
        entries = [*self._shown(), *self._in_table("counted", KINDS)]
        hushed = list(self._in_table("quiet", QUIET))
        self._no_phrase_twice(entries)
        words = {name: frozenset(self._words("words", name)) for name in LISTS}
        names = {sign: self._name(sign) for sign in SIGNS}
        question = self.tables.get("question")
        if not isinstance(question, str) or not question.strip():
            self._wrong(None, "it has no question", 'Add question = "who did this, or saw it happen?" at its start.')
        if self.problems:
            raise ContentUnusable(*self.problems)
        return Lists(language, tuple(entries), tuple(hushed), words, names, str(question))

    def _shown(self) -> Iterator[Entry]:
        entries = self.tables.get("entry", [])
        places = [at for at, line in enumerate(self.lines, 1) if line.strip() == "[[entry]]"]
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self._wrong(self._line("entry"), '"entry" is no list of tables', "Start each with a line [[entry]].")
            return
        for number, entry in enumerate(entries):
            line = places[number] if len(places) == len(entries) else None
            yield from self._entry(entry, line)

    def _entry(self, entry: Mapping[str, Any], line: int | None) -> Iterator[Entry]:
        for key in entry.keys() - set(_KEYS):
            self._wrong(line, f'an entry knows no "{key}"', f"It has {', '.join(_KEYS)}.")
        kind, match, say, shown = (entry.get(key) for key in ("kind", "match", "say", "show"))
        if kind not in LOWERING:
            self._wrong(line, f"its kind is {kind!r}", f"One of {', '.join(LOWERING)}.")
        if not isinstance(shown, bool | None):
            self._wrong(line, "show is neither true nor false", "Leave it out, or write show = false.")
        if (wrong := _wrong_say(say, shown is not False)) is not None:
            self._wrong(line, *wrong)
        yield from self._read(str(kind), match, say if isinstance(say, str) else None, line)

    def _in_table(self, table: str, kinds: tuple[str, ...]) -> Iterator[Entry]:
        content = self.tables.get(table, {})
        if not isinstance(content, dict):
            self._wrong(self._line(table), f'"{table}" is no table', f"Write it under a line [{table}].")
            return
        for kind in content.keys() - set(kinds):
            self._wrong(self._line(kind), f'[{table}] knows no "{kind}"', f"There are {', '.join(kinds)}.")
        for kind in kinds:
            for match in self._words(table, kind, needed=False):
                yield from self._read(kind, match, None, None)

    def _words(self, table: str, key: str, *, needed: bool = True) -> list[str]:
        content = self.tables.get(table, {})
        words = content.get(key, []) if isinstance(content, dict) else []
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words) or (needed and not words):
            self._wrong(self._line(key), f'"{key}" in [{table}] is no list of words', f'Write {key} = ["one", "two"].')
            return []
        return words

    def _name(self, sign: str) -> str:
        names = self.tables.get("names", {})
        name = names.get(sign) if isinstance(names, dict) else None
        if not isinstance(name, str) or not name.strip():
            self._wrong(self._line("[names]"), f'the sign "{sign}" has no name', f'Add {sign} = "…" under [names].')
        return str(name)

    def _read(self, kind: str, match: Any, say: str | None, line: int | None) -> Iterator[Entry]:
        try:
            yield entry_of(kind, match if isinstance(match, str) else "", say)
        except MatchUnreadable as error:
            self._wrong(line or self._last(f'"{match}"'), str(error), "The head of the file says how.")

    def _no_phrase_twice(self, entries: list[Entry]) -> None:
        seen: dict[object, Entry] = {}
        for entry in entries:
            for phrase in entry.phrases:
                other = seen.setdefault(phrase, entry)
                if other.kind != entry.kind or (other is not entry and other.say and entry.say):
                    said = " ".join(phrase.words)
                    what = f'"{said}" stands under {other.kind} and under {entry.kind}'
                    self._wrong(self._last(f'"{entry.match}"'), what, "Keep one of them.")
                    break

    def _wrong(self, line: int | None, what: str, mend: str) -> None:
        self.problems.append(ContentProblem(self.name, line, what, mend))

    def _line(self, key: str) -> int | None:
        """Where `key` stands at the start of a line."""
        return next((at for at, line in enumerate(self.lines, 1) if line.startswith((key, f"[{key}"))), None)

    def _last(self, said: str) -> int | None:
        """Where it stands for the last time."""
        return max((at for at, line in enumerate(self.lines, 1) if said in line), default=None)

    def _text(self, path: Path) -> str:
        try:
            if path.is_file() and path.stat().st_size > LARGEST_FILE:
                raise ContentUnusable(ContentProblem(self.name, None, "it is larger than 256 kB", "Make it shorter."))
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise ContentUnusable(ContentProblem(self.name, None, "it is not UTF-8", "Save it as UTF-8.")) from error
        except OSError as error:
            what = f"it cannot be opened ({error.strerror})"
            raise ContentUnusable(ContentProblem(self.name, None, what, "Check that it is a readable file.")) from error

    def _tables(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            line = _TOML_LINE.search(str(error))
            at = int(line.group(1)) if line else None
            problem = ContentProblem(
                self.name, at, f"it cannot be read ({error})", "Mend that line; texts stand in quotes."
            )
            raise ContentUnusable(problem) from error


def _wrong_say(say: Any, is_shown: bool) -> tuple[str, str] | None:
    """What is wrong with a replacement, and how to mend it."""
    if not is_shown:
        return None if say is None else ("it is never shown, and says something", "Take away say, or show = false.")
    if not isinstance(say, str) or not say.strip():
        return "it has nothing to say instead", "Add say, or show = false."
    if _MORE_THAN_ONE.search(say) or len(say) > LONGEST_SAY:
        return "it says more than one thing instead", f"One replacement, of at most {LONGEST_SAY} letters."
    return None
