"""`reaction_durable`, `listeners_flat`: what a reaction costs from Bolt's door to the disk."""

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from tests.bench import base
from tests.bench.bench import Bench
from tests.bench.events import reactions
from tests.bench.measure import Figure, in_turns
from tests.bench.seed import seed

KEYS = ("reaction_durable", "reaction_durable_1", "listeners_flat")
ON_POSTGRES = True
IN_FLIGHT = 64


def measure(bench: Bench, kind: str) -> list[Figure]:
    with _everything(bench, kind) as (house_app, bodies, raw):
        stock = base.stock_app(WebClient(token="xoxb", base_url=bench.slack.api_url))
        lone = _with_one_listener(house_app)
        many, few = bench.pick(1280, 3840), bench.pick(150, 500)

        def usual(count: int) -> Callable[[], float]:
            return lambda: _each(_stored_beside(stock, raw), _take(bodies, count))

        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            _together(pool, house_app, _take(bodies, IN_FLIGHT))
            at_once = in_turns(lambda: _together(pool, house_app, _take(bodies, many)), usual(few), bench.rounds)
        alone = in_turns(lambda: _each(_dispatched(house_app), _take(bodies, few)), usual(few), bench.rounds)
        flat = in_turns(
            lambda: _each(_dispatched(house_app), _take(bodies, few), time.thread_time),
            lambda: _each(_dispatched(lone), _take(bodies, few), time.thread_time),
            bench.rounds,
        )
    return [
        at_once.figure(KEYS[0], "a reaction, durable, 64 in flight / Bolt doing nothing + raw INSERT and COMMIT", 0.95),
        alone.figure(KEYS[1], "the same, 1 in flight", 1.8),
        flat.figure(KEYS[2], "CPU of a reaction with all listeners / with one", 1.1),
    ]


@contextmanager
def _everything(bench: Bench, kind: str) -> Iterator[tuple[App, Iterator[dict[str, Any]], base.RawRow]]:
    url = bench.database(kind)
    with bench.store(url) as store:
        seeded = seed(store, many_people=1000, many_stories=100)
    raw = base.RawRow(bench.database(kind))
    try:
        with bench.house(url) as house:
            yield house.app, reactions(seeded), raw
    finally:
        raw.close()


def _with_one_listener(app: App) -> App:
    other = App.__new__(App)
    other.__dict__.update(app.__dict__)
    other._listeners = app._listeners[:1]
    return other


def _take(bodies: Iterable[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return list(itertools.islice(bodies, count))


def _dispatched(app: App) -> Callable[[dict[str, Any]], None]:
    def run(body: dict[str, Any]) -> None:
        status = app.dispatch(BoltRequest(mode="socket_mode", body=body)).status
        assert status == 200

    return run


def _stored_beside(app: App, raw: base.RawRow) -> Callable[[dict[str, Any]], None]:
    dispatch = _dispatched(app)

    def run(body: dict[str, Any]) -> None:
        dispatch(body)
        raw(body)

    return run


def _each(
    run: Callable[[dict[str, Any]], None],
    bodies: list[dict[str, Any]],
    watch: Callable[[], float] = time.perf_counter,
) -> float:
    """One after the other; µs each."""
    start = watch()
    for body in bodies:
        run(body)
    return (watch() - start) / len(bodies) * 1e6


def _together(pool: ThreadPoolExecutor, app: App, bodies: list[dict[str, Any]]) -> float:
    """As many at once as the pool has threads, each with its share of the work; µs each."""
    run = _dispatched(app)

    def work(mine: list[dict[str, Any]]) -> None:
        for body in mine:
            run(body)

    start = time.perf_counter()
    list(pool.map(work, [bodies[number::IN_FLIGHT] for number in range(IN_FLIGHT)]))
    return (time.perf_counter() - start) / len(bodies) * 1e6
