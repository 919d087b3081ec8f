"""App Home: for everyone what's new, what they passed along, and what is theirs to decide; for comms the queue below.

Only classic blocks: the newer ones are not promised on Home.
"""

from bot.domain.first_pick import Pick
from bot.domain.home import Home, MyStory, Part
from bot.domain.networks import UNKNOWN, network
from bot.domain.shares import Share
from bot.domain.stories import Story
from bot.slack import ids
from bot.slack.blocks.editors_home import editors_blocks
from bot.slack.blocks.heard import heard_button
from bot.slack.blocks.home_ideas import home_ideas_blocks
from bot.slack.blocks.own_readers import own_readers_blocks
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, context, cut, escape, header, link, plain, section
from bot.sources.words import Words

LONGEST_TITLE = 150
LONGEST_SENTENCE = 300


def home_view(words: Words, home: Home) -> Block:
    """The whole view."""
    blocks = [section(words.say(home.language, home.note))] if home.note else []
    if home.part is not Part.OUTSIDER:
        blocks += _fresh(words, home) + _picks(words, home) + own_readers_blocks(words, home) + _mine(words, home)
        blocks += home_ideas_blocks(words, home)
    blocks += _you(words, home)
    if home.editors is not None:
        blocks += editors_blocks(words, home, home.editors)
    return {"type": "home", "blocks": blocks}


def _fresh(words: Words, home: Home) -> list[Block]:
    if not home.fresh:
        return [header(words.say(home.language, "home.fresh")), context(words.say(home.language, "home.no_fresh"))]
    stories = [_fresh_story(words, home, story) for story in home.fresh]
    return [header(words.say(home.language, "home.fresh")), *stories]


def _fresh_story(words: Words, home: Home, story: Story) -> Block:
    label = words.say(home.language, "story.share_label", title=cut(story.title, 50))
    share = button(words.say(home.language, "story.share"), ids.SHARE, str(story.id), style="primary", label=label)
    return section(f"*{_title(story)}*\n{escape(cut(story.sentence, LONGEST_SENTENCE))}", share, f"fresh:{story.id}")


def _picks(words: Words, home: Home) -> list[Block]:
    """What is to come, for those whom readers follow: to read now, to share when it is out."""
    if not home.picks:
        return []
    intro = context(words.say(home.language, "topics.pick.about"))
    return [header(words.say(home.language, "topics.pick.title")), intro, *(_pick(words, home, p) for p in home.picks)]


def _pick(words: Words, home: Home, pick: Pick) -> Block:
    story, language = pick.story, home.language
    when = words.when(language, story.due_at, home.zone, home.now) if story.due_at else ""
    noted = words.say(language, "topics.pick.noted") if pick.is_asked else ""
    small = " · ".join(piece for piece in (when, noted) if piece)
    label = words.say(language, "topics.pick.label", title=cut(story.title, 50))
    tell = button(words.say(language, "topics.pick.button"), ids.PICK_FIRST, str(story.id), label=label)
    text = f"*{_title(story)}*\n{escape(cut(story.sentence, LONGEST_SENTENCE))}\n_{small}_"
    return section(text, None if pick.is_asked else tell, f"pick:{story.id}")


def _mine(words: Words, home: Home) -> list[Block]:
    if home.part not in {Part.IN, Part.OUT}:
        return []
    blocks = [header(words.say(home.language, "home.mine"))]
    if home.is_first:
        blocks.append(section(f"*{words.say(home.language, 'own.first')}*"))
    if home.said or home.readers:
        blocks.append(section(_in_all(words, home)))
    if not home.mine:
        blocks.append(context(words.say(home.language, "home.no_mine")))
    blocks += [block for mine in home.mine for block in _my_story(words, home, mine)]
    if home.mine and home.part is Part.IN and not home.counts_readers:
        blocks.append(context(words.say(home.language, "home.no_readers")))
    return blocks


def _in_all(words: Words, home: Home) -> str:
    """Two figures in two sentences: what somebody says, and what was read, are not added up."""
    counted = (("home.number", home.said), ("home.brought", home.readers))
    return " ".join(words.count(home.language, key, n) for key, n in counted if n)


