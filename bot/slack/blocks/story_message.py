"""A story as a channel sees it."""

from bot.domain.messages import StoryMessage, StoryTakenBack
from bot.domain.stories import Story
from bot.slack import ids
from bot.slack.blocks.ask import ask_button
from bot.slack.blocks.dilemma import dilemma_blocks, dilemma_text
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, choice, context, cut, escape, fit, image, overflow, section
from bot.sources.words import Words

LONGEST_NAME = 60
MOST_NAMES = 3


def story_blocks(words: Words, message: StoryMessage) -> list[Block]:
    """Title, the human sentence, image, who suggested it, and the buttons."""
    story, language = message.story, message.language
    blocks = [section(f"*{linked_title(story)}*\n{escape(cut(story.sentence, 2000))}")]
    if story.image and message.with_image:
        blocks.append(image(story.image, story.alt or story.title))
    if story.commercial:
        blocks.append(context(words.say(language, "story.commercial")))
    if message.suggested_by:
        blocks.append(context(_thanks(words, message)))
    blocks += dilemma_blocks(words, language, story, is_preview=message.is_preview)
    emoji = message.setup.share_emojis[0]
    if message.is_preview:
        blocks.insert(0, context(words.say(message.editor_language or language, "story.preview")))
    blocks.append(actions(*_buttons(words, story, language, is_preview=message.is_preview)))
    blocks.append(context(words.say(language, "story.or_react", emoji=f":{emoji}:")))
    return blocks


def story_text(words: Words, message: StoryMessage) -> str:
    """What notifications and screen readers say."""
    story = message.story
    said = words.say(
        message.language, "story.text", title=escape(cut(story.title, 200)), sentence=escape(cut(story.sentence, 500))
    )
    return f"{said} {dilemma_text(words, message.language, story)}".rstrip()


def taken_back_blocks(words: Words, message: StoryTakenBack) -> list[Block]:
    """A cancelled story: greyed, nothing to press."""
    title = escape(cut(message.story.title, 200))
    return [context(f"~{title}~"), context(words.say(message.language, "story.taken_back"))]


def taken_back_text(words: Words, message: StoryTakenBack) -> str:
    """The same for screen readers."""
    return words.say(message.language, "story.taken_back_text", title=escape(cut(message.story.title, 200)))


def _thanks(words: Words, message: StoryMessage) -> str:
    """*Anna suggested this*; of many the first few."""
    language, names = message.language, message.suggested_by
    shown = [fit(name, LONGEST_NAME) for name in names[:MOST_NAMES]]
    others = len(names) - len(shown)
    who = words.list(language, [*shown, words.count(language, "ideas.others", others)] if others else shown)
    return words.say(language, "ideas.credit_one" if len(names) == 1 else "ideas.credit", who=who)


def _buttons(words: Words, story: Story, language: str, *, is_preview: bool = False) -> tuple[Block, ...]:
    """In a preview they look the same, and only say what they will do."""
    label = words.say(language, "story.share_label", title=cut(story.title, 50))
    shown = (ids.PREVIEW_SHARE, ids.PREVIEW_ASK, ids.PREVIEW_MENU)
    share_id, ask_id, menu_id = shown if is_preview else (ids.SHARE, ids.ASK, ids.STORY_MENU)
    share = button(words.say(language, "story.share"), share_id, str(story.id), style="primary", label=label)
    ask = ask_button(words, language, story, ask_id)
    menu = overflow(
        menu_id,
        choice(words.say(language, "story.not_for_me"), ids.option(ids.NOT_FOR_ME, story.id)),
        choice(words.say(language, "story.remind_me"), ids.option(ids.REMIND_ME, story.id)),
        choice(words.say(language, "story.posted_myself"), ids.option(ids.POSTED_MYSELF, story.id)),
    )
    return share, ask, menu
