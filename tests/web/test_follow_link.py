"""A link is followed: over real HTTP, to the story, and counted as what it was."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select

from bot.actions.rebuild_clicks import rebuild_clicks
from bot.domain.clicks import OFTEN_A_DAY, Followed
from bot.domain.people import Standing
from bot.domain.problems import DatabaseTrouble
from bot.domain.stories import StoryState
from bot.store import people, stories
from bot.store.engine import Store
from bot.store.tables import clicks, metadata, salts, visitors
from bot.web.live_codes import FRESH
from bot.web.often import Often
from bot.web.visits import Visits
from tests.conftest import _migrated, until
from tests.web.conftest import LAPTOP, LINKEDIN, OFFICE, PHONE, SLACKBOT

MARKS = "utm_source=linkedin&utm_medium=social&utm_campaign="


def test_a_reader_is_sent_on_and_counted(public):
    story, anna = public.story(), public.person()
    code = public.link(story, anna)
    answer = public.get(f"/{code}")
    assert answer.status == 302
    assert re.fullmatch(rf"https://example\.com/reef\?a=1&{MARKS}[0-9a-f]{{8}}#top", answer.location)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "set-cookie" not in answer.headers
    assert public.counted(person_id=anna.id, story_id=story) == Followed(readers=1)


def test_each_is_counted_for_what_it_is(public):
    """A phone, LinkedIn's crawler, Slack's unfurler, and the office."""
    story, anna = public.story(), public.person()
    path = f"/{public.link(story, anna)}"
    for agent, address in ((PHONE, "198.51.100.1"), (LINKEDIN, "198.51.100.2"), (SLACKBOT, "198.51.100.3")):
        assert public.get(path, agent, address).status == 302
    assert public.get(path, LAPTOP, OFFICE).status == 302
    assert public.counted(story_id=story) == Followed(readers=1, previews=1, robots=1, colleagues=1)
    public.get(path)
    assert public.counted(story_id=story).repeats == 1


def test_head_is_answered_alike_and_is_no_reader(public):
    code = public.link(public.story())
    there, head = public.get(f"/{code}"), public.get(f"/{code}", method="HEAD")
    assert (head.status, head.location, head.body) == (302, there.location, "")
    assert public.kinds() == ["reader", "robot"]


@pytest.mark.parametrize(
    "header", [{"Purpose": "prefetch"}, {"Sec_Purpose": "prefetch;prerender"}, {"X_Moz": "prefetch"}]
)
def test_a_prefetch_is_no_reader_and_the_press_that_follows_is(public, header):
    code = public.link(public.story())
    public.get(f"/{code}", **header)
    public.get(f"/{code}")
    assert public.kinds() == ["robot", "reader"]


def test_seconds_after_minting_nobody_reads(public):
    code = public.link(public.story())
    public.clock.step(hours=-1)
    public.get(f"/{code}")
    public.clock.step(seconds=5)
    public.get(f"/{code}")
    assert public.kinds() == ["robot", "reader"]


def test_the_same_again_the_next_day_is_a_reader_again(public):
    code = public.link(public.story())
    for hours in (0, 5, 24):
        public.clock.step(hours=hours)
        public.get(f"/{code}")
    assert public.kinds() == ["reader", "repeat", "reader"]


def test_by_the_month_a_reader_of_a_colleague_counts_once(serve):
    public = serve(salt_by="monthly")
    anna, bram = public.person("U1"), public.person("U2")
    codes = [public.link(public.story(), anna), public.link(public.story(), anna), public.link(public.story(), bram)]
    for code in codes:
        public.get(f"/{code}")
    public.clock.step(days=7)
    public.get(f"/{codes[0]}")
    assert public.kinds() == ["reader", "repeat", "reader", "repeat"]
    public.clock.step(days=30)
    public.get(f"/{codes[0]}")
    assert public.kinds()[-1] == "reader"


def test_two_links_have_no_visitor_in_common(public):
    """By the hashes nobody can tell that the same phone followed both."""
    story = public.story()
    for code in (public.link(story), public.link(story)):
        public.get(f"/{code}")
    found = public.store.read(lambda c: c.execute(select(visitors.c.hash)).scalars().all())
    assert len(set(found)) == 2


def test_the_salt_goes_and_so_do_the_hashes(public):
    code = public.link(public.story())
    public.get(f"/{code}")
    [before] = public.store.read(lambda c: c.execute(select(salts)).all())
    public.clock.step(days=1)
    public.get(f"/{code}")
    [after] = public.store.read(lambda c: c.execute(select(salts)).all())
    assert before.value != after.value
    assert before.end == after.start
    starts = public.store.read(lambda c: c.execute(select(visitors.c.start)).scalars().all())
    assert starts == [after.start]


def test_nothing_kept_says_who_it_was(public):
    code = public.link(public.story())
    public.get(f"/{code}", address="198.51.100.77", Cookie="a=b", Referer="https://www.linkedin.com/in/somebody")
    for table in metadata.sorted_tables:
        text = str(public.store.read(lambda c, t=table: c.execute(select(t)).all()))
        assert "198.51.100" not in text
        assert "iPhone" not in text
        assert "somebody" not in text


def test_forged_headers_are_ignored(serve):
    """Only the proxy that is named may say for whom it asks."""
    public = serve(forwarded=("192.0.2.1/32",))
    code = public.link(public.story())
    for number in range(4):
        public.get(f"/{code}", address=f"198.51.100.{number}")
    public.get(f"/{code}", address=OFFICE)
    assert public.kinds() == ["reader", "repeat", "repeat", "repeat", "repeat"]


def test_the_proxy_is_believed_and_what_came_before_it_is_not(public):
    code = public.link(public.story())
    public.get(f"/{code}", address=f"{OFFICE}, 198.51.100.1")
    public.get(f"/{code}", address=f"10.0.0.1, {OFFICE}")
    assert public.kinds() == ["reader", "colleague"]


def test_best_before_changes_nothing_for_a_link_that_is_out(public):
    story = public.story(best_before=public.clock() + timedelta(hours=1))
    code = public.link(story)
    public.clock.step(days=60)
    assert public.get(f"/{code}").status == 302
    public.set_state(story, StoryState.EXPIRED)
    assert public.get(f"/{code}").status == 302


def test_a_story_that_was_taken_back_says_so_and_leads_on(public):
    story = public.story()
    code = public.link(story)
    public.set_state(story, StoryState.CANCELLED)
    answer = public.get(f"/{code}", Accept_Language="nl-NL,nl;q=0.9,en;q=0.8")
    assert answer.status == 410
    assert "Dit verhaal is teruggetrokken" in answer.body
    assert 'href="https://example.com/"' in answer.body
    assert "/reef" not in answer.body
    assert answer.headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize(
    ("accept", "said"), [("nl", "leidt nergens heen"), ("de, en", "leads nowhere"), ("", "leads nowhere")]
)
def test_an_unknown_code_gets_a_friendly_page(public, accept, said):
    answer = public.get("/aaaaaaaaaaa", Accept_Language=accept)
    assert answer.status == 404
    assert said in answer.body
    assert public.kinds() == []


def test_links_lead_only_to_what_was_stored(public):
    code = public.link(public.story())
    for more in ("?url=https://evil.example", "?next=//evil.example", "?utm_source=evil", "?fbclid=abc"):
        answer = public.get(f"/{code}{more}")
        assert answer.status == 302
        assert answer.location.startswith("https://example.com/reef")
        assert "evil" not in answer.location


def test_an_address_with_other_letters_and_line_ends_stays_one_header(public):
    code = public.link(public.story("https://example.com/reef/é ü\r\nSet-Cookie: a=b"))
    answer = public.get(f"/{code}")
    assert answer.location.startswith("https://example.com/reef/%C3%A9%20%C3%BC%0D%0ASet-Cookie:%20a=b?")
    assert "set-cookie" not in answer.headers


def test_whoever_is_not_counted_has_no_readers(public):
    """They left after sharing: the link leads on, the story counts it, they do not."""
    story, anna = public.story(), public.person()
    code = public.link(story, anna)
    public.store.write(lambda c: people.set_standing(c, anna.id, Standing.OUT))
    assert public.get(f"/{code}").status == 302
    assert public.counted(story_id=story).readers == 1
    [row] = public.store.read(lambda c: c.execute(select(clicks)).all())
    assert row.person_id is None


def test_a_crawler_gets_a_card_where_the_page_has_none(public):
    story = public.story(image="https://example.com/reef.png", alt="A reef & a fish")
    found = public.store.read(lambda c: stories.find(c, story))
    public.store.write(lambda c: stories.note_card(c, found, has_card=False))
    code = public.link(story)
    card = public.get(f"/{code}", LINKEDIN)
    assert card.status == 200
    assert '<meta property="og:title" content="A reef grows back">' in card.body
    assert '<meta property="og:description" content="It did.">' in card.body
    assert '<meta property="og:image" content="https://example.com/reef.png">' in card.body
    assert "A reef &amp; a fish" in card.body
    assert "og:url" not in card.body, "a network would fetch what that names instead of this"
    assert public.get(f"/{code}").status == 302
    assert public.kinds() == ["preview", "reader"]


def test_people_are_sent_on_when_the_database_is_gone(serve, tmp_path, caplog):
    (tmp_path / "passalong.db").write_bytes(_migrated())
    public = serve(store=(store := Absent(f"sqlite:///{tmp_path / 'passalong.db'}")))
    code, other = public.link(public.story()), public.link(public.story())
    assert public.get(f"/{code}").status == 302
    store.is_away = True
    assert public.get(f"/{code}").status == 302
    assert public.get(f"/{code}").status == 302
    assert len([line for line in caplog.messages if "not counted" in line]) == 1, "said once a minute, for all of them"
    never_seen = public.get(f"/{other}", Accept_Language="nl")
    assert (never_seen.status, never_seen.headers["retry-after"]) == (503, "60")
    assert "Een ogenblik" in never_seen.body
    store.is_away = False
    assert public.get(f"/{other}").status == 302


def test_nobody_waits_long_for_a_database_that_hangs(serve, tmp_path):
    """Not those either who came while others were being counted; and what was counted late counts."""
    (tmp_path / "passalong.db").write_bytes(_migrated())
    public = serve(store=(store := Hanging(f"sqlite:///{tmp_path / 'passalong.db'}")))
    code, other = public.link(public.story()), public.link(public.story())
    assert public.get(f"/{code}").status == 302
    store.goes_on.clear()
    with ThreadPoolExecutor(4) as pool:
        waiting = []
        for number in range(3):
            waiting.append(pool.submit(public.get, f"/{code}", address=f"192.0.2.{number}"))
            time.sleep(0.1)
        waiting.append(pool.submit(public.get, f"/{other}", address="192.0.2.9"))
        assert [one.result(timeout=30).status for one in waiting] == [302, 302, 302, 503]
    assert not store.goes_on.is_set()
    store.goes_on.set()
    until(lambda: len(public.kinds()) == 4)


class Hanging(Store):
    """A database that says nothing for a while."""

    def __init__(self, url):
        super().__init__(url)
        self.goes_on = Event()
        self.goes_on.set()

    def read(self, work):
        assert self.goes_on.wait(60)
        return super().read(work)

    def write(self, work):
        assert self.goes_on.wait(60)
        return super().write(work)


def test_a_story_that_is_taken_back_gets_no_reader_more(public):
    """However long nobody followed the link before."""
    story = public.story()
    code = public.link(story)
    assert public.get(f"/{code}").status == 302
    public.set_state(story, StoryState.CANCELLED)
    public.server._codes._known[f"/{code}".encode()].looked_at -= FRESH
    assert public.get(f"/{code}").status == 410


def test_an_ipv6_network_is_one_reader(public):
    code = public.link(public.story())
    for number in range(5):
        assert public.get(f"/{code}", address=f"2001:db8:1:2::{number:x}").status == 302
    assert public.kinds() == ["reader", *["repeat"] * 4]


def test_more_readers_a_day_than_a_village_has_are_robots(public):
    """From one address, with agents of all kinds."""
    seen = Visits(public.server._desk)
    scope = {"method": "GET", "client": ("192.0.2.1", 1), "headers": []}
    rules = []
    for number in range(OFTEN_A_DAY + 1):
        seen._often = Often()
        rules.append(seen.see({**scope, "headers": [(b"user-agent", PHONE.encode() + b"%d" % number)]}, "a").rule)
    assert {rule.is_person for rule in rules[:-1]} == {True}
    assert rules[-1].name == "too often"


class Absent(Store):
    """A database that goes away."""

    is_away = False

    def read(self, work):
        if self.is_away:
            raise DatabaseTrouble("It is gone.")
        return super().read(work)

    def write(self, work):
        if self.is_away:
            raise DatabaseTrouble("It is gone.")
        return super().write(work)


def test_many_at_once_are_each_counted(public):
    code = public.link(public.story())
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: public.get(f"/{code}", address=f"198.51.{n}.1").status, range(120)))
    assert set(answers) == {302}
    assert public.kinds() == ["reader"] * 120


def test_thirty_times_a_minute_from_one_address_is_a_program(public):
    code = public.link(public.story())
    for number in range(35):
        assert public.get(f"/{code}", f"{LAPTOP} {number}").status == 302
    assert public.kinds() == ["reader"] * 30 + ["robot"] * 5


def test_sums_are_what_the_ledger_says(public):
    anna = public.person()
    codes = [public.link(public.story(), anna) for _ in range(3)] + [public.link(public.story())]
    for number in range(40):
        agent = (PHONE, LAPTOP, LINKEDIN, SLACKBOT)[number % 4]
        public.get(f"/{codes[number % 3 + number % 2]}", agent, f"198.51.100.{number % 5}")
        public.clock.step(hours=3)
    tables = [metadata.tables["link_days"], metadata.tables["reader_days"]]

    def sums() -> list[list[tuple[int, ...]]]:
        return [sorted(map(tuple, public.store.read(lambda c, t=t: c.execute(select(t)).all()))) for t in tables]

    before = sums()
    assert len(before[0]) > 5
    rebuild_clicks(public.store, public.clock())
    assert sums() == before
