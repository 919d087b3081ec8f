"""How it goes, with what comes next: for who runs the bot, from the database alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.actions.look_at_vitals import Vitals, look_at_vitals
from bot.actions.send_digest import next_digest
from bot.domain.setup import Setup
from bot.domain.stories import Story
from bot.store import backlog, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


@dataclass(frozen=True)
class Status:
    """`states` are deliveries by state, `channels` names by id; `digest_at` (UTC) is None when none is set."""

    vitals: Vitals
    setup: Setup
    channels: Mapping[str, str]
    states: Mapping[str, int]
    queue: tuple[Story, ...]
    digest_at: datetime | None

    def names(self, story: Story) -> list[str]:
        """Where a story goes, by name."""
        return [self.channels.get(channel, channel) for channel in story.channels]


def look_at_status(connection: Connection, now: datetime) -> Status:
    """Read it all, of one moment."""
    setup = setup_store.load_setup(connection)
    channels = setup_store.list_channels(connection, gone_too=True)
    return Status(
        vitals=look_at_vitals(connection, now),
        setup=setup,
        channels={channel.id: channel.name for channel in channels},
        states=backlog.deliveries_by_state(connection),
        queue=tuple(stories.queued(connection)),
        digest_at=next_digest(connection, setup, now),
    )
