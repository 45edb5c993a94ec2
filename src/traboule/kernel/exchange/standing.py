"""Which figures may stand beside all that went out before: with all their numbers, or not at all.

A single figure is held to its own n: that four of thirty-eight found no job may be read. So what the figures
of one report tell among themselves is passed over, and so is what went out before. What neither tells alone
and both tell together is not: a group of 1 to ``floor`` - 1 people, or a hidden small cell in an interval
narrower than the floor (``beside``).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Generic

from traboule.kernel.exchange.beside import (
    GREATEST_FLOOR,
    Key,
    Near,
    Number,
    Parts,
    People,
    Showing,
    Space,
)
from traboule.kernel.exchange.small_groups import Floats, small_group


def may_stand(
    figures: Mapping[Key, Sequence[People]],
    earlier: Sequence[Number] = (),
    *,
    floor: int = GREATEST_FLOOR,
) -> set[Key]:
    """Return the figures that may be shown; the first are rather shown than the last.

    ``figures``: who stands behind each number of a figure, as hashable names, the same as in ``earlier``.
    ValueError for a floor that ``may_be_shown`` does not take.
    """
    if not 2 <= floor <= GREATEST_FLOOR:
        raise ValueError(f"a floor from 2 to {GREATEST_FLOOR}")
    if not earlier:
        return set(figures)
    sets = [who for numbers in figures.values() for who in numbers]
    parts = Parts([*sets, *(number.people for number in earlier)], earlier)
    work, near = _Standing(figures, parts, earlier, floor), Near(earlier, floor)
    for key, numbers in figures.items():
        if not any(near.tells(who) for who in numbers):
            work.admit([key])
    work.widen()
    return set(work.shown)


class _Standing(Showing[Key], Generic[Key]):
    def __init__(
        self,
        figures: Mapping[Key, Sequence[People]],
        parts: Parts,
        earlier: Sequence[Number],
        floor: int,
    ) -> None:
        super().__init__({}, parts, earlier, floor)
        self.figures = figures
        self.own: Space[Key] = Space[Key](parts.size)

    def rows(self, keys: Sequence[Key]) -> dict[Any, Floats]:
        return {
            (key, place): self.parts.row(who)
            for key in keys
            for place, who in enumerate(self.figures[key])
            if who
        }

    def admit(self, keys: Sequence[Key]) -> None:
        rows = self.rows(keys)
        space, own = self.space.with_rows(rows), self.own.with_rows(rows)
        if not small_group(space.free, self.parts.sizes, self.floor, (self.old.free, own.free)):
            self.space, self.own = space, own
            self.shown += keys
