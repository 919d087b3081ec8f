"""A reaction on a story: a source of *said*, as long as it stands."""

from bot.domain import shares as sharing
from bot.domain.happenings import Reacted
from bot.domain.people import Person
from bot.store import shares
from bot.store.engine import Connection
from bot.store.reaction_context import ReactionContext, look_around


def mark_reaction(connection: Connection, reaction: Reacted, person: Person) -> None:
    """Apply a reaction of somebody we know, in the caller's transaction."""
    around = look_around(connection, person.user, reaction.channel, reaction.ts)
    if around is not None and not around.is_out and shares.hold(connection, person.id):
        apply_reaction(connection, reaction, around, person.id)


def apply_reaction(connection: Connection, reaction: Reacted, around: ReactionContext, person_id: int) -> None:
    """The same, with what is known of it. Whoever calls this holds the person (`shares.hold`)."""
    emoji = plain_emoji(reaction.emoji)
    if not (emoji in around.share_emojis or _counted_before(connection, reaction, emoji, person_id)):
        return
    where = (reaction.channel, reaction.ts, person_id)
    if shares.note_reaction(connection, *where, emoji, present=reaction.present, at=reaction.at):
        before = shares.of_person(connection, around.story_id, person_id)
        stands = reaction.present or shares.count_reactions(connection, around.story_id, person_id) > 0
        decide = sharing.reacted if stands else sharing.unreacted
        shares.replace(connection, around.story_id, person_id, decide(before, reaction.at), before)


def _counted_before(connection: Connection, reaction: Reacted, emoji: str, person_id: int) -> bool:
    """Whether this takes away a reaction that was counted, though it would not count any more today."""
    if reaction.present:
        return False
    return (person_id, emoji) in shares.reactions_at(connection, reaction.channel, reaction.ts)


def plain_emoji(name: str) -> str:
    """The emoji without its skin tone: `clap::skin-tone-3` counts as `clap`."""
    return name.split("::", 1)[0]
