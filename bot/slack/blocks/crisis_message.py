"""What staff is told in a crisis, and the one kind word to who has not said that they read it."""

from bot.domain.crisis import MOST_IN_LIST, CrisisText
from bot.domain.messages import CrisisMessage, CrisisReminder, StoryOnHold
from bot.slack import ids
from bot.slack.blocks.crisis_text import (
    LONGEST_TITLE,
    Room,
    headline,
    lead_of,
    safe_text,
    title_for_staff,
    update_text,
)
from bot.slack.mrkdwn import Block, actions, button, context, cut, divider, escape, header, link, section
from bot.sources.words import Words

ROOM = 11_000
"""Characters for what comms wrote; headings, small print and buttons take what is left of Slack's 13,000."""
LONGEST_STATEMENT = 2_800
LONGEST_LIST = 1_300
LONGEST_UPDATES = 2_800
LONGEST_ANSWERS = 2_800
LONGEST_QUESTION = 500
LONGEST_ANSWER = 1_500
LONGEST_LEAD = 700
LONGEST_SAID = 500
MOST_UPDATES = 12


def crisis_text(words: Words, message: CrisisMessage) -> str:
    """For notifications and screen readers: what it is, and what is newest."""
    text, language = message.known.text(message.language), message.language
    newest = update_text(message.known.updates[-1], language) if message.known.updates else text.text.statement
    crisis = message.known.crisis
    title = escape(headline(words, language, crisis, title_for_staff(text)))
    over = [words.say(language, "crisis.message.over_text")] if crisis.ended_at else []
    said = safe_text(" ".join(newest.split()), LONGEST_SAID)
    return "\n".join([title, *over, said, *_next(words, message)])


def crisis_blocks(words: Words, message: CrisisMessage) -> list[Block]:
    """What is new, the statement, what is known and what is not, what to say; and the two buttons while it lasts."""
    crisis, language = message.known.crisis, message.language
    blocks = [header(headline(words, language, crisis, title_for_staff(message.known.text(language))))]
    if crisis.is_rehearsal:
        blocks.append(context(words.say(language, "crisis.message.exercise")))
    if crisis.ended_at is not None:
        when = words.dated(language, crisis.ended_at, message.zone)
        blocks.append(section(words.say(language, "crisis.message.over", when=when)))
    blocks += crisis_body(words, message)
    blocks += [section(line) for line in _next(words, message)]
    if crisis.ended_at is None:
        blocks.append(_buttons(words, message))
    small = _small(words, message)
    return [*blocks, context(*small)] if small else blocks


def crisis_body(words: Words, message: CrisisMessage, room: Room | None = None) -> list[Block]:
    """All that comms says. What matters most takes its room first, and stands where it is looked for."""
    room = room or Room(ROOM)
    text, language = message.known.text(message.language), message.language
    newest = _updates(words, message, room)
    statement = room.text(text.text.statement, LONGEST_STATEMENT)
    is_over = message.known.crisis.ended_at is not None
    lead = "" if is_over else room.text(lead_of(message.known, text, message.audience), LONGEST_LEAD)
    lists = _lists(words, language, text, room)
    asked = _asked(words, message, room)
    first = [section(lead)] if lead else []
    first += newest
    if statement:
        first += [context(words.say(language, "crisis.message.first_said"))] if newest else []
        first.append(section(statement))
    blocks = [*first, *lists, *asked]
    if room.is_full:
        place = "crisis.message.more_on_page" if message.page else "crisis.message.more_in_thread"
        blocks.append(context(words.say(language, place)))
    return blocks


def _updates(words: Words, message: CrisisMessage, room: Room) -> list[Block]:
    """The newest on top, as many as fit."""
    blocks: list[Block] = []
    most = LONGEST_UPDATES
    for update in reversed(message.known.updates):
        text = update_text(update, message.language)
        said = room.whole(safe_text(text, LONGEST_UPDATES), most) if len(blocks) < MOST_UPDATES else ""
        most -= len(said)
        if not said:
            room.is_full = True
            break
        when = words.dated(message.language, update.at, message.zone)
        heading = words.say(message.language, "crisis.message.update", when=when)
        blocks.append(section(f"*{heading}*\n{said}"))
    return blocks


def _lists(words: Words, language: str, text: CrisisText, room: Room) -> list[Block]:
    facts = {"known": text.text.known, "unknown": text.text.unknown, "doing": text.text.doing}
    advice = {"say": text.text.say, "dont_say": text.text.dont_say, "send_to": text.text.send_to}
    found = [[_list(words, language, name, lines, room) for name, lines in part.items()] for part in (facts, advice)]
    shown = [[block for block in part if block] for part in found]
    return [*shown[0], *([divider()] if shown[0] and shown[1] else []), *shown[1]]


