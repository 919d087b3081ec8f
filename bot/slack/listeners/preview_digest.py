"""`/passalong digest preview`: both digests as they look now, for editors, in their own language."""

from bot.actions.preview_digest import DigestPreview, preview_digest
from bot.domain.messages import CommsDigestPost, DigestPost
from bot.slack.blocks.digest import comms_digest_blocks, comms_digest_text, digest_blocks, digest_text
from bot.slack.front import Answer, Command
from bot.slack.mrkdwn import Block, context, divider
from bot.sources.words import Words


def preview(command: Command) -> Answer:
    """What the channels would get, and below it what comms would get."""
    front, language = command.front, command.asker.language
    found = preview_digest(front.desk, command.asker, command.now)
    staff_text, staff_blocks = _staff(front.words, found, language)
    comms = CommsDigestPost(found.comms, language, found.zone)
    text = f"{staff_text}\n\n{comms_digest_text(front.words, comms)}"
    return Answer(text=text, blocks=[*staff_blocks, divider(), *comms_digest_blocks(front.words, comms)])


def _staff(words: Words, found: DigestPreview, language: str) -> tuple[str, list[Block]]:
    if found.staff is None:
        empty = words.say(language, "digest.preview_empty")
        return empty, [context(empty)]
    post = DigestPost(found.staff, language, found.zone)
    seen = words.say(language, "digest.preview")
    return f"{seen}\n{digest_text(words, post)}", [context(seen), *digest_blocks(words, post)]


COMMANDS = {"digest preview": preview, "digest": preview}
