"""Who made the reference data: rows for the credits page of the product."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Credit:
    """One package that reference data comes from, with the words its licence asks for."""

    title: str
    package: str
    version: str
    licence: str
    credit: str
    url: str


@cache
def credits() -> tuple[Credit, ...]:
    """Every source of the shipped data, in the order of ``data/SOURCES.toml``."""
    text = files("traboule.reference").joinpath("data", "credits.json").read_text(encoding="utf-8")
    return tuple(Credit(**row) for row in json.loads(text))