def _list(words: Words, language: str, name: str, lines: tuple[str, ...], room: Room) -> Block:
    shown = room.lines(lines, LONGEST_LIST)
    return section("\n".join([f"*{words.say(language, f'crisis.list.{name}')}*", *shown])) if shown else {}


def _asked(words: Words, message: CrisisMessage, room: Room) -> list[Block]:
    """Questions that were answered for everyone, the latest first; nobody's name is with them."""
    newest = list(reversed(message.known.answers))
    shown: list[str] = []
    for one in newest[:MOST_IN_LIST]:
        pair = (
            f"*{safe_text(' '.join(one.question.split()), LONGEST_QUESTION)}*\n{safe_text(one.answer, LONGEST_ANSWER)}"
        )
        said = room.whole(pair, LONGEST_ANSWERS - sum(map(len, shown)))
        if not said:
            break
        shown.append(said)
    room.is_full = room.is_full or len(shown) < len(newest)
    if not shown:
        return []
    heading = section(f"*{words.say(message.language, 'crisis.list.answers')}*")
    return [divider(), heading, *(section(pair) for pair in shown)]


def _next(words: Words, message: CrisisMessage) -> list[str]:
    crisis = message.known.crisis
    if crisis.next_update_at is None or crisis.ended_at is not None:
        return []
    when = words.dated(message.language, crisis.next_update_at, message.zone)
    return [words.say(message.language, "crisis.message.next", when=when)]


def _small(words: Words, message: CrisisMessage) -> list[str]:
    """Where more comes, and that nobody is watched."""
    language, is_over = message.language, message.known.crisis.ended_at is not None
    lines = [link(message.page, words.say(language, "crisis.message.page"))] if message.page else []
    if message.is_direct and message.stands:
        lines.append(link(message.stands, words.say(language, "crisis.message.stands")))
    elif not is_over:
        lines.append(words.say(language, "crisis.message.here"))
    return lines if is_over else [*lines, words.say(language, "crisis.message.counted")]


def _buttons(words: Words, message: CrisisMessage) -> Block:
    language = message.language
    value = ids.of_crisis(message.known.crisis.id, message.audience)
    title = cut(title_for_staff(message.known.text(language)), 40)
    label = words.say(language, "crisis.message.ask_label", title=title)
    return actions(
        read_button(words, language, value),
        button(words.say(language, "crisis.message.ask"), ids.CRISIS_ASK, value, label=label),
        block_id=f"crisis:{value}",
    )


def read_button(words: Words, language: str, value: str) -> Block:
    """*I've read this*."""
    return button(words.say(language, "crisis.message.read"), ids.CRISIS_READ, value, style="primary")


def crisis_reminder_text(words: Words, reminder: CrisisReminder) -> str:
    """For notifications and screen readers."""
    text = reminder.known.text(reminder.language)
    title = escape(headline(words, reminder.language, reminder.known.crisis, title_for_staff(text)))
    return words.say(reminder.language, "crisis.reminder.text", title=title)


def crisis_reminder_blocks(words: Words, reminder: CrisisReminder) -> list[Block]:
    """What it is about, what is newest, and the button; and that it stays at this."""
    language, known = reminder.language, reminder.known
    text = known.text(language)
    title = escape(headline(words, language, known.crisis, title_for_staff(text)))
    newest = update_text(known.updates[-1], language) if known.updates else text.text.statement
    page = [link(reminder.page, words.say(language, "crisis.message.page"))] if reminder.page else []
    value = ids.of_crisis(known.crisis.id, reminder.audience)
    return [
        section(f"{words.say(language, 'crisis.reminder.intro')}\n*{title}*\n{safe_text(newest, 2_000)}"),
        actions(read_button(words, language, value), block_id=f"crisis:{value}"),
        context(*page, words.say(language, "crisis.reminder.once")),
    ]


def on_hold_blocks(words: Words, message: StoryOnHold) -> list[Block]:
    """A story that waits: greyed, nothing to press."""
    title = escape(cut(message.story.title, 200))
    return [context(f"~{title}~"), context(words.say(message.language, "crisis.on_hold"))]


def on_hold_text(words: Words, message: StoryOnHold) -> str:
    """The same for screen readers."""
    title = escape(cut(message.story.title, LONGEST_TITLE))
    return words.say(message.language, "crisis.on_hold_text", title=title)
