"""What we know of a share: its sources, and what holds after each act."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.shares import (
    UNKNOWN,
    Share,
    Words,
    claimed,
    opened,
    put_back,
    reacted,
    set_aside,
    unclaimed,
    unreacted,
)

T0 = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return T0 + timedelta(minutes=minutes)


def networks(shares):
    return {share.network for share in shares}


def test_opened_is_not_said():
    [share] = opened((), "linkedin", at(0), Words(caption_id=3))
    assert share.opened_at == at(0)
    assert share.caption_id == 3
    assert share.said_at is None


def test_opening_twice_counts_once_and_keeps_the_first_time():
    shares = opened(opened((), "linkedin", at(0)), "linkedin", at(5))
    assert [share.opened_at for share in shares] == [at(0)]


def test_a_reaction_alone_has_no_network():
    [share] = reacted((), at(1))
    assert share.network == UNKNOWN
    assert share.said_at == at(1)


def test_the_first_known_network_absorbs_the_nameless_one():
    shares = claimed(reacted((), at(1)), ["bluesky"], at(2))
    [share] = shares
    assert (share.network, share.said_at, share.reacted_at, share.claimed_at) == ("bluesky", at(1), at(1), at(2))


def test_a_reaction_joins_the_network_seen_first():
    shares = opened(opened((), "linkedin", at(0)), "x", at(1))
    said = {s.network: s.said_at for s in reacted(shares, at(2))}
    assert said == {"linkedin": at(2), "x": None}


def test_taking_the_reaction_away_ends_only_that_source():
    shares = claimed(reacted((), at(1)), ["linkedin"], at(2))
    [share] = unreacted(shares, at(3))
    assert share.said_at is not None
    assert unclaimed([share], at(4)) == ()


def test_i_did_not_share_it_leaves_the_reaction_and_the_opening():
    shares = reacted(claimed(opened((), "x", at(0)), ["x"], at(1)), at(2))
    [share] = unclaimed(shares, at(3))
    assert share.is_said
    [share] = unreacted([share], at(4))
    assert share == Share("x", opened_at=at(0))


def test_said_on_two_networks_with_one_address():
    shares = claimed((), ["x", "threads"], at(0), post_url="https://x.com/a/status/1")
    assert networks(shares) == {"x", "threads"}


def test_what_is_set_aside_is_not_said_however_often_it_is_counted_anew():
    shares = set_aside(claimed(opened((), "x", at(0)), ["x"], at(1)), "x", at(2))
    for minute in (3, 4):
        shares = unreacted(reacted(claimed(shares, ["x"], at(minute)), at(minute)), at(minute))
        shares = reacted(shares, at(minute))
        assert [(s.network, s.said_at, s.is_said) for s in shares] == [("x", None, False)]
    [share] = put_back(shares, "x", at(5))
    assert (share.said_at, share.set_aside_at) == (at(1), None)
    assert put_back([share], "x", at(6)) == (share,)


def test_a_reaction_that_is_set_aside_is_not_absorbed_and_comes_back_to_its_place():
    shares = set_aside(reacted((), at(0)), UNKNOWN, at(1))
    shares = claimed(shares, ["linkedin"], at(2))
    assert {s.network: s.is_said for s in shares} == {UNKNOWN: False, "linkedin": True}, "that they say now"
    shares = reacted(unreacted(shares, at(3)), at(4))
    assert {s.network: s.reacted_at for s in shares} == {UNKNOWN: at(4), "linkedin": None}
    assert networks(put_back(unreacted(shares, at(5)), UNKNOWN, at(6))) == {"linkedin"}, "nothing says so any more"


acts = st.lists(
    st.sampled_from(["open x", "open threads", "claim x", "claim", "unclaim", "react", "unreact"]), max_size=12
)


@given(acts)
def test_whatever_people_do_in_whatever_order(sequence):
    shares: tuple[Share, ...] = ()
    claims, reaction = False, False
    for minute, act in enumerate(sequence):
        verb, _, network = act.partition(" ")
        match verb:
            case "open":
                shares = opened(shares, network, at(minute))
            case "claim":
                shares, claims = claimed(shares, [network] if network else [], at(minute)), True
            case "unclaim":
                shares, claims = unclaimed(shares, at(minute)), False
            case "react":
                shares, reaction = reacted(shares, at(minute)), True
            case "unreact":
                shares, reaction = unreacted(shares, at(minute)), False
        assert any(s.is_said for s in shares) == (claims or reaction)
        assert len(networks(shares)) == len(shares)
        assert all((s.said_at is not None) == s.is_said for s in shares)
        assert not any(s.is_empty for s in shares)
