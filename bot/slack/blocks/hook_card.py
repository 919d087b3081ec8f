"""A hook in the comms channel: what it is, where it stands, what can be done with it."""

from bot.domain.hook_cards import HookState, KeptHook
from bot.domain.messages import HookCard, HookRoundUp
from bot.domain.stories import Story, StoryState
from bot.slack import ids
from bot.slack.blocks.hook_week import shown_length
from bot.slack.mrkdwn import Block, actions, button, choice, context, cut, escape, fit, link, overflow, section
from bot.sources.words import Words

MOST_SOURCES = 5
LONGEST_TITLE = 200
LONGEST_SUMMARY = 300
LONGEST_LINK = 2900
# In the round-up, of which a message holds ten.
LONGEST_IN_LINE = 150
LONGEST_LINK_IN_LINE = 900
MOST_IN_LINE = 3


def hook_text(words: Words, card: HookCard) -> str:
    """For notifications and screen readers."""
    return words.say(card.language, "hooks.text", title=escape(cut(card.kept.hook.title, LONGEST_TITLE)))


def hook_blocks(words: Words, card: HookCard) -> list[Block]:
    """Heading, where it stands and why it is here; buttons while it is open."""
    hook = card.kept.hook
    blocks = [section(f"*{_title(card.kept)}*")]
    if hook.summary and hook.summary != hook.title:
        blocks.append(section(fit(hook.summary, LONGEST_SUMMARY)))
    blocks.append(context(_about(words, card)))
    blocks += _surge(words, card)
    if card.kept.state is HookState.CARD:
        blocks.append(_buttons(words, card))
    done = _done(words, card)
    return [*blocks, context(done)] if done else blocks


def _surge(words: Words, card: HookCard) -> list[Block]:
    """That it is far more than usual, and the scenarios in case it turns into something."""
    if card.surge is None:
        return []
    params = {"mentions": card.surge.mentions, "sources": card.surge.sources}
    look = button(words.say(card.language, "hooks.button.crisis"), ids.CRISIS)
    surge = section(words.say(card.language, "hooks.surge", **params))
    return [surge, actions(look, block_id=f"surge:{card.kept.id}")]


def round_up_text(words: Words, message: HookRoundUp) -> str:
    """For notifications and screen readers."""
    return words.count(message.language, "hooks.round_up", len(message.kept) + message.more)


def round_up_blocks(words: Words, message: HookRoundUp) -> list[Block]:
    """A line each."""
    lines = [_line(words, message.language, kept) for kept in message.kept]
    blocks = [section(round_up_text(words, message)), *map(section, lines)]
    if message.more:
        blocks.append(context(words.count(message.language, "hooks.round_up_more", message.more)))
    if message.quiet:
        blocks.append(context(words.count(message.language, "hooks.round_up_quiet", message.quiet)))
    return blocks


def _line(words: Words, language: str, kept: KeptHook) -> str:
    return f"• {_title(kept, LONGEST_IN_LINE, LONGEST_LINK_IN_LINE)} ({_sources(words, language, kept, MOST_IN_LINE)})"


def _title(kept: KeptHook, most: int = LONGEST_TITLE, longest_link: int = LONGEST_LINK) -> str:
    """On one line; without the link where that would fill the message."""
    title = fit(kept.hook.title, most)
    if not kept.hook.link:
        return title
    linked = link(kept.hook.link, cut(kept.hook.title, most))
    return linked if len(linked) <= longest_link else title


def _sources(words: Words, language: str, kept: KeptHook, most: int = MOST_SOURCES) -> str:
    named = [fit(source, 60) for source in kept.hook.sources[:most]]
    more = len(kept.hook.sources) - len(named)
    return words.list(language, [*named, words.count(language, "hooks.more_sources", more)] if more else named)


def _about(words: Words, card: HookCard) -> str:
    hook, language = card.kept.hook, card.language
    when = words.when(language, hook.at, card.zone, card.now)
    parts = [_sources(words, language, card.kept)]
    parts.append(words.say(language, "hooks.published" if hook.is_dated else "hooks.seen", when=when))
    if hook.found:
        found = words.list(language, [fit(each.word.text, 60) for each in hook.found[:MOST_SOURCES]])
        parts.append(words.say(language, "hooks.found", words=found))
    return " · ".join(parts)


def _buttons(words: Words, card: HookCard) -> Block:
    value, language = str(card.kept.id), card.language
    options = [ids.HOOK_GOOD, ids.HOOK_BAD, ids.HOOK_MIXED, ids.HOOK_MUTE_SOURCE]
    if card.kept.hook.found:
        options.insert(3, ids.HOOK_MUTE_WORD)
    return actions(
        button(words.say(language, "hooks.button.queue"), ids.HOOK_QUEUE, value, style="primary"),
        button(words.say(language, "hooks.button.idea"), ids.HOOK_IDEA, value),
        button(words.say(language, "hooks.button.later"), ids.HOOK_LATER, value),
        button(words.say(language, "hooks.button.not_this"), ids.HOOK_NOT_THIS, value),
        overflow(
            ids.HOOK_MENU, *(choice(_option(words, card, name), ids.option(name, card.kept.id)) for name in options)
        ),
        block_id=f"hook:{value}",
    )


def _option(words: Words, card: HookCard, name: str) -> str:
    hook = card.kept.hook
    params = {
        ids.HOOK_MUTE_WORD: {"word": cut(hook.found[0].word.text, 40) if hook.found else ""},
        ids.HOOK_MUTE_SOURCE: {"source": cut(hook.sources[0], 40)},
    }
    return words.say(card.language, f"hooks.option.{name}", **params.get(name, {}))


def _done(words: Words, card: HookCard) -> str:
    """What became of it, and what an editor calls it."""
    kept, language = card.kept, card.language
    said = []
    if kept.mood is not None:
        said.append(words.say(language, f"hooks.mood.{kept.mood}"))
    if kept.state is HookState.LATER:
        when = words.when(language, kept.not_before, card.zone, card.now)
        said.append(words.say(language, "hooks.done.later", when=when))
    elif kept.state is HookState.QUEUED and card.story is not None:
        said.append(_story(words, card, card.story))
    elif kept.state is not HookState.CARD:
        said.append(words.say(language, f"hooks.done.{kept.state}"))
    return " · ".join(said)


def _story(words: Words, card: HookCard, story: Story) -> str:
    """Where the story stands that was made of it; how long that took, where anybody knows."""
    hook, language = card.kept.hook, card.language
    if story.state is StoryState.QUEUED:
        return words.say(language, "hooks.done.queued")
    if story.state is not StoryState.POSTED or story.posted_at is None:
        return words.say(language, "hooks.done.dropped")
    if not hook.is_dated:
        return words.say(language, "hooks.done.out")
    return words.say(language, "hooks.done.out_after", length=shown_length(words, language, story.posted_at - hook.at))
