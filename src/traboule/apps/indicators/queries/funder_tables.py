"""Mentees of a branch by sex, age, schooling and territory, with what indicators say of them on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.queries.definitions import of_any_day
from traboule.apps.indicators.queries.facts import branches_facts
from traboule.apps.people.models import Person
from traboule.kernel.exchange.crosstable import NOT_DUE
from traboule.kernel.indicators import Duo, Facts, Verdict, figure
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


class Counted:
    """The mentees of a branch, read once: any table of any day is counted from them."""

    def __init__(self, branch: Branch) -> None:
        self.facts = branches_facts([branch])
        self.definitions = of_any_day()
        self.known = {person.pk: person for person in _people(branch)}
        duos = sorted(self.facts.duos, key=lambda duo: (duo.started_on, duo.id))
        self.firsts: dict[int, Duo] = {}
        for duo in duos:
            if duo.mentee in self.known:
                self.firsts.setdefault(duo.mentee, duo)
        self._said: dict[tuple[str, date], Mapping[int, Value]] = {}

    def rows(self, wish: Wish, as_of: date) -> dict[int, dict[str, Value]]:
        """Mentee → groups and indicators, of whom the first duo began in the period; no name."""
        since, until = wish.since or date.min, min(wish.until or as_of, as_of)
        said = {name: self.said(name, as_of) for name in wish.indicators}
        return {
            mentee: {
                **_groups(self.known[mentee], duo.started_on),
                **{name: said[name].get(duo.id) for name in said},
            }
            for mentee, duo in sorted(self.firsts.items())
            if since <= duo.started_on <= until
        }

    def said(self, name: str, as_of: date) -> Mapping[int, Value]:
        """What the figure says of each first duo; where it says nothing yet, the window is open."""
        if (name, as_of) not in self._said:
            among = Facts(
                duos=tuple(duo for duo in self.firsts.values() if duo.started_on <= as_of),
                mentors=self.facts.mentors,
                mentees=self.facts.mentees,
            )
            rows = figure(self.definitions(as_of)[name], among, as_of).rows
            self._said[name, as_of] = {
                row.id: None if row.verdict in MISSING else _SAYS.get(row.verdict, NOT_DUE) for row in rows
            }
        return self._said[name, as_of]


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
