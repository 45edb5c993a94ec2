"""Which definitions are in force, and all versions of one: shipped ones and what staff decided since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from traboule.apps.indicators.models import DefinitionVersion
from traboule.kernel.indicators import SHIPPED, Definition
from traboule.kernel.indicators.validation import read


@dataclass(frozen=True, slots=True)
class Version:
    """One version with what was said when it was decided; ``why`` and ``decided_by`` are empty if shipped."""

    definition: Definition
    why: str = ""
    decided_by: str = ""
    is_intact: bool = True


def in_force(*, on: date | None = None) -> Mapping[str, Definition]:
    """Return the definition of each name: the shipped one, or the newest version decided by ``on``.

    None: whatever was decided so far. Shipped ones were always in force; their order is that of the house.
    """
    rows = DefinitionVersion.objects.order_by("name", "version")
    if on is not None:
        rows = rows.filter(decided_on__lte=on)
    found = dict(SHIPPED)
    for name, plain in rows.values_list("name", "definition"):
        found[name] = read(plain)
    return found


def of_any_day() -> Callable[[date], Mapping[str, Definition]]:
    """Return what gives the definitions in force on a day, for many days: every version is read once."""
    rows = DefinitionVersion.objects.order_by("name", "version")
    decided = [(day, name, read(plain)) for day, name, plain in
               rows.values_list("decided_on", "name", "definition")]  # fmt: skip

    def on(day: date) -> Mapping[str, Definition]:
        return {**SHIPPED, **{name: found for since, name, found in decided if since <= day}}

    return on


def versions_of(name: str) -> list[Version]:
    """Return every version of one definition, the newest first; empty if there is none of this name."""
    rows = DefinitionVersion.objects.filter(name=name).annotate(said_by=F("decided_by__name"))
    found = [_version(row, row.said_by or "") for row in rows.order_by("-version")]
    shipped = SHIPPED.get(name)
    return found if shipped is None else [*found, Version(shipped)]


def _version(row: DefinitionVersion, said_by: str) -> Version:
    definition = read(row.definition)
    return Version(definition, row.why, said_by, definition.fingerprint == row.fingerprint)
