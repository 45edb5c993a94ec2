"""Give every commune a point: known where GeoNames has it, estimated from its neighbours elsewhere.

A GeoNames place joins a commune on name and region. Names that occur several times in a region are told
apart by the distance to the middle of the commune's arrondissement and by population; what stays doubtful
is estimated instead.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from traboule.reference.text import fold

Spot = tuple[float, float]

FARTHEST_KM = 45.0  # from the middle of the arrondissement: farther away it is a homonym
FARTHEST_FROM_NEIGHBOURS_KM = 25.0  # from the middle of the communes that share its postcode
CLEARLY_NEARER = 0.6  # of two homonyms, the nearer must be at most this share of the other's distance


@dataclass
class Place:
    """A commune on its way to a point; ``areas`` runs from the finest (EPCI) to the coarsest."""

    code: str
    name: str
    country: str
    region: str
    departement: str
    postcodes: tuple[str, ...]
    population: int
    areas: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    parent: str = ""
    spot: Spot | None = None
    estimated: bool = False


@dataclass
class Gazetteer:
    """GeoNames places by (region, folded name)."""

    by_name: dict[tuple[str, str], list[tuple[Spot, int]]] = field(default_factory=lambda: defaultdict(list))
    by_other_name: dict[tuple[str, str], list[tuple[Spot, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, region: str, name: str, other_names: Iterable[str], spot: Spot, population: int) -> None:
        self.by_name[region, fold(name)].append((spot, population))
        for other in {fold(other) for other in other_names} - {fold(name)}:
            self.by_other_name[region, other].append((spot, population))


def km(one: Spot, two: Spot) -> float:
    """Great-circle distance in kilometres (haversine, mean radius of the Earth)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *two))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12742.0 * math.asin(math.sqrt(half))


def middles(places: Sequence[Place]) -> dict[str, Spot]:
    """The median point of the communes with a known point, per area and per postcode."""
    spots: dict[str, list[Spot]] = defaultdict(list)
    for place in places:
        if place.spot and not place.estimated:
            for area in (*place.areas, *(f"post:{code}" for code in place.postcodes)):
                spots[area].append(place.spot)
    return {area: (median(s[0] for s in found), median(s[1] for s in found)) for area, found in spots.items()}


def join(places: Sequence[Place], gazetteer: Gazetteer) -> None:
    """Set the known points: names that are alone in their region first, then homonyms, then other names."""
    by_key: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        by_key[place.region, fold(place.name)].append(place)
    for key, communes in by_key.items():
        found = gazetteer.by_name.get(key, [])
        if len(communes) == 1 and found:
            communes[0].spot = min(found, key=lambda item: _population_gap(communes[0], item[1]))[0]
    drop_homonyms(places)
    centre = middles(places)
    for key, communes in by_key.items():
        if len(communes) > 1:
            _tell_apart(communes, gazetteer.by_name.get(key, []), centre)
    for place in places:
        if place.spot is None:
            _try_other_names(place, gazetteer, centre)
    drop_homonyms(places)


def _population_gap(place: Place, population: int) -> float:
    return abs(math.log((place.population + 50) / (population + 50)))


def _tell_apart(communes: list[Place], found: list[tuple[Spot, int]], centre: dict[str, Spot]) -> None:
    for spot, population in found:
        ranked = sorted((_distance(place, spot, centre), place.code, place) for place in communes)
        nearest, next_one = ranked[0], ranked[1]
        likely = _population_gap(nearest[2], population) < math.log(3)
        if likely and nearest[0] <= FARTHEST_KM and nearest[0] <= CLEARLY_NEARER * next_one[0]:
            nearest[2].spot = spot


def _try_other_names(place: Place, gazetteer: Gazetteer, centre: dict[str, Spot]) -> None:
    for name in (place.name, *place.other_names):
        key = (place.region, fold(name))
        for found in (gazetteer.by_name.get(key, []), gazetteer.by_other_name.get(key, [])):
            near = [spot for spot, _ in found if _distance(place, spot, centre) <= FARTHEST_KM / 2]
            if len(near) == 1:
                place.spot = near[0]
                return


def _distance(place: Place, spot: Spot, centre: dict[str, Spot]) -> float:
    """Kilometres from the middle of the finest area of the commune that has one."""
    for area in place.areas:
        if area in centre:
            return km(spot, centre[area])
    return math.inf


def drop_homonyms(places: Sequence[Place]) -> None:
    """Forget a point that lies far from the commune's own area, or from those who share its postcode."""
    centre = middles(places)
    for place in places:
        if place.spot is None or place.parent or place.population > 20_000:
            continue
        far = _distance(place, place.spot, centre) > FARTHEST_KM
        near_post = [centre[f"post:{code}"] for code in place.postcodes if f"post:{code}" in centre]
        if far or (
            near_post and min(km(place.spot, spot) for spot in near_post) > FARTHEST_FROM_NEIGHBOURS_KM
        ):
            place.spot = None


def estimate(places: Sequence[Place]) -> None:
    """Fill the rest with the mean of the communes of its postcode, else of its EPCI, arrondissement,
    département.
    """
    spots: dict[str, list[Spot]] = defaultdict(list)
    for place in places:
        if place.spot:
            for area in (*place.areas, *(f"post:{code}" for code in place.postcodes)):
                spots[area].append(place.spot)
    for place in places:
        if place.spot is None:
            for area in (*(f"post:{code}" for code in place.postcodes), *place.areas):
                if area in spots:
                    place.spot = (fmean(s[0] for s in spots[area]), fmean(s[1] for s in spots[area]))
                    place.estimated = True
                    break
