"""The leaderboard by team: readers a head. It says how it is counted, and where a head comes from."""

from bot.domain.leaderboard import Measure
from bot.domain.teams import OwnTeam, TeamBoard, TeamLeaderboard
from bot.slack.blocks.leaderboard import honest_line
from bot.slack.blocks.parts import Part, parts_blocks, parts_text
from bot.slack.mrkdwn import Block, escape
from bot.sources.words import Words

_COUNT = {Measure.SAID: "teams.stories", Measure.READ: "teams.readers"}


def team_board_text(words: Words, found: TeamLeaderboard, language: str) -> str:
    """All of it for screen readers: `1. Research, 2.3 readers a head`."""
    return parts_text(words.say(language, "teams.title"), _parts(words, found, language))


def team_board_blocks(words: Words, found: TeamLeaderboard, language: str) -> list[Block]:
    """The same, to look at."""
    return parts_blocks(words.say(language, "teams.title"), _parts(words, found, language))


def team_parts(words: Words, found: TeamLeaderboard, language: str) -> list[Part]:
    """The boards, with how a head is counted below them."""
    boards = [found.board] + ([found.before] if found.before else [])
    how = [words.say(language, "teams.honest")]
    if found.is_by_part:
        how.append(words.say(language, "teams.by_part"))
    return [*(_part(words, board, found.measure, language) for board in boards), Part((" ".join(how),), is_small=True)]


def _parts(words: Words, found: TeamLeaderboard, language: str) -> list[Part]:
    if not found.is_known:
        return [Part((words.say(language, "teams.unknown"),))]
    measured = Part((honest_line(words, language, found.measure),), is_small=True)
    return [*team_parts(words, found, language), measured]


def _part(words: Words, board: TeamBoard, measure: Measure, language: str) -> Part:
    period = words.say(language, f"board.period.{board.period.name}")
    heading = words.say(language, "teams.heading", period=period)
    if not board.rows:
        return Part((words.say(language, "teams.empty", period=period),), heading)
    lines = [f"{row.place}. {escape(row.name)}, {_a_head(words, language, measure, row.a_head)}" for row in board.rows]
    if board.own is not None:
        lines.append(_own(words, board.own, _a_head(words, language, measure, board.own.a_head), language))
    return Part(tuple(lines), heading)


def _a_head(words: Words, language: str, measure: Measure, a_head: float) -> str:
    return words.count(language, _COUNT[measure], a_head)


def _own(words: Words, own: OwnTeam, count: str, language: str) -> str:
    team = escape(own.name)
    if own.place is None:
        return words.say(language, "teams.own.below", team=team, count=count)
    return words.say(language, "teams.own.placed", team=team, count=count, place=own.place)
