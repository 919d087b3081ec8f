"""Reactions arrive, thousands at once when a story is good: stored and applied, all that came together in one go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions.mark_reaction import apply_reaction, plain_emoji
from bot.domain import shares as sharing
from bot.domain.happenings import Reacted
from bot.store import inbox, keys, shares
from bot.store.engine import Connection
from bot.store.reaction_context import ReactionContext, look_around, look_around_all


@dataclass(frozen=True)
class Arrived:
    """A reaction as Slack sent it, and when it came (UTC)."""

    event_id: str
    reaction: Reacted
    now: datetime


Known = tuple[Arrived, int, int]
"""A reaction that counts, on this story, by this person."""


def take_reactions(connection: Connection, arrived: Sequence[Arrived]) -> list[bool]:
    """Store and apply them. Answers for each whether it waits for the inbox worker."""
    if len(arrived) == 1:
        # Handing rows over together is dearer than asking for one, unless there are many to share that.
        return [_take_one(connection, arrived[0])]
    known = list(_known(connection, arrived))
    _take_known(connection, known)
    # Whatever is special about the others, they come one by one, in the order in which they arrived.
    done = {id(one) for one, _, _ in known}
    return [id(one) not in done and _take_one(connection, one) for one in arrived]


def _known(connection: Connection, arrived: Sequence[Arrived]) -> Iterator[Known]:
    """The first of each person, if it is of somebody we know, on a story, and with an emoji that counts."""
    around = look_around_all(connection, [one.reaction for one in arrived])
    seen: set[str] = set()
    for one in arrived:
        found = around.get((one.reaction.user, one.reaction.channel, one.reaction.ts))
        if found is None or one.reaction.user in seen:
            continue
        seen.add(one.reaction.user)
        if found.person_id is not None and _counts(one.reaction, found):
            yield one, found.story_id, found.person_id


def _counts(reaction: Reacted, around: ReactionContext) -> bool:
    return not around.is_out and plain_emoji(reaction.emoji) in around.share_emojis


def _take_known(connection: Connection, known: Sequence[Known]) -> None:
    if not known:
        return
    new = inbox.put_handled(connection, [(one.event_id, one.reaction, one.now) for one, _, _ in known])
    fresh = [each for each in known if each[0].event_id in new]
    noted = shares.note_reactions(
        connection, [(one.reaction, plain_emoji(one.reaction.emoji), person) for one, _, person in fresh]
    )
    changed = [each for each in fresh if _place(each) in noted]
    before = shares.of_people(connection, [(story, person) for _, story, person in changed])
    wanted = {
        (story, person): _decided(connection, one.reaction, story, person, before) for one, story, person in changed
    }
    shares.replace_all(connection, wanted, before)


def _place(each: Known) -> tuple[str, str, int]:
    one, _, person = each
    return one.reaction.channel, one.reaction.ts, person


def _decided(
    connection: Connection, reaction: Reacted, story: int, person: int, before: Mapping[tuple[int, int], shares.Shares]
) -> shares.Shares:
    stands = reaction.present or shares.count_reactions(connection, story, person) > 0
    return (sharing.reacted if stands else sharing.unreacted)(before.get((story, person), ()), reaction.at)


def _take_one(connection: Connection, one: Arrived) -> bool:
    """Answers whether it waits: of somebody new it is found out first whether they count."""
    reaction = one.reaction
    around = look_around(connection, reaction.user, reaction.channel, reaction.ts)
    if around is None or around.is_out:
        return False
    if around.person_id is None:
        if keys.is_forgotten(connection, reaction.user):
            return False
        waits = plain_emoji(reaction.emoji) in around.share_emojis
        return inbox.put(connection, one.event_id, reaction, one.now, is_handled=not waits) and waits
    is_there = shares.hold(connection, around.person_id)
    if is_there and inbox.put(connection, one.event_id, reaction, one.now, is_handled=True):
        apply_reaction(connection, reaction, around, around.person_id)
    return False
