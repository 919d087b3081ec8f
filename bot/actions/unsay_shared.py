"""*I didn't share it*: what a person said ends. A reaction that stands is a source of its own."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker
from bot.domain import shares as sharing
from bot.store import people, shares, team_rest
from bot.store.engine import Connection


def unsay_shared(desk: Desk, asker: Asker, story_id: int, now: datetime) -> bool:
    """Take back what this person said of this story, on all networks. Answers whether it still counts as shared.

    It does when a counting reaction stands, which only the person can take away.
    """

    def work(connection: Connection) -> bool:
        person = people.by_user(connection, asker.user)
        if person is None:
            return False
        before = shares.to_change(connection, story_id, person.id)
        kept = sharing.unclaimed(before, now)
        # Of who left it stands in the sums of a team.
        team = team_rest.take_back(connection, person.id)
        shares.replace(connection, story_id, person.id, kept, before)
        team_rest.give_again(connection, person.id, team)
        return any(share.is_said for share in kept)

    return desk.store.write(work)
