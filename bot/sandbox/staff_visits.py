"""What a colleague does with the app, as visits. Whatever they do they write in the ledger themselves."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.sandbox.company import GENERAL, Person
from bot.sandbox.ledger import CLOSED, DELETED, NAMED, OUT, TOLD, Ledger
from bot.sandbox.staff_agenda import Visit
from bot.sandbox.staff_habits import Habits, own_sentence
from bot.sandbox.staff_outside import GoesOut
from bot.sandbox.staff_screen import Screen

THINKS_BETTER = 0.1
POSTS_IT = 0.85
"""Of those who come to a share page."""


@dataclass(frozen=True)
class Seen:
    """A story somebody came across: its link, and the message."""

    link: str
    channel: str
    ts: str


class Colleague:
    """One person at work."""

    def __init__(
        self,
        person: Person,
        habits: Habits,
        screen: Screen,
        ledger: Ledger,
        outside: GoesOut,
        now: Callable[[], datetime],
    ) -> None:
        self.person, self.habits, self.screen, self.now = person, habits, screen, now
        self.ledger, self.outside = ledger, outside
        self.acts, self.user, self.answered = screen.acts, person.id, False

    def passes_along(self, seen: Seen, random: Random) -> Visit:
        """In the way that is theirs."""
        if self.habits.way in ("modal", "both"):
            yield from self.shares(seen, random)
        if self.habits.way == "own post":
            yield from self.posted_already(seen, random)
        if self.habits.way in ("reaction", "both"):
            yield from self.reacts(seen)

    def shares(self, seen: Seen, random: Random) -> Visit:
        """The button, the modal, the networks, *I shared it*."""
        self.screen.press_in_message(seen.channel, seen.ts, "share")
        yield random.randrange(4, 25)
        yield from self._answers_question(random)
        if self.habits.own_words:
            self.screen.fill("words", own_sentence(self.person.language, random))
            self.screen.press("use_words")
            yield random.randrange(5, 20)
        for network in self.habits.networks:
            yield from self._goes_to(seen, network, random)
        if random.random() < THINKS_BETTER:
            self.screen.close()
            return
        if self.screen.sees("my_networks") and random.random() < 0.7:
            self.screen.choose("my_networks", *self.habits.networks)
        self.screen.submit()
        self.ledger.said(self.user, seen.link, TOLD, self.now())

    def _answers_question(self, random: Random) -> Visit:
        answer = self.habits.answer
        if self.answered or answer is None or not self.screen.sees(answer):
            return
        self.screen.press(answer)
        self.stands(answer)
        yield random.randrange(3, 12)

    def _goes_to(self, seen: Seen, network: str, random: Random) -> Visit:
        if not self.screen.sees(network):
            self.screen.press("more")
            yield 3
        address = self.screen.press(network)
        self.ledger.opened(self.user, seen.link, network, self.now())
        share = self.outside.share(self.user, address) if address else None
        yield random.randrange(20, 150)
        if share is not None and random.random() < POSTS_IT:
            self.outside.post(share, seen.link)

    def posted_already(self, seen: Seen, random: Random) -> Visit:
        """*Already posted it myself*, with the address of the post."""
        self.screen.press_in_message(seen.channel, seen.ts, "menu", option="posted_myself")
        yield random.randrange(8, 40)
        address = f"https://www.linkedin.com/posts/{self.person.name}-{random.randrange(10**9)}"
        self.screen.fill("post_address", address)
        self.screen.submit()
        self.ledger.said(self.user, seen.link, TOLD, self.now())
        yield 2

    def reacts(self, seen: Seen) -> Visit:
        """With the reaction that stands there already; it is the one that counts."""
        if not self.acts.react(self.user, seen.channel, seen.ts, self._first_reaction(seen)).acked:
            return
        self.ledger.said(self.user, seen.link, _way(seen), self.now())
        yield 1

    def likes(self, seen: Seen) -> Visit:
        """A heart is kind, and says nothing about passing it along."""
        self.acts.react(self.user, seen.channel, seen.ts, "heart")
        yield 1

    def thinks_better(self, seen: Seen) -> Visit:
        """Takes the reaction back, and what they said too if Home offers it."""
        if self.acts.unreact(self.user, seen.channel, seen.ts, self._first_reaction(seen)).acked:
            self.ledger.unsaid(self.user, seen.link, _way(seen), self.now())
            yield 4
        if self.habits.way == "reaction":
            return
        yield from self.opens_home()
        if self.screen.has_in_home("unsay", seen.link):
            self.screen.press_in_home("unsay", seen.link)
            self.ledger.unsaid(self.user, seen.link, TOLD, self.now())
            yield 1

    def chooses(self, seen: Seen, option: str) -> Visit:
        """Something else from the menu: *Not for me*, *Remind me later*."""
        self.screen.press_in_message(seen.channel, seen.ts, "menu", option=option)
        yield 1

    def opens_home(self) -> Visit:
        self.acts.open_home(self.user)
        yield 4

    def leaves(self) -> Visit:
        """In one click."""
        yield from self.opens_home()
        self.screen.press_in_home("leave")
        self.stands(OUT)
        yield 1

    def is_deleted(self) -> Visit:
        """In one click."""
        yield from self.opens_home()
        self.screen.press_in_home("delete")
        self.stands(DELETED)
        yield 1

    def leaves_company(self) -> Visit:
        """Their account is closed, and they do nothing here any more."""
        self.acts.deactivate(self.user)
        self.stands(CLOSED)
        yield 1

    def sets_preferences(self, networks: Collection[str]) -> Visit:
        """Networks and quiet hours, and a name on the boards."""
        yield from self.opens_home()
        if not self.screen.has_in_home("preferences"):
            return
        self.screen.press_in_home("preferences")
        yield 15
        self.screen.choose("preferences.networks", *networks)
        self.screen.choose("preferences.standing", "preferences.named")
        self.screen.fill("quiet_from", "19:00")
        self.screen.fill("quiet_to", "08:00")
        self.screen.submit()
        self.stands(NAMED)
        yield 1

    def asks_board(self, period: str) -> Visit:
        self.screen.command(GENERAL, f"/passalong leaderboard {period}".strip())
        yield 1

    def stands(self, standing: str) -> None:
        """They said so, and the bot heard it."""
        self.answered = True
        self.ledger.stands(self.user, standing, self.now())

    def _first_reaction(self, seen: Seen) -> str:
        message = next(m for m in self.acts.messages(self.user, seen.channel) if m["ts"] == seen.ts)
        return str(message["reactions"][0]["name"]) if message.get("reactions") else "mega"


def _way(seen: Seen) -> str:
    return f"reaction in {seen.channel} at {seen.ts}"
