"""Pictures of a dashboard: the flow of a path, a figure over time, a figure on its scale.

Arithmetic on plain values; words come from the templates. Lengths are SVG units.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

THIN = 3.0
"""A hidden or very small number is still a line."""


@dataclass(frozen=True, slots=True)
class FlowStep:
    """People at one step, None: hidden. ``direct``: went on to the last step without the one in between.

    ``least``: so many are known to have come as far as a hidden step, because they came further.
    """

    name: str
    reached: int | None
    here: int | None
    stopped: int | None
    direct: int | None = 0
    least: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """One step drawn: its bar, and the lines of words above it."""

    step: FlowStep
    lines: tuple[str, ...]
    x: float
    height: float

    @property
    def rows(self) -> tuple[tuple[float, str], ...]:
        """Lines of words with the height at which each stands; the last one stands right above the number."""
        first = FLOW_TOP - 36 - 20 * (len(self.lines) - 1)
        return tuple((first + 20 * n, line) for n, line in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class Ribbon:
    """People who go from one step to another (``on``), are there now (``here``) or stopped (``stopped``)."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole path from left to right."""

    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    width: float
    height: float
    bar: float
    top: float


FLOW_WIDTH, FLOW_TOP, FLOW_HIGH, FLOW_BAR = 1080.0, 110.0, 260.0, 14.0
LETTERS, LAST_WORDS = 15, 84.0
"""Letters that fit above a column, and the room that the words of the last step need."""


def flow(steps: Sequence[FlowStep]) -> Flow | None:
    """Draw steps, the last but one of which may be passed by; None when nobody is there."""
    most = max((step.reached or 0 for step in steps), default=0)
    if not most:
        return None
    apart = (FLOW_WIDTH - FLOW_BAR - LAST_WORDS) / (len(steps) - 1)

    def high(number: int | None) -> float:
        return THIN if number is None else round(max(THIN, FLOW_HIGH * number / most), 1) if number else 0.0

    nodes = tuple(
        Node(
            step,
            _lines(step.name),
            round(n * apart, 1),
            high((step.least or None) if step.reached is None else step.reached),
        )
        for n, step in enumerate(steps)
    )
    ribbons = [one for n, node in enumerate(nodes) for one in _from(nodes, n, node, high)]
    return Flow(nodes, tuple(ribbons), FLOW_WIDTH, FLOW_TOP + FLOW_HIGH + 14, FLOW_BAR, FLOW_TOP)


def _from(nodes: Sequence[Node], n: int, node: Node, high: Callable[[int | None], float]) -> list[Ribbon]:
    """What leaves one step, from top to bottom: on, around the next one, there now, stopped."""
    found: list[Ribbon] = []
    x, y, step = node.x + FLOW_BAR, FLOW_TOP, node.step
    if n + 1 < len(nodes):
        following = nodes[n + 1]
        around = high(step.direct) if n + 3 == len(nodes) else 0.0
        # The last step also takes in those who came around: only the others come from the step before it.
        before = high(nodes[n - 1].step.direct) if n + 2 == len(nodes) else 0.0
        onward = max(0.0, min(following.height - before, node.height - around))
        if onward:
            found.append(Ribbon("on", _ribbon(x, y, following.x, FLOW_TOP, onward)))
        y += onward
        if around:
            last = nodes[n + 2]
            turn = following.x + FLOW_BAR + (last.x - following.x) * 0.4
            end = FLOW_TOP + max(0.0, last.height - around)
            y = max(y, FLOW_TOP + following.height)
            found.append(Ribbon("on", _band(x, turn, y, around)))
            found.append(Ribbon("on", _ribbon(turn, y, last.x, end, around)))
            y += around
        if step.reached is None:
            return found
        reach = (following.x - node.x) * 0.42
        for kind, number in (("here", step.here), ("stopped", step.stopped)):
            if number:
                found.append(Ribbon(kind, _band(x, x + reach, y, high(number))))
                y += high(number)
    return found


def _ribbon(x: float, y: float, to_x: float, to_y: float, height: float) -> str:
    half = (x + to_x) / 2
    return (
        f"M{x:g} {y:g}C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}V{to_y + height:g}"
        f"C{half:g} {to_y + height:g} {half:g} {y + height:g} {x:g} {y + height:g}Z"
    )


def _band(x: float, to_x: float, y: float, height: float) -> str:
    return f"M{x:g} {y:g}H{to_x:g}V{y + height:g}H{x:g}Z"


def _lines(name: str) -> tuple[str, ...]:
    """Words of a step in lines of about LETTERS letters; a column is no wider."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LETTERS:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Moment:
    """One quarter: its words, and where value, interval and bounds lie; None: there is no number."""

    name: str
    year: str
    said: str
    x: float
    y: float | None
    low: float | None
    high: float | None
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class OverTime:
    """A figure by quarter: points joined where neighbours have a number, lines of the scale, a promise."""

    moments: tuple[Moment, ...]
    line: str
    ticks: tuple[tuple[float, str], ...]
    against: float | None
    base: float
    height: float
    room: float


Ends = tuple[float | None, float | None, float | None, float | None, float | None]
TIME_LEFT, TIME_RIGHT, TIME_TOP, TIME_BASE = 100.0, 626.0, 24.0, 244.0


def over_time(
    points: Sequence[tuple[str, str, str, Ends]],
    *,
    top: float,
    ticks: Sequence[tuple[float, str]],
    against: float | None = None,
) -> OverTime | None:
    """Draw (quarter, year, words, [value, low, high, least, most]) on a scale up to ``top``; None of none."""
    if not any(ends[0] is not None for *_, ends in points):
        return None
    slot = (TIME_RIGHT - TIME_LEFT) / len(points)

    def y(value: float | None) -> float | None:
        return None if value is None else round(TIME_BASE - (TIME_BASE - TIME_TOP) * min(value, top) / top, 1)

    moments, year = [], ""
    for n, (name, own_year, said, ends) in enumerate(points):
        value, low, high, least, most = (y(end) for end in ends)
        shown = own_year if own_year != year else ""
        year = own_year
        x = round(TIME_LEFT + slot * (n + 0.5), 1)
        moments.append(Moment(name, shown, said, x, value, low, high, least, most))
    line, is_on = "", False
    for one in moments:
        if one.y is not None:
            line += f"{'L' if is_on else 'M'}{one.x:g} {one.y:g}"
        is_on = one.y is not None
    scale = tuple((round(TIME_BASE - (TIME_BASE - TIME_TOP) * at / top, 1), words) for at, words in ticks)
    return OverTime(tuple(moments), line, scale, y(against), TIME_BASE, 312.0, min(26.0, slot * 0.5))


@dataclass(frozen=True, slots=True)
class Scale:
    """One figure on a line: point, interval, and what it is held against."""

    at: float
    from_x: float
    length: float
    against: float | None


def scale(ends: Sequence[float | None], *, top: float, against: float | None = None) -> Scale | None:
    """Draw [value, low, high] on a line of 300 from 0 to ``top``; None without a value."""
    value, low, high = ends

    def x(number: float) -> float:
        return round(8 + 284 * min(number, top) / top, 1)

    if value is None:
        return None
    start, end = x(value if low is None else low), x(value if high is None else high)
    return Scale(x(value), start, round(end - start, 1), None if against is None else x(against))
