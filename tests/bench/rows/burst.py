"""`burst_command`: two thousand reactions at once, and then somebody types a command."""

import itertools
import time
from collections.abc import Iterator
from typing import Any

from tests.bench.bench import Bench, BotProcess
from tests.bench.events import command, envelope, events, reactions
from tests.bench.measure import Figure, in_turns
from tests.bench.seed import seed

KEYS = ("burst_command", "burst_command_seconds")
ON_POSTGRES = True
BURST = 2000


def measure(bench: Bench, kind: str) -> list[Figure]:
    url, usual_url = bench.database(kind), bench.database(kind)
    with bench.store(url) as store:
        seeded = seed(store, many_people=1000, many_stories=100)
    bodies = reactions(seeded)
    user = seeded.users[0]
    with bench.bot(url) as bot, bench.base("usual", usual_url) as usual:
        # A round of the usual way takes seconds, so the quick mode has fewer of them.
        turns = in_turns(
            lambda: _seconds(bot, bodies, user), lambda: _seconds(usual, bodies, user), bench.pick(1, bench.rounds)
        )
    ours = sorted(turns.a)[len(turns.a) // 2]
    return [
        turns.figure(
            KEYS[0], "a command behind 2,000 reactions, until acknowledged / stock Bolt + ORM", 0.25, unit="s"
        ),
        Figure(KEYS[1], "the same in seconds; Slack waits for three", ours, 1.5, ours, None, len(turns.a), "s"),
    ]


def _seconds(bot: BotProcess, bodies: Iterator[dict[str, Any]], user: str) -> float:
    texts = events(list(itertools.islice(bodies, BURST)))
    name, text = envelope("slash_commands", command(user))
    start = time.perf_counter()
    bot.session.send([*texts.values(), text])
    if not bot.session.wait_for(lambda: name in bot.session.acked):
        raise RuntimeError("the command was not acknowledged")
    bot.session.wait_for(lambda: texts.keys() <= bot.session.acked.keys())
    return bot.session.acked[name] - start
