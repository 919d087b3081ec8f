"""Answering a question, or closing it kindly; and all questions that wait, for editors."""

from bot.actions.answer_question import AllWaiting, Waiting
from bot.domain.questions import LONGEST, Why
from bot.domain.stories import Story
from bot.slack import ids
from bot.slack.blocks.dilemma import waiting_blocks
from bot.slack.blocks.inputs import radio, text_input, tick
from bot.slack.blocks.question_card import question_buttons, quoted, who_asks_line
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, choice, context, cut, divider, plain, section
from bot.sources.words import Words

LONGEST_WORDS = 1500
LONGEST_LISTED = 500
LONGEST_IN_LIST = 500
LONGEST_LINK = 300


def answer_modal(words: Words, language: str, waiting: Waiting) -> Block:
    """What was asked, and the input; a tick where who asked agreed to have it under the story."""
    text = text_input(
        ids.ANSWER_TEXT,
        words.say(language, "ask.answer.text"),
        sample=words.say(language, "ask.answer.sample"),
        hint=words.say(language, "ask.answer.hint"),
        most=LONGEST,
        many_lines=True,
    )
    if waiting.question.crisis_id is not None:
        return _answer_in_crisis(words, language, waiting, text)
    if waiting.can_stand:
        option = choice(words.say(language, "ask.answer.for_everyone"), "yes")
        under = tick(ids.ANSWER_STANDS, words.say(language, "ask.answer.under"), option, ticked=False)
    else:
        under = context(words.say(language, "ask.answer.for_them_alone"))
    blocks = [*_asked(words, language, waiting), text, under]
    note = str(waiting.question.id)
    return sheet_to_send(words, language, ids.ANSWER_FORM, "ask.answer.title", "ask.answer.send", note, blocks)


def _answer_in_crisis(words: Words, language: str, waiting: Waiting, text: Block) -> Block:
    """What one asks many wonder about: it goes to everybody, in words that do not say who asked."""
    under = [context(words.say(language, "crisis.answer.for_them_alone"))]
    if waiting.can_stand:
        option = choice(words.say(language, "crisis.answer.for_everyone"), "yes")
        listed = text_input(
            ids.ANSWER_LISTED,
            words.say(language, "crisis.answer.listed"),
            hint=words.say(language, "crisis.answer.listed_hint"),
            most=LONGEST_IN_LIST,
            needed=False,
            many_lines=True,
        )
        under = [tick(ids.ANSWER_STANDS, words.say(language, "ask.answer.under"), option, ticked=True), listed]
    note = str(waiting.question.id)
    blocks = [*_asked(words, language, waiting), text, *under]
    return sheet_to_send(words, language, ids.ANSWER_FORM, "ask.answer.title", "ask.answer.send", note, blocks)


def close_modal(words: Words, language: str, waiting: Waiting) -> Block:
    """Why there is no answer: a reason, and own words if they like."""
    reasons = [choice(words.say(language, f"ask.why.{why}"), why) for why in Why]
    why = radio(
        ids.CLOSE_WHY, words.say(language, "ask.close.why"), reasons, hint=words.say(language, "ask.close.hint")
    )
    own = text_input(
        ids.CLOSE_WORDS, words.say(language, "ask.close.words"), most=LONGEST_WORDS, needed=False, many_lines=True
    )
    note = str(waiting.question.id)
    blocks = [*_asked(words, language, waiting), why, own]
    return sheet_to_send(words, language, ids.CLOSE_FORM, "ask.close.title", "ask.close.send", note, blocks)


def settled_view(
    words: Words,
    language: str,
    *,
    is_answered: bool,
    has_left: bool = False,
    stands: bool = False,
    in_crisis: bool = False,
) -> Block:
    """What the editor sees when it is owed. `has_left`: nobody is there to hear it."""
    title, word = ("ask.answer.title", "ask.answer.done") if is_answered else ("ask.close.title", "ask.close.done")
    said = [words.say(language, "ask.answer.nobody_hears" if has_left else word)]
    everyone = "crisis.answer.stands" if in_crisis else "ask.answer.stands"
    said += [words.say(language, everyone)] if stands else []
    return sheet_to_read(words, language, title, [section(" ".join(said))])


def questions_view(words: Words, language: str, found: AllWaiting, dilemmas: list[tuple[Story, int]]) -> Block:
    """The oldest first, each with its buttons; dilemmas above them."""
    if not found.shown and not dilemmas:
        return sheet_to_read(words, language, "ask.list.title", [section(words.say(language, "ask.list.none"))])
    blocks = waiting_blocks(words, language, dilemmas)
    for one in found.shown:
        blocks += _listed(words, language, one)
    if found.more:
        blocks.append(context(words.count(language, "ask.list.more", found.more)))
    return sheet_to_read(words, language, "ask.list.title", blocks)


def _listed(words: Words, language: str, waiting: Waiting) -> list[Block]:
    text = {"type": "section", "text": plain(cut(waiting.question.text or "", LONGEST_LISTED))}
    buttons = actions(*question_buttons(words, language, waiting.question), block_id=f"question:{waiting.question.id}")
    return [section(_head(words, language, waiting)), text, buttons, divider()]


def _asked(words: Words, language: str, waiting: Waiting) -> list[Block]:
    left = [context(words.say(language, "ask.answer.left"))] if waiting.has_left else []
    return [section(_head(words, language, waiting)), quoted(waiting.question.text or ""), *left]


def _head(words: Words, language: str, waiting: Waiting) -> str:
    line = f"*{who_asks_line(words, language, waiting.name)}*"
    if waiting.story is None:
        return line
    title = linked_title(waiting.story, longest_link=LONGEST_LINK)
    return f"{line}\n{words.say(language, 'ask.card.about', title=title)}"
