"""`/passalong leaderboard [week|month|quarter|30 days] [team]`: for whoever asks, alone."""

from bot.actions.show_leaderboard import show_leaderboard
from bot.actions.show_teams import show_teams
from bot.domain.leaderboard import PeriodName
from bot.domain.teams import TeamLeaderboard, parse_board
from bot.slack.blocks.leaderboard import leaderboard_blocks, leaderboard_text
from bot.slack.blocks.team_board import team_board_blocks, team_board_text, team_parts
from bot.slack.front import Answer, Command


def leaderboard(command: Command) -> Answer:
    """The board of a period, this month when none is given; by team when that is asked for."""
    period, by_team = parse_board(command.rest)
    return _teams(command, period) if by_team else _people(command, period)


def _people(command: Command, period: PeriodName) -> Answer:
    words, language = command.front.words, command.asker.language
    found = show_leaderboard(command.front.desk, command.asker, period, command.now)
    # Where nobody is named, the teams stand there too, if they are known.
    teams = _found(command, period) if found.totals_only else None
    more = team_parts(words, teams, language) if teams is not None and teams.is_known else []
    return Answer(
        text=leaderboard_text(words, found, language, more), blocks=leaderboard_blocks(words, found, language, more)
    )


def _teams(command: Command, period: PeriodName) -> Answer:
    words, language = command.front.words, command.asker.language
    found = _found(command, period)
    return Answer(text=team_board_text(words, found, language), blocks=team_board_blocks(words, found, language))


def _found(command: Command, period: PeriodName) -> TeamLeaderboard:
    return show_teams(command.front.desk, command.asker, period, command.now)


COMMANDS = {"leaderboard": leaderboard}
