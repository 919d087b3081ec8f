"""`passalong language score`: whether posts sound like a person; one JSON object a line, in and out."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from bot.config import BadSetting, environment, read_settings
from bot.domain.content_problem import ContentUnusable
from bot.domain.language import Meter, Reading
from bot.sources.language_lists import LANGUAGES, meter_of


class _BadLine(ValueError):
    """A line that is no post; the message says why."""


@click.group("language")
def command() -> None:
    """Whether a text reads like a colleague or like a company."""


@command.command("score")
@click.option("--lang", type=click.Choice(LANGUAGES), help="For posts that do not say; else it is guessed.")
def score(lang: str | None) -> None:
    """Score posts: {"id", "text", "lang"?} a line comes in, and a line goes out for each.

    Out: {"id", "score", "lang", "reasons", "tips"}, from 0 (a company) to 100 (a person), with "question" where nobody
    is in the text and "quiet" where no tips are in place. A bad line gets {"error"}, and the rest goes on.
    """
    meter = _meter_or_exit()
    for raw in sys.stdin.buffer:
        if raw.strip():
            click.echo(_line(meter, raw, lang))


def _meter_or_exit() -> Meter:
    # Nothing of Slack or a database is imported: this starts at once, and needs neither.
    try:
        return meter_of(read_settings(environment()).content_dir)
    except (BadSetting, ContentUnusable) as error:
        raise click.ClickException(str(error)) from error


def _line(meter: Meter, raw: bytes, lang: str | None) -> str:
    post: Mapping[str, Any] = {}
    try:
        post = _post(raw)
        said = _said(post, meter, lang)
    except _BadLine as bad:
        said = {"error": str(bad)}
    # Escaped, so that half a surrogate in an id or a text does not end the run.
    return json.dumps({**({"id": post["id"]} if "id" in post else {}), **said})


def _post(raw: bytes) -> Mapping[str, Any]:
    try:
        post = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_number)
    except UnicodeDecodeError as error:
        raise _BadLine("this line is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _BadLine(f"this line is not JSON ({error})") from error
    if not isinstance(post, dict):
        raise _BadLine('this line is no object; write {"id": …, "text": …}')
    return post


def _said(post: Mapping[str, Any], meter: Meter, lang: str | None) -> dict[str, Any]:
    text, language = post.get("text"), post.get("lang")
    if not isinstance(text, str):
        raise _BadLine("there is no text" if text is None else "the text is not a string")
    if not text.strip():
        raise _BadLine("the text is empty")
    if language is not None and language not in LANGUAGES:
        raise _BadLine(f"lang has to be one of {', '.join(LANGUAGES)}")
    return _as_json(meter.read(text, language or lang))


def _as_json(reading: Reading) -> dict[str, Any]:
    found: dict[str, Any] = {
        "score": reading.score,
        "lang": reading.language,
        "reasons": [{"sign": one.sign, "name": one.name, "moved": one.moved} for one in reading.reasons],
        "tips": [{"phrase": tip.phrase, "say": tip.say} for tip in reading.tips],
    }
    if reading.question is not None:
        found["question"] = reading.question
    if reading.quiet is not None:
        found["quiet"] = reading.quiet
    return found


def _number(text: str) -> float:
    number = float(text)
    return number if abs(number) < float("inf") else _no_number(text)


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")
