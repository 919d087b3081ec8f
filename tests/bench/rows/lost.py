"""`acked_lost`: kill -9 in the middle of a burst; what was acknowledged must be there, and once."""

import itertools
import random
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from bot.store.engine import Store
from bot.store.tables import people, placements, shares
from tests.bench.bench import Bench, BotProcess
from tests.bench.events import envelope, reactions
from tests.bench.measure import Figure
from tests.bench.seed import seed

KEYS = ("acked_lost",)
ON_POSTGRES = True
BURST = 1200

Who = tuple[str, str]
"""The Slack id of a person and the ts of a story's message."""


def measure(bench: Bench, kind: str) -> list[Figure]:
    url = bench.database(kind)
    kills = bench.pick(1, 20)
    chance = random.Random(kills)
    lost = twice = acked = 0
    with bench.store(url) as store:
        seeded = seed(store, many_people=BURST, many_stories=kills)
        bodies = reactions(seeded)
        for _ in range(kills):
            burst = {_who(body): body for body in itertools.islice(bodies, BURST)}
            with bench.bot(url) as bot:
                heard = _killed_while(bot, burst, chance.randrange(1, BURST * 3 // 4))
            there = _shares(store, burst)
            lost += sum(there[who] == 0 for who in heard)
            acked += len(heard)
            with bench.bot(url) as bot:
                # What was not acknowledged comes again, and so does some of what was.
                _send(bot, [burst[who] for who in burst if who not in heard or chance.random() < 0.2])
            there = _shares(store, burst)
            lost += sum(there[who] == 0 for who in burst)
            twice += sum(there[who] > 1 for who in burst)
    what = f"of {acked:,} acknowledged reactions, lost or counted twice over {kills} kill -9 in bursts of 1,200"
    return [Figure(KEYS[0], what, lost + twice, 0, lost + twice, None, kills, "")]


def _who(body: dict[str, Any]) -> Who:
    return body["event"]["user"], body["event"]["item"]["ts"]


def _killed_while(bot: BotProcess, burst: dict[Who, dict[str, Any]], after: int) -> set[Who]:
    """The bot dies when so many are acknowledged; all that were by then."""
    names = {}
    texts = []
    for who, body in burst.items():
        name, text = envelope("events_api", body)
        names[name] = who
        texts.append(text)
    bot.session.send(texts)
    bot.session.wait_for(lambda: len(bot.session.acked) >= after)
    bot.kill()
    bot.session.wait_for(lambda: False, 5)
    return {names[name] for name in bot.session.acked}


def _send(bot: BotProcess, bodies: Iterable[dict[str, Any]]) -> None:
    texts = dict(envelope("events_api", body) for body in bodies)
    bot.session.send(list(texts.values()))
    if not bot.session.wait_for(lambda: texts.keys() <= bot.session.acked.keys()):
        raise RuntimeError("not everything was acknowledged")


def _shares(store: Store, burst: Iterable[Who]) -> Counter[Who]:
    """How often each of these is said to be shared."""
    query = (
        select(people.c.user, placements.c.ts)
        .select_from(shares)
        .join(people, people.c.id == shares.c.person_id)
        .join(placements, placements.c.story_id == shares.c.story_id)
        .where(shares.c.said_at.is_not(None), placements.c.ts.in_({ts for _, ts in burst}))
    )
    return Counter((user, ts) for user, ts in store.read(lambda connection: connection.execute(query).all()))
