"""What an editor hears after queueing or editing a story: the time in words, where it goes, what can be done now."""

from bot.domain.messages import QueueAnswer
from bot.domain.stories import StoryState
from bot.slack import ids
from bot.slack.blocks.queue_list import channel_names, row_buttons
from bot.slack.mrkdwn import Block, actions, context, cut, escape, section
from bot.sources.words import Words

VERBS = (ids.QUEUE_PREVIEW, ids.QUEUE_EDIT, ids.QUEUE_CANCEL)


def queue_answer_blocks(words: Words, answer: QueueAnswer) -> list[Block]:
    """The sentence, tips in small print, and the buttons."""
    buttons = row_buttons(words, answer.language, answer.story, verbs=VERBS)
    tips = [context(tip) for tip in _tips(words, answer)]
    return [section(queue_answer_text(words, answer)), *tips, actions(*buttons, block_id=f"queue:{answer.story.id}")]


def queue_answer_text(words: Words, answer: QueueAnswer) -> str:
    """The sentence alone."""
    story, language = answer.story, answer.language
    title = escape(cut(story.title, 150))
    if story.held_by is not None:
        return words.say(language, "queue.answer.held", title=title)
    if story.state is not StoryState.QUEUED or story.due_at is None:
        gone = answer.lost and not answer.stands
        return words.say(language, "queue.answer.changed_nowhere" if gone else "queue.answer.changed", title=title)
    when = words.when(language, story.due_at, answer.zone, answer.now)
    where = channel_names(words, language, story, answer.channels)
    key = "queue.answer.queued" if answer.is_new else "queue.answer.edited"
    return words.say(language, key, title=title, when=when, channels=where)


def _tips(words: Words, answer: QueueAnswer) -> list[str]:
    tips = []
    if answer.is_crisis:
        tips.append(words.say(answer.language, "queue.answer.crisis"))
    elif answer.story.held_by is not None:
        tips.append(words.say(answer.language, "queue.answer.put_back"))
    if answer.is_paused:
        tips.append(words.say(answer.language, "queue.answer.paused"))
    if answer.asks_second:
        tips.append(words.say(answer.language, "queue.answer.second_caption"))
    if answer.lost and answer.stands:
        places = words.list(answer.language, [f"<#{channel}>" for channel in answer.lost])
        tips.append(words.say(answer.language, "queue.answer.lost", channels=places))
    return tips
