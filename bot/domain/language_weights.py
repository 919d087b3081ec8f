"""How much each sign weighs.

A logistic model over posts labelled by who wrote them, people or companies. No sign may work the wrong way or fade to
nothing, so that each reason that is named has really moved the meter; left free, the model was worse on texts it had
not seen. docs/language.md has how it was fitted, and how well it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

HIGHEST_RAISE = 1.0
"""The most one raising sign may bring, before STEEPNESS: whatever is repeated gains less than 20 points."""

DEEPEST_FALL = 2.0
"""What one lowering sign comes near to, before STEEPNESS: the second of a kind costs less than the first."""

STEEPNESS = 0.72
PLAIN_SENTENCE = 1.0
"""Ten words, in tens: a sentence as short as this is not held against anybody."""


@dataclass(frozen=True)
class Weights:
    """`signs`: sign → weight of one standard deviation, and that deviation. `start`: where a text without signs is."""

    signs: Mapping[str, tuple[float, float]]
    start: float

    def pushes(self, values: Mapping[str, float]) -> dict[str, float]:
        """What each sign does, on the scale of the logistic; the lowering ones are negative."""
        return {sign: self._push(sign, value) for sign, value in values.items()}

    def score(self, pushes: Mapping[str, float]) -> float:
        """0 (a company) to 100 (a person)."""
        return 100 / (1 + exp(-STEEPNESS * (self.start + sum(pushes.values()))))

    def _push(self, sign: str, value: float) -> float:
        weight, spread = self.signs[sign]
        push = value * weight / spread
        return min(HIGHEST_RAISE, push) if push > 0 else DEEPEST_FALL * (exp(push / DEEPEST_FALL) - 1)


WEIGHTS: Mapping[str, Weights] = {
    "en": Weights(
        {
            "announce": (-0.20, 0.42),
            "buzz": (-0.13, 0.50),
            "officialese": (-0.22, 0.48),
            "hype": (-0.17, 0.47),
            "action": (-0.36, 0.81),
            "organisation": (-0.34, 1.23),
            "abstract": (-0.18, 1.22),
            "passive": (-0.12, 0.41),
            "long": (-0.17, 1.45),
            "sentences": (-0.14, 0.47),
            "we": (-0.38, 0.70),
            "hashtags": (-0.17, 1.25),
            "titles": (-0.12, 0.51),
            "first": (0.81, 0.96),
            "you": (0.06, 0.79),
            "everyday": (0.33, 1.58),
            "did": (0.23, 0.63),
            "question": (0.06, 0.50),
            "ease": (0.12, 0.85),
        },
        start=0.25,
    ),
    "nl": Weights(
        {
            "announce": (-0.13, 0.30),
            "buzz": (-0.49, 1.08),
            "officialese": (-0.22, 1.00),
            "hype": (-0.13, 0.50),
            "action": (-0.29, 0.66),
            "organisation": (-0.45, 0.99),
            "abstract": (-0.27, 1.03),
            "passive": (-0.12, 0.43),
            "long": (-0.26, 0.91),
            "sentences": (-0.37, 0.56),
            "we": (-0.13, 1.09),
            "hashtags": (-0.12, 1.20),
            "titles": (-0.13, 0.30),
            "first": (0.59, 0.80),
            "you": (0.06, 1.05),
            "everyday": (0.49, 1.26),
            "did": (0.16, 0.60),
            "question": (0.06, 0.46),
            "ease": (0.34, 0.91),
        },
        start=0.95,
    ),
}
