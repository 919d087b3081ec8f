"""What editors see on Home: the coming two weeks, and how each story did. Opened and said stand apart."""

from bot.domain.digest import StoryCount
from bot.domain.home import EditorsHome, Home
from bot.domain.stories import Story
from bot.slack import ids
from bot.slack.mrkdwn import Block, actions, button, context, cut, divider, escape, header, section
from bot.sources.words import Words

LONGEST_TITLE = 120
LINES = 5


def editors_blocks(words: Words, home: Home, editors: EditorsHome) -> list[Block]:
    """Below the part that everyone has."""
    language = home.language
    blocks = [divider(), header(words.say(language, "home.editors.title"))]
    if editors.is_paused:
        blocks.append(section(words.say(language, "home.editors.paused")))
    blocks.append(actions(*_buttons(words, language, editors), block_id="editors"))
    return blocks + _queue(words, home, editors) + _counts(words, language, editors)


def _buttons(words: Words, language: str, editors: EditorsHome) -> list[Block]:
    buttons = [button(words.say(language, "home.editors.queue_story"), ids.QUEUE_NEW, style="primary")]
    if editors.is_admin:
        buttons.append(button(words.say(language, "home.editors.setup"), ids.SETUP))
    if editors.counts:
        buttons.append(button(words.say(language, "home.editors.csv"), ids.EXPORT_STORIES))
    return buttons


def _queue(words: Words, home: Home, editors: EditorsHome) -> list[Block]:
    blocks = [section(words.say(home.language, "home.editors.coming"))]
    if not editors.queue:
        return [*blocks, context(words.say(home.language, "home.editors.no_coming"))]
    blocks += [_queued(words, home, story) for story in editors.queue]
    if editors.more_queued:
        blocks.append(context(words.count(home.language, "home.editors.more", editors.more_queued)))
    return blocks


def _queued(words: Words, home: Home, story: Story) -> Block:
    label = words.say(home.language, "home.editors.edit_label", title=cut(story.title, 50))
    edit = button(words.say(home.language, "home.editors.edit"), ids.QUEUE_EDIT, str(story.id), label=label)
    when = words.say(home.language, "home.editors.no_time")
    if story.due_at is not None:
        when = words.when(home.language, story.due_at, home.zone, home.now)
    return section(f"{escape(cut(story.title, LONGEST_TITLE))}\n{when}", edit, f"queued:{story.id}")


def _counts(words: Words, language: str, editors: EditorsHome) -> list[Block]:
    blocks = [section(words.say(language, "home.editors.counts"))]
    if not editors.counts:
        return [*blocks, context(words.say(language, "home.editors.no_counts"))]
    lines = [_count(words, language, count, count.story.id in editors.nowhere) for count in editors.counts]
    texts = ["\n".join(lines[start : start + LINES]) for start in range(0, len(lines), LINES)]
    return [*blocks, *map(section, texts), context(words.say(language, "home.editors.explained"))]


def _count(words: Words, language: str, count: StoryCount, is_nowhere: bool) -> str:
    opened = words.say(language, "home.editors.opened_zero")
    if count.opened:
        opened = words.count(language, "home.editors.opened", count.opened)
    said = words.say(language, "home.editors.said_zero")
    if count.said:
        said = words.count(language, "home.editors.said", count.said)
    title = escape(cut(count.story.title, LONGEST_TITLE))
    line = words.say(language, "home.editors.count", title=f"*{title}*", opened=opened, said=said)
    return f"{line} · {words.say(language, 'home.editors.nowhere')}" if is_nowhere else line
