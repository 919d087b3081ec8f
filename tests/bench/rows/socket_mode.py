"""`socket_stored`: Socket Mode from end to end, against the same client that acknowledges and stores nothing."""

import itertools
import time
from collections.abc import Iterator
from typing import Any

from tests.bench.bench import Bench
from tests.bench.events import events, reactions
from tests.bench.measure import Figure, in_turns
from tests.bench.seed import seed
from tests.bench.slack import Session

KEYS = ("socket_stored",)
ON_POSTGRES = True


def measure(bench: Bench, kind: str) -> list[Figure]:
    url = bench.database(kind)
    with bench.store(url) as store:
        seeded = seed(store, many_people=1000, many_stories=60)
    bodies = reactions(seeded)
    count = bench.pick(1000, 3000)
    with bench.bot(url) as bot, bench.base("silent", url) as silent:
        turns = in_turns(
            lambda: _rate(bot.session, bodies, count), lambda: _rate(silent.session, bodies, count), bench.rounds
        )
    what = "reactions a second over Socket Mode, stored first / acknowledged and not stored"
    return [turns.figure(KEYS[0], what, 0.65, unit="/s", at_most=False)]


def _rate(session: Session, bodies: Iterator[dict[str, Any]], count: int) -> float:
    """Acknowledged a second, sent as fast as they are taken."""
    texts = events(list(itertools.islice(bodies, count)))
    already = len(session.acked)
    start = time.perf_counter()
    session.send(list(texts.values()))
    if not session.wait_for(lambda: len(session.acked) >= already + count):
        raise RuntimeError("not everything was acknowledged")
    return count / (max(session.acked[name] for name in texts) - start)
