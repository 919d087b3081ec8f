"""What the admin and the comms editors do: set up, fill the queue, look how it went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.sandbox.company import COMMS, GENERAL, GOOD_STORIES, MOOIE_VERHALEN
from bot.sandbox.ledger import Ledger
from bot.sandbox.staff_agenda import Visit
from bot.sandbox.staff_screen import Screen

CHANNELS: Mapping[str, tuple[str, str]] = {
    "en": (GOOD_STORIES, "#good-stories"),
    "nl": (MOOIE_VERHALEN, "#mooie-verhalen"),
}
SLOTS = {"en": "Tue 9:30, Thu 9:30", "nl": "di 9:30, do 9:30"}
A_TIME = {"en": "Thursday 9:30", "nl": "donderdag 9:30"}


@dataclass(frozen=True)
class Script:
    """A story as comms has it on paper. `everywhere`: for the channels of both languages."""

    link: str
    title: str
    sentence: str
    language: str
    captions: tuple[str, ...]
    image: str | None = None
    alt: str | None = None
    topics: tuple[str, ...] = ()
    best_before: datetime | None = None
    commercial: bool = False
    everywhere: bool = False

    @property
    def channels(self) -> tuple[str, ...]:
        """Ids of where it should come to stand."""
        return tuple(channel for channel, _ in CHANNELS.values()) if self.everywhere else (CHANNELS[self.language][0],)


def sets_up(screen: Screen, language: str, company: str, champions: str | None) -> Visit:
    """The five steps, as an admin goes through them on the first morning. `champions`: the name of their channel."""
    screen.command(GENERAL, "/passalong setup")
    yield 20
    for speaks, (_, name) in CHANNELS.items():
        screen.choose(name, f"stories_in.{speaks}")
    screen.submit()
    yield 20
    screen.fill("slots", SLOTS[language])
    screen.submit()
    yield 20
    screen.choose("comms_channel", "🔒 comms")
    screen.choose("comms_language", "language.en")
    if champions is not None:
        screen.choose("champions_channel", champions)
    screen.submit()
    yield 20
    screen.fill("company", company)
    screen.submit()
    yield 20
    screen.choose("teams_from", "teams_from.groups")
    screen.choose("team_groups", *(f"{group.name} (@{group.handle})" for group in screen.workspace.groups.values()))
    screen.submit()
    yield 10
    screen.close()


def queues(screen: Screen, ledger: Ledger, script: Script, random: Random) -> Visit:
    """Through the form."""
    screen.command(COMMS, "/passalong queue")
    yield random.randrange(40, 120)
    screen.fill("link", script.link)
    screen.fill("title", script.title)
    yield from _fills_in(screen, ledger, script)


def queues_shortly(screen: Screen, ledger: Ledger, script: Script, language: str, random: Random) -> Visit:
    """The short way: the page fills in the form, the time is typed behind the link."""
    screen.command(COMMS, f"/passalong queue {script.link} {A_TIME[language]}")
    yield random.randrange(30, 90)
    screen.fill("title", script.title)
    yield from _fills_in(screen, ledger, script)


def _fills_in(screen: Screen, ledger: Ledger, script: Script) -> Visit:
    screen.fill("sentence", script.sentence)
    for number, caption in enumerate(script.captions, 1):
        screen.fill(f"caption_{number}", caption)
    screen.fill("image", script.image)
    screen.fill("alt", script.alt)
    screen.fill("topics", ", ".join(script.topics))
    screen.choose("language", {"en": "English", "nl": "Nederlands"}[script.language])
    if script.everywhere:
        screen.choose("channels", *(name for _, name in CHANNELS.values()))
    if script.best_before is not None:
        screen.fill("best_before", int(script.best_before.timestamp()))
    screen.choose("kind", "commercial" if script.commercial else "neutral")
    if not screen.submit(at_risk="due_at"):
        yield 15
        screen.fill("due_at", None)  # taken, then the next free slot will do
        screen.submit()
    ledger.queued[script.link] = script.channels
    yield 5


def looks(screen: Screen, command: str) -> Visit:
    """A command that shows something."""
    screen.command(COMMS, command)
    yield 1
