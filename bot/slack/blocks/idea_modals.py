"""The two forms of ideas: what somebody suggests, and what comms answers."""

from dataclasses import dataclass

from bot.actions.suggest_idea import Suggested
from bot.domain.ideas import LONGEST_LINK, LONGEST_WHY, Idea, WhyNot
from bot.domain.stories import StoryState
from bot.slack import ids
from bot.slack.blocks.idea_card import idea_title
from bot.slack.blocks.inputs import text_input, tick
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, choice, context, plain, section
from bot.sources.words import Words

CREDITED = "yes"
SIGNED = "yes"


@dataclass(frozen=True)
class IdeaDraft:
    """What stands in the form at first. `is_of_message`: it came from a message, perhaps of somebody else.

    `may_be_thanked`: something may be kept of them. `came_from` comes back when it is sent.
    `is_cut`: there was more than fits.
    """

    link: str = ""
    why: str = ""
    is_of_message: bool = False
    may_be_thanked: bool = True
    came_from: str = ""
    is_cut: bool = False


def idea_modal(words: Words, language: str, draft: IdeaDraft) -> Block:
    """Link, why, and whether to be thanked by name."""

    def say(name: str) -> str:
        return words.say(language, f"ideas.form.{name}")

    about = "about_message" if draft.is_of_message else "about"
    link = text_input(
        ids.IDEA_LINK,
        say("link"),
        value=draft.link,
        hint=say("link_hint"),
        sample=say("link_sample"),
        most=LONGEST_LINK,
        needed=False,
    )
    why = text_input(
        ids.IDEA_WHY,
        say("why"),
        value=draft.why,
        hint=words.say(language, "ideas.form.cut", most=LONGEST_WHY) if draft.is_cut else say("why_hint"),
        sample=say("why_sample"),
        most=LONGEST_WHY,
        needed=False,
        many_lines=True,
    )
    last = context(say("nothing_kept"))
    if draft.may_be_thanked:
        option = choice(say("credit_yes"), CREDITED)
        last = tick(ids.IDEA_CREDIT, say("credit"), option, ticked=False, hint=say("credit_hint"))
    blocks = [section(say(about)), link, why, last]
    return sheet_to_send(words, language, ids.IDEA_FORM, "ideas.form.title", "ideas.form.send", draft.came_from, blocks)


def suggested_view(words: Words, language: str, done: Suggested) -> Block:
    """What becomes of it now."""
    blocks = [section(text) for text in _what_now(words, language, done)]
    return sheet_to_read(words, language, "ideas.form.title", blocks)


def _what_now(words: Words, language: str, done: Suggested) -> list[str]:
    if done.story is not None:
        is_out = done.story.state is StoryState.POSTED
        key = "ideas.done.out_already" if is_out else "ideas.done.queued_already"
        return [words.say(language, key, title=linked_title(done.story))]
    said = [words.say(language, "ideas.done.joined" if done.is_joined else "ideas.done.thanks")]
    said.append(words.say(language, "ideas.done.comms" if done.is_heard else "ideas.done.no_comms"))
    said.append(words.say(language, "ideas.done.told" if done.is_told else "ideas.done.not_told"))
    return said


def decline_modal(words: Words, language: str, idea: Idea) -> Block:
    """*Not now, because…*: three answers that are ready, or own words, signed or not."""

    def say(name: str) -> str:
        return words.say(language, f"ideas.decline.{name}")

    options = [choice(words.say(language, f"ideas.why_not.{why}.short"), why) for why in WhyNot]
    ready: Block = {
        "type": "input",
        "block_id": ids.IDEA_READY,
        "label": plain(say("ready")),
        "element": {"type": "radio_buttons", "action_id": ids.IDEA_READY, "options": options},
        "optional": True,
    }
    own = text_input(
        ids.IDEA_WORDS,
        say("words"),
        hint=say("words_hint"),
        sample=say("words_sample"),
        most=LONGEST_WHY,
        needed=False,
        many_lines=True,
    )
    sign = tick(ids.IDEA_SIGN, say("sign"), choice(say("sign_yes"), SIGNED), ticked=False, hint=say("sign_hint"))
    about = section(words.say(language, "ideas.decline.about", idea=idea_title(words, language, idea)))
    note = str(idea.id)
    blocks = [about, ready, own, sign]
    return sheet_to_send(words, language, ids.IDEA_ANSWER, "ideas.decline.title", "ideas.decline.send", note, blocks)


def answered_view(words: Words, language: str) -> Block:
    """What comms sees when the answer is owed."""
    return sheet_to_read(words, language, "ideas.decline.title", [section(words.say(language, "ideas.decline.sent"))])
