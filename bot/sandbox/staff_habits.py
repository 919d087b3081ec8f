"""How people are: a few pass much along, most little; each in their own hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.sandbox.ledger import NAMED, OUT, UNNAMED

NETWORKS = ("LinkedIn", "WhatsApp", "Bluesky", "X", "Facebook", "Threads", "Reddit", "Telegram")
OFTEN = (14, 6, 4, 3, 3, 1, 1, 1)
MOST = 0.9
OPENS_AT, CLOSES_AT = time(8, 45), time(17, 30)


@dataclass(frozen=True)
class Habits:
    """`eagerness`: the chance that a story is passed along. `answer`: to the question whether they may be named."""

    eagerness: float
    way: str  # "modal" | "reaction" | "both" | "own post"
    networks: tuple[str, ...]
    answer: str | None
    own_words: bool
    swings: float  # the chance of thinking better of it afterwards


def make_habits(random: Random) -> Habits:
    """One person, drawn. A quarter never answers the question; one in twelve wants no part in it."""
    return Habits(
        eagerness=min(MOST, 0.07 * random.paretovariate(0.95)),
        way=random.choices(("modal", "reaction", "both", "own post"), (10, 6, 4, 2))[0],
        networks=_networks(random),
        answer=random.choices((NAMED, UNNAMED, OUT, None), (11, 4, 2, 5))[0],
        own_words=random.random() < 0.35,
        swings=random.choice((0.0, 0.05, 0.15)),
    )


def _networks(random: Random) -> tuple[str, ...]:
    """One to three, each once."""
    drawn = random.choices(NETWORKS, OFTEN, k=random.choice((1, 1, 2, 3)))
    return tuple(dict.fromkeys(drawn))


def reads_at(posted: datetime, zone: str, random: Random) -> datetime:
    """When somebody in that zone gets round to it: hours later, within a working day of theirs; whole seconds."""
    wanted = posted + timedelta(seconds=round(20 + random.expovariate(1 / 9000)))
    return at_work(wanted, zone, random)


def at_work(wanted: datetime, zone: str, random: Random) -> datetime:
    """That moment, or a while into their next working day."""
    local = wanted.astimezone(ZoneInfo(zone))
    if local.weekday() < 5 and OPENS_AT <= local.time() < CLOSES_AT:
        return wanted
    day = local.date() if local.time() < OPENS_AT else local.date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    opens = datetime.combine(day, OPENS_AT, ZoneInfo(zone))
    return opens.astimezone(wanted.tzinfo) + timedelta(seconds=random.randrange(30, 7200))


def own_sentence(language: str, random: Random) -> str:
    """What somebody types in the box for own words."""
    return random.choice(OWN_WORDS[language])


OWN_WORDS: dict[str, Sequence[str]] = {
    "en": (
        "This is what my colleagues get up to while I'm in meetings.",
        "Read this with your coffee. You'll be glad you did.",
        "I know these people, and it went exactly like this.",
        "Small story, big grin.",
    ),
    "nl": (
        "Dit doen mijn collega's dus terwijl ik zit te vergaderen.",
        "Lees dit even bij de koffie.",
        "Ik ken deze mensen, en zo ging het echt.",
        "Klein verhaal, brede grijns.",
    ),
}
