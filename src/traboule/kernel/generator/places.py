"""The four branches, and where people around them live."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from traboule.kernel.generator.assumptions import row
from traboule.kernel.matching.profiles import Point

# Paris, Lyon and Marseille as a whole: people live in an arrondissement.
WHOLE_CITIES = frozenset({"75056", "69123", "13055"})


class PlaceLike(Protocol):
    """A commune or arrondissement:

    any object with these attributes, such as a row of the shipped reference.
    """

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def postcodes(self) -> tuple[str, ...]: ...
    @property
    def country(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...
    @property
    def estimated(self) -> bool: ...
    @property
    def population(self) -> int: ...


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """A branch: its centre, how far its people live, and its share of all mentors and mentees."""

    slug: str
    name: str
    centre: Point
    radius_km: float
    mentors: float
    mentees: float
    duos: float  # share of its mentees who are or were in a duo, in the demo


# Mentors: even, scarce, plenty, scarce, on purpose. Lyon had 38 duos after a year (lyon-entreprises).
BRANCHES = (
    BranchPlan("lyon", "Lyon", Point(45.758, 4.835), 16, 0.25, 0.25, 0.38),
    BranchPlan("ile-de-france", "Île-de-France", Point(48.857, 2.352), 18, 0.25, 0.40, 0.36),
    BranchPlan("lille", "Lille", Point(50.634, 3.06), 18, 0.35, 0.15, 0.40),
    BranchPlan("marseille", "Marseille", Point(43.297, 5.381), 16, 0.15, 0.20, 0.38),
)


@dataclass(frozen=True, slots=True)
class Homes:
    """Where the people of a branch may live, with the running share for mentors and for mentees."""

    places: tuple[PlaceLike, ...]
    mentors: NDArray[np.float64]
    mentees: NDArray[np.float64]


def homes(plan: BranchPlan, places: Sequence[PlaceLike]) -> Homes:
    """Communes within the radius;

    shares follow population and thin out with distance. ValueError if there is none.
    """
    near: list[PlaceLike] = []
    kilometres: list[float] = []
    for place in places:
        distance = _rough_km(plan.centre, place)
        if (
            distance <= plan.radius_km
            and place.code not in WHOLE_CITIES
            and place.population
            and place.postcodes
        ):
            near.append(place)
            kilometres.append(distance)
    if not near:
        raise ValueError(f"no place within {plan.radius_km} km of {plan.slug}")
    people = np.array([place.population for place in near], dtype=np.float64)
    shares = [np.cumsum(people * np.exp(-np.array(kilometres) / reach)) for reach in row("home_decay_km")]
    return Homes(tuple(near), shares[0] / shares[0][-1], shares[1] / shares[1][-1])


def _rough_km(centre: Point, place: PlaceLike) -> float:
    """Flat-earth kilometres: a whole country is looked through, and a radius needs no metre."""
    north = (place.lat - centre.lat) * 111.2
    east = (place.lon - centre.lon) * 111.2 * float(np.cos(np.radians(centre.lat)))
    return float(np.hypot(north, east))


def branch_of(number: int, shares: Sequence[float]) -> list[int]:
    """Branch of person 0 … number - 1: whoever lags furthest behind its share is next, so counts are exact at
    every length and the first people stay the same when more are asked for.
    """
    counts = [0] * len(shares)
    found = []
    total = sum(shares)
    for person in range(number):
        lag = [share / total * (person + 1) - count for share, count in zip(shares, counts, strict=True)]
        chosen = max(range(len(shares)), key=lambda branch: (lag[branch], -branch))
        counts[chosen] += 1
        found.append(chosen)
    return found
