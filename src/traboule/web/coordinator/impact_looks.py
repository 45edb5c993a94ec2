"""The looks that a plan promises: the limit of each, and what was found at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from traboule.web.components import timelines
from traboule.web.coordinator import impact_words as words


@dataclass(frozen=True, slots=True)
class Row:
    """One look; ``found`` is empty while nobody looked, and where the figure is withheld."""

    number: int
    limit: str
    found: str
    passed: bool
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Looks:
    """Table and picture."""

    rows: tuple[Row, ...]
    picture: timelines.Looks


def planned_looks(plan: Any, results: Sequence[Any]) -> Looks | None:
    """Return the looks of a registered plan that promises several, or None."""
    if plan.looks < 2 or not plan.is_registered:
        return None
    from traboule.kernel.impact.looks import obrien_fleming

    limits = obrien_fleming(plan.looks)
    made = {one.look: one for one in results}
    seen = [_found(made.get(number)) for number in range(1, plan.looks + 1)]
    rows = tuple(
        Row(
            number,
            words.number(limit),
            "" if value is None else words.number(value),
            value is not None and value >= limit,
            number in made and words.is_withheld(made[number]),
        )
        for number, (limit, value) in enumerate(zip(limits, seen, strict=True), start=1)
    )
    return Looks(rows, timelines.looks(list(zip(limits, seen, strict=True))))


def _found(one: Any) -> float | None:
    """The effect in standard errors; a figure that is withheld stays so on this scale too."""
    return None if one is None or words.is_withheld(one) else one.figures["z"]
