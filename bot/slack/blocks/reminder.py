"""*Remind me later*: what comes the next morning, to one person."""

from bot.domain.messages import Reminder
from bot.slack import ids
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, context, cut, escape, link, section
from bot.sources.words import Words


def reminder_text(words: Words, reminder: Reminder) -> str:
    """What notifications and screen readers say."""
    return words.say(reminder.language, "share.reminder.text", title=escape(cut(reminder.story.title, 200)))


def reminder_blocks(words: Words, reminder: Reminder) -> list[Block]:
    """The story once more, with its share button."""
    story, language = reminder.story, reminder.language
    intro = words.say(language, "share.reminder.intro")
    label = words.say(language, "story.share_label", title=cut(story.title, 50))
    share = button(words.say(language, "story.share"), ids.SHARE, str(story.id), style="primary", label=label)
    small = [words.say(language, "share.reminder.off")]
    if reminder.permalink:
        small.insert(0, link(reminder.permalink, words.say(language, "share.reminder.where")))
    return [
        section(f"{intro}\n*{linked_title(story)}*\n{escape(cut(story.sentence, 2000))}"),
        actions(share),
        context(" · ".join(small)),
    ]
