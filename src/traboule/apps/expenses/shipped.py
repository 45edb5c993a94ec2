"""Rates and ceilings as they were published, each with its source and year. No figure here is our own.

An administrator adds what is published later; the latest that holds on the day of a claim decides.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a country allows from a day on; money in cents, the rate in ten-thousandths of a euro."""

    country: str
    valid_from: date
    source: str
    source_year: int
    km_rate: int | None = None
    km_year: int | None = None
    flat_day: int | None = None
    flat_year: int | None = None
    flat_excludes_real: bool = False
    may_waive: bool = False


# France: since 2022 volunteers use the scale of employees (CGI art. 200 and 83). The lowest line, which is
# right for every car: up to 3 CV, up to 5,000 km. No flat sum without a proof. Costs may be given up.
# Belgium: law of 3 July 2005, art. 10. Flat sums and real costs exclude each other; kilometres go with both,
# up to 2,000 a year. Costs cannot be given up for a tax reduction.
SHIPPED: tuple[Shipped, ...] = (
    Shipped(
        country="FR",
        valid_from=date(2022, 1, 1),
        source="Juris associations / Crédit Mutuel, mai 2023: associatheque.fr, « nouveau barème »;"
        " CGI art. 200 et 83",
        source_year=2023,
        km_rate=5290,
        km_year=5000,
        may_waive=True,
    ),
    Shipped(
        country="BE",
        valid_from=date(2024, 1, 1),
        source="Securex, 2024: lex4you, indemnités de volontariat; loi du 3 juillet 2005, art. 10",
        source_year=2024,
        km_rate=4269,
        km_year=2000,
        flat_day=4148,
        flat_year=165929,
        flat_excludes_real=True,
    ),
    Shipped(
        country="BE",
        valid_from=date(2025, 1, 1),
        source="UVCW, 2025: uvcw.be/personnel/actus/art-9304 (42,31 €, 1692,51 €);"
        " km: Securex, 0,4269 € (01/2024)",
        source_year=2025,
        km_rate=4269,
        km_year=2000,
        flat_day=4231,
        flat_year=169251,
        flat_excludes_real=True,
    ),
)
