"""Dashboards: one branch, and all branches that the reader may see; read from snapshots, with their age."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from traboule.apps.indicators import words
from traboule.apps.indicators.actions.snapshots import refresh_snapshots
from traboule.apps.indicators.queries.dashboards import Board, board_of
from traboule.apps.indicators.queries.network import network_of
from traboule.apps.people.enums import Permission
from traboule.apps.people.rules import CEILING_DAYS
from traboule.kernel.indicators import Figure, Measure, Said
from traboule.web.access import Here, branch_page, branches_at_hand
from traboule.web.components.intervals import Intervals, intervals
from traboule.web.coordinator import dashboard_words as said

SEE = Permission.FIGURES_SEE
# What a line of the network shows of each branch.
COLUMNS = ("days_to_match", "weekly_hours", "reach_six_months", "mentors_again", "follow_up_12_months")


@require_safe
@branch_page(SEE)
def dashboard(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the figures of a branch as they were worked out last."""
    found = board_of(actor=here.actor, branch=here.branch, cohort=said.cohort_of(request.GET))
    if found is None:
        return render(request, "dashboards/none.html", {"here": here, **_rooms(here, request)})
    board, fresh = found
    form = said.BoardForm(request.GET, board=board)
    context = {"here": here, "fresh": fresh, **_rooms(here, request), **said.board_context(board, form)}
    waits = {"waits": said.waits_of(board, CEILING_DAYS), "promise": CEILING_DAYS}
    return render(request, "dashboards/branch.html", context | waits)


@require_POST
@branch_page(SEE)
def dashboard_refresh(request: HttpRequest, here: Here) -> HttpResponse:
    """Work the figures of the branch out anew."""
    refresh_snapshots(branch=here.branch, by=here.actor, now=here.now)
    messages.success(request, _("The figures are of this moment."))
    return redirect("dashboard", here.branch.slug)


@require_safe
@branch_page(SEE)
def network(request: HttpRequest, here: Here) -> HttpResponse:
    """Show all branches whose figures the reader may see, together and one by one."""
    branches = branches_at_hand(request, here.actor)
    found = network_of(actor=here.actor, branches=branches, cohort=said.cohort_of(request.GET))
    if found.whole is None:
        return render(request, "dashboards/none.html", {"here": here, **_rooms(here, request)})
    form = said.BoardForm(request.GET, board=found.whole)
    chosen = form.chosen()
    rows = [(branch, *_cells(board, chosen), behind) for branch, board, behind in found.branches]
    head = next((cells for _branch, board, cells, _behind in rows if board is not None), [])
    context = {
        "here": here,
        "fresh": found.fresh,
        "rows": rows,
        "head": head,
        "width": len(head) + 2,
        "lacking": sum(board is None for _branch, board, _behind in found.branches),
        "by_branch": _by_branch(found.branches, chosen),
        "waits": said.waits_of(found.whole, CEILING_DAYS),
        "promise": CEILING_DAYS,
        **_rooms(here, request),
        **said.board_context(found.whole, form),
    }
    return render(request, "dashboards/network.html", context)


def _cells(board: Board | None, chosen: str) -> tuple[Any, list[tuple[str, Any]]]:
    """Who waits in a branch, and its figures: the chosen one first."""
    if board is None:
        return None, []
    names = [chosen, *(name for name in COLUMNS if name != chosen)]
    lines = [
        (words.name_of(name), said.line(name, board.figures[name]) if name in board.figures else None)
        for name in names
    ]
    return board, lines


def _by_branch(branches: Any, chosen: str) -> Intervals | None:
    """The chosen figure of each branch on one scale."""
    found: list[tuple[str, Any]] = []
    for branch, board, _behind in branches:
        figure: Figure | None = board.figures[chosen].figure if board and chosen in board.figures else None
        if figure is None or figure.numbers.said is not Said.FIGURE:
            continue
        if figure.definition.measure is Measure.SHARE:
            found.append((branch.name, figure.numbers))
    return intervals(found)


def _rooms(here: Here, request: HttpRequest) -> dict[str, Any]:
    from traboule.web.site import figure_pages_of

    return {"rooms": figure_pages_of(here.actor, here.branch, request.path)}
