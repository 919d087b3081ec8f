"""After downtime: what Slack shows under recent stories is the truth, events that never came are made up for."""

import logging
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.lose_message import lose_message
from bot.actions.mark_reaction import mark_reaction, plain_emoji
from bot.actions.who_asks import profile_of, remember
from bot.domain.deliveries import Delivery
from bot.domain.happenings import Reacted
from bot.domain.messages import Posted
from bot.domain.people import Person, Profile
from bot.domain.problems import Cause, Refused, SlackTrouble, TryLater
from bot.domain.stories import Placement
from bot.store import people, placements, shares
from bot.store.engine import Connection

log = logging.getLogger(__name__)

RECENT = timedelta(days=14)


def rebuild_reactions(desk: Desk, now: datetime) -> None:
    """Compare recent placements with Slack: shares missed are added, shares taken back are removed.

    The newest first: they are what people react to, and Slack may have had enough of us before the end (TryLater).
    Then `look_up_next` goes on where this stopped.
    """
    recent = desk.store.read(lambda connection: placements.since(connection, now - RECENT))
    desk.look_ups.begin(reversed(recent))
    while look_up_next(desk, now):
        pass


def look_up_next(desk: Desk, now: datetime) -> int:
    """The next message that waits to be compared. Answers how many were (0 or 1), so that the caller comes back."""
    placement = desk.look_ups.take()
    if placement is None:
        return 0
    try:
        rebuild_placement(desk, placement, now)
    except SlackTrouble:
        desk.look_ups.add(placement)
        raise
    return 1


def rebuild_placement(desk: Desk, placement: Placement, now: datetime) -> None:
    """One message. Events that arrive while we look are newer, and win: all are dated by Slack's clock.

    Raises:
        TryLater: Slack did not say who somebody is. All others are counted.
    """
    try:
        found = desk.messenger.reactions(Posted(placement.channel, placement.ts))
    except Refused as refused:
        if refused.cause is Cause.MESSAGE_GONE:
            desk.store.write(lambda connection: lose_message(connection, placement.channel, placement.ts, now))
            desk.wake()
        return
    counting, at = desk.setup().share_emojis, found.seen_at or now
    standing = {(user, plain_emoji(emoji)) for emoji, users in found.reactions.items() for user in users}
    shared = sorted((user, emoji) for user, emoji in standing if emoji in counting)
    profiles = _profiles_of_new(desk, {user for user, _ in shared})
    here = (placement.channel, placement.ts)

    def work(connection: Connection) -> list[str]:
        unknown, noted = [], shares.reactions_at(connection, *here)
        for user, emoji in shared:
            try:
                person = people.by_user(connection, user) or _remember(connection, desk, profiles.get(user), now)
            except TryLater as later:
                unknown.append(later.reason)
                continue
            if person is not None and not noted.get((person.id, emoji), (False,))[0]:
                mark_reaction(connection, Reacted(user, *here, emoji, present=True, at=at), person)
        for (person_id, emoji), (present, _) in noted.items():
            person = people.by_id(connection, person_id)
            if present and person is not None and (person.user, emoji) not in standing:
                mark_reaction(connection, Reacted(person.user, *here, emoji, present=False, at=at), person)
        return unknown

    unknown = desk.store.write(work)
    if unknown:
        raise TryLater(30.0, unknown[0])


def _profiles_of_new(desk: Desk, users: set[str]) -> dict[str, Profile]:
    """Who those are that did nothing here yet, as far as Slack says. It is not asked on when it has had enough."""
    known = desk.store.read(lambda connection: {user for user in users if people.by_user(connection, user)})
    profiles: dict[str, Profile] = {}
    for user in sorted(users - known):
        profile = profile_of(desk, user)
        if not profile.is_known:
            break
        profiles[user] = profile
    return profiles


def _remember(connection: Connection, desk: Desk, profile: Profile | None, now: datetime) -> Person | None:
    if profile is None:
        raise TryLater(30.0, "Slack did not say who somebody is")
    return remember(connection, desk, profile, now)


def look_up_reactions(desk: Desk, delivery: Delivery, posted: Posted, now: datetime) -> None:
    """A story stood for a moment, or longer, before we knew of it: reactions on it came to nothing until now."""
    if delivery.story_id is None:
        return
    placement = Placement(delivery.story_id, posted.channel, posted.ts, now)
    try:
        rebuild_placement(desk, placement, now)
    except SlackTrouble as trouble:
        desk.look_ups.add(placement)
        log.info("Its reactions are looked up a moment later: %s", trouble)
