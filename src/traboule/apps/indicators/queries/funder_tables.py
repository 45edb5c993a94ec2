"""Indicators of a branch by sex, age, schooling and territory, for those who pay: small cells hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.queries.facts import branches_facts
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.remember import remembered
from traboule.kernel.exchange.crosstable import NOT_DUE, CrossTable, cross
from traboule.kernel.indicators import SHIPPED, Duo, Facts, Verdict, figure
from traboule.kernel.indicators.groups import Group
from traboule.kernel.indicators.verdicts import MISSING

GROUPS: Final = (Group.SEX, Group.AGE_BAND, Group.SCHOOLING, Group.TERRITORY)
"""Groups that are lawful (kernel.indicators.groups) and that a branch knows of its mentees."""
INDICATORS: Final = (
    "positive_outcome_from_start", "positive_outcome_from_end", "stable_job_from_start",
    "stable_job_from_end", "worked_90_days", "reach_six_months",
)  # fmt: skip
"""Shipped shares that look at duos: a row of the table is a mentee, seen through her first duo."""
BANDS: Final = ((17, "17-"), (21, "18-21"), (25, "22-25"), (29, "26-29"), (None, "30+"))
LEVELS: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        Group.SEX: ("f", "m", "x"),
        Group.AGE_BAND: tuple(name for _most, name in BANDS),
        Group.SCHOOLING: ("none", "secondary", "bachelor", "master"),
    }
)
_SAYS: Final[Mapping[Verdict, str | bool]] = {
    Verdict.YES: True,
    Verdict.NO: False,
    Verdict.BEYOND: False,
    Verdict.NOT_DUE: NOT_DUE,
}
Value = str | bool | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a table shows: two groups, indicators by name, and when the first duo began (None: no limit)."""

    down: str
    across: str
    indicators: tuple[str, ...]
    since: date | None = None
    until: date | None = None

    @property
    def facts(self) -> dict[str, object]:
        """The same as codes, for the audit log."""
        days = {"from": self.since, "until": self.until}
        return {
            "down": self.down,
            "across": self.across,
            "indicators": list(self.indicators),
            **{name: day.isoformat() if day else "" for name, day in days.items()},
        }


def month_end(today: date) -> date:
    """The day of the figures: the last of the month before.

    Tables of two neighbouring days would show what became of the one whose window closed in between.
    """
    return today.replace(day=1) - timedelta(days=1)


def funder_table(*, actor: Actor, branch: Branch, wish: Wish, as_of: date) -> CrossTable:
    """Return the table, worked out once per state of the branch. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.PEOPLE_EXPORT, branch.pk)
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    return remembered(branch.pk, f"funder table {as_of} {wish}", lambda: _made(branch, wish, as_of))


def _made(branch: Branch, wish: Wish, as_of: date) -> CrossTable:
    rows = rows_of(branch, wish, as_of)
    return cross(rows, wish.down, wish.across, wish.indicators, order=LEVELS, jointly=True)


def rows_of(branch: Branch, wish: Wish, as_of: date) -> list[dict[str, Value]]:
    """Return a row for each mentee whose first duo began in the period: groups and indicators, no name."""
    facts = branches_facts([branch])
    firsts = _first_duos(facts, wish, as_of)
    known = {person.pk: person for person in _people(branch)}
    said = {name: _verdicts(name, facts, firsts.values(), as_of) for name in wish.indicators}
    return [
        {**_groups(known[mentee], duo.started_on), **{name: said[name].get(duo.id) for name in said}}
        for mentee, duo in sorted(firsts.items())
        if mentee in known
    ]


def _first_duos(facts: Facts, wish: Wish, as_of: date) -> dict[int, Duo]:
    firsts: dict[int, Duo] = {}
    for duo in sorted(facts.duos, key=lambda duo: (duo.started_on, duo.id)):
        firsts.setdefault(duo.mentee, duo)
    since, until = wish.since or date.min, min(wish.until or as_of, as_of)
    return {mentee: duo for mentee, duo in firsts.items() if since <= duo.started_on <= until}


def _verdicts(name: str, facts: Facts, duos: Iterable[Duo], as_of: date) -> dict[int, Value]:
    """What the figure says of each duo; where it says nothing yet, the window is open."""
    among = Facts(duos=tuple(duos), mentors=facts.mentors, mentees=facts.mentees)
    rows = figure(SHIPPED[name], among, as_of).rows
    return {row.id: None if row.verdict in MISSING else _SAYS.get(row.verdict, NOT_DUE) for row in rows}


def _people(branch: Branch) -> Iterable[Person]:
    return Person.everywhere.filter(branch=branch, mentee__isnull=False).select_related("mentee")


def _groups(person: Person, day: date) -> dict[str, Value]:
    return {
        Group.SEX: person.gender,
        Group.AGE_BAND: age_band(person.age_on(day)),
        Group.SCHOOLING: str(person.mentee.groups.get("schooling", "")),
        Group.TERRITORY: territory(person.country, person.postcode),
    }


def age_band(age: int | None) -> str:
    """The band of an age in full years; nothing of nobody's."""
    if age is None:
        return ""
    return next(name for most, name in BANDS if most is None or age <= most)


def territory(country: str, postcode: str) -> str:
    """The department in France ("69"), the first digit in Belgium ("BE 1…"), else the country."""
    if not postcode:
        return ""
    if country == "FR":
        return postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]
    return f"{country} {postcode[:1]}…" if country == "BE" else country
