"""A small company for two weeks, and readings in which something grows: what `make soak` plays at length."""

import functools
from dataclasses import replace

import pytest

from tests.soak.__main__ import play
from tests.soak.readings import Week
from tests.soak.verdict import verdict

TIMED = {"reaction_p50", "reaction_p95", "leaderboard_p50", "leaderboard_p95", "memory"}
"""How fast a machine is says nothing in a test; and so small a company fills its caches all the while."""

CALM = [
    Week(
        number=number,
        took=1,
        memory=100_000_000 + number,
        database=200_000 + 400_000 * number,
        rows={"shares": 1000 * number, "inbox": 900, "people": 500, "deliveries": 300 * number, "keyring": 1},
        overdue=0,
        reactions=(0.004, 0.005, 0.006) * 9,
        boards=(0.02, 0.03) * 9,
        reaction_yards=(0.001, 0.002, 0.003),
        board_yards=(0.01, 0.01),
    )
    for number in range(1, 25)
]


def slower(name, week):
    """More with each week, and the yardstick as ever."""
    return replace(week, **{name: tuple(s * (1 + week.number / 6) for s in getattr(week, name))})


def missed(weeks):
    return {limit.key for limit in verdict(weeks) if not limit.ok}


def test_a_small_company_for_two_weeks(tmp_path):
    weeks = list(play(tmp_path, people=20, share=0.25, weeks=2, seconds=90))
    assert len(weeks) == 2
    assert weeks[-1].rows["shares"] > weeks[0].rows["shares"] > 0
    assert all(week.reactions and week.boards and week.memory > 0 for week in weeks)
    assert missed(weeks) - TIMED == set()


def test_a_calm_company_misses_nothing():
    assert missed(CALM) == set()


@pytest.mark.parametrize(
    ("key", "grows"),
    [
        ("memory", lambda w: replace(w, memory=w.memory + 3_000_000 * w.number)),
        ("reaction_p50 reaction_p95", lambda w: slower("reactions", w)),
        ("leaderboard_p50 leaderboard_p95", lambda w: slower("boards", w)),
        ("file_per_share", lambda w: replace(w, database=w.database + 30_000 * w.number**2)),
        ("rows:inbox", lambda w: replace(w, rows=w.rows | {"inbox": 100 * w.number})),
        ("rows:deliveries", lambda w: replace(w, rows=w.rows | {"deliveries": 10 * w.number**3})),
        ("rows:keyring", lambda w: replace(w, rows=w.rows | {"keyring": 40 * max(0, w.number - 12)})),
        ("overdue_rows", lambda w: replace(w, overdue=w.number // 20)),
    ],
)
def test_what_grows_is_found(key, grows):
    assert missed([grows(week) for week in CALM]) == set(key.split())


def test_a_busy_machine_is_no_trouble_of_ours():
    """Everything takes longer with each week, the yardsticks too."""
    names = ("reactions", "boards", "reaction_yards", "board_yards")
    busy = [functools.reduce(lambda week, name: slower(name, week), names, week) for week in CALM]
    assert missed(busy) == set()


def test_too_few_weeks_prove_nothing():
    with pytest.raises(ValueError, match="too few weeks"):
        verdict(CALM[:1])
