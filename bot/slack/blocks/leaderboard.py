"""The leaderboard: plain names, nobody is pinged. It says what it counts: readers, or what colleagues say."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.leaderboard import Board, Leaderboard, Measure, Own
from bot.slack.blocks.parts import Part, parts_blocks, parts_text
from bot.slack.mrkdwn import Block, cut, escape
from bot.sources.words import Words


@dataclass(frozen=True)
class _Says:
    """The sentences of a measure, as keys of the words."""

    count: str
    empty: str
    nameless: str
    honest: str


_SAYS = {
    Measure.SAID: _Says("board.stories", "board.empty", "board.nameless", "board.honest"),
    Measure.READ: _Says("board.readers", "board.read.empty", "board.read.nameless", "board.read.honest"),
}


def leaderboard_text(words: Words, found: Leaderboard, language: str, more: Sequence[Part] = ()) -> str:
    """All of it for screen readers: `1. Anna Visser, 4 stories`. `more`: what stands below it."""
    return parts_text(words.say(language, "board.title"), _parts(words, found, language, more))


def leaderboard_blocks(words: Words, found: Leaderboard, language: str, more: Sequence[Part] = ()) -> list[Block]:
    """The same, to look at."""
    return parts_blocks(words.say(language, "board.title"), _parts(words, found, language, more))


def total_line(words: Words, language: str, people: int, times: int) -> str:
    """`Passed along by 12 people, 31 times in all.`"""
    return words.count(language, "board.total", people, times=words.count(language, "board.times", times))


def shown_name(name: str) -> str:
    """A person's name as text: safe, and short enough for a line."""
    return escape(cut(name, 60))


def honest_line(words: Words, language: str, measure: Measure) -> str:
    """What is counted here, and why nothing better is."""
    return words.say(language, _SAYS[measure].honest)


def _parts(words: Words, found: Leaderboard, language: str, more: Sequence[Part]) -> list[Part]:
    if found.is_beginning:
        return [Part((words.say(language, "board.read.beginning"),))]
    boards = [found.board] + ([found.before] if found.before else [])
    parts = [_part(words, board, found, language) for board in boards]
    small = [words.say(language, "board.totals_only")] if found.totals_only else []
    small.append(honest_line(words, language, found.measure))
    small += [words.say(language, "board.read.until_now")] if found.measure is Measure.READ else []
    return [*parts, *more, Part(tuple(small), is_small=True)]


def _part(words: Words, board: Board, found: Leaderboard, language: str) -> Part:
    measure, says = found.measure, _SAYS[found.measure]
    period = words.say(language, f"board.period.{board.period.name}")
    heading = period[0].upper() + period[1:]
    if not board.people:
        return Part((words.say(language, says.empty, period=period),), heading)
    lines = [
        f"{row.place}. {shown_name(row.name)}, {words.count(language, says.count, row.count)}" for row in board.rows
    ]
    if not lines and not found.totals_only:
        lines = [words.say(language, says.nameless, period=period)]
    lines.append(_total(words, board, measure, language))
    if board.own is not None:
        lines.append(_own(words, board.own, says.count, language))
    return Part(tuple(lines), heading)


def _total(words: Words, board: Board, measure: Measure, language: str) -> str:
    if measure is Measure.SAID:
        return total_line(words, language, board.people, board.total)
    readers = words.count(language, "board.readers", board.total)
    return words.count(language, "board.read.total", board.people, readers=readers)


def _own(words: Words, own: Own, counted: str, language: str) -> str:
    count = words.count(language, counted, own.count)
    if own.place is None:
        return words.say(language, "board.own.below", count=count)
    if own.is_named:
        return words.say(language, "board.own.named", count=count, place=own.place)
    return words.say(language, "board.own.unnamed", count=count, place=own.place)
