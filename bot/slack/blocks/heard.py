"""*What readers said*: the button, the form, and the card that comms gets."""

from bot.domain.messages import HeardOutside
from bot.domain.networks import NETWORKS, network
from bot.domain.questions import LONGEST_HEARD
from bot.domain.stories import Story
from bot.slack import ids
from bot.slack.blocks.inputs import one_of, radio, text_input
from bot.slack.blocks.question_card import LONGEST_NAME, quoted, read_out
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, button, choice, cut, fit, section
from bot.sources.words import Words


def heard_button(words: Words, language: str, story: Story) -> Block:
    """About this story."""
    label = words.say(language, "ask.heard.label", title=cut(story.title, 40))
    return button(words.say(language, "ask.heard.button"), ids.HEARD, str(story.id), label=label)


def heard_modal(words: Words, language: str, story: Story, note: str) -> Block:
    """Where, what, and with their name or without."""

    def say(piece: str) -> str:
        return words.say(language, f"ask.heard.{piece}")

    where = [choice(one.name, one.key) for one in NETWORKS.values()] + [choice(say("elsewhere"), ids.HEARD_ELSEWHERE)]
    names = [
        choice(words.say(language, "ask.form.named"), ids.ASK_NAMED),
        choice(words.say(language, "ask.form.nameless"), ids.ASK_NAMELESS),
    ]
    blocks = [
        section(words.say(language, "ask.form.about", title=linked_title(story))),
        text_input(
            ids.HEARD_TEXT, say("text"), sample=say("sample"), hint=say("hint"), most=LONGEST_HEARD, many_lines=True
        ),
        one_of(ids.HEARD_NETWORK, say("where"), where),
        radio(ids.ASK_WHO, words.say(language, "ask.form.who"), names),
    ]
    return sheet_to_send(words, language, ids.HEARD_FORM, "ask.heard.title", "ask.heard.send", note, blocks)


def brought_view(words: Words, language: str) -> Block:
    """That comms has it."""
    return sheet_to_read(words, language, "ask.heard.title", [section(words.say(language, "ask.heard.done"))])


def heard_text(words: Words, heard: HeardOutside) -> str:
    """For notifications and screen readers."""
    return f"{_line(words, heard)} {read_out(heard.text)}"


def heard_blocks(words: Words, heard: HeardOutside) -> list[Block]:
    """Who heard it where, of which story, and what."""
    about = words.say(heard.language, "ask.card.about", title=linked_title(heard.story))
    return [section(f"*{_line(words, heard)}*\n{about}"), quoted(heard.text)]


def _line(words: Words, heard: HeardOutside) -> str:
    language = heard.language
    name = fit(heard.name, LONGEST_NAME) if heard.name else words.say(language, "ask.heard.somebody")
    if heard.network is None:
        return words.say(language, "ask.heard.card_elsewhere", name=name)
    return words.say(language, "ask.heard.card", name=name, network=network(heard.network).name)
