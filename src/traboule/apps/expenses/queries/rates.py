"""Which rates hold on a day: what an administrator set, else what came with the software."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from traboule.apps.expenses.models import ExpenseRates
from traboule.apps.expenses.shipped import SHIPPED, Shipped
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.expenses import Rates

Version = ExpenseRates | Shipped


def versions_of(country: str) -> list[Version]:
    """Return every version of a country, the latest first; of one day, the one that was set by hand."""
    own: list[Version] = list(ExpenseRates.objects.filter(country=country))
    days = {row.valid_from for row in own}
    shipped = [row for row in SHIPPED if row.country == country and row.valid_from not in days]
    return sorted([*own, *shipped], key=lambda row: row.valid_from, reverse=True)


def version_on(country: str, day: date) -> Version | None:
    """Return the version that holds on a day, or None for a country without any."""
    return next((row for row in versions_of(country) if row.valid_from <= day), None)


def rates_on(country: str, day: date) -> Rates:
    """Return what holds on a day; nothing is allowed flat where nothing is published."""
    return kernel_rates(version_on(country, day))


def kernel_rates(row: Version | None) -> Rates:
    """Return the kernel's view of one version."""
    if row is None:
        return Rates()
    names: Iterable[str] = ("km_rate", "km_year", "flat_day", "flat_year", "flat_excludes_real", "may_waive")
    values: dict[str, Any] = {name: getattr(row, name) for name in names}
    return Rates(**values)


def rates_to_read(*, actor: Actor, branch: Any) -> list[Version]:
    """Return the versions of the country of a branch. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.EXPENSES_SEE, branch.pk)
    return versions_of(branch.country)
