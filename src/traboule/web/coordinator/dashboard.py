"""Dashboards: one branch, and all branches that the reader may see; read from snapshots, with their age.

What the snapshots say is drawn once per process, language and snapshots; how old they are is said anew.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from traboule.apps.indicators import words
from traboule.apps.indicators.actions.snapshots import refresh_snapshots
from traboule.apps.indicators.queries.dashboards import Board, Head, board_of, fresh_of, heads_of
from traboule.apps.indicators.queries.network import network_of
from traboule.apps.people.enums import Permission
from traboule.apps.people.rules import CEILING_DAYS
from traboule.kernel.indicators import Figure, Measure, Said
from traboule.web.access import Here, branch_page, branches_at_hand
from traboule.web.components.intervals import Intervals, intervals
from traboule.web.coordinator import dashboard_words as said
from traboule.web.kept import drawn, kept_as

SEE = Permission.FIGURES_SEE
# What a line of the network shows of each branch.
COLUMNS = ("days_to_match", "weekly_hours", "reach_six_months", "mentors_again", "follow_up_12_months")


@require_safe
@branch_page(SEE)
def dashboard(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the figures of a branch as they were worked out last."""
    head = heads_of(actor=here.actor, branches=[here.branch])[here.branch.pk]
    if head is None:
        return _none(request, here)
    name, state = f"dashboard {here.branch.pk}", f"{head.mark} {here.branch.slug}"
    parts = kept_as(request, name, state, lambda: _branch_parts(request, here))
    if parts is None:
        return _none(request, here)
    context = {"here": here, "fresh": fresh_of([head]), **_rooms(here, request), **parts}
    return render(request, "dashboards/branch.html", context)


def _branch_parts(request: HttpRequest, here: Here) -> dict[str, str] | None:
    """Draw what a snapshot says; nothing of the reader, of the clock, or of what was written since."""
    board = board_of(actor=here.actor, branch=here.branch, cohort=said.cohort_of(request.GET))
    if board is None:
        return None
    return _drawn(request, board, said.BoardForm(request.GET, board=board), {"here": here, "link": True})


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
    heads = heads_of(actor=here.actor, branches=branches)
    seen = [branch for branch in branches if branch.pk in heads]
    name = f"network {' '.join(str(branch.pk) for branch in seen)}"
    parts = kept_as(request, name, _state(seen, heads), lambda: _network_parts(request, here, seen))
    if parts is None:
        return _none(request, here)
    cells = parts["cells"]
    used = {pk: head for pk, head in heads.items() if head is not None and pk in cells}
    context = {
        "here": here,
        "fresh": fresh_of(list(used.values())),
        "rows": [(branch, used.get(branch.pk), cells.get(branch.pk)) for branch in seen],
        "width": len(parts["head"]) + 2,
        "lacking": len(seen) - len(used),
        **_rooms(here, request),
        **parts,
    }
    return render(request, "dashboards/network.html", context)


def _state(seen: Sequence[Any], heads: Mapping[int, Head | None]) -> str:
    """What the page of all branches is drawn from: their snapshots, and what the branches are called."""
    return repr(
        [(branch.name, head and head.mark) for branch, head in zip(seen, heads.values(), strict=True)]
    )


def _network_parts(request: HttpRequest, here: Here, seen: Sequence[Any]) -> dict[str, Any] | None:
    """Draw what the snapshots say; nothing of the reader, of the clock, or of what was written since."""
    found = network_of(actor=here.actor, branches=seen, cohort=said.cohort_of(request.GET))
    if found.whole is None:
        return None
    form = said.BoardForm(request.GET, board=found.whole)
    chosen = form.chosen()
    rows = {branch.pk: _row(board, chosen) for branch, board in found.branches if board is not None}
    picture = {"by_branch": _by_branch(found.branches, chosen), "chosen": words.name_of(chosen)}
    return {
        "head": [name for name, _line in next(iter(rows.values()))["cells"]],
        "cells": {pk: drawn(request, "dashboards/_network_cells.html", row) for pk, row in rows.items()},
        "picture": drawn(request, "dashboards/_by_branch.html", picture),
        **_drawn(request, found.whole, form, {}),
    }


def _drawn(
    request: HttpRequest, board: Board, form: said.BoardForm, more: Mapping[str, Any]
) -> dict[str, str]:
    """Draw what the pages of a branch and of all branches share."""
    waits = {"waits": said.waits_of(board, CEILING_DAYS), "promise": CEILING_DAYS}
    context = {**more, **waits, **said.board_context(board, form)}
    return {
        "body": drawn(request, "dashboards/_body.html", context),
        "figures": drawn(request, "dashboards/_figures.html", context),
    }


def _row(board: Board, chosen: str) -> dict[str, Any]:
    """Who waits in a branch, and its figures: the chosen one first."""
    names = [chosen, *(name for name in COLUMNS if name != chosen)]
    cells = [
        (words.name_of(name), said.line(name, board.figures[name]) if name in board.figures else None)
        for name in names
    ]
    return {"small": board, "cells": cells}


def _by_branch(branches: Any, chosen: str) -> Intervals | None:
    """The chosen figure of each branch on one scale."""
    found: list[tuple[str, Any]] = []
    for branch, board in branches:
        figure: Figure | None = board.figures[chosen].figure if board and chosen in board.figures else None
        if figure is None or figure.numbers.said is not Said.FIGURE:
            continue
        if figure.definition.measure is Measure.SHARE:
            found.append((branch.name, figure.numbers))
    return intervals(found)


def _none(request: HttpRequest, here: Here) -> HttpResponse:
    return render(request, "dashboards/none.html", {"here": here, **_rooms(here, request)})


def _rooms(here: Here, request: HttpRequest) -> dict[str, Any]:
    from traboule.web.site import figure_pages_of

    return {"rooms": figure_pages_of(here.actor, here.branch, request.path)}
