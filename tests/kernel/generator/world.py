"""A small invented country for the generator: communes around four centres, and a few occupations."""

from dataclasses import dataclass
from datetime import date

from traboule.kernel.generator import BRANCHES
from traboule.kernel.generator.words import PRACTISED, WANTED

TODAY = date(2026, 11, 23)
OCCUPATIONS = tuple(sorted({*WANTED, *PRACTISED, "A1101", "B1101", "L1101", "M1101"}))
SECTORS = {code: frozenset({code[0]}) for code in OCCUPATIONS}


@dataclass(frozen=True)
class Commune:
    code: str
    name: str
    postcodes: tuple[str, ...]
    lat: float
    lon: float
    population: int
    country: str = "FR"
    estimated: bool = False


def _around() -> list[Commune]:
    found = []
    for number, plan in enumerate(BRANCHES):
        for step in range(12):
            north, east = (step % 4) * 0.025, (step // 4) * 0.03
            code = f"{number + 1}{step:04d}"
            found.append(
                Commune(
                    code=code,
                    name=f"{plan.name} {step}",
                    postcodes=(code, f"{number + 1}{step:03d}9"),
                    lat=plan.centre.lat + north,
                    lon=plan.centre.lon + east,
                    population=10_000 * (1 + step % 5),
                )
            )
    return found


FAR_AWAY = Commune("99999", "Far", ("99999",), 43.0, 0.0, 900_000)
WHOLE_LYON = Commune("69123", "Lyon", ("69001",), 45.758, 4.835, 500_000)
PLACES = (*_around(), FAR_AWAY, WHOLE_LYON)
WORLD = {"as_of": TODAY, "places": PLACES, "occupations": OCCUPATIONS}
