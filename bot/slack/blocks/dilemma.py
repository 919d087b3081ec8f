"""A dilemma: under its story, its form, and what came of it."""

from bot.actions.ask_comms import AskedNow, AskSheet
from bot.actions.say_outcome import Dilemma
from bot.domain.messages import DilemmaOutcome
from bot.domain.questions import LONGEST
from bot.domain.stories import Story
from bot.slack import ids
from bot.slack.blocks.inputs import radio, text_input
from bot.slack.blocks.question_card import quoted, read_out
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, choice, context, cut, divider, escape, fit, section
from bot.sources.words import Words

LONGEST_SHOWN = 1000
LONGEST_LISTED = 300
READ_OUT = 200
MOST_SHOWN = 5


def dilemma_blocks(words: Words, language: str, story: Story, *, is_preview: bool = False) -> list[Block]:
    """Under the story: what it asks, with a button; or what came of it. Nothing under a story that asks nothing."""
    if not story.dilemma:
        return []
    asked = f"*{words.say(language, 'dilemma.asks')}*\n{escape(cut(story.dilemma, LONGEST_SHOWN))}"
    if story.outcome is not None:
        came = f"*{words.say(language, 'dilemma.came')}*\n{escape(cut(story.outcome, LONGEST_SHOWN))}"
        return [section(asked), section(came)]
    label = words.say(language, "dilemma.label", title=cut(story.title, 50))
    action_id = ids.PREVIEW_DILEMMA if is_preview else ids.DILEMMA
    return [section(asked, button(words.say(language, "dilemma.button"), action_id, str(story.id), label=label))]


def dilemma_text(words: Words, language: str, story: Story) -> str:
    """The same for screen readers."""
    if not story.dilemma:
        return ""
    asked = f"{words.say(language, 'dilemma.asks')} {fit(story.dilemma, READ_OUT)}"
    if story.outcome is None:
        return asked
    return f"{asked} {words.say(language, 'dilemma.came')}: {fit(story.outcome, READ_OUT)}"


def dilemma_modal(words: Words, language: str, sheet: AskSheet, note: str) -> Block:
    """What is asked, and the input, with an honest word about names. To read only, when it was said what came of it."""
    assert sheet.story is not None
    head = _head(sheet.story)
    if sheet.story.outcome is not None:
        came = [section(f"*{words.say(language, 'dilemma.came')}*"), quoted(sheet.story.outcome)]
        return sheet_to_read(words, language, "dilemma.form.title", [*head, *came])

    def say(piece: str) -> str:
        return words.say(language, f"dilemma.form.{piece}")

    text = text_input(ids.ASK_TEXT, say("text"), sample=say("sample"), most=LONGEST, many_lines=True)
    named = [choice(words.say(language, "ask.form.named"), ids.ASK_NAMED)] if sheet.is_reached else []
    nameless = choice(words.say(language, "ask.form.nameless"), ids.ASK_NAMELESS)
    who = radio(ids.ASK_WHO, words.say(language, "ask.form.who"), [*named, nameless])
    small = context(say("honest" if sheet.is_reached else "not_reached"), say("aloud"))
    blocks = [*head, text, who, small]
    return sheet_to_send(words, language, ids.DILEMMA_FORM, "dilemma.form.title", "dilemma.form.send", note, blocks)


def answered_view(words: Words, language: str, asked: AskedNow) -> Block:
    """That comms has it, and what comes of it."""
    key = "not_reached" if not asked.is_reached else "named" if asked.is_named else "nameless"
    lines = [section(words.say(language, f"dilemma.done.{key}"))]
    if not asked.is_shown:
        lines.append(section(words.say(language, "dilemma.done.no_channel")))
    return sheet_to_read(words, language, "dilemma.form.title", lines)


def outcome_button(words: Words, language: str, story_id: int) -> Block:
    """*Say what came of it*, for editors."""
    return button(words.say(language, "dilemma.card.say"), ids.OUTCOME, str(story_id), style="primary")


def outcome_modal(words: Words, language: str, dilemma: Dilemma) -> Block:
    """What was asked, the last answers, and the input."""
    text = text_input(
        ids.OUTCOME_TEXT,
        words.say(language, "dilemma.outcome.text"),
        sample=words.say(language, "dilemma.outcome.sample"),
        hint=words.say(language, "dilemma.outcome.hint"),
        most=LONGEST,
        many_lines=True,
    )
    blocks = [*_head(dilemma.story), section(f"*{_how_many(words, language, len(dilemma.answers))}*")]
    blocks += [quoted(f"“{cut(answer, LONGEST_LISTED)}”") for answer in dilemma.answers[-MOST_SHOWN:]]
    note = str(dilemma.story.id)
    title, send = "dilemma.outcome.title", "dilemma.outcome.send"
    return sheet_to_send(words, language, ids.OUTCOME_FORM, title, send, note, [*blocks, text])


def outcome_said_view(words: Words, language: str, answers: int) -> Block:
    """Where it goes."""
    done = words.count(language, "dilemma.outcome.done", answers) if answers else None
    line = section(done or words.say(language, "dilemma.outcome.done_for_none"))
    return sheet_to_read(words, language, "dilemma.outcome.title", [line])


def waiting_blocks(words: Words, language: str, found: list[tuple[Story, int]]) -> list[Block]:
    """Those that wait for what comes of them, each with its button."""
    blocks: list[Block] = []
    for story, answers in found:
        line = f"*{linked_title(story, longest_link=300)}*\n{escape(cut(story.dilemma, LONGEST_LISTED))}"
        blocks.append(section(f"{line}\n{_how_many(words, language, answers)}"))
        blocks.append(actions(outcome_button(words, language, story.id), block_id=f"dilemma:{story.id}"))
    return [section(f"*{words.say(language, 'dilemma.list')}*"), *blocks, divider()] if blocks else []


def outcome_text(words: Words, message: DilemmaOutcome) -> str:
    """For notifications and screen readers."""
    return f"{words.say(message.language, 'dilemma.came')}: {read_out(message.story.outcome or '')}"


def outcome_blocks(words: Words, message: DilemmaOutcome) -> list[Block]:
    """For everyone, in the thread under the story."""
    story, language = message.story, message.language
    return [
        section(f"*{words.say(language, 'dilemma.asked')}*"),
        quoted(story.dilemma or story.title),
        section(f"*{words.say(language, 'dilemma.came')}*"),
        quoted(story.outcome or ""),
    ]


def _head(story: Story) -> list[Block]:
    return [section(f"*{linked_title(story, longest_link=500)}*"), quoted(story.dilemma or story.sentence)]


def _how_many(words: Words, language: str, answers: int) -> str:
    if not answers:
        return words.say(language, "dilemma.answers_none")
    return words.count(language, "dilemma.answers", answers)
