"""Who works at the company the sandbox plays: pure data, the same for the same seed."""

from dataclasses import dataclass
from random import Random

TEAM_ID = "T0SANDBOX"
APP_ID = "A0PASSALONG"
BOT_ID = "B0PASSALONG"
BOT_USER = "U0PASSALONG"
OTHER_BOT = "U0CALENDAR"
SLACKBOT = "USLACKBOT"
DEPARTMENT_FIELD = "Xf0DEPARTMENT"
GOOD_STORIES, MOOIE_VERHALEN, GENERAL, COMMS = "C0GOODSTORY", "C0MOOIVERHL", "C0GENERAL", "C0COMMS"
FRONT_ROW = "C0FRONTROW"

DUTCH = [
    "Anouk de Vries",
    "Bram Jansen",
    "Daan Visser",
    "Eva Bakker",
    "Femke Smit",
    "Gijs Meijer",
    "Hanneke de Boer",
    "Jasper Mulder",
    "Joost Bos",
    "Lieke Vos",
    "Lotte Peters",
    "Maarten Hendriks",
    "Marieke Dekker",
    "Niels Brouwer",
    "Noor de Wit",
    "Pieter Dijkstra",
    "Roos Smits",
    "Sanne de Graaf",
    "Sem van Dam",
    "Sophie Kok",
    "Thijs Vermeulen",
    "Tess van den Berg",
    "Wouter Schouten",
    "Yasmin el Amrani",
]
ENGLISH = [
    "Alice Turner",
    "Ben Hughes",
    "Chloe Evans",
    "Daniel Okafor",
    "Emma Clarke",
    "Farah Khan",
    "George Wright",
    "Hannah Lewis",
    "Isaac Cohen",
    "Jia Wei Tan",
    "Kate Morgan",
    "Liam Walsh",
    "Maya Patel",
    "Nathan Brooks",
    "Olivia Reed",
    "Priya Nair",
    "Ryan Foster",
    "Sara Lim",
    "Tom Bennett",
    "Uma Desai",
    "Victor Chen",
    "Wendy Park",
    "Zoe Adams",
    "Marcus Hill",
]
DEPARTMENTS = ("Product", "Engineering", "Sales", "Customer care", "People", "Finance", "Research")
ENGLISH_HOMES = (
    ("en-GB", "Europe/Amsterdam"),
    ("en-GB", "Europe/London"),
    ("en-US", "America/New_York"),
    ("en-GB", "Europe/Amsterdam"),
    ("en-US", "Asia/Singapore"),
)
COMMS_DEPARTMENT = "Communications"


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `locale` as "nl-NL", `tz` an IANA zone, another `team_id` for strangers."""

    id: str
    name: str
    real_name: str
    locale: str = "en-US"
    tz: str = "Europe/Amsterdam"
    title: str = ""
    department: str = ""
    is_admin: bool = False
    guest: str = ""  # "" | "multi" | "single"
    is_bot: bool = False
    deleted: bool = False
    team_id: str = TEAM_ID

    @property
    def language(self) -> str:
        return self.locale[:2]


@dataclass(frozen=True)
class Room:
    """A channel as it is when the company starts."""

    id: str
    name: str
    members: tuple[str, ...]
    private: bool = False
    purpose: str = ""


@dataclass(frozen=True)
class Group:
    """A user group, `handle` without the @."""

    id: str
    handle: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Company:
    """Everything a workspace starts with. `people` also holds the bots and someone who left."""

    name: str
    domain: str
    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    groups: tuple[Group, ...]
    admin: str
    editors: tuple[str, ...]
    team_id: str = TEAM_ID
    app_id: str = APP_ID
    bot_id: str = BOT_ID
    bot_user: str = BOT_USER

    @property
    def staff(self) -> tuple[Person, ...]:
        """Active people of the house, guests included."""
        return tuple(p for p in self.people if not p.is_bot and not p.deleted)


def make_company(people: int = 40, seed: int = 1) -> Company:
    """A company of `people` active persons (at least 8), plus someone who left and two bots."""
    random = Random(seed)
    staff = _staff(max(people, 8), random)
    everyone = (*staff, _leaver(len(staff)), *_bots())
    return Company(
        name="Veldkamp",
        domain="veldkamp",
        people=everyone,
        rooms=_rooms(staff),
        groups=_groups(staff),
        admin=staff[0].id,
        editors=(staff[1].id, staff[2].id),
    )


def _staff(count: int, random: Random) -> tuple[Person, ...]:
    names = _names(count, random)
    return tuple(_person(index, *names[index], count) for index in range(count))


def _names(count: int, random: Random) -> list[tuple[str, str]]:
    """Pairs of full name and language; both languages about equally often."""
    dutch, english = random.sample(DUTCH, len(DUTCH)), random.sample(ENGLISH, len(ENGLISH))
    pools = {"nl": dutch, "en": english}
    names = []
    for index in range(count):
        language = ("nl", "en")[index % 2]
        pool, turn = pools[language], index // 2
        suffix = "" if turn < len(pool) else f" {turn // len(pool) + 1}"
        names.append((pool[turn % len(pool)] + suffix, language))
    return names


def _person(index: int, real_name: str, language: str, count: int) -> Person:
    english = ENGLISH_HOMES[index // 2 % len(ENGLISH_HOMES)]
    locale, tz = ("nl-NL", "Europe/Amsterdam") if language == "nl" else english
    department = COMMS_DEPARTMENT if index in (1, 2) else DEPARTMENTS[index % len(DEPARTMENTS)]
    return Person(
        id=f"U{index + 1:08d}",
        name=real_name.lower().replace(" ", "."),
        real_name=real_name,
        locale=locale,
        tz=tz,
        title="Communications editor" if index in (1, 2) else f"{department} colleague",
        department=department,
        is_admin=index == 0,
        guest={count - 2: "multi", count - 1: "single"}.get(index, ""),
    )


def _leaver(count: int) -> Person:
    return Person(f"U{count + 1:08d}", "karel.oud", "Karel Oud", "nl-NL", department="Sales", deleted=True)


def _bots() -> tuple[Person, ...]:
    return (
        Person(BOT_USER, "passalong", "Passalong", is_bot=True),
        Person(OTHER_BOT, "calendar", "Calendar", is_bot=True),
        Person(SLACKBOT, "slackbot", "Slackbot", is_bot=True),
    )


def _rooms(staff: tuple[Person, ...]) -> tuple[Room, ...]:
    regulars = tuple(p.id for p in staff if p.guest != "single")
    everyone = tuple(p.id for p in staff)
    dutch = tuple(p.id for p in staff if p.language == "nl" and p.guest != "single")
    trio = tuple(p.id for p in staff[:3])
    return (
        Room(GOOD_STORIES, "good-stories", (*everyone, BOT_USER), purpose="Stories worth passing along"),
        Room(MOOIE_VERHALEN, "mooie-verhalen", (*dict.fromkeys((*trio, *dutch)), BOT_USER), purpose="Mooie verhalen"),
        Room(GENERAL, "general", regulars, purpose="Everybody and everything"),
        Room(COMMS, "comms", (*trio, BOT_USER), private=True, purpose="The comms team"),
    )


def front_row(company: Company) -> Room:
    """A channel for champions, with comms in it, for a company that wants one."""
    comms = next(room for room in company.rooms if room.id == COMMS)
    purpose = "For whoever is read: first pick, and a short line"
    return Room(FRONT_ROW, "front-row", comms.members, private=True, purpose=purpose)


def _groups(staff: tuple[Person, ...]) -> tuple[Group, ...]:
    def of(department: str) -> tuple[str, ...]:
        return tuple(p.id for p in staff if p.department == department and not p.guest)

    names = (COMMS_DEPARTMENT, *DEPARTMENTS)
    return tuple(Group(f"S{n + 1:08d}", d.lower().replace(" ", "-"), d, of(d)) for n, d in enumerate(names) if of(d))
