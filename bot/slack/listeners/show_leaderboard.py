"""`/passalong leaderboard [week|month|quarter|30 days]`: for whoever asks, alone."""

from bot.actions.show_leaderboard import show_leaderboard
from bot.domain.leaderboard import parse_period
from bot.slack.blocks.leaderboard import leaderboard_blocks, leaderboard_text
from bot.slack.front import Answer, Command


def leaderboard(command: Command) -> Answer:
    """The board of a period, this month when none is given."""
    front, asker = command.front, command.asker
    found = show_leaderboard(front.desk, asker, parse_period(command.rest), command.now)
    return Answer(
        text=leaderboard_text(front.words, found, asker.language),
        blocks=leaderboard_blocks(front.words, found, asker.language),
    )


COMMANDS = {"leaderboard": leaderboard}
