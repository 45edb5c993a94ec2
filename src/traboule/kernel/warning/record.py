"""How often the warning was right, measured on duos that have ended: precision and recall with their n."""

from collections.abc import Iterable
from dataclasses import dataclass

from traboule.kernel.calibration import Share, wilson

FEWEST = 50
"""Under fifty ended duos nothing is printed: the interval would be wider than the figure says."""


@dataclass(frozen=True, slots=True)
class Past:
    """An ended duo: whether it broke off early, and whether the warning stood so many weeks before."""

    ended_early: bool
    warned: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Counts, and both shares with Wilson's 95 % interval; None where there is nothing to divide by.

    Precision: of those warned about, how many ended early. Recall: of those that ended early, how many the
    warning had named. `base`: how many ended early of all, which a warning by lot would reach as precision.
    """

    n: int
    early: int
    warned: int
    right: int
    base: Share | None
    precision: Share | None
    recall: Share | None

    @property
    def lacking(self) -> int:
        """How many ended duos are lacking before anything is printed."""
        return max(0, FEWEST - self.n)


def score(pasts: Iterable[Past]) -> Score:
    """Count, and divide from fifty on."""
    kept = list(pasts)
    early, warned = sum(one.ended_early for one in kept), sum(one.warned for one in kept)
    right = sum(one.ended_early and one.warned for one in kept)
    enough = len(kept) >= FEWEST
    return Score(
        len(kept),
        early,
        warned,
        right,
        base=wilson(early, len(kept)) if enough else None,
        precision=wilson(right, warned) if enough and warned else None,
        recall=wilson(right, early) if enough and early else None,
    )
