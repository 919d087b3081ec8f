"""A large company to which everything must be told at once: the bot in a process of its own, on a Slack with limits."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from bot.actions.desk import Desk
from bot.actions.fill_crisis import fill_crisis
from bot.actions.start_crisis import start_crisis
from bot.actions.tell_crisis import tell_crisis
from bot.actions.who_asks import Asker, who_asks
from bot.compose import House, build
from bot.domain.captions import Caption
from bot.domain.crisis import Known, Progress, progress_of
from bot.domain.crisis_desk import FillWish, StartWish
from bot.domain.deliveries import Owed
from bot.domain.stories import StoryDraft
from bot.sandbox import PostLimits
from bot.sandbox.company import GOOD_STORIES
from bot.store import crises, deliveries, stories
from tests.crash.bot_process import Died
from tests.crash.company import Company, NeverThrough

CONTENT = Path(__file__).parents[2] / "content" / "crisis"
MONDAY = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
SECOND, EVERY = timedelta(seconds=1), timedelta(seconds=10)
"""How often deliveries come round, and how often the crisis is looked after."""
MOST = timedelta(hours=4)
TICK = os.sysconf("SC_CLK_TCK")
HEAD = """audiences:
  front-line:
    groups: [customer-care]
    direct: true
  staff:
    channels: [good-stories]
    direct: true
  everyone:
