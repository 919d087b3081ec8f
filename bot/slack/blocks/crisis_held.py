"""Stories that wait since a crisis: each is looked at before it comes back."""

from bot.domain.crisis_desk import HeldStory, Review
from bot.slack import ids
from bot.slack.blocks.queue_list import LONGEST_LINK, LONGEST_TITLE, PAGE, Onlooker
from bot.slack.blocks.sheet import sheet_to_read
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, context, cut, divider, escape, plain, section
from bot.sources.words import Words


def held_modal(words: Words, onlooker: Onlooker, review: Review, page: int = 0, said: str = "") -> Block:
    """A page of them. `said`: mrkdwn on top, about what was just done."""
    language = onlooker.language
    last = max(len(review.held) - 1, 0) // PAGE
    page = min(max(page, 0), last)
    blocks = [section(said), divider()] if said else []
    how = "crisis.held.how" if review.is_over else "crisis.held.not_yet"
    blocks.append(section(words.say(language, how if review.held else "crisis.held.none")))
    for held in review.held[page * PAGE : (page + 1) * PAGE]:
        blocks += _held(words, onlooker, review, held, page)
    turns = []
    if page > 0:
        turns.append(button(words.say(language, "queue.button.earlier"), ids.CRISIS_EARLIER, str(page - 1)))
    if page < last:
        turns.append(button(words.say(language, "queue.button.later"), ids.CRISIS_LATER, str(page + 1)))
    foot = [actions(*turns, block_id="held:foot")] if turns else []
    return sheet_to_read(words, language, "crisis.held.title", [*blocks, *foot])


def _held(words: Words, onlooker: Onlooker, review: Review, held: HeldStory, page: int) -> list[Block]:
    story, language, value = held.story, onlooker.language, f"{held.story.id}:{page}"
    sentence = escape(cut(" ".join(story.sentence.split()), 200))
    blocks = [section(f"*{linked_title(story, LONGEST_TITLE, LONGEST_LINK)}*\n{sentence}")]
    blocks.append(context(_where(words, onlooker, held)))
    label = cut(story.title, 50)
    text = words.say(language, "crisis.held.drop")
    drop = button(text, ids.CRISIS_DROP, value, label=f"{text}: {label}")
    drop["confirm"] = {
        "title": plain(words.say(language, "crisis.held.drop_title"), 100),
        "text": plain(words.say(language, "crisis.held.drop_text", title=cut(story.title, 80)), 300),
        "confirm": plain(text, 30),
        "deny": plain(words.say(language, "crisis.sure.no"), 30),
    }
    text = words.say(language, "crisis.held.put_back")
    back = button(text, ids.CRISIS_PUT_BACK, value, style="primary", label=f"{text}: {label}")
    return [*blocks, actions(*([back] if review.is_over else []), drop, block_id=f"held:{story.id}")]


def _where(words: Words, onlooker: Onlooker, held: HeldStory) -> str:
    language, story = onlooker.language, held.story
    if held.was_live:
        return words.say(language, "crisis.held.was_live")
    if story.due_at is None:
        return words.say(language, "crisis.held.was_queued")
    when = words.when(language, story.due_at, onlooker.zone, onlooker.now)
    over = story.due_at <= onlooker.now
    return words.say(language, "crisis.held.was_due" if over else "crisis.held.is_due", when=when)
