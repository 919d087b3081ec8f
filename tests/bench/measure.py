"""Two things measured in turns: A B A B …, so that a busy moment of the machine falls on both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One promise and what was measured.

    `ratio` is the median of A over B round by round (for absolute promises, such as megabytes, A itself, with no B).
    `a` and `b` are the medians in `unit`. `at_most`: whether the floor may not be passed, or must be reached.
    """

    key: str
    what: str
    ratio: float
    floor: float
    a: float
    b: float | None
    rounds: int
    unit: str = "µs"
    at_most: bool = True

    @property
    def ok(self) -> bool:
        """Whether the promise is kept."""
        return self.ratio <= self.floor if self.at_most else self.ratio >= self.floor

    def as_json(self) -> dict[str, object]:
        """What `--json` writes."""
        return {
            "ratio": round(self.ratio, 5),
            "floor": self.floor,
            "ok": self.ok,
            "a": round(self.a, 3),
            "b": None if self.b is None else round(self.b, 3),
            "rounds": self.rounds,
        }


@dataclass(frozen=True)
class Turns:
    """What every round found."""

    a: list[float]
    b: list[float]

    @property
    def ratio(self) -> float:
        return median(one / other for one, other in zip(self.a, self.b, strict=True))

    def figure(self, key: str, what: str, floor: float, *, unit: str = "µs", at_most: bool = True) -> Figure:
        """These rounds against this promise."""
        return Figure(key, what, self.ratio, floor, median(self.a), median(self.b), len(self.a), unit, at_most)


def in_turns(a: Callable[[], float], b: Callable[[], float], rounds: int) -> Turns:
    """Each function measures itself once and answers the figure. The first time of each is for warming up."""
    found = Turns([], [])
    for number in range(rounds + 1):
        one, other = a(), b()
        if number:
            found.a.append(one)
            found.b.append(other)
    return found
