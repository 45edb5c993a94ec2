"""Where a place is, as a small picture: a pin, the communes around it, and a bar for the scale.

Drawn by the server from the centres of communes that it holds itself: nobody is told who looks, no script is
needed, and the picture weighs less than a photograph of a street. Lengths are SVG units; north is up.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Final
from urllib.parse import urlencode

from traboule.reference.places import Near, around
from traboule.web.components.labels import Circle, Label, place_labels

WIDTH, HEIGHT, EDGE = 500.0, 300.0, 56.0
FOOT = 34.0  # kept free for the scale
LOOKED_AT, MOST = 14, 7
SMALLEST_KM = 1.2  # half the height of the closest look: two neighbours in one street stay apart
KM_PER_DEGREE: Final = 111.195
PIN, DOT = 22.0, 5.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A commune near the place: where its dot stands, its name, how far away it is."""

    name: str
    x: float
    y: float
    km: float


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A pin, named dots around it, and the scale. ``own`` is the commune in which the pin stands."""

    x: float
    y: float
    own: str
    neighbours: tuple[Neighbour, ...]
    labels: tuple[Label, ...]
    scale_km: float
    scale_length: float
    width: float = WIDTH
    height: float = HEIGHT


@lru_cache(maxsize=500)
def place_map(lat: float, lon: float, own: str = "") -> PlaceMap:
    """Draw the surroundings of a point. The dot of the commune that the pin stands in is the pin itself."""
    near = [one for one in around(lat, lon, LOOKED_AT) if one.commune.name != own]
    # Of the nearest those that most people know, the nearest first: their names help to find the way.
    known = sorted(sorted(near, key=lambda one: -one.commune.population)[:MOST], key=lambda one: one.km)
    scale = _scale(lat, lon, known)
    middle = WIDTH / 2, (HEIGHT - FOOT) / 2
    spots = [_spot(one, lat, lon, scale, middle) for one in known]
    inside = [spot for spot in spots if 0 < spot.x < WIDTH and 0 < spot.y < HEIGHT - FOOT]
    circles = [Circle(spot.name, spot.x, spot.y, DOT) for spot in inside]
    pin = Circle(_short(own), middle[0], middle[1] - PIN, PIN + 2)
    named = place_labels([pin, *circles], width=WIDTH, height=HEIGHT - FOOT, most=MOST + 1)
    names = {label.text for label in named}
    kept = tuple(spot for spot in inside if spot.name in names)
    labels = tuple(label for label in named if label.text)
    return PlaceMap(*middle, _short(own), kept, labels, *_bar(scale))


def address_search(address: str) -> str:
    """The address of a page of OpenStreetMap that looks for a place; only who follows it asks there."""
    return "https://www.openstreetmap.org/search?" + urlencode({"query": address})


def geo_address(address: str) -> str:
    """What opens the map of a phone at a place. Without a point: ours is the middle of a commune."""
    return "geo:0,0?" + urlencode({"q": address})


def _scale(lat: float, lon: float, known: list[Near]) -> float:
    """Units for a kilometre, so that the neighbours fit around the pin in the middle."""
    squeeze = cos(radians(lat))
    high = max((abs(one.commune.lat - lat) for one in known), default=0.0) * KM_PER_DEGREE
    wide = max((abs(one.commune.lon - lon) for one in known), default=0.0) * KM_PER_DEGREE * squeeze
    tall, broad = (HEIGHT - FOOT) / 2 - EDGE / 2, WIDTH / 2 - EDGE
    return min(tall / max(high, SMALLEST_KM), broad / max(wide, SMALLEST_KM))


def _spot(one: Near, lat: float, lon: float, scale: float, middle: tuple[float, float]) -> Neighbour:
    east = (one.commune.lon - lon) * cos(radians(lat)) * KM_PER_DEGREE
    north = (one.commune.lat - lat) * KM_PER_DEGREE
    x, y = middle[0] + east * scale, middle[1] - north * scale
    return Neighbour(_short(one.commune.name), round(x, 1), round(y, 1), one.km)


def _short(name: str) -> str:
    """A commune as people say it: "Lyon 9e"."""
    return name.removesuffix(" Arrondissement")


def _bar(scale: float) -> tuple[float, float]:
    for km in (0.5, 1, 2, 5, 10, 20):
        if km * scale >= 60:
            return km, round(km * scale, 1)
    return 50, round(50 * scale, 1)
