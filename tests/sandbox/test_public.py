"""The simulated public and its ledger."""

from datetime import UTC, datetime, timedelta

from bot.sandbox.outside.share_pages import SharePage
from bot.sandbox.outside.world import Arrival, Outside, Post
from bot.sandbox.public import Public
from bot.sandbox.public_ledger import KINDS, PublicLedger
from tests.conftest import SteppingClock
from tests.sandbox.public_host import public_host

AT = datetime(2027, 2, 1, 22, 30, tzinfo=UTC)
"""Half past eleven in the evening in Amsterdam."""
POST = Post("U1", "LinkedIn", "Look", "http://127.0.0.1:1/abc", AT, "reef")
HOME = ("198.51.100.1", "Firefox")


def test_a_reader_counts_once_a_day_of_the_companys():
    ledger = PublicLedger("Europe/Amsterdam")
    for minutes in (0, 5, 40, 50):
        ledger.read(POST, *HOME, AT + timedelta(minutes=minutes))
    ledger.read(POST, HOME[0], "Safari", AT)
    assert ledger.by_story() == {"reef": {"readers": 3, "repeats": 2}}
    assert ledger.readers(AT, AT + timedelta(minutes=40)) == {"U1": 2}


def test_an_owner_is_a_colleague_on_the_day_they_shared_in_that_browser():
    ledger = PublicLedger("Europe/Amsterdam")
    ledger.shared("U1", AT)
    ledger.read_by_owner(POST, *HOME, AT + timedelta(minutes=10))
    ledger.read_by_owner(POST, *HOME, AT + timedelta(minutes=40))
    assert ledger.by_person() == {"U1": {"colleagues": 1, "readers": 1}}


def posts(outside, host, count, link="/abc"):
    share = SharePage("LinkedIn", "https://www.linkedin.com/feed/", "Look", f"{host.url}{link}")
    for number in range(count):
        outside.post(Arrival(number, f"U{number}", share.address, share), "Look", "reef")


def played(seed):
    clock = SteppingClock()
    with public_host() as host:
        outside = Outside(clock)
        public = Public(outside, clock, "Europe/Amsterdam", seed)
        posts(outside, host, 8)
        public.look()
        while (due := public.next_due()) is not None:
            clock.to(due)
            public.act()
        public.close()
        return public.ledger.came, host.heard


def test_what_is_written_down_is_what_was_asked():
    came, heard = played(1)
    assert len(came) == len(heard)
    assert {one.kind for one in came} == set(KINDS)
    assert {path for path, _, _ in heard} == {"/abc"}


def test_the_same_seed_brings_the_same_public():
    first, second = played(2), played(2)
    assert first[0] == second[0]
    assert sorted(first[1]) == sorted(second[1])
    assert first[0] != played(3)[0]


def test_a_link_without_a_code_is_not_followed():
    clock = SteppingClock()
    outside = Outside(clock)
    public = Public(outside, clock, "Europe/Amsterdam", 1)
    share = SharePage("LinkedIn", "https://www.linkedin.com/feed/", "Look", "https://example.com/reef")
    outside.post(Arrival(1, "U1", share.address, share), "Look", "reef")
    public.look()
    assert public.next_due() is None
    public.close()
