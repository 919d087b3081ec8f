"""What the sender of an idea hears."""

from bot.domain.ideas import Said
from bot.domain.messages import IdeaAnswer
from bot.slack import ids
from bot.slack.blocks.idea_card import LONGEST_NAME, idea_title
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, context, cut, escape, fit, plain, section
from bot.sources.words import Words


def idea_answer_text(words: Words, answer: IdeaAnswer) -> str:
    """For notifications and screen readers: all of it."""
    parts = [_head(words, answer), *_ready(words, answer)]
    if answer.said is Said.DECLINED and answer.idea.answer.words:
        parts.append(escape(cut(answer.idea.answer.words, 2000)))
    return "\n".join([*parts, *_small(words, answer)])


def idea_answer_blocks(words: Words, answer: IdeaAnswer) -> list[Block]:
    """What became of it, and what they can do."""
    blocks = [section("\n".join([_head(words, answer), *_ready(words, answer)]))]
    if answer.said is Said.DECLINED and answer.idea.answer.words:
        # Plain: no name in it rings, and no mark in it formats.
        blocks.append({"type": "section", "text": plain(answer.idea.answer.words, 3000)})
    if buttons := _buttons(words, answer):
        blocks.append(actions(*buttons, block_id="idea"))
    if small := _small(words, answer):
        blocks.append(context(*small))
    return blocks


def name_off_button(words: Words, language: str, sender: int, title: str) -> Block:
    """*Take my name off*."""
    label = words.say(language, "ideas.name_off_label", idea=cut(title, 40))
    return button(words.say(language, "ideas.name_off"), ids.IDEA_NAME_OFF, str(sender), label=label)


def _head(words: Words, answer: IdeaAnswer) -> str:
    language, story = answer.language, answer.story
    if story is None:
        idea = idea_title(words, language, answer.idea)
        return words.say(language, "ideas.answer.declined", idea=idea)
    title = f"*{linked_title(story)}*"
    match answer.said:
        case Said.QUEUED:
            when = words.when(language, story.due_at, answer.zone, answer.now) if story.due_at else ""
            return words.say(language, "ideas.answer.queued", title=title, when=when)
        case Said.READ:
            readers = words.count(language, "ideas.answer.readers", answer.readers)
            return words.say(language, "ideas.answer.read", title=title, readers=readers)
        case Said.DROPPED:
            return words.say(language, "ideas.answer.dropped", title=title)
    return words.say(language, "ideas.answer.out", title=title)


def _ready(words: Words, answer: IdeaAnswer) -> list[str]:
    ready = answer.idea.answer.ready
    if answer.said is not Said.DECLINED or ready is None:
        return []
    return [words.say(answer.language, f"ideas.why_not.{ready}.whole")]


def _buttons(words: Words, answer: IdeaAnswer) -> list[Block]:
    story, language = answer.story, answer.language
    if story is None or answer.said in (Said.DECLINED, Said.DROPPED):
        return []
    buttons = []
    if answer.said is Said.OUT:
        label = words.say(language, "story.share_label", title=cut(story.title, 50))
        buttons.append(
            button(words.say(language, "story.share"), ids.SHARE, str(story.id), style="primary", label=label)
        )
    if answer.sender.name and answer.said is not Said.READ:
        buttons.append(name_off_button(words, language, answer.sender.id, story.title))
    return buttons


def _small(words: Words, answer: IdeaAnswer) -> list[str]:
    language = answer.language
    match answer.said:
        case Said.DECLINED:
            return [_from(words, answer), words.say(language, "ideas.answer.next_time")]
        case Said.QUEUED | Said.OUT:
            return [
                words.say(language, "ideas.answer.with_name" if answer.sender.name else "ideas.answer.without_name")
            ]
    return []


def _from(words: Words, answer: IdeaAnswer) -> str:
    if answer.signed is None:
        return words.say(answer.language, "ideas.answer.from_comms")
    return words.say(answer.language, "ideas.answer.from_named", name=fit(answer.signed, LONGEST_NAME))
