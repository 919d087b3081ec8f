"""A company at work for weeks: stories at their slots, and people who pass them along, over real sockets and HTTP.

The sandbox's own staff knows everybody who reads everything; for ten thousand people that is far more than they do,
and more than needs to be played. Here some of them come by at each story, with the habits they have there.
"""

import time
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.actions.queue_story import queue_story
from bot.actions.who_asks import who_asks
from bot.cli.demo.clock import START
from bot.cli.demo.stage import Stage, Wishes
from bot.domain.captions import Caption
from bot.domain.stories import StoryDraft
from bot.sandbox.company import GENERAL, GOOD_STORIES, MOOIE_VERHALEN
from bot.sandbox.staff_agenda import Agenda, Visit
from bot.sandbox.staff_screen import Stuck
from bot.sandbox.staff_visits import Colleague, Seen

STORIES_A_WEEK = 3
BOARDS_A_WEEK = 60
WEEK = timedelta(weeks=1)
A_WHILE = 0.1
"""People do in their own time what takes a tenth of it here: many come by at once, and they come one by one."""


@dataclass
class Times:
    """How long people waited in one week, in seconds, and beside it how long what does nothing took."""

    reactions: list[float] = field(default_factory=list)
    boards: list[float] = field(default_factory=list)
    reaction_yards: list[float] = field(default_factory=list)
    board_yards: list[float] = field(default_factory=list)


class Crowd:
    """`share`: how many of all people come by at one story."""

    def __init__(self, folder: Path, people: int, share: float, seed: int = 1) -> None:
        self.random, self.count = Random(seed), max(5, round(people * share))
        self.stage = Stage(Wishes(people=people, seed=seed, plays=False), folder)
        self.stage.workspace.log = deque(maxlen=100)
        self.week = 0
        self.times = Times()

    def __enter__(self) -> "Crowd":
        self.stage.__enter__()
        self.stage.play.until(START + timedelta(hours=3), lambda _: None)
        self.stage.staff.agenda = Agenda()
        return self

    def __exit__(self, *problem: object) -> None:
        self.stage.__exit__(None, None, None)

    def work_a_week(self) -> None:
        """Queue stories, let them go out, let people come by; then the nights, the weekend and the digest."""
        self.times = Times()
        end = START + (self.week + 1) * WEEK
        self._queue()
        while (moment := self._next(end)) is not None:
            self.stage.clock.to(moment)
            self.stage.play._at_night()
            self.stage.play.work()
            for seen in self._fresh():
                self._come_by(seen)
        self.stage.clock.to(end)
        self.stage.play._at_night()
        self.stage.play.work()
        self._tidy_slack()
        self.week += 1

    def _next(self, end: object) -> object:
        self.stage.play._is_due()
        moment = self.stage.play._next()
        return moment if moment is not None and moment < end else None

    def _queue(self) -> None:
        desk, now = self.stage.house.desk, self.stage.clock()
        asker = who_asks(desk, self.stage.workspace.company.editors[0])
        for number in range(STORIES_A_WEEK):
            name = f"{self.week}-{number}"
            captions = tuple(Caption(None, "en", f"{text} {name}") for text in ("One", "Two", "Three"))
            draft = StoryDraft(
                f"https://example.com/{name}", f"Story {name}", "Somebody did something good.", "en", captions
            )
            queue_story(desk, asker, draft, now)

    def _fresh(self) -> list[Seen]:
        return [seen for channel in (GOOD_STORIES, MOOIE_VERHALEN) for seen in self.stage.staff._new_in(channel)]

    def _come_by(self, seen: Seen) -> None:
        members = set(self.stage.workspace.channels[seen.channel].members)
        here = [c for user, c in self.stage.staff.colleagues.items() if user in members]
        for number, colleague in enumerate(self.random.sample(here, min(self.count, len(here)))):
            self._do(self._visit(colleague, seen))
            if number % max(1, self.count * STORIES_A_WEEK // BOARDS_A_WEEK) == 0:
                self._look_at_board(colleague)
            if number % 10 == 9:
                self.stage.play.work()

    def _visit(self, colleague: Colleague, seen: Seen) -> Visit:
        kind = self.random.random()
        if kind < 0.6:
            return self._reacts(colleague, seen)
        if kind < 0.9:
            return colleague.passes_along(seen, self.random)
        return colleague.chooses(seen, "remind_me") if kind < 0.95 else colleague.opens_home()

    def _do(self, visit: Visit) -> None:
        try:
            for seconds in visit:
                self.stage.play.settle()
                self.stage.clock.to(self.stage.clock() + timedelta(seconds=seconds * A_WHILE))
        except Stuck:
            pass  # they looked away: the window had closed, or a story was over

    def _reacts(self, colleague: Colleague, seen: Seen) -> Visit:
        """From the reaction to the acknowledgement, which comes when it is durable."""
        self.times.reactions.append(self._reaction(colleague, seen.channel, seen.ts))
        self.times.reaction_yards.append(self._reaction_to_cake(colleague, seen.channel))
        yield 1

    def _reaction_to_cake(self, colleague: Colleague, channel: str) -> float:
        """To a message that is none of ours: the same way, and nothing to do at its end."""
        ts = colleague.acts.say(colleague.user, channel, "Cake in the kitchen.")
        self.stage.play.settle()
        took = self._reaction(colleague, channel, ts)
        self.stage.workspace.channels[channel].messages.pop(ts)
        return took

    def _reaction(self, colleague: Colleague, channel: str, ts: str) -> float:
        socket, began = self.stage.sandbox.socket, time.perf_counter()
        colleague.acts.react(colleague.user, channel, ts, "mega")
        while socket.deliveries:
            time.sleep(0.0002)
        return time.perf_counter() - began

    def _look_at_board(self, colleague: Colleague) -> None:
        self.times.boards.append(self._command(colleague, "leaderboard month"))
        self.times.board_yards.append(self._command(colleague, "help"))

    def _command(self, colleague: Colleague, text: str) -> float:
        self.stage.play.settle()
        began = time.perf_counter()
        colleague.acts.command(colleague.user, GENERAL, f"/passalong {text}")
        return time.perf_counter() - began

    def _tidy_slack(self) -> None:
        """What Slack forgets too: windows, answers, addresses, and what one person alone was told a week ago."""
        workspace = self.stage.workspace
        outside = self.stage.sandbox.outside
        for written in (self.stage.staff.ledger.entries, outside.posts, outside.arrivals):
            written.clear()
        with workspace.lock:
            for left in (workspace.ephemerals, workspace.triggers, workspace.response_urls, workspace.stacks):
                left.clear()
            workspace.views = {view.id: view for view in workspace.homes.values()}
            for channel in workspace.channels.values():
                if channel.kind == "im":
                    channel.messages.clear()
                channel.typed.clear()
