"""People in words: age, state as a badge, occupations, languages, places."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from traboule.apps.people.enums import Level, MenteeState, MentorState, Need
from traboule.apps.people.rules import CEILING_DAYS, LONG_WAIT_DAYS
from traboule.web.coordinator import wording
from traboule.web.templatetags.traboule import say_days

_KINDS = {
    MentorState.NEW: "info",
    MentorState.POOL: "good",
    MentorState.PAUSED: "calm",
    MentorState.LEFT: "calm",
}


def age(birth_date: date | None, today: date) -> int | None:
    """Return whole years, or None when the birth date is not known."""
    if birth_date is None:
        return None
    return today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))


def say_age(birth_date: date | None, today: date) -> str:
    """Say an age: "22 years old"; nothing when it is not known."""
    years = age(birth_date, today)
    if years is None:
        return ""
    return ngettext("%(years)s year old", "%(years)s years old", years) % {"years": years}


def state_badges(person: Any, today: date) -> list[tuple[str, str]]:
    """Return kind and words of the badges of a person: side and state, and how long a mentee has waited."""
    if person.archived_at is not None:
        return [("calm", gettext("archived"))]
    badges = []
    mentor, mentee = getattr(person, "mentor", None), getattr(person, "mentee", None)
    if mentor is not None:
        badges.append((_KINDS[MentorState(mentor.state)], str(MentorState(mentor.state).label)))
    if mentee is not None:
        badges.append(_mentee_badge(mentee, today))
    return badges


def _mentee_badge(mentee: Any, today: date) -> tuple[str, str]:
    state = MenteeState(mentee.state)
    if state is MenteeState.POOL and mentee.waiting_since is not None:
        days = max(0, (today - mentee.waiting_since).days)
        kind = "urgent" if days > CEILING_DAYS else "waiting" if days >= LONG_WAIT_DAYS else "calm"
        return kind, gettext("has waited for %(days)s") % {"days": say_days(days)}
    kinds = {MenteeState.NEW: "info", MenteeState.MATCHED: "good"}
    return kinds.get(state, "calm"), str(state.label)


def sides(person: Any) -> str:
    """Say on which sides of a duo somebody stands."""
    found = []
    if getattr(person, "mentor", None) is not None:
        found.append(gettext("Mentor"))
    if getattr(person, "mentee", None) is not None:
        found.append(gettext("Mentee"))
    return ", ".join(found)


def spoken(person: Any) -> list[str]:
    """Return the spoken languages with their levels: "French B1"."""
    rows = sorted(person.languages.all(), key=lambda row: (-row.level, row.code))
    return [f"{wording.language(row.code)} {Level(row.level).label}" for row in rows]


def occupations(codes: Iterable[str]) -> list[str]:
    """Return the names of ROME codes."""
    return [wording.occupation(code) for code in codes]


def needs(codes: Iterable[str]) -> list[str]:
    """Return needs or strengths in words."""
    return [str(Need(code).label) if code in Need.values else code for code in codes]
