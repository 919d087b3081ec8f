"""`/now` over real HTTP: who gets what, how long it may be kept, and that it stays when the database goes."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from bot.domain.crisis import PageFacts
from bot.domain.problems import DatabaseTrouble
from bot.store.tables import metadata
from bot.web.crisis_html import STYLE, policy
from bot.web.crisis_pages import FRESH
from bot.web.crisis_site import chosen_language
from tests.conftest import until
from tests.web.crisis_facts import DUTCH, ENGLISH, TITLE, facts

DUTCH_TITLE = DUTCH.title


class Published:
    """What is published, as the database would say it."""

    def __init__(self, *pages: PageFacts) -> None:
        self.pages, self.trouble, self.looks = pages, False, 0
        self.gate = Event()
        self.gate.set()

    def __call__(self) -> tuple[PageFacts, ...]:
        self.looks += 1
        self.gate.wait(20)
        if self.trouble:
            raise DatabaseTrouble
        return self.pages


@pytest.fixture
def published():
    return Published(facts())


@pytest.fixture
def now(serve, published):
    public = serve(pages=published)
    yield public
    published.gate.set()


def stale(public) -> None:
    """As if a while went by."""
    public.server._crisis._looked_at -= FRESH


@pytest.mark.parametrize("path", ["/now", "/now/", "/now?utm_source=x", "/now/outage", "/now/outage/"])
def test_the_page_is_there_in_the_language_one_likes(now, path):
    english, dutch = now.get(path, accept_language="en-US"), now.get(path, accept_language="fr,nl;q=0.9,en;q=0.1")
    assert (english.status, dutch.status) == (200, 200)
    assert TITLE.replace("'", "&#x27;") in english.body
    assert DUTCH_TITLE in dutch.body
    assert english.headers["vary"] == dutch.headers["vary"] == "accept-language"
    assert (english.headers["content-language"], dutch.headers["content-language"]) == ("en", "nl")
    assert now.get(path).body == english.body


@pytest.mark.parametrize("path", ["/now/outage/nl", "/now/outage/nl/"])
def test_the_address_may_say_the_language(now, path):
    answer = now.get(path, accept_language="en")
    assert DUTCH_TITLE in answer.body
    assert "vary" not in answer.headers


@pytest.mark.parametrize("path", ["/now", "/now/", "/now/outage", "/now/outage/", "/now/outage/en", "/now/outage/en/"])
def test_links_lead_somewhere_from_every_address(now, path):
    found = re.findall(r'href="((?:\.\./|now/|outage)[^"]*)"', now.get(path, accept_language="en").body)
    assert len(found) == 4
    for link in found:
        assert now.get(urljoin(path, link)).status == 200, link


def test_what_stands_between_us_and_the_world_may_keep_it(now):
    headers = now.get("/now").headers
    assert headers["cache-control"] == "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-security-policy"] == policy("frame-ancestors 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "x-robots-tag" not in headers
    assert "set-cookie" not in headers
    assert "unsafe" not in headers["content-security-policy"]
    assert STYLE in now.get("/now").body


def test_who_has_it_hears_that_it_is_the_same(now, published):
    first = now.get("/now")
    tag = first.headers["etag"]
    assert re.fullmatch('"[0-9a-f]{32}"', tag)
    for known in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        same = now.get("/now", If_None_Match=known)
        assert (same.status, same.body, same.headers["etag"]) == (304, "", tag)
        assert same.headers["vary"] == "accept-language"
        assert same.headers["cache-control"] == first.headers["cache-control"]
    assert now.get("/now", If_None_Match=tag, accept_language="nl").status == 200
    published.pages = (facts(company="Another"),)
    stale(now)
    changed = now.get("/now", If_None_Match=tag)
    assert changed.status == 200
    assert changed.headers["etag"] != tag


def test_head_is_the_same_without_the_page(now):
    there, head = now.get("/now"), now.get("/now", method="HEAD")
    assert head.body == ""
    there.headers.pop("date", None), head.headers.pop("date", None)
    assert (head.status, head.headers) == (200, there.headers)
    assert int(head.headers["content-length"]) == len(there.body.encode())


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_can_only_be_read(now, method):
    answer = now.get("/now", method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path", ["/now/other", "/now/other/en", "/now/outage/fr", "/now/outage/en/x", "/now/outage/feed"]
)
def test_what_is_not_published_is_like_what_never_was(now, path):
    nothing, never = now.get(path), now.get("/never-was")
    nothing.headers.pop("date", None), never.headers.pop("date", None)
    assert nothing == never
    assert nothing.status == 404


def test_the_feed(now):
    answer = now.get("/now/outage/feed.nl.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["etag"]
    assert ElementTree.fromstring(answer.body).findtext("{http://www.w3.org/2005/Atom}title") == DUTCH_TITLE


def test_nothing_at_the_moment(serve):
    public = serve(pages=tuple)
    answer = public.get("/now", accept_language="nl")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=10"
    assert answer.body.index("Op dit moment niets") < answer.body.index("Nothing at the moment")
    assert public.get("/now/").status == 200
    assert public.get("/now/outage").status == 404


def test_a_page_of_the_past_stays_at_its_own_address_alone(serve):
    public = serve(pages=lambda: (facts(is_current=False),))
    assert "Nothing at the moment" in public.get("/now").body
    assert public.get("/now/outage").status == 200


def test_a_rehearsal_is_only_where_nobody_guesses(serve):
    page = facts(page="exercise-x7", is_rehearsal=True)
    public = serve(pages=lambda: (page,))
    assert "Nothing at the moment" in public.get("/now").body
    answer = public.get("/now/exercise-x7")
    assert "Exercise" in answer.body
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["cache-control"] == "private, no-store"


def test_what_changed_is_there_in_seconds(now, published):
    assert published.looks == 1
    for _ in range(5):
        now.get("/now")
    assert published.looks == 1
    published.pages = (replace(facts(), texts=(replace(ENGLISH, title="It is over"),)),)
    stale(now)
    assert "<h1>It is over</h1>" in now.get("/now").body
    published.pages = ()
    stale(now)
    assert "Nothing at the moment" in now.get("/now").body
    assert now.get("/now/outage").status == 404


def test_the_page_outlives_the_database(now, published):
    published.trouble = True
    stale(now)
    assert now.get("/now").status == 200
    published.trouble, published.pages = False, ()
    stale(now)
    assert "Nothing at the moment" in now.get("/now").body


def test_a_database_that_hangs_holds_nobody_up(now, published):
    """The first who finds it so waits a moment; then nobody does, and it is asked once."""
    published.gate.clear()
    stale(now)
    assert now.get("/now").status == 200
    stale(now)
    start = time.monotonic()
    with ThreadPoolExecutor(16) as crowd:
        answers = list(crowd.map(lambda _: now.get("/now").status, range(64)))
    assert answers == [200] * 64
    assert time.monotonic() - start < 5
    assert published.looks == 2
    published.pages = ()
    published.gate.set()
    until(lambda: now.server._crisis._looking is None)
    stale(now)
    assert "Nothing at the moment" in now.get("/now").body


def test_without_ever_having_seen_the_database(serve):
    published = Published(facts())
    published.trouble = True
    public = serve(pages=published)
    answer = public.get("/now")
    assert (answer.status, answer.headers["retry-after"]) == (503, "60")
    published.trouble = False
    stale(public)
    assert public.get("/now").status == 200


def test_a_page_that_cannot_be_drawn_leaves_the_last_one(now, published):
    published.pages = (facts(zone="No/Where", company="Broken"),)
    stale(now)
    answer = now.get("/now")
    assert answer.status == 200
    assert "Reef &amp; Harbour" in answer.body


def test_nobody_is_counted_or_written_down(now, caplog):
    before = {
        table.name: now.store.read(lambda c, t=table: c.execute(select(t)).all()) for table in metadata.sorted_tables
    }
    with caplog.at_level("DEBUG"):
        for path in ("/now", "/now/outage/nl", "/now/none"):
            now.get(path, address="198.51.100.77", Cookie="a=b")
    after = {
        table.name: now.store.read(lambda c, t=table: c.execute(select(t)).all()) for table in metadata.sorted_tables
    }
    assert after == before
    assert "198.51" not in caplog.text
    assert "/now" not in caplog.text


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("nl", "nl"),
        ("NL-be;q=0.8, en;q=0.7", "nl"),
        ("en;q=0.2,nl;q=0.9", "nl"),
        ("fr, de", "en"),
        ("nl;q=0", "en"),
        ("*", "en"),
        ("fr,*;q=0.1,nl;q=0.05", "en"),
        ("nl;q=abc,;;;,,=", "en"),
        ("nl;q=nan", "en"),
        ("x" * 300 + ",nl", "en"),
    ],
)
def test_which_language_somebody_likes_best(accept, language):
    assert chosen_language(accept, ("en", "nl")) == language


def test_many_languages_asked_for_take_no_memory(now):
    for number in range(1100):
        now.server._crisis.find(b"/now", f"nl;q=0.{number}".encode())
        now.server._crisis.find(b"/now", b"nl," + b"x" * 5000 + str(number).encode())
    chosen = now.server._crisis._site._chosen
    assert len(chosen) <= 1024
    assert max(len(accept) for _, accept in chosen) <= 200
