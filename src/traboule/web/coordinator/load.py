"""What each coordinator carries: running duos by stage beside the usual 45 to 60, and the next four weeks."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from traboule.apps.people.enums import Permission
from traboule.apps.support.queries.load import USUAL, Load, Stage, Thing, loads, week_starts
from traboule.core.remember import remembered
from traboule.web.access import Here, branch_page

WIDTH, ROW, BAR, TOP = 640.0, 74.0, 26.0, 44.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar."""

    stage: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one colleague."""

    load: Load
    y: float
    pieces: tuple[Piece, ...]
    end: float

    @property
    def text_y(self) -> float:
        """Where the name stands."""
        return self.y - 10

    @property
    def inside_y(self) -> float:
        """Where the number beside the bar stands."""
        return self.y + BAR / 2 + 7


@dataclass(frozen=True, slots=True)
class LoadPicture:
    """All bars, and the band of what is usual."""

    bars: tuple[Bar, ...]
    band_x: float
    band_width: float
    low: int = USUAL[0]
    high: int = USUAL[1]
    bar: float = BAR

    @property
    def height(self) -> float:
        """Height of the picture."""
        return TOP + ROW * len(self.bars)

    @property
    def band_height(self) -> float:
        """Height of the band."""
        return self.height - 26


def picture(found: list[Load]) -> LoadPicture | None:
    """Draw the loads on one scale that always holds the usual band; None when nobody follows a duo."""
    if not found:
        return None
    scale = (WIDTH - 70) / max(USUAL[1] + 10, *(load.total for load in found))
    bars = []
    for number, load in enumerate(found):
        x, pieces = 0.0, []
        for stage in Stage.values:
            width = round(load.stages[stage] * scale, 1)
            if width:
                pieces.append(Piece(stage, round(x, 1), width))
            x += width
        bars.append(Bar(load, TOP + ROW * number + 28, tuple(pieces), round(x + 8, 1)))
    return LoadPicture(tuple(bars), round(USUAL[0] * scale, 1), round((USUAL[1] - USUAL[0]) * scale, 1))


@require_safe
@branch_page(Permission.DUOS_SEE)
def duo_load(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what each colleague carries, as a picture and as tables."""
    found = remembered(
        here.branch.pk,
        f"load {here.today}",
        lambda: loads(actor=here.actor, branch=here.branch, today=here.today),
    )
    context = {
        "here": here,
        "picture": picture(found),
        "stages": Stage.choices,
        "lines": [_line(load, here) for load in found],
        "things": Thing.choices,
        "weeks": week_starts(here.today),
        "low": USUAL[0],
        "high": USUAL[1],
    }
    return render(request, "warning/load.html", context)


def _line(load: Load, here: Here) -> dict[str, Any]:
    low, high = USUAL
    slug = here.branch.slug
    return {
        "load": load,
        "wall": f"{reverse('duo_wall', args=[slug])}?owner={load.pk}",
        "look": f"{reverse('duos_look', args=[slug])}?owner={load.pk}",
        "stages": [(label, load.stages[stage]) for stage, label in Stage.choices],
        "weeks": [
            (week.total(), [(label, week[thing]) for thing, label in Thing.choices if week[thing]])
            for week in load.weeks
        ],
        "where": "below" if load.total < low else "above" if load.total > high else "within",
    }
