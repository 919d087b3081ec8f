"""A reaction on a story: a source of *said*, as long as it stands."""

from bot.domain import shares as sharing
from bot.domain.happenings import Reacted
from bot.domain.people import Person
from bot.store import placements, shares
from bot.store import setup as setup_store
from bot.store.engine import Connection


def mark_reaction(connection: Connection, reaction: Reacted, person: Person | None) -> bool:
    """Apply a reaction in the caller's transaction. False: it counts, but the person is not known yet."""
    emoji = plain_emoji(reaction.emoji)
    placement = placements.at(connection, reaction.channel, reaction.ts)
    if placement is None:
        return True
    counts = emoji in setup_store.load_setup(connection).share_emojis
    if person is None:
        return not counts
    if not person.is_in or not (counts or _counted_before(connection, reaction, emoji, person)):
        return True
    where = (reaction.channel, reaction.ts, person.id)
    if shares.note_reaction(connection, *where, emoji, present=reaction.present, at=reaction.at):
        before = shares.to_change(connection, placement.story_id, person.id)
        standing = shares.count_reactions(connection, placement.story_id, person.id)
        decide = sharing.reacted if standing else sharing.unreacted
        shares.replace(connection, placement.story_id, person.id, decide(before, reaction.at), before)
    return True


def _counted_before(connection: Connection, reaction: Reacted, emoji: str, person: Person) -> bool:
    """Whether this takes away a reaction that was counted, though it would not count any more today."""
    if reaction.present:
        return False
    return (person.id, emoji) in shares.reactions_at(connection, reaction.channel, reaction.ts)


def plain_emoji(name: str) -> str:
    """The emoji without its skin tone: `clap::skin-tone-3` counts as `clap`."""
    return name.split("::", 1)[0]
