"""Who is in which channel and group, as Slack says it for a crisis: slowly, and not all at once in a large company."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.actions.ports import Messenger
from bot.domain.people import Profile
from bot.domain.problems import Refused

FRESH = timedelta(minutes=15)
"""What is older is asked anew: people came and left since."""


@dataclass
class CrisisRoll:
    """In memory alone. What was read stays for a while, so that whoever asks again goes on where Slack had enough."""

    begun_at: datetime | None = None
    profiles: dict[str, Profile] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def begin(self, now: datetime) -> None:
        """From here on; what is too old, or of a clock that was ahead, goes."""
        if self.begun_at is None or not timedelta() <= now - self.begun_at < FRESH:
            self.clear()
            self.begun_at = now

    def clear(self) -> None:
        """Nothing of it is needed any more."""
        self.begun_at = None
        self.profiles.clear()
        self.members.clear()

    def people_of(
        self, messenger: Messenger, groups: tuple[str, ...], channels: tuple[str, ...], home_team: str
    ) -> tuple[Profile, ...]:
        """Our own people in any of these, each once. Raises TryLater."""
        if not self.profiles:
            self.profiles.update((profile.user, profile) for profile in messenger.everybody())
        for group in groups:
            if group not in self.members:
                self.members[group] = _asked(messenger, group, is_group=True)
        for channel in channels:
            if channel not in self.members:
                self.members[channel] = _asked(messenger, channel, is_group=False)
        users = dict.fromkeys(user for place in (*groups, *channels) for user in self.members[place])
        found = (self.profiles[user] for user in users if user in self.profiles)
        return tuple(profile for profile in found if profile.counts_at(home_team))


def _asked(messenger: Messenger, place: str, *, is_group: bool) -> tuple[str, ...]:
    """A group or a channel that is gone has nobody in it."""
    try:
        return messenger.group_members(place) if is_group else messenger.members(place)
    except Refused:
        return ()
