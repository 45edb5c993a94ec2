"""Communes of France and Belgium: by code, by postcode, by name as people type it.

A point is the centre of the commune or arrondissement in degrees (WGS 84). ``estimated`` says that it is a
mean (of the communes that share the postcode, the EPCI, the arrondissement or the département) rather than
a known centre.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import cos, hypot, radians
from statistics import fmean
from typing import Final

from traboule.reference._files import rows
from traboule.reference.text import fold

BIG_CITIES: Final = {"paris": "751", "lyon": "6938", "marseille": "132"}
_KM_PER_DEGREE: Final = 111.195  # mean length of a degree of latitude
_WHOLE_CITIES: Final = frozenset({("FR", "75056"), ("FR", "69123"), ("FR", "13055")})
_ARRONDISSEMENT: Final = re.compile(
    r"(paris|lyon|marseille)\s*0*(\d{1,2})\s*(?:er|e|eme|ieme|nd|nde)?(?:\s+arr\w*)?$"
)
_ORDINALS: Final = (
    "premier",
    "deuxieme",
    "troisieme",
    "quatrieme",
    "cinquieme",
    "sixieme",
    "septieme",
    "huitieme",
    "neuvieme",
    "dixieme",
)


@dataclass(frozen=True, slots=True)
class Commune:
    """A French commune or arrondissement (INSEE code) or a Belgian municipality (NIS code)."""

    code: str
    name: str
    postcodes: tuple[str, ...]
    departement: str
    region: str
    country: str
    lat: float
    lon: float
    estimated: bool
    population: int


@dataclass(frozen=True, slots=True)
class Area:
    """What a postcode covers: the mean point of its communes, ``estimated`` when there are several or none
    is known.
    """

    postcode: str
    country: str
    communes: tuple[Commune, ...]
    lat: float
    lon: float
    estimated: bool


class _Index:
    """The extract in memory: rows stay lists of strings until somebody asks for one."""

    def __init__(self) -> None:
        self.rows = list(rows("places.csv.gz"))
        self.by_code: dict[tuple[str, str], int] = {}
        self.by_postcode: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            country, code, name, others, postcodes = row[:5]
            self.by_code[country, code] = number
            for postcode in postcodes.split():
                self.by_postcode[country, postcode].append(number)
            for key in {fold(name), *(fold(other) for other in others.split("|") if other)}:
                self.by_name[key].append(number)
        self.names = sorted(self.by_name)
        order = sorted(range(len(self.rows)), key=self._importance)
        self.rank = [0] * len(order)  # of each row: the most populous first
        for rank, number in enumerate(order):
            self.rank[number] = rank

    def commune(self, number: int) -> Commune:
        country, code, name, _, postcodes, departement, region, *rest = self.rows[number]
        lat, lon, estimated, population, _ = rest
        return Commune(
            code,
            name,
            tuple(postcodes.split()),
            departement,
            region,
            country,
            lat=float(lat),
            lon=float(lon),
            estimated=estimated == "1",
            population=int(population),
        )

    def _importance(self, number: int) -> tuple[int, bool, str]:
        country, code, *_, population, _ = self.rows[number]
        return -int(population), country != "FR", code

    def biggest_first(self, numbers: Iterable[int], limit: int | None = None) -> list[Commune]:
        """The communes of these rows; only as many as asked for are made."""
        return [self.commune(number) for number in sorted(set(numbers), key=self.rank.__getitem__)[:limit]]


@cache
def _index() -> _Index:
    return _Index()


def by_code(code: str, country: str = "FR") -> Commune | None:
    """The commune with this INSEE code (France) or NIS code (Belgium)."""
    number = _index().by_code.get((country, code.strip().upper()))
    return None if number is None else _index().commune(number)


@cache
def by_postcode(postcode: str, country: str = "FR") -> Area | None:
    """The communes of a postcode and their mean point; None if there is no such postcode.

    In Paris, Lyon and Marseille it is the arrondissement, not the whole city.
    """
    code = re.sub(r"\s", "", postcode)
    numbers = _index().by_postcode.get((country, code), [])
    communes = [_index().commune(number) for number in numbers]
    if len(communes) > 1:
        communes = [commune for commune in communes if (country, commune.code) not in _WHOLE_CITIES]
    if not communes:
        return None
    lat, lon = fmean(commune.lat for commune in communes), fmean(commune.lon for commune in communes)
    estimated = len(communes) > 1 or communes[0].estimated
    biggest = sorted(communes, key=lambda commune: (-commune.population, commune.code))
    return Area(code, country, tuple(biggest), lat, lon, estimated)


def find_commune(text: str, country: str | None = None) -> Commune | None:
    """The commune that somebody means: INSEE code, "Lyon 9", "lyon 9e arrondissement", "St Etienne"…

    Of several with the same name the most populous; of the two countries France first. None if nothing
    matches exactly once accents, case, punctuation and "St"/"Saint" are set aside.
    """
    for home in (country,) if country else ("FR", "BE"):
        if commune := by_code(text, home):
            return commune
    key = _spelt_number(fold(text))
    if country in (None, "FR") and (part := _ARRONDISSEMENT.fullmatch(key)):
        return by_code(f"{BIG_CITIES[part[1]]}{int(part[2]):0{5 - len(BIG_CITIES[part[1]])}d}")
    found = _index().biggest_first(_index().by_name.get(key, []))
    return next((commune for commune in found if country in (None, commune.country)), None)


def _spelt_number(key: str) -> str:
    words = key.split()
    return " ".join(str(_ORDINALS.index(word) + 1) if word in _ORDINALS and words[0] in BIG_CITIES else word
                    for word in words)  # fmt: skip


def search(text: str, limit: int = 10, country: str | None = None) -> list[Commune]:
    """Suggestions while somebody types: a postcode or its beginning, else names that begin with or contain
    the text.
    """
    key = fold(text)
    if not key or limit < 1:
        return []
    index = _index()
    abroad = {number for number, row in enumerate(index.rows) if row[0] != country} if country else set()
    exact = [commune] if (commune := find_commune(text, country)) else []
    if (digits := key.replace(" ", "")).isdigit():
        found = index.biggest_first(_with_postcode(digits) - abroad, limit) + exact
    else:
        found = exact + index.biggest_first(set(_starting_with(key)) - abroad, limit)
        if len(found) < limit:
            found += index.biggest_first(set(_containing(key)) - abroad, limit)
    return list(dict.fromkeys(found))[:limit]


def _with_postcode(digits: str) -> set[int]:
    groups = _index().by_postcode.items()
    return {number for (_, postcode), numbers in groups if postcode.startswith(digits) for number in numbers}


def _starting_with(key: str) -> list[int]:
    index = _index()
    found: list[int] = []
    for name in index.names[bisect_left(index.names, key) :]:
        if not name.startswith(key):
            break
        found += index.by_name[name]
    return found


def _containing(key: str) -> list[int]:
    index = _index()
    return [number for name in index.names if f" {key}" in name for number in index.by_name[name]]


def locate(postcode: str | None, country: str = "FR", commune: str | None = None) -> Commune | Area | None:
    """The place of a person: the commune if given and known (INSEE code or name), else the area of the
    postcode.
    """
    if commune and (found := find_commune(commune, country)):
        return found
    return by_postcode(postcode, country) if postcode else None


@dataclass(frozen=True, slots=True)
class Near:
    """A commune and how far its centre is."""

    commune: Commune
    km: float


@cache
def _cells() -> dict[tuple[int, int], list[int]]:
    """The rows by tenth of a degree, so that a neighbourhood is found without reading the country."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, row in enumerate(_index().rows):
        if (row[0], row[1]) not in _WHOLE_CITIES:
            found[int(float(row[7]) * 10 // 1), int(float(row[8]) * 10 // 1)].append(number)
    return found


@lru_cache(maxsize=2_000)
def around(lat: float, lon: float, limit: int = 12) -> tuple[Near, ...]:
    """The communes and arrondissements nearest to a point, of either country, as far as some 30 km."""
    squeeze = cos(radians(lat))
    south, west = int(lat * 10 // 1), int(lon * 10 // 1)
    for reach in (1, 3):
        steps = range(-reach, reach + 1)
        numbers = [n for dy in steps for dx in steps for n in _cells().get((south + dy, west + dx), ())]
        if len(numbers) >= limit * 2:
            break
    found = []
    for commune in map(_index().commune, numbers):
        km = hypot(commune.lat - lat, (commune.lon - lon) * squeeze) * _KM_PER_DEGREE
        found.append(Near(commune, km))
    return tuple(sorted(found, key=lambda near: (near.km, near.commune.code))[:limit])


def communes(country: str | None = None) -> list[Commune]:
    """Every commune and arrondissement, in the order of country and code."""
    index = _index()
    return [index.commune(number) for number, row in enumerate(index.rows) if country in (None, row[0])]
