"""The desk: what every action needs at hand. Built once, in compose."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from bot.actions.access import Access
from bot.actions.crisis_roll import CrisisRoll
from bot.actions.kept_digest import KeptDigest
from bot.actions.look_ups import LookUps
from bot.actions.pacing import Pacing
from bot.actions.ports import ChannelFacts, CrisisFiles, Feeds, Messenger, Painter, Previews, ProfileField, UserGroup
from bot.actions.pulse import Pulse
from bot.domain.addresses import Network
from bot.domain.crisis_scenario import Written
from bot.domain.disclosure import Disclosure
from bot.domain.hooks import Watching
from bot.domain.language import Meter
from bot.domain.people import Profile
from bot.domain.setup import Setup
from bot.store import setup as setup_store
from bot.store.engine import Store
from bot.store.seal import Seal


@dataclass(frozen=True)
class Me:
    """Who the bot is in this workspace, from auth.test."""

    user: str
    bot_id: str
    team: str
    team_name: str


def _nobody() -> None:
    """Nobody waits to be woken: the jobs come round by themselves."""


@dataclass
class Roles:
    """Who is an editor by membership. Kept in memory only: it is Slack's knowledge, not ours to store.

    `warning` is why a membership does not count (`setup.warning.…` in the words), `sources` the members by source.
    """

    members: frozenset[str] = frozenset()
    warning: str | None = None
    sources: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass
class Offer:
    """What Slack had to choose from when the set-up last asked; None when it did not say. In memory only."""

    mine: tuple[ChannelFacts, ...] | None = None
    groups: tuple[UserGroup, ...] | None = None
    why_no_groups: str = ""
    fields: tuple[ProfileField, ...] | None = None


@dataclass
class TeamLook:
    """User groups as they were read so far, in memory: a few at a time, and all of them anew after a while."""

    wanted: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    done_at: datetime | None = None


class Tried(NamedTuple):
    """When something was tried in vain, first and last (UTC)."""

    first: datetime
    last: datetime


@dataclass(frozen=True)
class Desk:
    """What actions work with. `wake` calls the workers when there is something for them, without waiting; `recount`
    the one who counts rankings.

    `public_url`: where personal links lead; empty when nobody can follow one here. `scopes`: what the manifest asks
    for, less what may be left out. `visitors`: who left or was deleted and looks at Home now. They wait in memory:
    nothing of it may be stored. `pages_tried`: by story id, pages that could not be read for now. `painter` None:
    nothing can be drawn here. `watching`: what feeds.toml said when the bot started. `scenarios` reads the files of
    crises anew each time. `meter` None: nobody reads texts. `crisis_files` None: the page of a crisis is served by us
    alone. `crisis_shown`: by crisis, the figures that its card shows by now.
    """

    store: Store
    messenger: Messenger
    previews: Previews
    me: Me
    feeds: Feeds | None = None
    watching: Watching = field(default_factory=Watching)
    scenarios: Callable[[], Written] = Written
    admins: tuple[str, ...] = ()
    disclosure: Disclosure = field(default_factory=Disclosure)
    meter: Meter | None = None
    linkedin_composer: bool = True
    fetch_allow: tuple[Network, ...] = ()
    public_url: str = ""
    painter: Painter | None = None
    crisis_files: CrisisFiles | None = None
    seal: Seal = field(default_factory=lambda: Seal(""))
    copy: str = "one"
    scopes: frozenset[str] = frozenset()
    access: Access = field(default_factory=Access)
    roles: Roles = field(default_factory=Roles)
    offer: Offer = field(default_factory=Offer)
    profiles: "Profiles" = field(default_factory=lambda: Profiles())
    pulse: Pulse = field(default_factory=Pulse)
    pacing: Pacing = field(default_factory=Pacing)
    crisis_roll: CrisisRoll = field(default_factory=CrisisRoll)
    crisis_shown: dict[int, object] = field(default_factory=dict)
    look_ups: LookUps = field(default_factory=LookUps)
    team_look: TeamLook = field(default_factory=TeamLook)
    kept_digest: KeptDigest = field(default_factory=KeptDigest)
    visitors: deque[str] = field(default_factory=lambda: deque(maxlen=1000))
    pages_tried: dict[int, Tried] = field(default_factory=dict)
    wake: Callable[[], None] = _nobody
    recount: Callable[[], None] = _nobody

    @property
    def can_publish(self) -> bool:
        """Whether there is somewhere for the page of a crisis to be."""
        return bool(self.public_url) or self.crisis_files is not None

    def setup(self) -> Setup:
        """What the admin set."""
        return self.store.read(setup_store.load_setup)


class Profiles:
    """Profiles met lately, in memory, so that Slack is not asked twice for the same person."""

    def __init__(self, most: int = 2000) -> None:
        self._most = most
        self._known: dict[str, Profile] = {}
        self._lock = Lock()

    def get(self, user: str) -> Profile | None:
        """What is known of this person."""
        return self._known.get(user)

    def keep(self, profile: Profile) -> None:
        """Remember; the one met longest ago makes room."""
        with self._lock:
            self._known.pop(profile.user, None)
            self._known[profile.user] = profile
            while len(self._known) > self._most:
                del self._known[next(iter(self._known))]

    def drop(self, user: str) -> None:
        """It changed, or nothing may be kept of them."""
        with self._lock:
            self._known.pop(user, None)

    def clear(self) -> None:
        """Ask anew, once in a while: another copy, or nobody, may have heard of a change."""
        with self._lock:
            self._known.clear()
