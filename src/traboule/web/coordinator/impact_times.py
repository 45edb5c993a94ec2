"""How long it takes: time to a first job and to the end of a duo, among everybody who began."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from traboule.apps.evaluations.queries.comparison import FEWEST
from traboule.apps.evaluations.queries.times import Times, times_of
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page
from traboule.web.components.timelines import Steps, steps
from traboule.web.coordinator.impact_cohorts import MONTH, MONTHS, MOST, Cohorts, cohorts
from traboule.web.coordinator.impact_words import rate
from traboule.web.kept import drawn, kept

if TYPE_CHECKING:
    from traboule.kernel.impact.times import Incidence


@dataclass(frozen=True, slots=True)
class Row:
    """One month of the table: how many are still watched ("" below the floor), and the shares in words.

    ``shares``: (name of the column, share), for on a phone each cell says itself what it is.
    """

    month: int
    watched: str
    shares: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One question about time. ``few``: events that too few met, so that no line of them stands."""

    slug: str
    title: str
    n: int
    names: tuple[str, ...]
    few: tuple[str, ...]
    rows: tuple[Row, ...]
    picture: Steps | None
    half: int | None
    event: str = ""
    cohorts: Cohorts | None = None


@require_safe
@branch_page(Permission.EVALUATIONS_SEE)
def times(request: HttpRequest, here: Here) -> HttpResponse:
    """Show both questions; whoever is no longer watched counts for as long as they were."""
    figures = kept(request, here, "impact times", lambda: _figures(request, here))
    return render(request, "impact/times.html", {"here": here, "figures": figures})


def _figures(request: HttpRequest, here: Here) -> SafeString:
    """Both questions as HTML: every duo of the branch is read for them."""
    to_job, to_end = times_of(actor=here.actor, branch=here.branch, today=here.today)
    cards = [
        _card("job", _("From the start of the duo to a first job"), to_job, (_("First job"),)),
        _card(
            "end",
            _("From the start of the duo to its end"),
            to_end,
            (_("Ended early, without work"), _("Ended with work or training"), _("Ended as agreed")),
        ),
    ]
    return drawn(request, "impact/_times.html", {"cards": cards, "fewest": FEWEST})


def _card(slug: str, title: str, found: Times, names: tuple[str, ...]) -> Card:
    n = len(found.days)
    if n < FEWEST:
        return Card(slug, title, n, (), names, (), None, None)
    from traboule.kernel.impact.times import incidences, watched

    months = [days / MONTH for days in found.days]
    curves = list(zip(names, incidences(months, found.kinds, len(names)), strict=True))
    shown = [(name, curve) for name, curve in curves if curve.events >= FEWEST]
    left = watched(months, MONTHS)
    rows = tuple(_row(month, int(n), shown) for month, n in zip(MONTHS, left, strict=True))
    half = shown[0][1].reaches(0.5) if len(shown) == 1 else None
    return Card(
        slug=slug,
        title=title,
        n=n,
        names=tuple(name for name, _curve in shown),
        few=tuple(name for name, curve in curves if curve.events < FEWEST),
        rows=rows if shown else (),
        picture=steps([(name, _points(curve)) for name, curve in shown], most=MOST) if shown else None,
        half=None if half is None else round(half),
        event=names[0],
        cohorts=cohorts(slug, found),
    )


def _row(month: int, left: int, curves: Sequence[tuple[str, "Incidence"]]) -> Row:
    shares = tuple((name, _said(curve.at(month))) for name, curve in curves)
    return Row(month, str(left) if left >= FEWEST else "", shares)


def _said(ends: tuple[float, float, float]) -> str:
    shares = dict(zip(("share", "low", "high"), map(rate, ends), strict=True))
    return _("%(share)s (95 %%: %(low)s to %(high)s)") % shares


def _points(curve: "Incidence") -> list[Any]:
    return list(zip(curve.times, curve.share, curve.low, curve.high, strict=True))
