"""*Not for me*, and why, if somebody likes to say: one tap, and nobody's name with it."""

from bot.domain.reasons import Reason
from bot.slack import ids
from bot.slack.mrkdwn import Block, actions, button, context, section
from bot.sources.words import Words


def reasons_blocks(words: Words, language: str, story_id: int) -> list[Block]:
    """What is said after *Not for me*, with a button a reason."""
    buttons = [
        button(words.say(language, f"reasons.{reason}"), ids.why_not(reason), str(story_id)) for reason in Reason
    ]
    return [
        section(words.say(language, "share.not_for_me")),
        context(words.say(language, "reasons.why")),
        actions(*buttons, block_id=f"why_not:{story_id}"),
    ]
