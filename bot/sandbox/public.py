"""The simulated public: reads what the staff posts, through real HTTP; and so do crawlers, robots and colleagues.

    public = Public(outside, now, zone="Europe/Amsterdam", seed=1)
    public.look()                       # what was posted since
    public.next_due(), public.act()     # everybody who comes at that moment
    public.ledger.by_story()            # what really happened

The same seed and the same posts give the same visits. Of a link that does not lead by this machine nothing is followed.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network
from itertools import count
from random import Random

from bot.sandbox.outside.asking import ask, is_here
from bot.sandbox.outside.browsers import AT_WORK, FOLLOWERS, OFFICE, Browser, browser_of
from bot.sandbox.outside.world import Outside, Post
from bot.sandbox.public_agents import CRAWLERS, EVERYWHERE, IN_APP, ROBOTS
from bot.sandbox.public_ledger import COLLEAGUE, PREVIEW, ROBOT, PublicLedger

AT_ONCE = 8
WAVE = 1800
"""Seconds. People come at whole half hours: it is the same to whoever counts them, and a month is played sooner."""
MOST = 150
"""Readers of one post."""
COMES_AGAIN = 0.15
DAY = 86_400.0
_OFFICE = ip_network(OFFICE)


@dataclass(frozen=True)
class Visit:
    """Somebody is going to follow the link of a post. `kind` None: a reader, or the owner if `is_owner`."""

    post: Post
    browser: Browser
    kind: str | None = None
    method: str = "GET"
    is_owner: bool = False


class Public:
    """Everybody outside, and the colleagues who look at each other's posts."""

    def __init__(self, outside: Outside, now: Callable[[], datetime], zone: str, seed: int) -> None:
        self.outside, self.seed, self._now = outside, seed, now
        self.ledger = PublicLedger(zone)
        self._seen = 0
        self._posts: Counter[tuple[str, str]] = Counter()
        self._coming: list[tuple[datetime, int, Visit]] = []
        self._numbers = count()
        self._threads = ThreadPoolExecutor(AT_ONCE, "public")

    def look(self) -> None:
        """See what was posted; who is interested will come to it."""
        posts, self._seen = self.outside.posts[self._seen :], len(self.outside.posts)
        for post in posts:
            self._posts[post.who, post.network] += 1
            random = Random(f"{self.seed}:public:{post.who}:{post.network}:{self._posts[post.who, post.network]}")
            if is_here(post.link):
                self._plan(post, random)

    def next_due(self) -> datetime | None:
        """When somebody comes next."""
        return self._coming[0][0] if self._coming else None

    def act(self) -> None:
        """Let everybody come who is due, at the same time. Raises NotAsked when they are not let in."""
        now, visits = self._now(), []
        while self._coming and self._coming[0][0] <= now:
            visits.append(heapq.heappop(self._coming)[2])
        for visit in visits:
            self._write_down(visit, now)
        for _ in self._threads.map(_come, visits):
            pass

    def close(self) -> None:
        """Nobody comes any more."""
        self._threads.shutdown()

    def _write_down(self, visit: Visit, now: datetime) -> None:
        browser = visit.browser
        if visit.kind is not None:
            self.ledger.note(visit.post, visit.kind, now)
        elif visit.is_owner:
            self.ledger.read_by_owner(visit.post, browser.address, browser.agent, now)
        else:
            self.ledger.read(visit.post, browser.address, browser.agent, now)

    # --- planning

    def _plan(self, post: Post, random: Random) -> None:
        for visits in (self._readers, self._crawlers, self._robots, self._colleagues, self._owner):
            for seconds, visit in visits(post, random):
                heapq.heappush(self._coming, (self._at(post, seconds), next(self._numbers), visit))

    def _at(self, post: Post, seconds: float) -> datetime:
        """So long after the post, and with others."""
        late = post.at + timedelta(seconds=seconds)
        return late + timedelta(seconds=-int(late.timestamp()) % WAVE, microseconds=-late.microsecond)

    def _readers(self, post: Post, random: Random) -> Iterator[tuple[float, Visit]]:
        """A few people are followed by many, and a few posts go far."""
        followed = Random(f"{self.seed}:followed:{post.who}").paretovariate(1.1)
        for _ in range(min(MOST, int(followed * random.paretovariate(1.4) * random.choice((0, 1, 2, 4))))):
            agents = (*EVERYWHERE, *IN_APP.get(post.network, ()) * 4)
            browser = Browser("", random.choice(agents), _address(random))
            seconds = 60 + random.expovariate(1 / 30_000)
            yield seconds, Visit(post, browser)
            while random.random() < COMES_AGAIN:
                seconds += random.choice((20.0, 7_000.0, DAY))
                yield seconds, Visit(post, browser)

    def _crawlers(self, post: Post, random: Random) -> Iterator[tuple[float, Visit]]:
        if post.network not in CRAWLERS:
            return
        crawler = Browser("", CRAWLERS[post.network], FOLLOWERS["linkedin"].address)
        for _ in range(random.choice((1, 1, 2, 3))):
            yield random.choice((5.0, 40.0, DAY)), Visit(post, crawler, PREVIEW)

    def _robots(self, post: Post, random: Random) -> Iterator[tuple[float, Visit]]:
        for agent, method, headers in random.sample(ROBOTS, random.choice((0, 1, 1, 2, 4))):
            robot = Browser("", agent, f"192.0.2.{random.randrange(100, 250)}", headers)
            yield random.expovariate(1 / 20_000) + 10, Visit(post, robot, ROBOT, method)

    def _colleagues(self, post: Post, random: Random) -> Iterator[tuple[float, Visit]]:
        for _ in range(random.choice((0, 0, 1, 2))):
            browser = Browser("", random.choice(AT_WORK), str(_OFFICE[random.randrange(1, 250)]))
            for _ in range(random.choice((1, 1, 2))):
                yield random.expovariate(1 / 9_000) + 10, Visit(post, browser, COLLEAGUE)

    def _owner(self, post: Post, random: Random) -> Iterator[tuple[float, Visit]]:
        """Who posted something wants to see it, and sometimes the next day again."""
        for seconds in random.choice(((), (), (90.0,), (90.0, 600.0), (90.0, DAY))):
            yield seconds, Visit(post, browser_of(post.who), is_owner=True)


def _address(random: Random) -> str:
    """Of nobody: a network that no website is ever visited from."""
    return f"100.{random.randrange(64, 128)}.{random.randrange(256)}.{random.randrange(256)}"


def _come(visit: Visit) -> None:
    ask(visit.post.link, visit.browser, visit.method)
