"""How the team reads an outcome: badges, facts, days; one vocabulary for the list and the pages."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from traboule.apps.outcomes.enums import EvidenceGrade, OutcomeState
from traboule.apps.outcomes.own_enums import Why
from traboule.apps.outcomes.queries.outcomes import is_open
from traboule.reference import occupations
from traboule.web.templatetags.traboule import say_date

KINDS = {
    OutcomeState.TOLD: "waiting",
    OutcomeState.VERIFIED: "good",
    OutcomeState.DOUBTED: "info",
    OutcomeState.WITHDRAWN: "calm",
    OutcomeState.JOINED: "calm",
}
GRADES = {
    EvidenceGrade.DECLARED: "calm",
    EvidenceGrade.DOCUMENTED: "info",
    EvidenceGrade.ADMINISTRATIVE: "good",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome as the lists show it."""

    row: Any
    what: str
    when: str
    kind: str
    grade_kind: str


def line_of(row: Any) -> Line:
    """Return what a list shows of one outcome."""
    what = str(row.get_kind_display())
    if row.employer:
        what = f"{what} · {row.employer}"
    return Line(row, what, days_of(row), KINDS[row.state], GRADES[row.grade])


def days_of(row: Any) -> str:
    """Say from when to when; an end that nobody knows reads so."""
    first = say_date(row.starts_on)
    if row.ends_on is not None:
        return gettext("%(first)s to %(last)s") % {"first": first, "last": say_date(row.ends_on)}
    if is_open(row):
        return gettext("since %(first)s, without an end") % {"first": first}
    return gettext("since %(first)s; end not known, last heard of on %(seen)s") % {
        "first": first,
        "seen": say_date(row.seen_on),
    }


def facts_of(row: Any) -> list[tuple[str, str]]:
    """Return label and value of what was told; what is not known says so."""
    unknown = gettext("not known")
    hours = number_format(row.weekly_hours.normalize(), use_l10n=True) if row.weekly_hours else ""
    facts = [
        (gettext("What is it?"), str(row.get_kind_display())),
        (gettext("Days"), days_of(row)),
        (gettext("Employer or school"), row.employer or unknown),
    ]
    if row.contract:
        facts.append((gettext("Contract"), str(row.get_contract_display())))
    facts.append((gettext("Hours a week"), hours or unknown))
    facts.append((gettext("Occupation"), occupation_of(row.occupation) or unknown))
    facts.append((gettext("Known from"), str(row.get_told_by_display())))
    return facts


def occupation_of(code: str) -> str:
    """Return the published label of a ROME code with its code; the register speaks French."""
    found = occupations.get(code) if code else None
    return f"{found.label_fr} ({found.code})" if found is not None else code


def whys_of(codes: list[str]) -> str:
    """Put what makes it hard into words."""
    said = [str(Why(code).label) for code in codes if code in Why.values]
    return ", ".join(said)
