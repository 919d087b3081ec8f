"""An idea as comms sees it: who suggests what and why, what became of it, and what can be done."""

from collections.abc import Sequence

from bot.domain.ideas import Idea, IdeaState, Sender
from bot.domain.messages import IdeaCard
from bot.domain.stories import Story, StoryState
from bot.slack import ids
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, context, cut, escape, fit, link, plain, section
from bot.sources.words import Words

LONGEST_NAME = 60
LONGEST_ADDRESS = 80
LONGEST_LINK = 2300
LONGEST_TITLE = 120
LONGEST_FIRST, LONGEST_NEXT = 1500, 500
"""Of the words of the first one, and of those who suggest it too."""
MOST_SENDERS = 5
MOST_NAMES = 3


def idea_card_text(words: Words, card: IdeaCard) -> str:
    """What notifications and screen readers say."""
    language, idea = card.language, card.idea
    if idea is None:
        return words.say(language, "ideas.card.gone")
    if idea.is_of_media:
        return words.say(language, "ideas.card.text_hook", idea=short_title(idea))
    return words.say(language, "ideas.card.text", who=_first(words, language, idea), idea=short_title(idea))


def idea_card_blocks(words: Words, card: IdeaCard) -> list[Block]:
    """The idea with the words of each who suggested it; two buttons, or what became of it."""
    language, idea = card.language, card.idea
    if idea is None:
        return [context(words.say(language, "ideas.card.gone"))]
    head = words.say(language, "ideas.card.head", who=_first(words, language, idea))
    if idea.is_of_media:
        head = words.say(language, "ideas.card.head_hook")
    blocks = [section(f"{head}\n{_linked(idea)}" if idea.link else head)]
    blocks += _why(words, language, idea.senders)
    return [*blocks, *_state(words, language, idea, card.story)]


def idea_buttons(words: Words, language: str, idea: Idea) -> list[Block]:
    """What comms can do with one that waits."""
    title = short_title(idea)
    queue = words.say(language, "ideas.card.queue")
    label = words.say(language, "ideas.card.queue_label", idea=title)
    decline = words.say(language, "ideas.card.decline")
    other = words.say(language, "ideas.card.decline_label", idea=title)
    return [
        button(queue, ids.IDEA_QUEUE, str(idea.id), style="primary", label=label),
        button(decline, ids.IDEA_DECLINE, str(idea.id), label=other),
    ]


def idea_title(words: Words, language: str, idea: Idea) -> str:
    """The link, or the first of the words, made safe."""
    if idea.link:
        return _linked(idea)
    return f"“{fit(idea.words, LONGEST_TITLE)}”" if idea.words else words.say(language, "ideas.card.no_words")


def short_title(idea: Idea) -> str:
    """The same for screen readers, plain."""
    return cut(" ".join((address(idea.link) or idea.words).split()), 50)


def address(link: str) -> str:
    """A link as people read it."""
    _, _, rest = link.partition("://")
    return rest.removeprefix("www.").rstrip("/")


def _linked(idea: Idea) -> str:
    shown = cut(address(idea.link), LONGEST_ADDRESS)
    linked = link(idea.link, shown)
    return linked if len(linked) <= LONGEST_LINK else escape(shown)


def who_sent(words: Words, language: str, idea: Idea) -> str:
    """Those who want their names with it; the others together."""
    names = [fit(name, LONGEST_NAME) for name in idea.names[:MOST_NAMES]]
    others = sum(not sender.is_hook for sender in idea.senders) - len(names)
    if not names:
        return words.say(language, "ideas.somebody")
    return words.list(language, [*names, words.count(language, "ideas.others", others)] if others else names)


def _first(words: Words, language: str, idea: Idea) -> str:
    first = next(iter(idea.senders), None)
    return fit(first.name, LONGEST_NAME) if first and first.name else words.say(language, "ideas.somebody")


def _why(words: Words, language: str, senders: Sequence[Sender]) -> list[Block]:
    blocks: list[Block] = []
    for number, sender in enumerate(senders[:MOST_SENDERS]):
        if number:
            blocks.append(context(_too(words, language, sender)))
        if sender.why:
            # Plain: no name in it rings, and no mark in it formats.
            most = LONGEST_NEXT if number else LONGEST_FIRST
            blocks.append({"type": "section", "text": plain(sender.why, most)})
    more = len(senders) - MOST_SENDERS
    return [*blocks, context(words.count(language, "ideas.card.more", more))] if more > 0 else blocks


def _too(words: Words, language: str, sender: Sender) -> str:
    if sender.is_hook:
        return words.say(language, "ideas.card.hook_too")
    if sender.name is None:
        return words.say(language, "ideas.card.one_more")
    return words.say(language, "ideas.card.too", name=fit(sender.name, LONGEST_NAME))


def _state(words: Words, language: str, idea: Idea, story: Story | None) -> list[Block]:
    if idea.state is IdeaState.OPEN:
        told = words.say(language, _who_is_told(idea))
        return [actions(*idea_buttons(words, language, idea), block_id="idea"), context(told)]
    if idea.state is IdeaState.DECLINED:
        return [context(_declined(words, language, idea)), _again(words, language, idea, "ideas.card.after_all")]
    if story is None:
        return [context(words.say(language, "ideas.card.was_queued"))]
    title = linked_title(story, LONGEST_TITLE, 1500)
    if story.state in (StoryState.CANCELLED, StoryState.EXPIRED):
        dropped = context(words.say(language, "ideas.card.dropped", title=title))
        return [dropped, _again(words, language, idea, "ideas.card.again")]
    is_out = story.state is StoryState.POSTED
    return [context(words.say(language, "ideas.card.out" if is_out else "ideas.card.queued", title=title))]


def _who_is_told(idea: Idea) -> str:
    if any(sender.person_id for sender in idea.senders):
        return "ideas.card.told"
    is_nobody = all(sender.is_hook for sender in idea.senders)
    return "ideas.card.nobody_waits" if is_nobody else "ideas.card.nobody_told"


def _again(words: Words, language: str, idea: Idea, word: str) -> Block:
    return actions(button(words.say(language, word), ids.IDEA_QUEUE, str(idea.id)), block_id="idea")


def _declined(words: Words, language: str, idea: Idea) -> str:
    """Without who of comms it was."""
    ready = idea.answer.ready
    said = [words.say(language, f"ideas.why_not.{ready}.short")] if ready else []
    said += [f"“{fit(idea.answer.words, 500)}”"] if idea.answer.words else []
    return words.say(language, "ideas.card.declined", why=" · ".join(said))
