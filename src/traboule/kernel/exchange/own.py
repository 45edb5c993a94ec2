"""A branch's own facts in the words of the Refugee Transitions Outcomes Fund: plain rows for the wide file.

Only what the programme holds is said, and where the fund has a word for "not known" and the fact is kept but
nobody wrote it down, that word. What the programme does not keep at all is left out: it comes from a file
beside (see `leaving.beside`), or the record does not leave the house. Names of fields and words of lists are
those that the fund's program reads; the strict check says when its definition has changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from types import MappingProxyType
from typing import Final

from traboule.kernel.calendar import months_after
from traboule.kernel.days import ONE
from traboule.kernel.exchange.layout import Value
from traboule.kernel.outcomes import Span, last_day

GENDERS: Final = MappingProxyType({"f": "Woman", "m": "Man", "x": "Other"})
SOURCES: Final = MappingProxyType({"self": "Self-referrals", "association": "Local VCS", "referrer": "Other"})
# Levels of the Council of Europe (1 to 6) beside those of English for speakers of other languages.
ENGLISH: Final = (
    "Entry level 1", "Entry level 2", "Entry level 3", "Level 1", "Level 2", "Beyond Level 2"
)  # fmt: skip
STATUSES: Final = MappingProxyType(
    {"permanent": "PC", "fixed": "TC", "temp": "TC", "apprentice": "TC", "supported": "TC", "other": "Other"}
)
HOURS: Final = (
    (7, "0 to 7 hours"), (15, "8 to 15 hours"), (30, "16 to 30 hours"), (48, "31 to 48 hours"),
)  # fmt: skip
MOST_HOURS: Final = "49 or more hours"
# The fund's words for what nobody knows, and the field without which the question is not asked.
UNSAID: Final = MappingProxyType({
    "gender": ("Prefer not to say", ""),
    "prior_employment": ("Don't know", ""),
    "hours_of_employment_entry": ("Don't know", "date_employment_entry"),
    "hours_of_employment_sustain": ("Don't know", "employment_sustainment_date"),
})  # fmt: skip
IN_TRAINING: Final = "formal education"
PROVIDERS: Final = ("person", "baseline", "integration", "empl_inter", "empl_entry", "empl_sustain",
                    "last_seen")  # fmt: skip
SUSTAINED_MONTHS: Final = 3
MENTORED_MINUTES, VOLUNTEERED_DAYS, EXPERIENCED_DAYS = 600, 10, 5
FEWEST_STEPS: Final = 3
MOST_LETTERS: Final = 255
# Columns that this house fills where it knows the fact; every other column is none of its facts.
KEPT: Final = frozenset((
    "unique_id", *(f"provider_id_{name}" for name in PROVIDERS if name != "integration"),
    "provider_id_integration_creation", "first_name", "last_name", "year_of_birth", "gender",
    "date_started_service", "referral_source", "language_level_on_entry", "occupation_goal",
    "prior_employment", "integration_outcome_type_creation", "integration_outcome_achieved_date_creation",
    "date_intermediate_employment_outcome", "intermediate_employment_outcome_type",
    "employment_entry_outcome_type", "date_employment_entry", "primary_employment_entry_status",
    "hours_of_employment_entry", "education_training_status_entry", "employment_entry_occupation",
    "employment_entry_sector", "employment_sustainment_date", "employment_sustain_status",
    "hours_of_employment_sustain", "education_training_status_sustain", "employment_sustain_occupation",
    "employment_sustain_sector", "date_last_seen", "reason_for_disengagement",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One verified outcome: kind and contract are codes of this house, occupation and sector words."""

    kind: str
    span: Span
    contract: str = ""
    weekly_hours: float | None = None
    occupation: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is held of one mentee. ``id`` is a pseudonym; ``reference`` the id in the house's own lists.

    ``source``: self, association, referrer or empty. ``met``: (day, minutes) of meetings that were held.
    ``left_on`` and ``left_because``: last contact of somebody who is not followed any more.
    """

    id: str
    reference: str
    provider: str
    first_name: str = ""
    last_name: str = ""
    birth_date: date | None = None
    gender: str = ""
    started_on: date | None = None
    source: str = ""
    english: int | None = None
    goal: str = ""
    planned_on: date | None = None
    met: tuple[tuple[date, int], ...] = ()
    outcomes: tuple[Found, ...] = field(default=())
    left_on: date | None = None
    left_because: str = ""


def row_of(person: Taken, as_of: date) -> dict[str, Value]:
    """The row of one person: header of the wide file → value; what is not known is not in it."""
    row: dict[str, Value] = {"unique_id": person.id, **_person(person), **_baseline(person)}
    row |= _plan(person, as_of)
    work = [one for one in _after_start(person, as_of) if one.kind in ("job", "own_business")]
    row |= _steps(person, as_of)
    if work:
        first = min(work, key=lambda one: one.span.starts_on)
        row |= _entry(person, first, as_of)
        row |= _sustained(person, work, first, as_of)
    if person.left_on is not None and person.left_on <= as_of:
        row |= {"provider_id_last_seen": person.provider, "date_last_seen": person.left_on}
        row["reason_for_disengagement"] = person.left_because[:MOST_LETTERS]
    return {name: value for name, value in row.items() if value not in (None, "")}


def _person(person: Taken) -> dict[str, Value]:
    return {
        "provider_id_person": person.provider,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "year_of_birth": person.birth_date.year if person.birth_date else None,
        "gender": GENDERS.get(person.gender),
        "date_started_service": person.started_on,
    }


def _baseline(person: Taken) -> dict[str, Value]:
    return {
        "provider_id_baseline": person.provider,
        "referral_source": SOURCES.get(person.source),
        "language_level_on_entry": ENGLISH[person.english - 1] if person.english else None,
        "occupation_goal": person.goal[:MOST_LETTERS].strip(),
    }


def _plan(person: Taken, as_of: date) -> dict[str, Value]:
    """The plan was made; reviews after 6 and 12 months are no facts of this house."""
    if person.planned_on is None or person.planned_on > as_of or not _counts(person, person.planned_on):
        return {}
    return {
        "provider_id_integration_creation": person.provider,
        "integration_outcome_type_creation": "Creation",
        "integration_outcome_achieved_date_creation": person.planned_on,
    }


def _counts(person: Taken, day: date) -> bool:
    """After the start: the definition asks for a later day than the first one of the month of the start."""
    return person.started_on is not None and day > person.started_on.replace(day=1)


def _after_start(person: Taken, as_of: date) -> list[Found]:
    return [one for one in person.outcomes
            if one.span.starts_on <= as_of and _counts(person, one.span.starts_on)]  # fmt: skip


def _entry(person: Taken, first: Found, as_of: date) -> dict[str, Value]:
    return {
        "provider_id_empl_entry": person.provider,
        "employment_entry_outcome_type": "Self-employment" if first.kind == "own_business" else "Employment",
        "date_employment_entry": first.span.starts_on,
        "primary_employment_entry_status": _status(first),
        "hours_of_employment_entry": hours_band(first.weekly_hours),
        "education_training_status_entry": _education(person, first.span.starts_on, as_of),
        "employment_entry_occupation": first.occupation[:MOST_LETTERS],
        "employment_entry_sector": first.sector[:MOST_LETTERS],
    }


def _sustained(person: Taken, work: Iterable[Found], first: Found, as_of: date) -> dict[str, Value]:
    """Work that is known to run on the day three months after the first day."""
    day = months_after(first.span.starts_on, SUSTAINED_MONTHS)
    holds = [one for one in work if one.span.starts_on <= day <= last_day(one.span, as_of)]
    if not holds:
        return {}
    main = max(holds, key=lambda one: (one.weekly_hours or 0, one.span.starts_on))
    return {
        "provider_id_empl_sustain": person.provider,
        "employment_sustainment_date": day,
        "employment_sustain_status": _status(main),
        "hours_of_employment_sustain": hours_band(main.weekly_hours),
        "education_training_status_sustain": _education(person, day, as_of),
        "employment_sustain_occupation": main.occupation[:MOST_LETTERS],
        "employment_sustain_sector": main.sector[:MOST_LETTERS],
    }


def _status(one: Found) -> str | None:
    return "SE" if one.kind == "own_business" else STATUSES.get(one.contract)


def hours_band(hours: float | None) -> str | None:
    """The band of weekly hours."""
    if hours is None:
        return None
    return next((band for most, band in HOURS if round(hours) <= most), MOST_HOURS)


def _education(person: Taken, day: date, as_of: date) -> str | None:
    """Studies that are known to run on a day; that there are none is known of nobody."""
    kinds = ("study", "training")
    holds = any(one.kind in kinds or one.contract == "apprentice" for one in person.outcomes
                if one.span.starts_on <= day <= last_day(one.span, as_of))  # fmt: skip
    return IN_TRAINING if holds else None


def _steps(person: Taken, as_of: date) -> dict[str, Value]:
    """The outcome on the way: three different steps, on the day of the third."""
    found = steps_on(person, as_of)
    if len(found) < FEWEST_STEPS:
        return {}
    day = sorted(found.values())[FEWEST_STEPS - 1]
    return {
        "provider_id_empl_inter": person.provider,
        "date_intermediate_employment_outcome": day,
        "intermediate_employment_outcome_type": sorted(name for name, on in found.items() if on <= day),
    }


def steps_on(person: Taken, as_of: date) -> Mapping[str, date]:
    """Steps towards work with the day on which each was reached, as far as the house can tell."""
    found: dict[str, date] = {}
    days = sorted(met for met in person.met if met[0] <= as_of and _counts(person, met[0]))
    sums = accumulate(minutes for _, minutes in days)
    reached = [day for (day, _), total in zip(days, sums, strict=True) if total >= MENTORED_MINUTES]
    if reached:
        found["mentoring and/or coaching"] = reached[0]
    for one in _after_start(person, as_of):
        name, needed = _step(one)
        last = last_day(one.span, as_of)
        if name == "training course":  # it counts when it is done
            day = one.span.ends_on
            if day is None or day > as_of:
                continue
        elif not needed or (last - one.span.starts_on + ONE).days < needed:
            continue
        else:
            day = one.span.starts_on + (needed - 1) * ONE
        found[name] = min(day, found.get(name, day))
    return found


def _step(one: Found) -> tuple[str, int]:
    """The fund's word for an outcome that is no job, and after how many days it counts (0: never)."""
    if one.kind == "volunteering":
        return "Volunteering", VOLUNTEERED_DAYS
    if one.kind == "internship":
        return "work experience", EXPERIENCED_DAYS
    return ("training course" if one.kind == "training" else ""), 0
