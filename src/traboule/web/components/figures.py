"""Pictures where people would rather look than read: numbers in, positions for an SVG out.

Everything here is arithmetic on plain values; words come from the templates. Lengths are SVG units.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, cos, radians, sqrt
from typing import Literal

from traboule.web.components.labels import Circle, Label, place_labels

WEEKS = 26
Week = Literal["held", "moved", "missed", "paused", "open", "ahead"]


@dataclass(frozen=True, slots=True)
class StripCell:
    """One week of a duo: its number from 1, what happened, where it stands in the picture."""

    number: int
    state: Week
    x: int
    is_now: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Twenty-six weeks of a duo as a strip, with the counts for its text alternative."""

    cells: tuple[StripCell, ...]
    now: int
    held: int
    missed: int
    paused: int
    total: int

    @property
    def width(self) -> int:
        """Width of the picture."""
        return self.total * 14 + 6


def strip(weeks: Sequence[Week], *, now: int, total: int = WEEKS) -> Strip:
    """Draw the weeks lived so far and those ahead. `now` counts from 1; 0 means not started."""
    states = [*weeks, *["ahead"] * (total - len(weeks))][:total]
    cells = tuple(
        StripCell(i + 1, states[i], 4 + i * 14, i + 1 == now)  # type: ignore[arg-type]  # padded with a legal word
        for i in range(total)
    )
    return Strip(cells, now, states.count("held"), states.count("missed"), states.count("paused"), total)


@dataclass(frozen=True, slots=True)
class Bar:
    """People who have waited from `first` to `last` days (None: and more)."""

    first: int
    last: int | None
    count: int
    late: bool
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where the words under the bar stand."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """Histogram of waiting: bars, the promise in days, and the counts of its text alternative."""

    bars: tuple[Bar, ...]
    promise: int
    total: int
    late: int
    longest: int


_STEPS = ((0, 7), (8, 15), (16, 30), (31, 60), (61, 90), (91, None))


def waiting(days: Sequence[int], *, promise: int = 30) -> Waiting:
    """Count how long people wait, in days, in six classes; `promise` is the longest promised wait."""
    counts = [sum(first <= d and (last is None or d <= last) for d in days) for first, last in _STEPS]
    top = max([1, *counts])
    slot = 640 / len(_STEPS)
    bars = tuple(
        Bar(
            first,
            last,
            count,
            first > promise,
            i * slot + 10,
            190 - 150 * count / top,
            slot - 20,
            150 * count / top,
        )
        for i, ((first, last), count) in enumerate(zip(_STEPS, counts, strict=True))
    )
    return Waiting(bars, promise, len(days), sum(d > promise for d in days), max(days, default=0))


@dataclass(frozen=True, slots=True)
class Place:
    """A commune with its people. `estimated` says that the position is the middle of a postcode."""

    name: str
    lat: float
    lon: float
    mentors: int = 0
    mentees: int = 0
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A commune drawn: its centre and the radii of both circles (0: nobody)."""

    place: Place
    x: float
    y: float
    mentors: float
    mentees: float


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two communes with its length in kilometres."""

    x1: float
    y1: float
    x2: float
    y2: float
    km: float
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class PeopleMap:
    """A map of people by commune: dots, lines, and a bar that gives the scale."""

    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    links: tuple[Link, ...]
    scale_km: int
    scale_length: float
    width: float = 640.0
    height: float = 420.0
    places: tuple[Place, ...] = field(default=())

    @property
    def mentors(self) -> int:
        """How many mentors are on the map."""
        return sum(place.mentors for place in self.places)

    @property
    def mentees(self) -> int:
        """How many mentees are on the map."""
        return sum(place.mentees for place in self.places)

    @property
    def estimated(self) -> bool:
        """Whether one position at least is estimated."""
        return any(place.estimated for place in self.places)


_KM_PER_DEGREE = 111.195  # mean length of a degree of latitude
_EDGE = 60.0


class _Frame:
    """Equirectangular projection: a degree of longitude shrinks with the cosine of the mean latitude."""

    def __init__(self, places: Sequence[Place], width: float, height: float) -> None:
        lats, lons = [p.lat for p in places], [p.lon for p in places]
        self.lat, self.lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        self.squeeze = cos(radians(self.lat))
        high = max(max(lats) - min(lats), 0.02)
        wide = max((max(lons) - min(lons)) * self.squeeze, 0.02)
        self.scale = min((width - 2 * _EDGE) / wide, (height - 2 * _EDGE) / high)
        self.middle = width / 2, height / 2

    def __call__(self, lat: float, lon: float) -> tuple[float, float]:
        x = self.middle[0] + (lon - self.lon) * self.squeeze * self.scale
        return round(x, 1), round(self.middle[1] - (lat - self.lat) * self.scale, 1)


def _radius(count: int) -> float:
    """Area follows the number of people; one person is still easy to see."""
    return round(4 + 3.4 * sqrt(count), 1) if count else 0.0


def _short(name: str) -> str:
    """A commune as people say it: "Lyon 9e"."""
    return name.removesuffix(" Arrondissement")


def _scale_bar(scale: float) -> tuple[int, float]:
    for km in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        length = km / _KM_PER_DEGREE * scale
        if length >= 70:
            return km, round(length, 1)
    return 1000, round(1000 / _KM_PER_DEGREE * scale, 1)


def people_map(
    places: Sequence[Place], links: Sequence[tuple[Place, Place, float]] = (), *, most_names: int = 12
) -> PeopleMap | None:
    """Draw people by commune. `links` are (from, to, kilometres). None when nobody has a place."""
    if not places:
        return None
    frame = _Frame(places, 640.0, 420.0)
    largest_first = sorted(places, key=lambda p: (-(p.mentors + p.mentees), p.name))
    dots = tuple(
        Dot(place, *frame(place.lat, place.lon), _radius(place.mentors), _radius(place.mentees))
        for place in largest_first
    )
    lines = tuple(Link(*frame(a.lat, a.lon), *frame(b.lat, b.lon), km, a.name, b.name) for a, b, km in links)
    circles = [Circle(_short(dot.place.name), dot.x, dot.y, max(dot.mentors, dot.mentees)) for dot in dots]
    distances = [
        Circle(f"{round(line.km)} km", (line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2, 1.0)
        for line in lines
        if line.km >= 1
    ]
    labels = place_labels(circles, width=640.0, height=390.0, most=most_names, after=distances)
    return PeopleMap(dots, labels, lines, *_scale_bar(frame.scale), places=tuple(places))


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the week, from 0 for Monday, and its three parts: morning, afternoon, evening."""

    day: int
    parts: tuple[bool, bool, bool]


def week_grid(slots: int) -> tuple[DayRow, ...]:
    """Read a 21-bit mask of availability (bit = day × 3 + part) as seven rows of three."""
    return tuple(
        DayRow(
            day, (bool(slots >> day * 3 & 1), bool(slots >> day * 3 + 1 & 1), bool(slots >> day * 3 + 2 & 1))
        )
        for day in range(7)
    )


def weeks_between(days: int) -> int:
    """Number of the week that runs `days` days after the start: day 0 is in week 1."""
    return max(1, ceil((days + 1) / 7))
