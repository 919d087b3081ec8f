"""What the actions ask of the world outside, in words of the domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.crisis import PageFacts
from bot.domain.home import Home
from bot.domain.hook_feeds import Asked, FeedAnswer
from bot.domain.messages import CommsDigestPost, DigestPost, Message, Posted
from bot.domain.page_preview import PagePreview
from bot.domain.people import Profile
from bot.domain.picture import SaidPicture


@dataclass(frozen=True)
class ChannelFacts:
    """A channel as Slack describes it."""

    id: str
    name: str
    is_private: bool
    is_shared: bool
    is_member: bool
    is_archived: bool


@dataclass(frozen=True)
class UserGroup:
    """A user group; `handle` is without its @, `name` is what people read."""

    id: str
    handle: str
    name: str = ""


@dataclass(frozen=True)
class ProfileField:
    """A field that everybody can have in their profile, as people read its name."""

    id: str
    label: str


@dataclass(frozen=True)
class Standing:
    """Who reacted to a message, by emoji. `seen_at`: when Slack looked, by its own clock; None when it did not say."""

    reactions: Mapping[str, tuple[str, ...]]
    seen_at: datetime | None = None


@dataclass(frozen=True)
class FolderChange:
    """How many files were written, because they were not there or said something else, and how many taken away."""

    written: int
    removed: int


class Messenger(Protocol):
    """Slack. Every method may raise TryLater, OutcomeUnknown (only where something is written) or Refused."""

    def try_drawing(self, message: Message) -> None:
        """Raises what would go wrong in drawing it, while it is certain that nothing was sent."""

    def post(self, target: str, message: Message, delivery_id: str, thread: str | None = None) -> Posted:
        """Post to a channel, or to a person (`U…`); under the message `thread`. BlocksRefused: the image."""

    def find(
        self, channel: str, delivery_id: str, since: datetime, until: datetime, thread: str | None = None
    ) -> Posted | None:
        """The message of this delivery, if an earlier try, at some time between these, arrived.

        In a channel, or in our own conversation with a person (`U…`), whose id is then in the answer.
        """

    def update(self, where: Posted, message: Message) -> None:
        """Change a message that stands."""

    def delete(self, where: Posted) -> None:
        """Take a message back; one that is gone is fine."""

    def pin(self, where: Posted) -> None:
        """Pin a message in its channel; one that is pinned already is fine."""

    def add_reaction(self, where: Posted, emoji: str) -> None:
        """Seed a reaction; one that stands already is fine."""

    def reactions(self, where: Posted) -> Standing:
        """Who reacted, by emoji, completely (the bot itself left out)."""

    def permalink(self, where: Posted) -> str | None:
        """The address of a message."""

    def granted(self) -> frozenset[str] | None:
        """The scopes Slack gives us; None when it does not say. TokenRefused when it does not let us in."""

    def profile(self, user: str) -> Profile:
        """Who this is."""

    def everybody(self) -> tuple[Profile, ...]:
        """Everybody in the workspace, with their language; no bots, and nobody who left.

        TryLater in the middle of a long list: asked again within minutes, it goes on where it was.
        """

    def channel(self, channel: str) -> ChannelFacts:
        """What this channel is."""

    def my_channels(self) -> tuple[ChannelFacts, ...]:
        """The channels the bot is in."""

    def members(self, channel: str) -> tuple[str, ...]:
        """Who is in a channel."""

    def group_members(self, group: str) -> tuple[str, ...]:
        """Who is in a user group."""

    def user_groups(self) -> tuple[UserGroup, ...]:
        """The user groups there are; Refused (`plan_upgrade_required`) on a free plan."""

    def profile_fields(self) -> tuple[ProfileField, ...]:
        """The fields that people's profiles can have, of those that hold a text."""

    def in_profile(self, user: str, field: str) -> str:
        """What stands in this field of somebody's profile; empty when nothing does."""

    def show_home(self, user: str, home: Home) -> None:
        """Publish a person's Home."""

    def say_picture(self, post: DigestPost | CommsDigestPost) -> SaidPicture:
        """The picture of a digest that has one, in its words."""

    def open_upload(self, name: str, length: int, alt: str) -> tuple[str, str]:
        """A place for a file of so many bytes: its id, and the address where they go."""

    def finish_upload(self, file: str, address: str, title: str, content: bytes) -> None:
        """Bring the bytes there. The file is in no channel: it is shown by a message."""

    def drop_file(self, file: str) -> None:
        """Delete a file; one that is not there is fine."""

    def hand_over_file(self, user: str, name: str, title: str, content: bytes) -> None:
        """Send a file to one person."""


class Painter(Protocol):
    """Draws."""

    def draw(self, picture: SaidPicture) -> bytes | None:
        """A PNG; None when it could not be drawn."""


class Feeds(Protocol):
    """Reads feeds."""

    def read(self, url: str, asked: Asked, now: datetime) -> FeedAnswer:
        """What it says now, or what is wrong with it; never raises for what a server does."""


class CrisisFiles(Protocol):
    """A folder that any web server can serve."""

    def write(self, pages: Sequence[PageFacts]) -> FolderChange:
        """Let it hold the pages of these, rehearsals left out, and none of others. Raises OSError."""


class Previews(Protocol):
    """Reads a page, to fill a form in."""

    def read(self, url: str, seconds: float = 2.5) -> PagePreview:
        """What the page says of itself; raises a fetch problem when it cannot be had."""
