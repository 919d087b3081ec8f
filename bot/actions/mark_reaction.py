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
    counting = setup_store.load_setup(connection).share_emojis
    placement = placements.at(connection, reaction.channel, reaction.ts)
    if placement is None or emoji not in counting:
        return True
    if person is None:
        return False
    if not person.is_in:
        return True
    where = (reaction.channel, reaction.ts, person.id)
    if shares.note_reaction(connection, *where, emoji, present=reaction.present, at=reaction.at):
        before = shares.of_person(connection, placement.story_id, person.id)
        standing = shares.count_reactions(connection, placement.story_id, person.id, counting)
        decide = sharing.reacted if standing else sharing.unreacted
        shares.replace(connection, placement.story_id, person.id, decide(before, reaction.at))
    return True


def plain_emoji(name: str) -> str:
    """The emoji without its skin tone: `clap::skin-tone-3` counts as `clap`."""
    return name.split("::", 1)[0]
