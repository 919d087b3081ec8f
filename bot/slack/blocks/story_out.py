"""A story that has just gone out, for somebody who follows its topic or asked to be told."""

from bot.domain.messages import StoryOut
from bot.slack import ids
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, context, cut, escape, section
from bot.sources.words import Words

LONGEST_LABEL = 75


def story_out_text(words: Words, message: StoryOut) -> str:
    """What notifications and screen readers say."""
    return words.say(message.language, "topics.out.text", title=escape(cut(message.story.title, 200)))


def story_out_blocks(words: Words, message: StoryOut) -> list[Block]:
    """The story, its share button, and the way to hear no more of it."""
    story, language = message.story, message.language
    label = words.say(language, "story.share_label", title=cut(story.title, 50))
    buttons = [button(words.say(language, "story.share"), ids.SHARE, str(story.id), style="primary", label=label)]
    if message.topics:
        buttons.append(_stop(words, message))
    return [
        section(f"{_why(words, message)}\n*{linked_title(story)}*\n{escape(cut(story.sentence, 2000))}"),
        actions(*buttons),
        context(words.say(language, "topics.out.change")),
    ]


def _why(words: Words, message: StoryOut) -> str:
    if message.was_asked_for:
        return words.say(message.language, "topics.out.asked")
    return words.say(message.language, "topics.out.followed", topics=topics_said(words, message))


def topics_said(words: Words, message: StoryOut) -> str:
    """`*water*`, `*water* and *winter*`."""
    return words.list(message.language, [f"*{escape(cut(topic, 100))}*" for topic in message.topics])


def _stop(words: Words, message: StoryOut) -> Block:
    language = message.language
    text = words.say(language, "topics.out.stop", topic=message.topics[0])
    if len(message.topics) > 1 or len(text) > LONGEST_LABEL:
        text = words.say(language, "topics.out.stop_all")
    return button(text, ids.UNFOLLOW, "\n".join(message.topics))
