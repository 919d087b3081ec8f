"""Every word in every language, the same places in each, none unused, none missing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from bot.sources.words import Words

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WORDS = Words.load(ROOT / "content" / "words")
ENGLISH = WORDS.texts["en"]
OTHERS = {language: texts for language, texts in WORDS.texts.items() if language != "en"}
KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
COUNTED = ("one", "other")
SAYING = {"say": 2, "count": 3, "BadField": 1}
"""What takes a key, and how many arguments it has at least (`"text".count("x")` has one)."""


def lines(name: str) -> set[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return {line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted((ROOT / "bot").rglob("*.py")):
        if "sandbox" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield path, node


NODES = list(nodes())
LITERALS = {node.value for _, node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)}
BEGINNINGS = {
    node.values[0].value
    for _, node in NODES
    if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant)
}


def spoken() -> Iterator[tuple[str, str, bool]]:
    """Where, which key, and whether it counts: every key handed to `say` or `count` as it stands."""
    for path, node in NODES:
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if len(node.args) >= SAYING.get(name, 99):
                for given in node.args:
                    for key in keys_in(given):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", key, name == "count"


def keys_in(given: ast.expr) -> Iterator[str]:
    """A key as it stands, or the two of `"a.b" if … else "a.c"`."""
    if isinstance(given, ast.IfExp):
        yield from keys_in(given.body)
        yield from keys_in(given.orelse)
    elif isinstance(given, ast.Constant) and isinstance(given.value, str) and KEY.fullmatch(given.value):
        yield given.value


def used(key: str) -> bool:
    parent, _, last = key.rpartition(".")
    if key in LITERALS or (last in COUNTED and parent in LITERALS):
        return True
    return any(key.startswith(family) for family in lines("word_families.txt"))


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert sorted(OTHERS[language].keys() ^ ENGLISH.keys()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_texts_have_the_same_places(language: str) -> None:
    texts = OTHERS[language]
    leave_out = {key: {"n"} if key.endswith(".one") else set() for key in ENGLISH}  # "one story" needs no number
    different = [
        key
        for key in sorted(texts.keys() & ENGLISH.keys())
        if places(texts[key]) - leave_out[key] != places(ENGLISH[key]) - leave_out[key]
    ]
    assert different == []


def test_one_thing_has_one_name_in_dutch():
    """Champions and readers a head are called the same wherever somebody meets them."""
    others = [word for text in OTHERS["nl"].values() for word in ("kampioen", "per hoofd") if word in text.casefold()]
    assert others == []


def test_places_have_names() -> None:
    nameless = [
        key
        for texts in WORDS.texts.values()
        for key, text in texts.items()
        for p in places(text)
        if not p.isidentifier()
    ]
    assert nameless == []


@pytest.mark.parametrize("language", OTHERS)
def test_only_listed_texts_are_equal(language: str) -> None:
    texts = OTHERS[language]
    equal = {key for key in texts.keys() & ENGLISH.keys() if texts[key] == ENGLISH[key]}
    assert sorted(equal - lines("equal_words.txt")) == []


def test_the_list_of_equal_texts_is_up_to_date() -> None:
    listed = lines("equal_words.txt")
    assert sorted(listed - ENGLISH.keys()) == []
    assert sorted(key for key in listed if not any(ENGLISH[key] == texts[key] for texts in OTHERS.values())) == []


def test_no_text_is_empty() -> None:
    assert [key for texts in WORDS.texts.values() for key, text in texts.items() if not text.strip()] == []


def test_what_counts_has_both_forms() -> None:
    parents = {key.rpartition(".")[0] for key in ENGLISH if key.rpartition(".")[2] in COUNTED}
    assert [
        f"{parent}.{form}" for parent in sorted(parents) for form in COUNTED if f"{parent}.{form}" not in ENGLISH
    ] == []


def test_every_text_is_used() -> None:
    assert sorted(key for key in ENGLISH if not used(key)) == []


def test_every_family_of_keys_is_used_and_has_keys() -> None:
    families = lines("word_families.txt")
    assert sorted(family for family in families if family not in BEGINNINGS | LITERALS) == []
    assert sorted(family for family in families if not any(key.startswith(family) for key in ENGLISH)) == []


def test_every_key_in_the_code_has_a_text() -> None:
    missing = [
        f"{where} {key}" for where, key, counts in spoken() if (f"{key}.other" if counts else key) not in ENGLISH
    ]
    assert missing == []


def test_every_problem_has_a_sentence() -> None:
    """`word = "…"` in the body of a class of problems is a key too."""
    missing = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value.value}"
        for path, node in NODES
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(target := node.targets[0] if isinstance(node, ast.Assign) else node.target, ast.Name)
        and target.id == "word"
        and isinstance(node.value, ast.Constant)
        and node.value.value not in ENGLISH
    ]
    assert missing == []
