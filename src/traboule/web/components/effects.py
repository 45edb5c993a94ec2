"""Pictures of an evaluation: effects around nothing, balance of each covariate, chance to see a gain.

Arithmetic on plain values; words come from the templates. Lengths are SVG units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

WIDTH, LEFT, RIGHT = 640.0, 20.0, 620.0
ROW, TOP = 76.0, 20.0
ALIKE = 0.1  # largest standardised difference that counts as alike (kernel.impact.balance)


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect: its words, where its point and the ends of its interval lie."""

    name: str
    said: str
    at_x: float
    from_x: float
    length: float
    y: float

    @property
    def text_y(self) -> float:
        """Where the words above the line stand."""
        return self.y - 18

    @property
    def bar_y(self) -> float:
        """Upper edge of the bar."""
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Effects:
    """All of them on one scale; ``zero_x`` is where nothing changed."""

    rows: tuple[Effect, ...]
    zero_x: float
    base: float
    height: float


def effects(found: Sequence[tuple[str, str, Sequence[float | None]]]) -> Effects:
    """Draw (name, words, [value, low, high]); an open end is drawn as far as the point."""
    spans = [[end for end in ends if end is not None] for _, _, ends in found]
    reach = max([abs(end) for span in spans for end in span] or [0.0]) or 1.0

    def x(value: float) -> float:
        return round((LEFT + RIGHT) / 2 + (RIGHT - LEFT) / 2 * value / reach, 1)

    rows = tuple(
        Effect(
            name, said, x(ends[0] or 0.0), x(min(span)), round(x(max(span)) - x(min(span)), 1),
            TOP + ROW * n + 36,
        )
        for n, ((name, said, ends), span) in enumerate(zip(found, spans, strict=True))
    )  # fmt: skip
    base = TOP + ROW * len(rows)
    return Effects(rows, x(0.0), base, base + 34)


@dataclass(frozen=True, slots=True)
class Balance:
    """One covariate: its differences without sign, where they lie. ``after`` None: there are no weights."""

    name: str
    before: float
    after: float | None
    before_x: float
    after_x: float | None
    y: float

    @property
    def text_y(self) -> float:
        """Where its name stands."""
        return self.y - 16

    @property
    def is_far(self) -> bool:
        """Whether the groups are still not alike in it."""
        return (self.before if self.after is None else self.after) > ALIKE


@dataclass(frozen=True, slots=True)
class LovePlot:
    """Every covariate, the widest gap first (Love 2004); ``limit_x``: up to there groups count as alike."""

    rows: tuple[Balance, ...]
    limit_x: float
    base: float
    height: float
    ticks: tuple[tuple[float, float], ...]


def love_plot(gaps: Sequence[tuple[str, float, float | None]]) -> LovePlot | None:
    """Draw (name, before, after) of each covariate; None without any."""
    if not gaps:
        return None
    sizes = [(name, abs(before), None if after is None else abs(after)) for name, before, after in gaps]
    widest = max(max(before, after or 0.0) for _, before, after in sizes)
    top = max(0.2, ceil(widest * 5) / 5)
    row, first = 58.0, 46.0

    def x(size: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * size / top, 1)

    rows = tuple(
        Balance(name, before, after, x(before), None if after is None else x(after), first + row * n)
        for n, (name, before, after) in enumerate(sorted(sizes, key=lambda one: -one[1]))
    )
    base = first + row * len(rows) - 30
    ticks = tuple((x(top * part / 2), round(top * part / 2, 2)) for part in range(3))
    return LovePlot(rows, x(ALIKE), base, base + 36, ticks)


@dataclass(frozen=True, slots=True)
class Curve:
    """Chance (0 to 1) by gain in points: the line as an SVG path, and where the wanted chance is reached."""

    path: str
    wanted_y: float
    mark_x: float | None
    ticks: tuple[tuple[float, int], ...]
    levels: tuple[tuple[float, int], ...]
    height: float = 340.0
    base: float = 290.0


def curve(points: Sequence[tuple[float, float]], *, mark: float | None, wanted: float = 0.8) -> Curve:
    """Draw (gain in points, chance); ``mark`` is the gain from which on the chance is what is wanted."""
    most = points[-1][0] or 1.0
    left, right, top, base = 74.0, 620.0, 30.0, 290.0

    def x(gain: float) -> float:
        return round(left + (right - left) * gain / most, 1)

    def y(chance: float) -> float:
        return round(base - (base - top) * chance, 1)

    path = "M" + "L".join(f"{x(gain):g} {y(chance):g}" for gain, chance in points)
    ticks = tuple((x(gain), gain) for gain in range(0, int(most) + 1, 10))
    levels = tuple((y(part / 100), part) for part in (0, 50, 80, 100))
    return Curve(path, y(wanted), None if mark is None else x(mark), ticks, levels)
