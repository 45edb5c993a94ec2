"""A trial in words: who gains, who loses, and what nobody can keep."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.pairing.queries.whatif import CannotHold, Shift, WhatIf
from traboule.web.coordinator import cards, obstacles
from traboule.web.coordinator import wording as w

REFUSALS: dict[str, Promise] = {
    "lock_infeasible": _("No plan can keep this pair together."),
    "lock_forbidden": _("This pair is kept apart by a decision."),
    "places_full": _("All places of this mentor are kept for others."),
    "locked_twice": _("This mentee is already kept for another mentor."),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """What the page says about two plans side by side."""

    summary: str
    duos: str
    points: str
    unchanged: str
    gains: list[str]
    losses: list[str]
    moved: list[str]
    holds: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a decision cannot be kept."""

    title: str
    limits: list[str]


def trial(found: WhatIf, *, scores: bool = False) -> Trial:
    """Put a comparison into words."""
    return Trial(
        summary=_summary(found),
        duos=_from_to(str(found.duos_before), str(found.duos_after)),
        points=_from_to(w.points(found.points_before), w.points(found.points_after)),
        unchanged=ngettext("%(count)s person", "%(count)s people", found.unchanged)
        % {"count": found.unchanged},
        gains=_said(found.gains, scores),
        losses=_said(found.losses, scores),
        moved=_said(found.moved, scores),
        holds=found.certificate_holds,
    )


def _from_to(before: str, after: str) -> str:
    return gettext("%(before)s before, %(after)s after") % {"before": before, "after": after}


def _summary(found: WhatIf) -> str:
    if found.changes_nothing:
        return gettext("This changes nothing for anybody.")
    lost = found.duos_before - found.duos_after
    changed = len(found.gains) + len(found.losses) + len(found.moved)
    people = ngettext(
        "the mentor of %(count)s person changes", "the mentors of %(count)s people change", changed
    ) % {"count": changed}
    if lost > 0:
        less = ngettext("%(count)s duo less", "%(count)s duos less", lost) % {"count": lost}
        return gettext("%(duos)s; %(people)s.") % {"duos": less, "people": people}
    if lost < 0:
        more = ngettext("%(count)s duo more", "%(count)s duos more", -lost) % {"count": -lost}
        return gettext("%(duos)s; %(people)s.") % {"duos": more, "people": people}
    return gettext("As many duos as before; %(people)s.") % {"people": people}


def _said(shifts: Iterable[Shift], scores: bool) -> list[str]:
    said = []
    for shift in shifts:
        text = cards.change(shift)
        if scores and shift.difference:
            sign = "+" if shift.difference > 0 else ""
            text = gettext("%(change)s (%(points)s points)") % {
                "change": text,
                "points": f"{sign}{w.points(shift.difference)}",
            }
        said.append(text)
    return said


def refused(error: CannotHold) -> Refused:
    """Say why no plan can keep what was asked for."""
    return refusal(error.code, error.limits)


def refusal(code: str, limits: Iterable[str]) -> Refused:
    """The same from a code and the limits that fail."""
    title = REFUSALS.get(code, REFUSALS["lock_infeasible"])
    return Refused(str(title), [obstacles.limit(str(limit)) for limit in limits])
