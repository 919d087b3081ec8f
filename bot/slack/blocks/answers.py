"""What a question was answered: to who asked it, in the thread of its card, and under the story."""

from bot.domain.messages import QuestionAnswer, QuestionSettled, QuestionUnderStory
from bot.domain.questions import Question, QuestionState
from bot.slack.blocks.ask import ask_button
from bot.slack.blocks.question_card import LONGEST_NAME, quoted, read_out
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, context, fit, section
from bot.sources.words import Words


def answer_text(words: Words, message: QuestionAnswer) -> str:
    """For notifications and screen readers."""
    question = message.question
    said = " ".join(filter(None, (_why(words, message.language, question), read_out(question.answer or ""))))
    return f"{_headline(words, message)} {said}"


def _dilemma_blocks(words: Words, message: QuestionAnswer) -> list[Block]:
    question, language = message.question, message.language
    about = words.say(language, "dilemma.dm.about", title=_title(message)) if message.story else ""
    small = [_from(words, message), words.say(language, _who_saw(question))]
    if message.stands:
        small.append(words.say(language, "dilemma.dm.stands"))
    return [
        section(f"*{_headline(words, message)}*\n{about}".rstrip()),
        quoted(question.text or ""),
        section(f"*{words.say(language, 'dilemma.came')}*"),
        quoted(question.answer or ""),
        context(*small),
    ]


def answer_blocks(words: Words, message: QuestionAnswer) -> list[Block]:
    """What they asked, what comms says, and who saw what."""
    question, language = message.question, message.language
    if question.is_dilemma:
        return _dilemma_blocks(words, message)
    blocks = [section(f"*{_headline(words, message)}*{_about(words, message)}"), quoted(question.text or "")]
    blocks += _said(words, language, question, words.say(language, "ask.dm.comms_says"))
    small = [_from(words, message), words.say(language, _who_saw(question))]
    if message.stands:
        in_crisis = question.crisis_id is not None
        small.append(words.say(language, "crisis.answer.dm_stands" if in_crisis else "ask.dm.stands"))
    if message.story is not None:
        blocks.append(actions(ask_button(words, language, message.story), block_id=f"ask_on:{question.id}"))
    return [*blocks, context(*small)]


def settled_text(words: Words, message: QuestionSettled) -> str:
    """For notifications and screen readers."""
    question = message.question
    said = " ".join(filter(None, (_why(words, message.language, question), read_out(question.answer or ""))))
    return f"{_settled_line(words, message)}: {said}"


def settled_blocks(words: Words, message: QuestionSettled) -> list[Block]:
    """Who answered what, and where it went."""
    question, language = message.question, message.language
    stands = "ask.thread.stands" if question.crisis_id is None else "crisis.answer.thread_stands"
    word = stands if message.stands else "ask.thread.alone"
    small = context(words.say(language, word))
    return [*_said(words, language, question, _settled_line(words, message)), small]


def under_story_text(words: Words, message: QuestionUnderStory) -> str:
    """For notifications and screen readers."""
    question, language = message.question, message.language
    asked, answered = words.say(language, "ask.under.asked"), words.say(language, "ask.under.answered")
    return f"{asked} {read_out(question.text or '')}\n{answered} {read_out(question.answer or '')}"


def under_story_blocks(words: Words, message: QuestionUnderStory) -> list[Block]:
    """For everyone, without a name."""
    question, language = message.question, message.language
    return [
        section(f"*{words.say(language, 'ask.under.asked')}*"),
        quoted(question.text or ""),
        section(f"*{words.say(language, 'ask.under.answered')}*"),
        quoted(question.answer or ""),
    ]


def _headline(words: Words, message: QuestionAnswer) -> str:
    if message.question.is_dilemma:
        return words.say(message.language, "dilemma.dm.said")
    is_answered = message.question.state is QuestionState.ANSWERED
    return words.say(message.language, "ask.dm.answered" if is_answered else "ask.dm.closed")


def _settled_line(words: Words, message: QuestionSettled) -> str:
    is_answered = message.question.state is QuestionState.ANSWERED
    if message.editor is None:
        word = "ask.card.answered_by_somebody" if is_answered else "ask.card.closed_by_somebody"
        return words.say(message.language, word)
    name = fit(message.editor, LONGEST_NAME)
    return words.say(message.language, "ask.card.answered" if is_answered else "ask.card.closed", name=name)


def _about(words: Words, message: QuestionAnswer) -> str:
    if message.story is None:
        return ""
    return "\n" + words.say(message.language, "ask.dm.about", title=_title(message))


def _title(message: QuestionAnswer) -> str:
    return linked_title(message.story, longest_link=500) if message.story else ""


def _said(words: Words, language: str, question: Question, line: str) -> list[Block]:
    why = _why(words, language, question)
    head = f"*{line}*\n{why}" if why else f"*{line}*"
    return [section(head), *([quoted(question.answer)] if question.answer else [])]


def _why(words: Words, language: str, question: Question) -> str:
    return words.say(language, f"ask.why_said.{question.reason}") if question.reason else ""


def _from(words: Words, message: QuestionAnswer) -> str:
    if message.editor is None:
        return words.say(message.language, "ask.dm.from_comms")
    return words.say(message.language, "ask.dm.from", name=fit(message.editor, LONGEST_NAME))


def _who_saw(question: Question) -> str:
    if question.is_dilemma:
        return "dilemma.dm.named" if question.person_id is not None else "dilemma.dm.nameless"
    return "ask.dm.named" if question.person_id is not None else "ask.dm.nameless"
