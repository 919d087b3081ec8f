"""The card of a question in the comms channel. Texts of people stand in it plain: no name in them rings."""

from bot.domain.messages import QuestionCard
from bot.domain.questions import Question, QuestionState
from bot.domain.stories import StoryState
from bot.slack import ids
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, context, cut, escape, fit, plain, section
from bot.sources.words import Words

LONGEST_NAME = 60
READ_OUT = 1000


def quoted(text: str) -> Block:
    """What somebody wrote, as they wrote it."""
    return {"type": "section", "text": plain(text, 3000)}


def read_out(text: str) -> str:
    """The same for screen readers and notifications."""
    return escape(cut(text, READ_OUT))


def card_text(words: Words, card: QuestionCard) -> str:
    """Who asks what."""
    if card.question.text is None:
        return words.say(card.language, "ask.card.gone")
    return f"{_who(words, card)} {read_out(card.question.text)}"


def card_blocks(words: Words, card: QuestionCard) -> list[Block]:
    """The question, and what may be done; or what became of it."""
    question, language = card.question, card.language
    if question.text is None:
        return [context(words.say(language, "ask.card.gone"))]
    head = [section(f"*{_who(words, card)}*{_about(words, card)}"), quoted(question.text)]
    if question.is_open and question.is_dilemma:
        say = button(words.say(language, "dilemma.card.say"), ids.OUTCOME, str(question.story_id or 0))
        return [
            *head,
            actions(say, block_id=f"question:{question.id}"),
            context(words.say(language, "dilemma.card.how")),
        ]
    if question.is_open:
        buttons = actions(*question_buttons(words, language, question), block_id=f"question:{question.id}")
        return [*head, buttons, context(*_small(words, card))]
    return [*head, context(_outcome(words, card))]


def _who(words: Words, card: QuestionCard) -> str:
    """Who asks; or who says what they would do."""
    if not card.question.is_dilemma:
        return who_asks_line(words, card.language, card.name)
    if card.name is None:
        return words.say(card.language, "dilemma.card.nameless")
    return words.say(card.language, "dilemma.card.named", name=fit(card.name, LONGEST_NAME))


def who_asks_line(words: Words, language: str, name: str | None) -> str:
    """With their name, or without."""
    if name is None:
        return words.say(language, "ask.card.nameless")
    return words.say(language, "ask.card.named", name=fit(name, LONGEST_NAME))


def question_buttons(words: Words, language: str, question: Question) -> list[Block]:
    """*Answer*, and *Close without an answer*."""
    number = str(question.id)
    about = cut(" ".join((question.text or "").split()), 40)
    labels = [words.say(language, key, text=about) for key in ("ask.card.answer_label", "ask.card.close_label")]
    return [
        button(words.say(language, "ask.card.answer"), ids.ANSWER, number, style="primary", label=labels[0]),
        button(words.say(language, "ask.card.close"), ids.CLOSE_QUESTION, number, label=labels[1]),
    ]


def _about(words: Words, card: QuestionCard) -> str:
    if card.story is None:
        return ""
    is_back = card.story.state is StoryState.CANCELLED
    word = "ask.card.about_taken_back" if is_back else "ask.card.about"
    return "\n" + words.say(card.language, word, title=linked_title(card.story, longest_link=500))


def _small(words: Words, card: QuestionCard) -> list[str]:
    lines = [words.say(card.language, "ask.card.to_named" if card.name else "ask.card.to_nameless")]
    if card.question.may_stand:
        in_crisis = card.question.crisis_id is not None
        lines.append(words.say(card.language, "crisis.answer.may_stand" if in_crisis else "ask.card.may_stand"))
    return [*lines, words.say(card.language, "ask.card.how")]


def _outcome(words: Words, card: QuestionCard) -> str:
    language, is_answered = card.language, card.question.state is QuestionState.ANSWERED
    if card.question.is_dilemma:
        if card.editor is None:
            return words.say(language, "dilemma.card.said_by_somebody")
        return words.say(language, "dilemma.card.said", name=fit(card.editor, LONGEST_NAME))
    if card.editor is None:
        return words.say(language, "ask.card.answered_by_somebody" if is_answered else "ask.card.closed_by_somebody")
    word = "ask.card.answered" if is_answered else "ask.card.closed"
    return words.say(language, word, name=fit(card.editor, LONGEST_NAME))
