"""People who may be here twice: the list, two records side by side, joining, and separating again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.people import actions
from traboule.apps.people.actions.merging import AlreadyMerged, CannotMerge, CannotUnmerge
from traboule.apps.people.enums import Permission
from traboule.apps.people.queries import duplicates as queries
from traboule.apps.people.queries.differences import Difference, differences
from traboule.kernel.likeness import likeness
from traboule.web.access import Here, branch_page
from traboule.web.coordinator import duplicate_words as words
from traboule.web.coordinator.panels import Panel
from traboule.web.templatetags.traboule import say_moment

PAIRS_A_PAGE = 15
ANSWERS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class PairLine:
    """One pair of the list."""

    first: Any
    second: Any
    href: str
    kind: str
    badge: str
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One line of two records side by side."""

    name: str
    label: str
    kept: str
    dropped: str
    takes_other: bool


@require_safe
@branch_page(Permission.PEOPLE_MERGE)
def duplicates(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the pairs that may be one person, the most alike first, and what was joined lately."""
    pairs = queries.twin_pairs(actor=here.actor, branch=here.branch)
    page = Paginator(pairs, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    ids = {pk for pair in page for pk in (pair.first_id, pair.second_id)}
    known = queries.persons_by_id(actor=here.actor, branch=here.branch, ids=ids)
    context = {
        "here": here,
        "page": page,
        "lines": [_line(pair, known, here) for pair in page],
        "merges": queries.merges_of(actor=here.actor, branch=here.branch),
    }
    return render(request, "coordinator/duplicates.html", context)


def _line(pair: queries.TwinPair, known: dict[int, Any], here: Here) -> PairLine:
    kind, badge = words.verdict(pair.likeness)
    return PairLine(
        first=known[pair.first_id],
        second=known[pair.second_id],
        href=reverse("duplicate", args=[here.branch.slug, pair.first_id, pair.second_id]),
        kind=kind,
        badge=badge,
        reasons=words.reasons_for(pair.likeness),
    )


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_MERGE)
def duplicate(request: HttpRequest, here: Here, first: int, second: int) -> HttpResponse:
    """Show two records side by side; the first one stays. Sent, it joins them with what was chosen."""
    kept, dropped = queries.find_pair(actor=here.actor, branch=here.branch, first=first, second=second)
    rows = differences(kept, dropped)
    shown = [_row(row) for row in rows]
    if request.method == "POST":
        choices = {
            row.name: said for row in rows if (said := request.POST.get(row.name, "")) in ("kept", "dropped")
        }
        if _join(request, here, kept, dropped, choices):
            return redirect("person", here.branch.slug, kept.pk)
        return redirect("duplicates", here.branch.slug)
    found = likeness(queries.identity_of(kept), queries.identity_of(dropped))
    kind, badge = words.verdict(found)
    context = {
        "here": here,
        "kept": kept,
        "dropped": dropped,
        "kind": kind,
        "badge": badge,
        "reasons": words.reasons_for(found),
        "doubts": words.reasons_against(found),
        "choices": [row for row in shown if row.kept and row.dropped and row.kept != row.dropped],
        "alike": [row for row in shown if row.kept and row.kept == row.dropped],
        "one_knows": [row for row in shown if bool(row.kept) != bool(row.dropped)],
        "swapped": reverse("duplicate", args=[here.branch.slug, second, first]),
        "back": reverse("duplicates", args=[here.branch.slug]),
    }
    return render(request, "coordinator/duplicate.html", context)


def _row(row: Difference) -> ChoiceRow:
    label = str(words.LABELS.get(row.name, row.name))
    return ChoiceRow(
        name=row.name,
        label=label,
        kept=words.value(row.name, row.kept),
        dropped=words.value(row.name, row.dropped),
        takes_other=row.stays == "dropped",
    )


def _join(request: HttpRequest, here: Here, kept: Any, dropped: Any, choices: dict[str, str]) -> bool:
    try:
        actions.merge_people(kept=kept, dropped=dropped, choices=choices, by=here.actor, now=here.now)
    except AlreadyMerged as late:
        messages.warning(request, _already(late))
        return False
    except CannotMerge as error:
        messages.error(request, words.refusal(error))
        return False
    messages.success(request, _("The two records are one now. You can separate them again at any time."))
    return True


def _already(late: AlreadyMerged) -> str:
    if late.merge is None or late.merge.merged_by is None:
        return _("These two were joined a moment ago.")
    said = {"who": late.merge.merged_by, "when": say_moment(late.merge.merged_at)}
    return _("%(who)s was faster and joined them: %(when)s.") % said


@require_POST
@branch_page(Permission.PEOPLE_MERGE)
def duplicate_not_same(request: HttpRequest, here: Here, first: int, second: int) -> HttpResponse:
    """Remember that two records are two people."""
    one, other = queries.find_pair(actor=here.actor, branch=here.branch, first=first, second=second)
    actions.say_not_same(first=one, second=other, by=here.actor, now=here.now)
    messages.success(request, _("Noted: two people. They are not shown together again."))
    return redirect("duplicates", here.branch.slug)


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_MERGE)
def merge_undo(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then separate two records as they were."""
    merge = queries.find_merge(actor=here.actor, branch=here.branch, pk=pk)
    if request.method == "POST":
        try:
            actions.unmerge(merge=merge, by=here.actor, now=here.now)
        except CannotUnmerge as error:
            messages.error(request, words.not_separated(error))
            return redirect("person", here.branch.slug, merge.kept_id)
        messages.success(request, _("Two records again, each as it was."))
        return redirect("duplicate", here.branch.slug, merge.kept_id, merge.dropped_id)
    context = {
        "here": here,
        "merge": merge,
        "back": reverse("person", args=[here.branch.slug, merge.kept_id]),
    }
    return render(request, "coordinator/merge_undo.html", context)


# --- on other pages ---------------------------------------------------------------------------------------


def twin_lines(here: Here, person: Any) -> list[PairLine]:
    """Return who may be the same as a person, for a line on other pages; none without permission."""
    if not here.may(Permission.PEOPLE_MERGE) or person is None or person.archived_at is not None:
        return []
    found = queries.twins_of(actor=here.actor, branch=here.branch, person=person)
    return [
        PairLine(
            first=person,
            second=twin.person,
            href=reverse("duplicate", args=[here.branch.slug, person.pk, twin.person.pk]),
            kind=words.verdict(twin.likeness)[0],
            badge=words.verdict(twin.likeness)[1],
            reasons=words.reasons_for(twin.likeness),
        )
        for twin in found[:3]
    ]


def merges_about(here: Here, person: Any) -> list[Any]:
    """Return the joinings that a person's page tells of."""
    if not here.may(Permission.PEOPLE_MERGE):
        return []
    return queries.merges_of(actor=here.actor, branch=here.branch, person=person)


def duplicates_panel(here: Here, application: Any) -> Panel | None:
    """Return the same line for the page of an application."""
    lines = twin_lines(here, application.person)
    return Panel("duplicates", "coordinator/_twins.html", {"twins": lines}) if lines else None
