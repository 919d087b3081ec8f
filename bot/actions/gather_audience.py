"""Who is in an audience now: their messages are made, in one transaction, so that nobody gets two."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.show_crisis import CHANNEL, PEOPLE_LANE, PERSON, REMINDER, REMINDER_LANE, sealed_to
from bot.actions.which_crisis import know
from bot.domain.crisis import CrisisAudience, Known, lot_of_reads
from bot.domain.deliveries import LAST_LANE, Owed
from bot.domain.messages import Posted
from bot.domain.people import Profile, language_of
from bot.domain.problems import Refused
from bot.store import crises, deliveries, keys, people
from bot.store import setup as setup_store
from bot.store.engine import Connection

CHANNELS_FIRST = timedelta(minutes=1)
"""So long people wait for channels that Slack does not take."""


def gather_audiences(desk: Desk, known: Known, now: datetime) -> int:
    """Make what is owed to people: being told, and being reminded. Answers how many audiences were dealt with.

    Raises TryLater when Slack does not say who there is; then nothing was made, and it is asked again.
    """
    told_at = known.crisis.told_at
    if told_at is None or not known.crisis.is_open:
        return 0
    waits = [one for one in known.audiences if one.gathered_at is None]
    reminds = [one for one in known.audiences if one.reminded_at is not None and one.reminded is None]
    if not (waits or reminds) or (now - told_at < CHANNELS_FIRST and _channels_wait(desk, known)):
        return 0
    everybody = {profile.user: profile for profile in desk.messenger.everybody()}
    stands = _where_updates_come(desk, known)
    found = {one.key: _gather(desk, known, one, everybody) for one in {x.key: x for x in (*waits, *reminds)}.values()}
    return desk.store.write(lambda connection: _owe(connection, desk, known.crisis.id, found, stands, now))


def _channels_wait(desk: Desk, known: Known) -> bool:
    beginning = f"{CHANNEL}:{known.crisis.id}:"
    return desk.store.read(lambda connection: deliveries.are_open(connection, CHANNEL, beginning))


def _gather(desk: Desk, known: Known, audience: CrisisAudience, everybody: dict[str, Profile]) -> tuple[Profile, ...]:
    channels = audience.channels
    if audience.is_everyone and not known.crisis.is_rehearsal:
        channels = tuple(one.id for one in desk.store.read(setup_store.list_channels))
    users: dict[str, None] = {}
    for group in audience.groups:
        users |= dict.fromkeys(_asked(desk.messenger.group_members, group))
    for channel in channels:
        users |= dict.fromkeys(_asked(desk.messenger.members, channel))
    ours = (everybody[user] for user in users if user in everybody)
    return tuple(profile for profile in ours if profile.counts_at(desk.me.team))


def _asked(ask: Callable[[str], Collection[str]], of: str) -> Collection[str]:
    """A group or a channel that is gone has nobody in it."""
    try:
        return ask(of)
    except Refused:
        return ()


def _where_updates_come(desk: Desk, known: Known) -> str | None:
    """The address of a message in a channel: of everyone's, as the last audience is the largest."""
    posts = sorted(known.posts, key=lambda post: [one.key for one in known.audiences].index(post.audience))
    return desk.messenger.permalink(Posted(posts[-1].channel, posts[-1].ts)) if posts else None


def _owe(
    connection: Connection,
    desk: Desk,
    crisis_id: int,
    found: dict[str, tuple[Profile, ...]],
    stands: str | None,
    now: datetime,
) -> int:
    if crises.find(connection, crisis_id, hold=True) is None:
        return 0
    known, done = know(connection, crisis_id), 0
    told: set[str] = set()
    for place, one in enumerate(known.audiences):
        gathered = found.get(one.key)
        if gathered is None:
            continue
        if one.gathered_at is None:
            owed = _messages(connection, desk, known, one, gathered, place, stands) if one.is_direct else []
            owed = [message for message in owed if message.key not in told]
            told |= {message.key for message in owed}
            deliveries.owe_all(connection, owed, now)
            counted = {"owed": len(owed)} if one.is_direct else {"told": len(gathered)}
            crises.change_audience(connection, crisis_id, one.key, gathered_at=now, **counted)
            done += 1
        if one.reminded_at is not None and one.reminded is None:
            owed = _reminders(connection, desk, known, one, gathered)
            deliveries.owe_all(connection, owed, now)
            crises.change_audience(connection, crisis_id, one.key, reminded=len(owed))
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
    chosen = people.languages(connection)
    lane = min(PEOPLE_LANE + place, LAST_LANE - 1)
    said = {"audience": audience.key, "stands": stands}

    def one(profile: Profile) -> Owed:
        language = known.text(chosen.get(profile.user) or language_of(profile.locale)).language
        return sealed_to(desk, known.crisis.id, profile.user, {**said, "language": language}, PERSON, lane)

    return [one(profile) for profile in profiles]


def _reminders(
    connection: Connection, desk: Desk, known: Known, audience: CrisisAudience, profiles: Sequence[Profile]
) -> list[Owed]:
    """To all but those who said that they have read it, and those of whom nothing may be kept: they cannot say so."""
    crisis_id = known.crisis.id
    read, chosen = crises.has_read(connection, crisis_id), people.languages(connection)
    silent = keys.forgotten_among(connection, [profile.user for profile in profiles])
    silent |= set(keys.withdrawn(connection).out)
    lot, owed = lot_of_reads(crisis_id), []
    for profile in profiles:
        if profile.user in silent or desk.seal.mark(profile.user, lot) in read:
            continue
        language = known.text(chosen.get(profile.user) or language_of(profile.locale)).language
        said = {"audience": audience.key, "language": language}
        owed.append(sealed_to(desk, crisis_id, profile.user, said, REMINDER, REMINDER_LANE))
    return owed
