"""Who stands at the counter: their language, zone and role, and the person they are to us, if any."""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.domain.people import Person, Profile, language_of
from bot.domain.problems import Cause, NotForYou, Refused, SlackTrouble, TryLater
from bot.store import keys, people
from bot.store.engine import Connection

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asker:
    """Somebody who asks for something, with what we may know of them."""

    profile: Profile
    person: Person | None
    language: str
    is_editor: bool
    is_admin: bool

    @property
    def user(self) -> str:
        """Their Slack id."""
        return self.profile.user

    @property
    def zone(self) -> str:
        """Their own time zone."""
        return self.profile.zone


def who_asks(desk: Desk, user: str) -> Asker:
    """Look this user up. Slack is asked only when the person was not met lately."""
    profile = profile_of(desk, user)
    person = desk.store.read(lambda connection: people.by_user(connection, user))
    language = person.language if person else language_of(profile.locale)
    setup = desk.setup()
    is_admin = user in desk.admins
    is_editor = is_admin or user in setup.editors or _by_membership(desk, profile)
    is_staff = _is_staff(desk, profile)
    return Asker(profile, person, language, is_editor and is_staff, is_admin and is_staff)


def profile_of(desk: Desk, user: str) -> Profile:
    """The profile from memory, or from Slack; when Slack does not answer, as we know them, if we do."""
    known = desk.profiles.get(user)
    if known is not None:
        return known
    try:
        profile = desk.messenger.profile(user)
    except SlackTrouble as trouble:
        if isinstance(trouble, Refused) and trouble.cause is Cause.PERSON_GONE:
            return Profile(user, "", "", is_stranger=True)
        log.warning("No profile from Slack just now: %s", trouble)
        return _as_remembered(desk, user)
    desk.profiles.keep(profile)
    return profile


def require_editor(asker: Asker) -> None:
    """Raises NotForYou for everyone else."""
    if not asker.is_editor:
        raise NotForYou


def remember(connection: Connection, desk: Desk, profile: Profile, now: datetime) -> Person | None:
    """The person, made on their first act. None for whom nothing may be kept: they left, or do not count.

    Raises TryLater when it is not known whether they count, because Slack did not say who they are.
    """
    person = remember_even_out(connection, desk, profile, now)
    return person if person is not None and person.is_in else None


def remember_even_out(connection: Connection, desk: Desk, profile: Profile, now: datetime) -> Person | None:
    """The same for the one act that is open to somebody who left: saying where they stand."""
    if not profile.counts_at(desk.me.team) or keys.is_forgotten(connection, profile.user):
        return None
    person = people.by_user(connection, profile.user)
    if person is None and not profile.is_known:
        raise TryLater(5.0, "Slack did not say who this is")
    return person or people.add(connection, profile, now)


def _as_remembered(desk: Desk, user: str) -> Profile:
    person = desk.store.read(lambda connection: people.by_user(connection, user))
    if person is None:
        return Profile(user, desk.me.team, "", is_known=False)
    return Profile(user, desk.me.team, person.name, person.locale, person.zone)


def _by_membership(desk: Desk, profile: Profile) -> bool:
    """A guest in the comms channel is there for one thing or another: guests are editors only by name."""
    return profile.user in desk.roles.members and not profile.is_guest


def _is_staff(desk: Desk, profile: Profile) -> bool:
    return profile.counts_at(desk.me.team)