"""
"""Those who speak to customers, then everybody there is; and all channels."""


@dataclass(frozen=True)
class Plan:
    """`a_minute`: what Slack takes of messages. `answers`: seconds it takes for an answer.

    `lost`: one answer in so many is lost. `kills`: so often the bot is killed while it tells them. `others`: so many
    messages to one person each, and stories, that were due when it began.
    """

    people: int = 10_000
    a_minute: int = 300
    answers: float = 0.15
    lost: int = 0
    kills: int = 0
    others: int = 20
    seed: int = 1


@dataclass(frozen=True)
class Seen:
    """What the card shows at a moment."""

    at: datetime
    progress: Progress


class Emergency(Company):
    """Slack answers by the clock that both share: while it thinks, time goes on."""

    def __init__(self, folder: Path, plan: Plan, database_url: str | None = None) -> None:
        self.plan, self.random = plan, Random(plan.seed)
        super().__init__(folder, MONDAY, database_url, plan.people)
        self.settings = replace(self.settings, content_dir=_content(folder))
        self.workspace.post_limits = PostLimits(a_minute=plan.a_minute, burst=4)
        self.sandbox.web_api = _Slow(self.sandbox.web_api, self)
        self.seen: list[Seen] = []
        self.kills = self.lost = self.calls = 0
        self.cpu = 0.0

    @cached_property
    def desk(self) -> Desk:
        """The desk at which editors act: of another copy, that listens and delivers nothing."""
        self._copy: House = build(self.settings, clock=self.clock)
        return self._copy.desk

    @property
    def admin_asks(self) -> Asker:
        return who_asks(self.desk, self.admin)

    def begin(self) -> Known:
        """It is started, filled in and told; others had something to say at that moment too."""
        self._owe_others()
        known = start_crisis(self.desk, self.admin_asks, StartWish("outage", is_rehearsal=False), self.clock()).known
        places = {text.language: dict.fromkeys(text.places, "the order portal") for text in known.texts}
        fill_crisis(self.desk, self.admin_asks, known.crisis.id, FillWish(places, {}, {}, 60), self.clock())
        return tell_crisis(self.desk, self.admin_asks, known.crisis.id, self.clock(), publish=True)

    def run(self, crisis_id: int) -> Known:
        """Second after second, until everybody is told. Raises NeverThrough."""
        end, look_at, death_at = self.clock() + MOST, self.clock(), self._deaths()
        while self.clock() < end:
            began, looks = self.clock(), self.clock() >= look_at
            look_at = began + EVERY if looks else look_at
            self._beat("crisis" if looks else "work")
            if looks:
                known = self._know(crisis_id)
                self.seen.append(Seen(self.clock(), progress_of(known.audiences)))
                if self._is_done(known):
                    return known
                if death_at and self.seen[-1].progress.done >= death_at[0]:
                    death_at.pop(0)
                    self._dies()
            self.clock.to(max(self.clock(), began + SECOND))
        raise NeverThrough(f"after {MOST} not everybody is told: {self.seen[-1:]}")

    def close(self) -> None:
        self._note_cpu()
        if "desk" in vars(self):
            self._copy.close()
        super().close()

    def _deaths(self) -> list[int]:
        every = self.plan.people // (self.plan.kills + 1)
        return [every * number for number in range(1, self.plan.kills + 1)]

    def _dies(self) -> None:
        """In the middle of a message: what it said arrives, and nobody is there to hear the answer."""
        self._note_cpu()
        self.kills += 1
        self.killing = self.random.randint(1, 5)

    killing = 0

    def called(self, method: str) -> None:
        """Slack did what it was asked, and is about to say so."""
        self.clock.step(seconds=self.plan.answers)
        self.calls += 1
        if method != "chat.postMessage":
            return
        if self.plan.lost and self.random.random() < 1 / self.plan.lost:
            self.lost += 1
            self.sandbox.faults.answer("chat.postMessage", "lost_reply")
        if self.killing:
            self.killing -= 1
            if not self.killing and self.bot is not None:
                self.bot.process.kill()

    def _beat(self, order: str) -> None:
        with suppress(Died):
            self._alive().ask(order)
        self._rests()

    def _know(self, crisis_id: int) -> Known:
        known = self.desk.store.read(lambda connection: crises.know(connection, crisis_id))
        assert known is not None
        return known

    def _is_done(self, known: Known) -> bool:
        progress = progress_of(known.audiences)
        gathered = all(one.gathered_at is not None for one in known.audiences)
        return gathered and progress.done >= progress.owed and not self.desk.store.read(_has_others)

    def _owe_others(self) -> None:
        params = {"title": "The reef", "link": "https://example.com/reef"}
        body = {"word": "queue.notice.page_unread", "params": params, "times": []}
        draft = StoryDraft(
            "https://example.com/reef",
            "The reef",
            "Good.",
            "en",
            (Caption(None, "en", "One"),),
            channels=(GOOD_STORIES,),
        )

        def work(connection: Any) -> None:
            for number in range(self.plan.others):
                user = self.people.staff[5 + number].id
                deliveries.owe(connection, Owed("notice", f"other:{number}", user, body), self.clock())
            due_at = self.clock() + timedelta(minutes=1)
            stories.add(connection, replace(draft, due_at=due_at), None, self.clock())

        self.desk.store.write(work)

    def _note_cpu(self) -> None:
        """What the bot's process took, in seconds of a core."""
        if self.bot is not None and self.bot.is_alive:
            fields = Path(f"/proc/{self.bot.process.pid}/stat").read_text().rpartition(")")[2].split()
            self.cpu += (int(fields[11]) + int(fields[12])) / TICK


class _Slow:
    """The Web API, that takes a moment for each answer."""

    def __init__(self, fast: Any, emergency: Emergency) -> None:
        self._fast, self._emergency = fast, emergency

    def run(self, method: str, *more: Any) -> Any:
        answer = self._fast.run(method, *more)
        self._emergency.called(method)
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._fast, name)


def _has_others(connection: Any) -> bool:
    return deliveries.are_open(connection, "notice", "other:")


def _content(folder: Path) -> Path:
    """The scenario that ships, with these audiences."""
    text = (CONTENT / "outage.md").read_text()
    head, rest = text.split("audiences:\n", 1)
    rest = rest.partition("  everyone:\n")[2]
    for language in ("All colleagues", "Alle collega"):
        rest = rest.replace(f"### everyone: {language}", f"### staff: Staff\nRead this.\n\n### everyone: {language}")
    made = folder / "content" / "crisis"
    made.mkdir(parents=True)
    (made / "outage.md").write_text(head + HEAD + rest)
    return made.parent


@contextmanager
def emergency(folder: Path, plan: Plan, database_url: str | None = None) -> Iterator[Emergency]:
    """For the length of a `with`."""
    found = Emergency(folder, plan, database_url)
    with found.site:
        try:
            yield found
        finally:
            found.close()
