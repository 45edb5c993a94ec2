"""Support in words: how late a check-in is, why somebody cannot stand in, the trend as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.support.enums import CheckInState, SupportStep
from traboule.apps.support.queries.check_ins import TrendRow
from traboule.apps.support.warning_enums import LOOK
from traboule.kernel.calendar import lateness

STEP_WORDS: dict[str, tuple[str, Promise]] = {
    SupportStep.CHECK_IN: ("waiting", _("Check-in to hold")),
    SupportStep.ADVICE: ("urgent", _("Asks for advice: call back")),
    SupportStep.SUBSTITUTE: ("waiting", _("Away for long: offer a substitute")),
    SupportStep.QUALITY: ("waiting", _("The relation is judged low: call")),
    LOOK: ("waiting", _("Duo to look at")),
}
STEP_PAGES: dict[str, str] = {
    SupportStep.CHECK_IN: "check_in",
    SupportStep.ADVICE: "advice",
    SupportStep.SUBSTITUTE: "absence",
}
CANNOT: dict[str, Promise] = {
    "same_person": _("Choose somebody else of this branch."),
    "taken": _("This mentor stands in for another duo on these days."),
    "closed": _("The duo is closed."),
    "over": _("The absence is over."),
}
WRONG_DAYS: dict[str, Promise] = {
    "order": _("The last day is before the first one."),
    "past": _("This day is over already."),
    "too_long": _("That is more than a year. Please talk to the team."),
    "overlap": _("An absence on some of these days is noted already."),
}


def lateness_of(row: Any, today: date) -> tuple[str, str]:
    """Return kind and words of the badge of a check-in."""
    if row.state != CheckInState.PLANNED:
        return ("good" if row.state == CheckInState.HELD else "calm"), str(row.get_state_display())
    level = lateness(row.due_on, today)
    says = {
        0: ("calm", str(CheckInState.PLANNED.label)),
        1: ("waiting", gettext("due")),
        2: ("urgent", gettext("late by a week")),
        3: ("urgent", gettext("late by two weeks or more")),
    }
    return says[level]


STEP, TOP, BOTTOM = 90, 20, 180


@dataclass(frozen=True, slots=True)
class Trend:
    """A small chart of means from 1 to 5: a line for each side, and the same as a table."""

    width: int
    mentee: str
    mentor: str
    mentee_dots: tuple[tuple[int, float], ...]
    mentor_dots: tuple[tuple[int, float], ...]
    labels: tuple[tuple[int, int], ...]
    rows: Sequence[TrendRow]


def trend(rows: Sequence[TrendRow]) -> Trend | None:
    """Draw what was answered; None while nobody was asked."""
    if not rows:
        return None
    mentee = tuple((_x(i), _y(row.mentee)) for i, row in enumerate(rows) if row.mentee is not None)
    mentor = tuple((_x(i), _y(row.mentor)) for i, row in enumerate(rows) if row.mentor is not None)
    labels = tuple((_x(i), row.number) for i, row in enumerate(rows))
    return Trend(max(360, _x(len(rows) - 1) + 60), _line(mentee), _line(mentor), mentee, mentor, labels, rows)


def _x(position: int) -> int:
    return 60 + position * STEP


def _y(mean: float) -> float:
    return round(BOTTOM - (mean - 1) * (BOTTOM - TOP) / 4, 1)


def _line(dots: Sequence[tuple[int, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in dots)
