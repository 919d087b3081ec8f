"""*Not for me*: one more person said so, and why if they like. Who it was is not kept."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.open_share import story_to_share
from bot.actions.who_asks import Asker
from bot.domain.people import Standing
from bot.domain.problems import StoryGone
from bot.domain.reasons import Reason
from bot.store import keys, not_for_me, people, stories
from bot.store.engine import Connection


def pass_over(desk: Desk, asker: Asker, story_id: int, now: datetime) -> bool:
    """Count it, with nobody's name. False for those who do not count, or wished not to.

    Raises:
        What `open_share` raises.
    """

    def work(connection: Connection) -> bool:
        story_to_share(connection, story_id, now)
        if not _counts(connection, desk, asker):
            return False
        stories.count_not_for_me(connection, story_id)
        return True

    return desk.store.write(work)


def pass_over_because(desk: Desk, asker: Asker, story_id: int, reason: Reason) -> bool:
    """Count why. False for those who do not count, or wished not to. Raises StoryGone."""

    def work(connection: Connection) -> bool:
        if stories.find(connection, story_id) is None:
            raise StoryGone
        if not _counts(connection, desk, asker):
            return False
        not_for_me.count_reason(connection, story_id, reason)
        return True

    return desk.store.write(work)


def _counts(connection: Connection, desk: Desk, asker: Asker) -> bool:
    """Nobody is made a person for this, so `remember` is not asked."""
    if not asker.profile.counts_at(desk.me.team) or keys.is_forgotten(connection, asker.user):
        return False
    person = people.by_user(connection, asker.user)
    return person is None or person.standing is not Standing.OUT
