"""Chance for one person:

everything is made from uniform numbers, so that a seed means the same people everywhere.
"""

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_NORMAL = NormalDist()


class Draw:
    """A stream of its own for one person (`seed`, `role`, `number`): other people never shift it."""

    def __init__(self, seed: int, role: int, number: int) -> None:
        self._uniform = np.random.Generator(
            np.random.PCG64(np.random.SeedSequence((seed, role, number)))
        ).random

    def share(self) -> float:
        """Uniform from 0 to 1, 1 excluded."""
        return float(self._uniform())

    def chance(self, probability: float) -> bool:
        return self.share() < probability

    def between(self, lowest: int, highest: int) -> int:
        """A whole number, both ends included."""
        return lowest + int(self.share() * (highest - lowest + 1))

    def one(self, choices: Sequence[T]) -> T:
        return choices[int(self.share() * len(choices))]

    def several(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different ones (all of them if there are fewer)."""
        left = list(choices)
        return [left.pop(int(self.share() * len(left))) for _ in range(min(count, len(left)))]

    def named(self, weights: Mapping[str, float]) -> str:
        """One key, by weight."""
        names = list(weights)
        return names[self.placed(list(weights.values()))]

    def placed(self, weights: Sequence[float]) -> int:
        """One position, by weight."""
        left = self.share() * sum(weights)
        for position, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return position
        return max(position for position, weight in enumerate(weights) if weight)  # rounding only

    def each(self, probabilities: Mapping[str, float]) -> frozenset[str]:
        """Every key by its own chance."""
        return frozenset(key for key, probability in probabilities.items() if self.chance(probability))

    def triangle(self, lowest: float, mode: float, highest: float) -> float:
        """Triangular distribution by its inverse."""
        share, turn = self.share(), (mode - lowest) / (highest - lowest)
        if share < turn:
            return lowest + math.sqrt(share * (highest - lowest) * (mode - lowest))
        return highest - math.sqrt((1 - share) * (highest - lowest) * (highest - mode))

    def exponential(self, mean: float) -> float:
        return -math.log1p(-self.share()) * mean

    def normal(self, mean: float, spread: float) -> float:
        return mean + spread * _NORMAL.inv_cdf(max(self.share(), 1e-12))
