"""To which lawful group each duo belongs, by its mentee: sex, age band, territory. Nothing else is read."""

from collections.abc import Mapping
from datetime import date

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Gender
from traboule.kernel.indicators.fairness import Members
from traboule.kernel.indicators.groups import Group
from traboule.kernel.indicators.release import Person

SEXES: Mapping[str, str] = {Gender.FEMALE: "women", Gender.MALE: "men"}
"""The third word is not a group here: it would nearly always be a handful of people."""
AGES = ((22, "under_22"), (26, "22_to_25"), (30, "26_to_29"))
OLDEST = "30_and_over"
PLACE = 2
"""First signs of the code of a commune: the department in France, the arrondissement in Belgium."""


def members_of(branch: Branch) -> Members:
    """Return group → ("duo", number) → value of every duo of a branch; who has none is left out.

    The age is that on the day when the duo began, so that nobody changes the band between two reports.
    """
    rows = Duo.everywhere.filter(branch=branch).order_by("pk")
    columns = ("pk", "started_on", "mentee__gender", "mentee__birth_date", "mentee__commune_code")
    found: dict[Group, dict[Person, str]] = {Group.SEX: {}, Group.AGE_BAND: {}, Group.TERRITORY: {}}
    for pk, began, gender, born, commune in rows.values_list(*columns):
        who = ("duo", pk)
        said = {
            Group.SEX: SEXES.get(gender, ""),
            Group.AGE_BAND: age_band(born, began) if born else "",
            Group.TERRITORY: commune[:PLACE],
        }
        for group, value in said.items():
            if value:
                found[group][who] = value
    return found


def age_band(born: date, day: date) -> str:
    """Return the band of somebody's age on a day."""
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return next((band for limit, band in AGES if years < limit), OLDEST)