def _my_story(words: Words, home: Home, mine: MyStory) -> list[Block]:
    story = mine.story
    title = f"*{_title(story)}*"
    if mine.readers:
        title = f"{title} · {words.count(home.language, 'home.readers', mine.readers)}"
    lines = [title, *(_my_share(words, home, share) for share in mine.shares)]
    if mine.has_reaction:
        word = "home.reaction_too" if mine.can_be_unsaid else "home.reaction_stands"
        lines.append(words.say(home.language, word))
    shown = section("\n".join(lines), _say_or_unsay(words, home, mine), f"mine:{story.id}")
    is_shared = any(share.is_said for share in mine.shares) and home.part is Part.IN
    return (
        [shown, actions(heard_button(words, home.language, story), block_id=f"heard:{story.id}")]
        if is_shared
        else [shown]
    )


def _say_or_unsay(words: Words, home: Home, mine: MyStory) -> Block | None:
    """What was opened can be said later, while it can be shared; what was said can be taken back."""
    story, title = mine.story, cut(mine.story.title, 50)
    if mine.can_be_unsaid:
        label = words.say(home.language, "home.unsay_label", title=title)
        return button(words.say(home.language, "home.unsay"), ids.UNSAY, str(story.id), label=label)
    if home.part is not Part.IN or not mine.opened or not story.is_open(home.now):
        return None
    label = words.say(home.language, "home.say_later_label", title=title)
    value = f"{story.id}:{','.join(mine.opened)}"
    return button(words.say(home.language, "share.i_shared_it"), ids.SAY_LATER, value, label=label)


def _my_share(words: Words, home: Home, share: Share) -> str:
    """What is known of one network, in words: shared counts for more than opened, so it alone is said."""
    at = share.said_at or share.opened_at
    day = words.day(home.language, at, home.zone, home.now) if at else ""
    if share.network == UNKNOWN:
        said = words.say(home.language, "home.unknown_network", day=day)
    else:
        name = network(share.network).name
        said = words.say(home.language, "home.said" if share.said_at else "home.opened", network=name, day=day)
    post = f" ({link(share.post_url, words.say(home.language, 'home.your_post'))})" if share.post_url else ""
    aside = f" · {words.say(home.language, 'home.set_aside')}" if share.set_aside_at else ""
    return said + post + aside


def _you(words: Words, home: Home) -> list[Block]:
    kept: str = home.standing if home.part is Part.IN else home.part
    if home.totals_only and home.part is Part.IN:
        kept = "in_totals"
    small_print = [words.say(home.language, f"home.kept.{kept}")]
    if home.editors is not None and home.part is Part.IN:
        small_print.append(words.say(home.language, "home.kept.editor"))
    if home.counts_readers and home.part is Part.IN and home.standing.has_links:
        small_print.append(words.say(home.language, f"home.links.{'in_totals' if home.totals_only else home.standing}"))
    if home.ideas:
        small_print.append(words.say(home.language, "ideas.home.kept"))
    if home.part is not Part.OUTSIDER:
        small_print.append(words.say(home.language, "home.privacy"))
    blocks = [header(words.say(home.language, "home.you")), context(*small_print)]
    buttons = _choices(words, home)
    return [*blocks, actions(*buttons, block_id="you")] if buttons else blocks


def _choices(words: Words, home: Home) -> list[Block]:
    preferences = button(words.say(home.language, "home.preferences"), ids.PREFERENCES)
    join, leave, delete = (make(words, home.language) for make in (join_button, leave_button, delete_button))
    return {
        Part.NEW: [preferences, leave],
        Part.IN: [preferences, leave, delete],
        Part.OUT: [join, delete],
        Part.FORGOTTEN: [join],
        Part.OUTSIDER: [],
    }[home.part]


def join_button(words: Words, language: str) -> Block:
    """*Join again*."""
    return button(words.say(language, "home.join_again"), ids.JOIN_AGAIN, style="primary")


def leave_button(words: Words, language: str) -> Block:
    """*Leave*. It takes one click, and one click undoes it."""
    return button(words.say(language, "home.leave"), ids.LEAVE)


def delete_button(words: Words, language: str) -> Block:
    """*Delete*. It cannot be undone, so it asks once: what happens, in kind words."""
    pressed = button(words.say(language, "home.delete"), ids.DELETE_ME, style="danger")

    def say(piece: str) -> str:
        return words.say(language, f"home.delete_confirm.{piece}")

    confirm = {
        "title": plain(say("title"), 100),
        "text": plain(say("text"), 300),
        "confirm": plain(say("yes"), 30),
        "deny": plain(say("no"), 30),
        "style": "danger",
    }
    return {**pressed, "confirm": confirm}


def _title(story: Story) -> str:
    return linked_title(story, LONGEST_TITLE)
