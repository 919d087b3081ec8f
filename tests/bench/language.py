"""`python -m tests.bench.language FILE.csv.gz`: how well the language meter tells people from companies.

FILE has columns text, label ("person" or "corporate"), lang and set, and stays where it is: other people's words are
measured here and never kept. Flesch's reading ease, and Douma's for Dutch, stand beside the meter as the usual way.
"""

import argparse
import csv
import gzip
import re
import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from bot.domain.language import Meter, Reading
from bot.sources.language_lists import LANGUAGES, meter_of

FLOORS = {"en": 0.80, "nl": 0.90}
LINE = 35.0  # the shipped one
LOWEST_KIND, LEAD, FLAGGED, CUT, SECONDS = 0.70, 0.12, 0.25, 0.99, 3.0

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…]+\s|\n")
_VOWELS = {"en": re.compile(r"[aeiouy]+"), "nl": re.compile(r"[aeiouyáéíóúäëïöü]+")}


@dataclass(frozen=True)
class Post:
    """A text, who wrote it, and what the meter and the usual way say of it."""

    text: str
    is_person: bool
    kind: str
    reading: Reading
    flesch: float


def the_meter() -> Meter:
    """With the lists that ship."""
    return meter_of(None)


def auc(people: Sequence[float], companies: Sequence[float]) -> float:
    """How often a person's text scores above a company's; a tie is half."""
    ordered = sorted(companies)
    won = sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in people)
    return won / (2 * len(people) * len(ordered))


def flesch(text: str, language: str) -> float:
    """Reading ease: Flesch's in English, Douma's in Dutch. Syllables are runs of vowels."""
    words = _WORD.findall(text) or [""]
    sentences = sum(bool(_WORD.search(piece)) for piece in _SENTENCE.split(text)) or 1
    length, syllables = len(words) / sentences, sum(_syllables(word.lower(), language) for word in words) / len(words)
    if language == "nl":
        return 206.84 - 0.93 * length - 77 * syllables
    return 206.835 - 1.015 * length - 84.6 * syllables


def cut_share(meter: Meter, posts: Sequence[Post]) -> tuple[int, int]:
    """How many shown phrases, cut from their text, raise its score; and of how many."""
    rises = [
        meter.read(post.text.replace(tip.phrase, "", 1), post.reading.language).score > post.reading.score
        for post in posts
        for tip in post.reading.tips
    ]
    return sum(rises), len(rises)


def main(arguments: list[str] | None = None) -> int:
    """0 when every floor is reached, 1 when one is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.language")
    parser.add_argument("file", type=Path, help="CSV, gzipped or not: text,label,lang,set")
    meter = the_meter()
    rows = _rows(parser.parse_args(arguments).file)
    started = time.process_time()
    readings = [meter.read(row["text"], row["lang"]) for row in rows]
    seconds = (time.process_time() - started) / len(rows) * 1000
    posts = [
        Post(
            row["text"],
            row["label"] == "person",
            f"{row['lang']} {row['set']}",
            reading,
            flesch(row["text"], row["lang"]),
        )
        for row, reading in zip(rows, readings, strict=True)
    ]
    ok = [_by_kind(posts, language) for language in LANGUAGES if any(post.kind.startswith(language) for post in posts)]
    raised, shown = cut_share(meter, posts)
    print(f"a shown phrase, cut, raises the score: {raised} of {shown}")
    print(f"1,000 posts: {seconds:.2f} s of computing")
    return 0 if all(ok) and raised >= CUT * shown and seconds <= SECONDS else 1


def _by_kind(posts: Sequence[Post], language: str) -> bool:
    kinds = sorted({post.kind for post in posts if post.kind.startswith(language)})
    print(f"{'kind':24}{'posts':>7}{'meter':>8}{'Flesch':>8}{'people flagged':>16}{'companies flagged':>19}")
    found = [_print_kind(kind, [post for post in posts if post.kind == kind]) for kind in kinds]
    meters, usual, flagged = (sum(column) / len(column) for column in zip(*found, strict=True))
    print(f"{language + ' mean':24}{'':7}{meters:8.3f}{usual:8.3f}{flagged:16.1%}   lead {meters - usual:+.3f}\n")
    is_ahead = language != "en" or meters - usual >= LEAD
    return (
        meters >= FLOORS[language] and min(kind[0] for kind in found) >= LOWEST_KIND and flagged <= FLAGGED and is_ahead
    )


def _print_kind(kind: str, posts: Sequence[Post]) -> tuple[float, float, float]:
    people, companies = ([post for post in posts if post.is_person is who] for who in (True, False))
    meter = auc([post.reading.score for post in people], [post.reading.score for post in companies])
    usual = auc([post.flesch for post in people], [post.flesch for post in companies])
    flagged, others = _flagged(people), _flagged(companies)
    print(f"{kind:24}{len(posts):7}{meter:8.3f}{usual:8.3f}{flagged:16.1%}{others:19.1%}")
    return meter, usual, flagged


def _flagged(posts: Sequence[Post]) -> float:
    return sum(post.reading.score < LINE for post in posts) / len(posts)


def _syllables(word: str, language: str) -> int:
    runs = len(_VOWELS[language].findall(word))
    is_silent = language == "en" and runs > 1 and word.endswith("e") and not word.endswith("le")
    return max(1, runs - is_silent)


def _rows(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    return list(csv.DictReader(StringIO(text)))


if __name__ == "__main__":
    sys.exit(main())
