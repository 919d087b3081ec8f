"""What may not grow, and by how much it may; from the readings alone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

from bot.domain.retention import RULES, WORKINGS
from tests.soak.readings import Week

WARM_UP = 2
"""Weeks until caches are filled and the first events are forgotten."""
FEW = 20
"""Rows that come and go, and prove nothing."""


@dataclass(frozen=True)
class Limit:
    """One promise: `value` is at most `limit`. `early` and `late` are what it compares, for scale."""

    key: str
    value: float
    limit: float
    early: float
    late: float

    @property
    def ok(self) -> bool:
        return self.value <= self.limit

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ok": self.ok}


def verdict(weeks: Sequence[Week]) -> list[Limit]:
    """Every limit; the first weeks, in which caches fill, count for none. Raises ValueError for too few weeks."""
    warm = weeks[min(WARM_UP, len(weeks) // 4) :]
    if len(warm) < 2:
        raise ValueError("too few weeks to tell")
    return [*_flat(warm), *_rows(warm), Limit("overdue_rows", max(w.overdue for w in warm), 0, 0, warm[-1].overdue)]


def _flat(weeks: Sequence[Week]) -> list[Limit]:
    first, last = _quarters(weeks)
    return [
        _ratio("memory", 1.15, median(w.memory for w in first), median(w.memory for w in last)),
        _ratio("reaction_p50", 1.3, median(_in_yards("reaction", first)), median(_in_yards("reaction", last))),
        _ratio("reaction_p95", 2, _p95(_in_yards("reaction", first)), _p95(_in_yards("reaction", last))),
        _ratio("leaderboard_p50", 1.3, median(_in_yards("board", first)), median(_in_yards("board", last))),
        _ratio("leaderboard_p95", 2, _p95(_in_yards("board", first)), _p95(_in_yards("board", last))),
        _ratio("file_per_share", 1.2, _per_share(first[-1]), _per_share(last[-1])),
    ]


def _rows(weeks: Sequence[Week]) -> list[Limit]:
    """What is forgotten within a month does not grow at all; the rest not faster than it did."""
    return [_bounded(weeks, name) if name in _short_lived() else _steady(weeks, name) for name in weeks[0].rows]


def _short_lived() -> set[str]:
    rules = {name: [rule.after for rule in RULES if name in rule.tables] for rule in RULES for name in rule.tables}
    return {name for name, after in rules.items() if all(a is not None and a <= WORKINGS for a in after)}


def _bounded(weeks: Sequence[Week], name: str) -> Limit:
    first, last = _quarters(weeks)
    early, late = (max(w.rows[name] for w in some) for some in (first, last))
    return Limit(f"rows:{name}", _over(late, early), 1.5, early, late)


def _steady(weeks: Sequence[Week], name: str) -> Limit:
    start, middle, end = (weeks[at].rows[name] for at in (0, len(weeks) // 2, -1))
    a_week = (middle - start) / max(1, len(weeks) // 2), (end - middle) / max(1, len(weeks) - 1 - len(weeks) // 2)
    return Limit(f"rows:{name}", _over(a_week[1], a_week[0]), 1.5, a_week[0], a_week[1])


def _over(late: float, early: float) -> float:
    return round((max(late, 0) + FEW) / (max(early, 0) + FEW), 3)


def _ratio(key: str, limit: float, early: float, late: float) -> Limit:
    return Limit(key, round(late / early, 3) if early else 0, limit, early, late)


def _quarters(weeks: Sequence[Week]) -> tuple[Sequence[Week], Sequence[Week]]:
    some = max(1, len(weeks) // 4)
    return weeks[:some], weeks[-some:]


def _in_yards(what: str, weeks: Sequence[Week]) -> list[float]:
    """Each wait as so many times what the same week's yardstick took: a machine that is busy is so for both."""
    return [
        seconds / median(getattr(week, f"{what}_yards")) for week in weeks for seconds in getattr(week, f"{what}s")
    ] or [0.0]


def _p95(taken: Sequence[float]) -> float:
    return quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else 0


def _per_share(week: Week) -> float:
    return week.database / max(1, week.rows["shares"])
