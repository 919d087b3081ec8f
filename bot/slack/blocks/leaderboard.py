"""The leaderboard: plain names, nobody is pinged."""

from bot.domain.leaderboard import Board, Leaderboard, Own
from bot.slack.blocks.parts import Part, parts_blocks, parts_text
from bot.slack.mrkdwn import Block, cut, escape
from bot.sources.words import Words


def leaderboard_text(words: Words, found: Leaderboard, language: str) -> str:
    """All of it for screen readers: `1. Anna Visser, 4 stories`."""
    return parts_text(words.say(language, "board.title"), _parts(words, found, language))


def leaderboard_blocks(words: Words, found: Leaderboard, language: str) -> list[Block]:
    """The same, to look at."""
    return parts_blocks(words.say(language, "board.title"), _parts(words, found, language))


def total_line(words: Words, language: str, people: int, times: int) -> str:
    """`Passed along by 12 people, 31 times in all.`"""
    return words.count(language, "board.total", people, times=words.count(language, "board.times", times))


def shown_name(name: str) -> str:
    """A person's name as text: safe, and short enough for a line."""
    return escape(cut(name, 60))


def _parts(words: Words, found: Leaderboard, language: str) -> list[Part]:
    boards = [found.board] + ([found.before] if found.before else [])
    parts = [_part(words, board, language) for board in boards]
    return [*parts, Part((words.say(language, "board.honest"),), is_small=True)]


def _part(words: Words, board: Board, language: str) -> Part:
    period = words.say(language, f"board.period.{board.period.name}")
    heading = period[0].upper() + period[1:]
    if not board.people:
        return Part((words.say(language, "board.empty", period=period),), heading)
    lines = [
        f"{row.place}. {shown_name(row.name)}, {words.count(language, 'board.stories', row.stories)}"
        for row in board.rows
    ] or [words.say(language, "board.nameless", period=period)]
    lines.append(total_line(words, language, board.people, board.times))
    if board.own is not None:
        lines.append(_own(words, board.own, language))
    return Part(tuple(lines), heading)


def _own(words: Words, own: Own, language: str) -> str:
    stories = words.count(language, "board.stories", own.stories)
    if own.place is None:
        return words.say(language, "board.own.below", stories=stories)
    if own.is_named:
        return words.say(language, "board.own.named", stories=stories, place=own.place)
    return words.say(language, "board.own.unnamed", stories=stories, place=own.place)
