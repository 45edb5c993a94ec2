"""Occupations of ROME 4.0 (France Travail): codes such as M1805, their domain, family and economic sectors.

The first letter is the domain, the first three characters the family (domaine professionnel). Sectors are NAF
divisions (two digits) in which the occupation is exercised.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from traboule.reference._files import rows
from traboule.reference.text import fold

DOMAINS: Final[dict[str, dict[str, str]]] = {
    "A": {
        "fr": "Agriculture, pêche, espaces verts et soins aux animaux",
        "en": "Farming, fishing, green spaces, animal care",
    },
    "B": {"fr": "Arts et façonnage d'ouvrages d'art", "en": "Arts and crafts"},
    "C": {"fr": "Banque, assurance, immobilier", "en": "Banking, insurance, real estate"},
    "D": {"fr": "Commerce, vente et grande distribution", "en": "Trade, sales and retail"},
    "E": {"fr": "Communication, médias et multimédia", "en": "Communication and media"},
    "F": {"fr": "Construction, bâtiment et travaux publics", "en": "Building and public works"},
    "G": {
        "fr": "Hôtellerie-restauration, tourisme, loisirs et animation",
        "en": "Hotels, restaurants, tourism, leisure",
    },
    "H": {"fr": "Industrie", "en": "Manufacturing"},
    "I": {"fr": "Installation et maintenance", "en": "Installation and maintenance"},
    "J": {"fr": "Santé", "en": "Health"},
    "K": {"fr": "Services à la personne et à la collectivité", "en": "Services to people and communities"},
    "L": {"fr": "Spectacle", "en": "Performing arts"},
    "M": {"fr": "Support à l'entreprise", "en": "Business support"},
    "N": {"fr": "Transport et logistique", "en": "Transport and logistics"},
}


@dataclass(frozen=True, slots=True)
class Occupation:
    """One ROME code; ``label_fr`` holds the masculine and the feminine form, as published."""

    code: str
    label_fr: str
    sectors: frozenset[str]

    @property
    def domain(self) -> str:
        return self.code[0]

    @property
    def family(self) -> str:
        return self.code[:3]


@cache
def _all() -> dict[str, Occupation]:
    return {
        code: Occupation(code, label, frozenset(found.split()))
        for code, label, found in rows("occupations.csv.gz")
    }


@cache
def _folded() -> tuple[tuple[str, str], ...]:
    return tuple((fold(occupation.label_fr), code) for code, occupation in _all().items())


def codes() -> tuple[str, ...]:
    """All 1,584 codes in order."""
    return tuple(_all())


def get(code: str) -> Occupation | None:
    """The occupation with this ROME code, however it is written ("m1805", " M 1805")."""
    return _all().get("".join(code.split()).upper())


def search(text: str, limit: int = 10) -> list[Occupation]:
    """Occupations whose label has every word of the text (each at the beginning of a word), shortest label
    first.
    """
    if exact := get(text):
        return [exact]
    words = fold(text).split()
    if not words or limit < 1:
        return []
    prefix = "".join(text.split()).upper()
    found = [(0, code, code) for code in _all() if len(prefix) <= 5 and code.startswith(prefix)]
    found += [
        (len(label), label, code)
        for label, code in _folded()
        if all(f" {word}" in f" {label}" for word in words)
    ]
    return [_all()[code] for _, _, code in sorted(found)[:limit]]


@cache
def sectors() -> dict[str, frozenset[str]]:
    """NAF divisions per ROME code, for the kernel's occupation term."""
    return {code: occupation.sectors for code, occupation in _all().items()}


@cache
def sector_names() -> dict[str, str]:
    """French name of each NAF division ("00" = across sectors)."""
    return {row[0]: row[1] for row in rows("sectors.csv.gz")}


def domain_name(domain: str, locale: str = "fr") -> str:
    """Name of a domain letter in French or English (English for any other language)."""
    return DOMAINS[domain]["fr" if locale.startswith("fr") else "en"]
