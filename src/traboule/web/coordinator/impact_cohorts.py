"""Newer duos held against earlier ones: the same time, two curves, and what may be said of them.

The year in which a duo began is a fact of the programme, nobody's trait, and both sides together are
everybody: nothing is left over that could be worked out. It is no design: what it shows is no effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.apps.evaluations.queries.comparison import FEWEST
from traboule.apps.evaluations.queries.times import Times
from traboule.web.components.timelines import Steps, steps
from traboule.web.coordinator.impact_words import number, rate

if TYPE_CHECKING:
    from traboule.kernel.impact.contrast import Contrast
    from traboule.kernel.impact.times import Incidence

MONTH = 30.44  # days
MONTHS = (1, 3, 6, 9, 12)
MOST = 12  # months: earlier duos have been watched for longer, which must not count for them
LEVEL = 0.05
SAYS = {
    "job": gettext_lazy(
        "Among those still without a job, newer mentees found one %(ratio)s times as often as earlier ones. "
        "The interval (95 %%) goes from %(low)s to %(high)s."
    ),
    "end": gettext_lazy(
        "Among duos that still ran, newer ones ended early %(ratio)s times as often as earlier ones. "
        "The interval (95 %%) goes from %(low)s to %(high)s."
    ),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its name, its duos, and how many met the event in the first year."""

    name: str
    n: int
    events: int


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Both sides, their lines and shares by month, sentences for everybody and one for statisticians."""

    sides: tuple[Side, Side]
    rows: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]
    picture: Steps
    says: tuple[str, ...]
    exact: str


def cohorts(slug: str, found: Times) -> Cohorts | None:
    """Hold the duos since the newest 1 January that leaves enough on both sides against all earlier ones.

    Enough: as many duos, duos with the event and duos without it as a figure needs. None where no year does.
    """
    months = [min(days / MONTH, MOST) for days in found.days]
    kinds = [kind if days / MONTH <= MOST else 0 for days, kind in zip(found.days, found.kinds, strict=True)]
    for year in sorted(set(found.began), reverse=True):
        newer = [began >= year for began in found.began]
        sides = [_counts(kinds, newer, side) for side in (True, False)]
        if all(min(events, n - events) >= FEWEST for n, events in sides):
            names = (_("Began in %(year)s or later"), _("Began before %(year)s"))
            both = [Side(name % {"year": year}, *side) for name, side in zip(names, sides, strict=True)]
            return _held(slug, months, kinds, newer, (both[0], both[1]))
    return None


def _counts(kinds: Sequence[int], newer: Sequence[bool], side: bool) -> tuple[int, int]:
    mine = [kind for kind, is_newer in zip(kinds, newer, strict=True) if is_newer is side]
    return len(mine), mine.count(1)


def _held(
    slug: str, months: Sequence[float], kinds: Sequence[int], newer: Sequence[bool], sides: tuple[Side, Side]
) -> Cohorts:
    from traboule.kernel.impact.contrast import contrast
    from traboule.kernel.impact.times import incidences

    curves, ends = [], []
    for side in (True, False):
        mine = [number for number, is_newer in enumerate(newer) if is_newer is side]
        times = sorted((months[one] for one in mine), reverse=True)
        ends.append(times[FEWEST - 1])  # up to here as many are watched as a figure needs
        curves.append(incidences([months[one] for one in mine], [kinds[one] for one in mine], max(kinds))[0])
    found = contrast(months, [kind == 1 for kind in kinds], newer)
    lines = [(side.name, _points(curve)) for side, curve in zip(sides, curves, strict=True)]
    return Cohorts(
        sides,
        tuple((month, _shares(sides, curves, month)) for month in MONTHS if month <= min(ends)),
        steps(lines, most=MOST, until=ends),
        _says(slug, found),
        _exact(found),
    )


def _points(curve: "Incidence") -> list[tuple[float, float, float, float]]:
    return list(zip(curve.times, curve.share, curve.low, curve.high, strict=True))


def _shares(
    sides: tuple[Side, Side], curves: Sequence["Incidence"], month: int
) -> tuple[tuple[str, str], ...]:
    said = []
    for side, curve in zip(sides, curves, strict=True):
        ends = dict(zip(("share", "low", "high"), map(rate, curve.at(month)), strict=True))
        said.append((side.name, _("%(share)s (95 %%: %(low)s to %(high)s)") % ends))
    return tuple(said)


def _says(slug: str, found: "Contrast") -> tuple[str, ...]:
    chance = (
        _("Luck alone hardly explains this difference.")
        if found.p < LEVEL
        else _("Luck alone could explain this difference. That does not show that both are the same.")
    )
    return (_of_ratio(slug, found), chance)


def _of_ratio(slug: str, found: "Contrast") -> str:
    ratio = found.ratio
    if ratio is None:
        return _("How many times as often cannot be said: the two never lie side by side.")
    if ratio.steady < LEVEL:
        return _("The distance of the two lines changes with time: one number would mislead. Read the lines.")
    ends = {"ratio": number(ratio.value), "low": number(ratio.low), "high": number(ratio.high)}
    return str(SAYS[slug]) % ends


def _exact(found: "Contrast") -> str:
    said = _("Log-rank test: χ² %(statistic)s with 1 degree of freedom, p %(p)s.") % {
        "statistic": number(found.statistic),
        "p": _p(found.p),
    }
    ratio = found.ratio
    if ratio is None:
        return said
    names = {"low": number(ratio.low), "high": number(ratio.high), "steady": _p(ratio.steady)}
    return (
        said
        + " "
        + _(
            "Cox regression, ties after Efron: hazard ratio %(ratio)s (95 %%: %(low)s to %(high)s). "
            "Proportional hazards after Grambsch and Therneau, on time: p %(steady)s."
        )
        % {"ratio": number(ratio.value), **names}
    )


def _p(value: float) -> str:
    return f"< {number(0.01)}" if value < 0.01 else f"= {number(value)}"
