"""Again: who starts again, who rests until when, what it brought to mentors, and the alumni."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from traboule.apps.endings.own_enums import Onward
from traboule.apps.endings.queries import again as queries
from traboule.apps.endings.queries.endings import Alumni, alumni_of
from traboule.apps.people.enums import Permission
from traboule.core.remember import remembered
from traboule.kernel.endings import RENEWAL_MONTHS, SMALLEST_GROUP, Renewal
from traboule.web.access import Here, branch_page

MONTHS = (3, 6, 12)
PEOPLE_A_PAGE = 50
# DUO for a JOB, page on its impact: the share of mentors who start again, without a window.
PUBLISHED = 82


@dataclass(frozen=True, slots=True)
class Line:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the page tells: the same for everybody who may open it, until something is written."""

    renewal: Renewal
    brought: list[queries.Answers]
    chosen: dict[str, int]
    resting: list[Any]  # MentorChoice
    alumni: Alumni


def _read(here: Here, months: int) -> Held:
    of: dict[str, Any] = {"actor": here.actor, "branch": here.branch}
    return Held(
        renewal=queries.renewal_of(today=here.today, months=months, **of),
        brought=queries.brought_of(**of),
        chosen=queries.chosen_of(**of),
        resting=list(queries.resting_of(**of)),
        alumni=alumni_of(**of),
    )


@require_safe
@branch_page(Permission.DUOS_SEE)
def again(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the figures with their definition, and beside them what is published."""
    asked = request.GET.get("months", "")
    months = int(asked) if asked.isdigit() and int(asked) in MONTHS else RENEWAL_MONTHS
    held = remembered(here.branch.pk, f"again {here.today} {months}", lambda: _read(here, months))
    found = held.renewal
    context = {
        "here": here,
        "renewal": found,
        "share": _percent(found.share.value) if found.share else "",
        "interval": _between(found.share) if found.share else "",
        "interval_label": _("95 % interval (Wilson)"),
        "months": months,
        "choices": MONTHS,
        "published": PUBLISHED,
        "brought": [_brought(row) for row in held.brought],
        "least": SMALLEST_GROUP,
        "chosen": _chosen(held.chosen),
        "resting": held.resting[:PEOPLE_A_PAGE],
        "further": len(held.resting[PEOPLE_A_PAGE:]),
        "number": held.alumni.number,
        "page": Paginator(held.alumni.agreed, PEOPLE_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "coordinator/again.html", context)


def _percent(value: float) -> str:
    return _("%(n)s %%") % {"n": round(100 * value)}


def _between(share: Any) -> str:
    return _("%(low)s to %(high)s %%") % {"low": round(100 * share.low), "high": round(100 * share.high)}


def _brought(row: Any) -> Line:
    if row.mean is None:
        return Line(str(row.item.label), _("fewer than %(n)s answers") % {"n": SMALLEST_GROUP})
    said = {"mean": number_format(row.mean, 1), "n": row.number}
    return Line(str(row.item.label), _("%(mean)s of 5, %(n)s mentors") % said)


def _chosen(counted: dict[str, int]) -> list[Line]:
    names = {code: str(label) for code, label in Onward.choices}
    names[""] = pgettext("answer to what comes next", "Not answered yet")
    return [Line(names[code], str(number)) for code, number in counted.items()]
