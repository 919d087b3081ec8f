"""From a message in domain words to what Slack shows: text and blocks."""

from bot.domain.messages import (
    CommsDigestPost,
    CrisisCard,
    CrisisMessage,
    CrisisReminder,
    DigestPost,
    DilemmaOutcome,
    HeardOutside,
    HookCard,
    HookRoundUp,
    IdeaAnswer,
    IdeaCard,
    Introduction,
    Invitation,
    Message,
    Notice,
    QuestionAnswer,
    QuestionCard,
    QuestionSettled,
    QuestionUnderStory,
    QueueAnswer,
    Reminder,
    StoryMessage,
    StoryOnHold,
    StoryOut,
    StoryTakenBack,
    ThanksMessage,
)
from bot.slack.blocks.answers import (
    answer_blocks,
    answer_text,
    settled_blocks,
    settled_text,
    under_story_blocks,
    under_story_text,
)
from bot.slack.blocks.crisis_card import crisis_card_blocks, crisis_card_text
from bot.slack.blocks.crisis_message import (
    crisis_blocks,
    crisis_reminder_blocks,
    crisis_reminder_text,
    crisis_text,
    on_hold_blocks,
    on_hold_text,
)
from bot.slack.blocks.digest import comms_digest_blocks, comms_digest_text, digest_blocks, digest_text
from bot.slack.blocks.dilemma import outcome_blocks, outcome_text
from bot.slack.blocks.heard import heard_blocks, heard_text
from bot.slack.blocks.hook_card import hook_blocks, hook_text, round_up_blocks, round_up_text
from bot.slack.blocks.idea_answer import idea_answer_blocks, idea_answer_text
from bot.slack.blocks.idea_card import idea_card_blocks, idea_card_text
from bot.slack.blocks.invite import invitation_blocks, invitation_text
from bot.slack.blocks.notice import introduction_blocks, introduction_text, notice_blocks, notice_text
from bot.slack.blocks.question_card import card_blocks, card_text
from bot.slack.blocks.queue_answer import queue_answer_blocks, queue_answer_text
from bot.slack.blocks.reminder import reminder_blocks, reminder_text
from bot.slack.blocks.story_message import story_blocks, story_text, taken_back_blocks, taken_back_text
from bot.slack.blocks.story_out import story_out_blocks, story_out_text
from bot.slack.blocks.thanks import thanks_blocks, thanks_text
from bot.slack.mrkdwn import Block
from bot.sources.words import Words


def render(words: Words, message: Message) -> tuple[str, list[Block]]:
    """The text for notifications and screen readers, and the blocks."""
    match message:
        case StoryMessage():
            return story_text(words, message), story_blocks(words, message)
        case StoryTakenBack():
            return taken_back_text(words, message), taken_back_blocks(words, message)
        case StoryOnHold():
            return on_hold_text(words, message), on_hold_blocks(words, message)
        case CrisisMessage():
            return crisis_text(words, message), crisis_blocks(words, message)
        case CrisisReminder():
            return crisis_reminder_text(words, message), crisis_reminder_blocks(words, message)
        case CrisisCard():
            return crisis_card_text(words, message), crisis_card_blocks(words, message)
        case QueueAnswer():
            return queue_answer_text(words, message), queue_answer_blocks(words, message)
        case Notice():
            return notice_text(words, message), notice_blocks(words, message)
        case Introduction():
            return introduction_text(words, message), introduction_blocks(words, message)
        case DigestPost():
            return digest_text(words, message), digest_blocks(words, message)
        case CommsDigestPost():
            return comms_digest_text(words, message), comms_digest_blocks(words, message)
        case StoryOut():
            return story_out_text(words, message), story_out_blocks(words, message)
        case ThanksMessage():
            return thanks_text(words, message), thanks_blocks(words, message)
        case Invitation():
            return invitation_text(words, message), invitation_blocks(words, message)
        case QuestionCard():
            return card_text(words, message), card_blocks(words, message)
        case QuestionSettled():
            return settled_text(words, message), settled_blocks(words, message)
        case QuestionAnswer():
            return answer_text(words, message), answer_blocks(words, message)
        case QuestionUnderStory():
            return under_story_text(words, message), under_story_blocks(words, message)
        case DilemmaOutcome():
            return outcome_text(words, message), outcome_blocks(words, message)
        case HeardOutside():
            return heard_text(words, message), heard_blocks(words, message)
        case IdeaCard():
            return idea_card_text(words, message), idea_card_blocks(words, message)
        case IdeaAnswer():
            return idea_answer_text(words, message), idea_answer_blocks(words, message)
        case HookCard():
            return hook_text(words, message), hook_blocks(words, message)
        case HookRoundUp():
            return round_up_text(words, message), round_up_blocks(words, message)
        case Reminder():
            return reminder_text(words, message), reminder_blocks(words, message)
