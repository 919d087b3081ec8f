"""Who is in an audience now: their messages are made, in one transaction, so that nobody gets two."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.show_crisis import CHANNEL, PEOPLE_LANE, PERSON, REMINDER, REMINDER_LANE, sealed_to
from bot.actions.which_crisis import know
from bot.domain.crisis import CrisisAudience, Known, lot_of_reads
from bot.domain.deliveries import Owed
from bot.domain.messages import Posted
from bot.domain.people import Profile, language_of
from bot.store import crises, deliveries, keys, people
from bot.store.engine import Connection

CHANNELS_FIRST = timedelta(minutes=1)
"""So long people wait for channels that Slack does not take."""

People = tuple[Profile, ...]


def gather_audiences(desk: Desk, known: Known, now: datetime) -> int:
    """Make what is owed to people: being told first, then being reminded; and count who is in channels.

    Answers how many audiences were dealt with. Raises TryLater when Slack does not say who there is; then it is asked
    again, from where it broke off.
    """
    told_at = known.crisis.told_at
    if told_at is None or not known.crisis.is_open:
        return 0
    wanted = _wanted(known)
    if not wanted or (now - told_at < CHANNELS_FIRST and _channels_wait(desk, known)):
        return 0
    desk.crisis_roll.begin(now)
    found = {one.key: _people(desk, known, one) for one in wanted}
    reminded = {one.key: _people(desk, known, one) for one in known.audiences if one.reminded is not None}
    stands = _where_updates_come(desk, known)
    done = desk.store.write(lambda connection: _owe(connection, desk, known.crisis.id, found, reminded, stands, now))
    if not _wanted(desk.store.read(lambda connection: know(connection, known.crisis.id))):
        desk.crisis_roll.clear()
    return done


def _wanted(known: Known) -> list[CrisisAudience]:
    """Whoever gets messages before whoever is only counted."""
    direct = [one for one in known.audiences if one.is_direct and one.gathered_at is None]
    reminds = [one for one in known.audiences if one.reminded_at is not None and one.reminded is None]
    return direct or reminds or [one for one in known.audiences if one.gathered_at is None]


def _channels_wait(desk: Desk, known: Known) -> bool:
    beginning = f"{CHANNEL}:{known.crisis.id}:"
    return desk.store.read(lambda connection: deliveries.are_open(connection, CHANNEL, beginning))


def _people(desk: Desk, known: Known, audience: CrisisAudience) -> People:
    """Those of its groups and channels; of whom is told in channels alone, of those in which it stands."""
    stands = tuple(post.channel for post in known.posts if audience.is_everyone or post.channel in audience.channels)
    channels = audience.channels if audience.is_direct else stands
    return desk.crisis_roll.people_of(desk.messenger, audience.groups, channels, desk.me.team)


def _where_updates_come(desk: Desk, known: Known) -> str | None:
    """The address of a message in a channel: of everyone's, as the last audience is the largest."""
    order = [one.key for one in known.audiences]
    posts = sorted(known.posts, key=lambda post: order.index(post.audience))
    return desk.messenger.permalink(Posted(posts[-1].channel, posts[-1].ts)) if posts else None


def _owe(
    connection: Connection,
    desk: Desk,
    crisis_id: int,
    found: Mapping[str, People],
    reminded: Mapping[str, People],
    stands: str | None,
    now: datetime,
) -> int:
    crisis = crises.find(connection, crisis_id, hold=True)
    if crisis is None or not crisis.is_open:
        return 0
    known, done = know(connection, crisis_id), 0
    told: set[str] = set()
    has_reminder = {profile.user for those in reminded.values() for profile in those}
    for place, one in enumerate(known.audiences):
        if one.key not in found:
            continue
        if one.gathered_at is None:
            new = [profile for profile in found[one.key] if profile.user not in told] if one.is_direct else []
            told |= {profile.user for profile in new}
            deliveries.owe_all(connection, _messages(connection, desk, known, one, new, place, stands), now)
            counted = {"owed": len(new)} if one.is_direct else {"told": len(found[one.key])}
            crises.change_audience(connection, crisis_id, one.key, gathered_at=now, **counted)
            done += 1
        if one.reminded_at is not None and one.reminded is None:
            new = _to_remind(connection, desk, crisis_id, found[one.key], has_reminder)
            has_reminder |= {profile.user for profile in new}
            deliveries.owe_all(connection, _reminders(connection, desk, known, one, new), now)
            crises.change_audience(connection, crisis_id, one.key, reminded=len(new))
            done += 1
    return done


def _messages(
    connection: Connection,
    desk: Desk,
    known: Known,
    audience: CrisisAudience,
    profiles: Sequence[Profile],
    place: int,
    stands: str | None,
) -> list[Owed]:
    lane = min(PEOPLE_LANE + place, REMINDER_LANE - 1)
    said = {"audience": audience.key, "stands": stands}
    speaks = _languages(connection, known, profiles)
    return [
        sealed_to(desk, known.crisis.id, user, {**said, "language": language}, PERSON, lane)
        for user, language in speaks.items()
    ]


def _to_remind(
    connection: Connection, desk: Desk, crisis_id: int, profiles: People, has_reminder: set[str]
) -> list[Profile]:
    """All but those who said that they read it, who were reminded with another audience, or want nothing kept."""
    read, lot = crises.has_read(connection, crisis_id), lot_of_reads(crisis_id)
    silent = keys.forgotten_among(connection, [profile.user for profile in profiles])
    silent |= set(keys.withdrawn(connection).out) | has_reminder
    return [one for one in profiles if one.user not in silent and desk.seal.mark(one.user, lot) not in read]


def _reminders(
    connection: Connection, desk: Desk, known: Known, audience: CrisisAudience, profiles: Sequence[Profile]
) -> list[Owed]:
    speaks = _languages(connection, known, profiles)
    return [
        sealed_to(
            desk,
            known.crisis.id,
            user,
            {"audience": audience.key, "language": language},
            REMINDER,
            REMINDER_LANE,
        )
        for user, language in speaks.items()
    ]


def _languages(connection: Connection, known: Known, profiles: Sequence[Profile]) -> dict[str, str]:
    """What each of them reads it in: their own choice, or as their Slack is, as far as it is written in that."""
    chosen = people.languages(connection)
    return {one.user: known.text(chosen.get(one.user) or language_of(one.locale)).language for one in profiles}
