"""`crisis_page`: the public page of a crisis, read by many at once."""

import json
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.bench import Bench, Served
from tests.bench.measure import Figure, in_turns
from tests.bench.rows.links import crowd

KEYS = ("crisis_page",)
ON_POSTGRES = False
CONNECTIONS = 64


def measure(bench: Bench, kind: str) -> list[Figure]:
    url = bench.database(kind)
    with bench.store(url):
        requests = bench.pick(20_000, 60_000)
    with crowd() as go, bench.page(url) as ours, bench.bare_page(_answer(ours, bench.folder / "page")) as bare:

        def rate(server: Served) -> float:
            before = server.cpu_seconds()
            found = go(server, ["/now"], requests, CONNECTIONS, status=200, end="</html>\n")
            assert sum(found["answered"].values()) == requests
            return requests / (server.cpu_seconds() - before)

        turns = in_turns(lambda: rate(ours), lambda: rate(bare), bench.rounds)
    what = "GET /now in a second of its processor / a bare callable with the same bytes on the same uvicorn"
    return [turns.figure(KEYS[0], what, 0.8, unit="/s", at_most=False)]


def _answer(server: Served, file: Path) -> Path:
    """What the public host answers, kept in a file: its headers on one line, and the body."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    # The language that the readers of the load ask for.
    connection.request("GET", "/now", headers={"Accept-Language": "nl-NL,nl;q=0.9"})
    answer = connection.getresponse()
    headers = [(name, value) for name, value in answer.getheaders() if name != "date"]
    file.write_bytes(json.dumps(headers).encode() + b"\n" + answer.read())
    connection.close()
    return file
