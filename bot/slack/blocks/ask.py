"""*Ask comms*: the button, the form with an honest word about names, and what is said when it was sent."""

from bot.actions.ask_comms import AskedNow, AskSheet
from bot.domain.questions import LONGEST
from bot.domain.stories import Story
from bot.slack import ids
from bot.slack.blocks.inputs import radio, text_input, tick
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, button, choice, context, cut, section
from bot.sources.words import Words


def ask_button(words: Words, language: str, story: Story, action_id: str = ids.ASK) -> Block:
    """About this story."""
    label = words.say(language, "ask.label", title=cut(story.title, 50))
    return button(words.say(language, "ask.button"), action_id, str(story.id), label=label)


def ask_modal(words: Words, language: str, sheet: AskSheet, note: str, typed: str = "") -> Block:
    """`note` comes back with it; `typed` is what stands in it at first."""

    def say(piece: str) -> str:
        return words.say(language, f"ask.form.{piece}")

    about = [section(words.say(language, "ask.form.about", title=linked_title(sheet.story)))] if sheet.story else []
    question = text_input(
        ids.ASK_TEXT, say("question"), value=typed, sample=say("sample"), most=LONGEST, many_lines=True
    )
    named = [choice(say("named"), ids.ASK_NAMED)] if sheet.is_reached else []
    who = radio(ids.ASK_WHO, say("who"), [*named, choice(say("nameless"), ids.ASK_NAMELESS)])
    honest = context(say("honest" if sheet.is_reached else "not_reached"))
    stand = tick(ids.ASK_MAY_STAND, say("stand"), choice(say("may_stand"), "yes"), ticked=False, hint=say("stand_hint"))
    blocks = [*about, question, who, honest, *([stand] if sheet.story else [])]
    return sheet_to_send(words, language, ids.ASK_FORM, "ask.form.title", "ask.form.send", note, blocks)


def crisis_ask_modal(words: Words, language: str, sheet: AskSheet, note: str) -> Block:
    """About what goes on: what is answered is for everyone, unless who asks would rather not."""

    def say(piece: str) -> str:
        return words.say(language, f"crisis.ask.{piece}")

    question = text_input(ids.ASK_TEXT, say("question"), sample=say("sample"), most=LONGEST, many_lines=True)
    for_all = choice(say("for_all"), "yes")
    stand = tick(ids.ASK_MAY_STAND, say("stand"), for_all, ticked=True, hint=say("stand_hint"))
    named = [choice(words.say(language, "ask.form.named"), ids.ASK_NAMED)] if sheet.is_reached else []
    nameless = choice(words.say(language, "ask.form.nameless"), ids.ASK_NAMELESS)
    who = radio(ids.ASK_WHO, words.say(language, "ask.form.who"), [*named, nameless])
    honest = context(words.say(language, "ask.form.honest" if sheet.is_reached else "ask.form.not_reached"))
    blocks = [section(say("how")), question, stand, who, honest]
    return sheet_to_send(words, language, ids.CRISIS_ASK_FORM, "ask.form.title", "ask.form.send", note, blocks)


def asked_view(words: Words, language: str, asked: AskedNow) -> Block:
    """That comms has it, and what comes of it."""
    key = "not_reached" if not asked.is_reached else "named" if asked.is_named else "nameless"
    lines = [section(words.say(language, f"ask.done.{key}"))]
    if not asked.is_shown:
        lines.append(section(words.say(language, "ask.done.no_channel")))
    return sheet_to_read(words, language, "ask.form.title", lines)
