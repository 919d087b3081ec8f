"""Into the champions' channel: what the editor is about to ask, and the question as it arrives."""

from bot.actions.invite_champion import InvitationDraft
from bot.domain.messages import Invitation
from bot.slack import ids
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.mrkdwn import Block, actions, button, context, cut, escape, section
from bot.sources.words import Words

LONGEST_NAME = 60
PRIVATE = "private"
PUBLIC = "public"


def invite_modal(words: Words, language: str, draft: InvitationDraft) -> Block:
    """Nothing to fill in: what will be asked, and that it is asked once."""
    name = escape(cut(draft.name, LONGEST_NAME)) if draft.name else words.say(language, "comms.nameless_within")
    blocks = [section(words.say(language, "invite.about", name=name, channel=f"<#{draft.channel}>"))]
    if draft.name is None:
        blocks.append(section(words.say(language, "invite.about_nameless")))
    blocks.append(context(words.say(language, "invite.once")))
    return sheet_to_send(words, language, ids.INVITE_FORM, "invite.title", "invite.ask", str(draft.person_id), blocks)


def invited_view(words: Words, language: str, name: str | None) -> Block:
    """What the editor sees when it is owed."""
    shown = escape(cut(name, LONGEST_NAME)) if name else words.say(language, "comms.nameless_within")
    return sheet_to_read(words, language, "invite.title", [section(words.say(language, "invite.asked", name=shown))])


def invitation_text(words: Words, message: Invitation) -> str:
    """For notifications and screen readers."""
    return "\n".join(_said(words, message))


def invitation_blocks(words: Words, message: Invitation) -> list[Block]:
    """The question, and its two answers."""
    question, *small = _said(words, message)
    how = PRIVATE if message.is_private else PUBLIC
    join = button(words.say(message.language, "invite.join"), ids.INVITE_JOIN, how, style="primary")
    no = button(words.say(message.language, "invite.no"), ids.INVITE_NO)
    return [section(question), actions(join, no, block_id="invitation"), context(*small)]


def _said(words: Words, message: Invitation) -> list[str]:
    language = message.language
    said = [words.say(language, "invite.question", channel=f"<#{message.channel}>")]
    said.append(words.say(language, "invite.shows_who" if message.shows_who else "invite.seen_there"))
    if message.is_private:
        said.append(words.say(language, "invite.comms_hears"))
    return [*said, words.say(language, "invite.no_is_fine")]
