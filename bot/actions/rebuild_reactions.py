"""After downtime: what Slack shows under recent stories is the truth, events that never came are made up for."""

import logging
from datetime import datetime, timedelta
from typing import Any

from bot.actions.desk import Desk
from bot.actions.mark_reaction import mark_reaction, plain_emoji
from bot.actions.who_asks import profile_of, remember
from bot.domain.deliveries import Delivery
from bot.domain.happenings import Reacted
from bot.domain.messages import Posted
from bot.domain.problems import Refused, SlackTrouble
from bot.domain.stories import Placement
from bot.store import people, placements, shares

log = logging.getLogger(__name__)

RECENT = timedelta(days=14)


def rebuild_reactions(desk: Desk, now: datetime) -> None:
    """Compare recent placements with Slack: shares missed are added, shares taken back are removed.

    The newest first: they are what people react to, and Slack may have had enough of us before the end (TryLater).
    """
    for placement in reversed(desk.store.read(lambda connection: placements.since(connection, now - RECENT))):
        rebuild_placement(desk, placement, now)


def rebuild_placement(desk: Desk, placement: Placement, now: datetime) -> None:
    """One message. Events that arrive while we look are newer than `now`, and win."""
    try:
        found = desk.messenger.reactions(Posted(placement.channel, placement.ts))
    except Refused as refused:
        if refused.reason == "message_not_found":
            desk.store.write(lambda connection: placements.mark_gone(connection, placement.channel, placement.ts))
        return
    counting = desk.setup().share_emojis
    standing = {(user, plain_emoji(emoji)) for emoji, users in found.items() for user in users}
    shared = sorted((user, emoji) for user, emoji in standing if emoji in counting)
    profiles = {user: profile_of(desk, user) for user, _ in shared}

    def work(connection: Any) -> None:
        for user, emoji in shared:
            person = remember(connection, desk, profiles[user], now)
            reaction = Reacted(user, placement.channel, placement.ts, emoji, present=True, at=now)
            if person is not None:
                mark_reaction(connection, reaction, person)
        for (person_id, emoji), (present, _) in shares.reactions_at(
            connection, placement.channel, placement.ts
        ).items():
            person = people.by_id(connection, person_id)
            if present and person is not None and (person.user, emoji) not in standing:
                gone = Reacted(person.user, placement.channel, placement.ts, emoji, present=False, at=now)
                mark_reaction(connection, gone, person)

    desk.store.write(work)


def look_up_reactions(desk: Desk, delivery: Delivery, posted: Posted, now: datetime) -> None:
    """A story was found standing that we did not know of: reactions on it came to nothing until now."""
    if delivery.story_id is None:
        return
    try:
        rebuild_placement(desk, Placement(delivery.story_id, posted.channel, posted.ts, now), now)
    except SlackTrouble as trouble:
        log.info("Its reactions are looked up with the others, later: %s", trouble)
