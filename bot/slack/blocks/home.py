"""App Home (to be filled in)."""

from bot.domain.home import Home
from bot.slack.mrkdwn import Block
from bot.sources.words import Words


def home_view(words: Words, home: Home) -> Block:
    """Nothing yet."""
    return {"type": "home", "blocks": []}
