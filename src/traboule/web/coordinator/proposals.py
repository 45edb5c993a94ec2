"""Proposals: the list, one page with its answers, telling, undoing, and the export."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.pairing.actions import (
    AlreadyTold,
    MenteeAlreadyInDuo,
    mark_told,
    record_mentee_answer,
    record_mentor_answer,
    undo_proposal,
)
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES, Answer, ProposalState
from traboule.apps.pairing.queries.proposals import (
    ProposalPage,
    asks,
    find_proposal,
    proposal_page,
    proposals_export,
    proposals_of,
)
from traboule.apps.people.enums import Permission
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.access import Here, branch_page
from traboule.web.coordinator import proposal_letters, proposal_words
from traboule.web.coordinator.decision_forms import AnswerForm
from traboule.web.coordinator.downloads import csv_download
from traboule.web.kept import drawn, kept
from traboule.web.templatetags.traboule import say_date, say_moment

ROWS_A_PAGE = 25
KINDS: dict[str, str] = {
    ProposalState.PROPOSED: "waiting",
    ProposalState.MENTEE_SAID_YES: "info",
    ProposalState.ACCEPTED: "good",
    ProposalState.DECLINED: "calm",
    ProposalState.UNDONE: "calm",
}
NEXT: dict[str, Promise] = {
    "mentee": _("The mentee answers"),
    "mentor": _("The mentor answers"),
}


class ProposalFilters(forms.Form):
    """Which proposals to show."""

    text = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("open", _("open")), *ProposalState.choices],
    )


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One line of the list."""

    href: str
    mentee: str
    mentor: str
    state: str
    kind: str
    when: str
    next: str


@require_safe
@branch_page(Permission.PROPOSALS_SEE)
def proposals(request: HttpRequest, here: Here) -> HttpResponse:
    """List proposals, the latest first."""
    filters = ProposalFilters(request.GET)
    filters.is_valid()
    parts = kept(
        request,
        here,
        "proposals",
        lambda: _parts(request, here, filters.cleaned_data),
        beside=lambda: _branches(here),
    )
    if request.headers.get("HX-Target") == "rows":
        return HttpResponse(parts["rows"])
    context = {
        "here": here,
        **parts,
        "back": reverse("table", args=[here.branch.slug]),
        "filters": filters,
        "may_export": here.may(Permission.PROPOSALS_EXPORT),
        "export": reverse("proposals_export", args=[here.branch.slug]),
    }
    return render(request, "matching/proposals.html", context)


def _branches(here: Here) -> set[int]:
    """Where something is written about people in proposals of this branch: some may have moved."""
    rows = proposals_of(actor=here.actor, branch=here.branch).order_by()
    found = rows.values_list("mentee__branch_id", "mentor__branch_id").distinct()
    return {pk for row in found for pk in row}


def _parts(request: HttpRequest, here: Here, wanted: dict[str, Any]) -> dict[str, Any]:
    """The rows of one page as HTML, and how many there are on all pages."""
    state = wanted.get("state", "")
    rows = proposals_of(
        actor=here.actor,
        branch=here.branch,
        state=None if state in ("", "open") else state,
        only_open=state == "open",
        text=wanted.get("text", ""),
    )
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "page": page,
        "rows": [_row(row, here) for row in page],
        "back": reverse("table", args=[here.branch.slug]),
    }
    return {
        "rows": drawn(request, "matching/_proposal_rows.html", context),
        "lede": ngettext("%(count)s proposal.", "%(count)s proposals.", count) % {"count": count},
    }


def _row(row: Any, here: Here) -> ProposalRow:
    return ProposalRow(
        href=reverse("proposal", args=[here.branch.slug, row.pk]),
        mentee=row.mentee.display_name,
        mentor=row.mentor.display_name,
        state=str(row.get_state_display()),
        kind=KINDS.get(row.state, "calm"),
        when=f"{say_date(row.proposed_at)}, {row.proposed_by}",
        next=_next(row),
    )


def _next(row: Any) -> str:
    if row.state == ProposalState.PROPOSED and row.told_at is None:
        return gettext("Tell the mentee")
    return str(NEXT.get(asks(row.state), ""))


@require_safe
@branch_page(Permission.PROPOSALS_SEE)
def proposal(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one proposal and ask for what is due."""
    return _show(request, here, pk, AnswerForm())


def _show(
    request: HttpRequest, here: Here, pk: int, form: AnswerForm, trouble: str = "", status: int = 200
) -> HttpResponse:
    found = proposal_page(actor=here.actor, branch=here.branch, pk=pk, today=here.today)
    asked = here.may(Permission.PROPOSALS_ANSWER) and found.asks
    slug = here.branch.slug
    context = {
        "here": here,
        "back": reverse("proposals", args=[slug]),
        "form": form if asked else None,
        "ask": proposal_words.ask(found, reverse("proposal_answer", args=[slug, pk])) if asked else None,
        "trouble": trouble,
        "duo_href": reverse("duo", args=[slug, found.proposal.duo_id]) if found.proposal.duo_id else "",
        "told_href": reverse("proposal_told", args=[slug, pk])
        if found.can_tell and here.may(Permission.PROPOSALS_ANSWER)
        else "",
        "undo_href": reverse("proposal_undo", args=[slug, pk])
        if found.can_undo and here.may(Permission.PROPOSALS_MAKE)
        else "",
        "kind": KINDS.get(found.proposal.state, "calm"),
        **_about(found),
        **proposal_letters.about(found.proposal, here),
    }
    return render(request, "matching/proposal.html", context, status=status)


def _about(found: ProposalPage) -> dict[str, Any]:
    row = found.proposal
    return {
        "pair": proposal_words.pair(found.mentee.short_name, found.mentor.short_name),
        "state": str(row.get_state_display()),
        "path": proposal_words.path(row),
        "timeline": proposal_words.timeline(row),
        "reason": row.reason,
        "who": gettext("%(by)s, %(when)s") % {"by": row.proposed_by, "when": say_moment(row.proposed_at)},
        "reasons": proposal_words.reasons(found),
        "shown": proposal_words.shown(found),
        "run": gettext("Run of %(moment)s, rules %(rules)s.")
        % {"moment": say_moment(row.run.created_at), "rules": row.run.rules_version},
    }


@require_POST
@branch_page(Permission.PROPOSALS_ANSWER)
def proposal_answer(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down a yes or a no; two yeses make a duo."""
    row = find_proposal(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.PROPOSALS_ANSWER)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, here, pk, form, status=422)
    write = record_mentor_answer if request.POST.get("who") == "mentor" else record_mentee_answer
    try:
        row = write(
            proposal=row,
            answer=Answer(form.cleaned_data["answer"]),
            decline_reason=form.cleaned_data["decline_reason"],
            by=here.actor,
            now=here.now,
        )
    except IllegalMove:
        trouble = gettext("Somebody has answered meanwhile. This is how it stands now.")
        return _show(request, here, pk, AnswerForm(), trouble, status=409)
    except MenteeAlreadyInDuo as error:
        return _show(request, here, pk, form, _in_duo(error.by, error.at), status=409)
    messages.success(request, proposal_words.answered(row))
    if row.duo_id:
        return redirect("duo", slug=here.branch.slug, pk=row.duo_id)
    return redirect("proposal", slug=here.branch.slug, pk=pk)


def _in_duo(by: str, at: datetime) -> str:
    words = {"by": by, "when": say_moment(at)}
    return gettext("This mentee is in a duo already: %(by)s, %(when)s.") % words


@require_POST
@branch_page(Permission.PROPOSALS_ANSWER)
def proposal_told(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Note that one of the two has heard of it."""
    row = find_proposal(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.PROPOSALS_ANSWER)
    try:
        mark_told(proposal=row, by=here.actor, now=here.now)
    except IllegalMove:
        trouble = gettext("This proposal is not open any more. This is how it stands now.")
        return _show(request, here, pk, AnswerForm(), trouble, status=409)
    messages.success(request, gettext("Noted. From now on it is answered, not undone."))
    return redirect("proposal", slug=here.branch.slug, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.PROPOSALS_MAKE)
def proposal_undo(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask once, then take the decision back; refused once somebody was told."""
    row = find_proposal(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.PROPOSALS_MAKE)
    if request.method == "POST":
        try:
            undo_proposal(proposal=row, by=here.actor, now=here.now)
        except AlreadyTold as error:
            words = {"by": error.by, "when": say_moment(error.at)}
            trouble = gettext("Too late to undo: somebody was told by %(by)s, %(when)s.") % words
            return _show(request, here, pk, AnswerForm(), trouble, status=409)
        except IllegalMove:
            trouble = gettext("This proposal is not open any more. This is how it stands now.")
            return _show(request, here, pk, AnswerForm(), trouble, status=409)
        messages.success(request, gettext("The proposal is undone. The place is free again."))
        return redirect("table", slug=here.branch.slug)
    if row.state not in OPEN_PROPOSAL_STATES or row.told_at is not None:
        return redirect("proposal", slug=here.branch.slug, pk=pk)
    context = {
        "here": here,
        "pair": proposal_words.pair(row.mentee.display_name, row.mentor.display_name),
        "back": reverse("proposal", args=[here.branch.slug, pk]),
    }
    return render(request, "matching/undo.html", context)


@require_safe
@branch_page(Permission.PROPOSALS_EXPORT)
def export(_request: HttpRequest, here: Here) -> HttpResponse:
    """Every proposal of the branch as a file for a spreadsheet."""
    header, rows = proposals_export(actor=here.actor, branch=here.branch)
    return csv_download(f"propositions-{here.branch.slug}-{here.today:%Y-%m-%d}.csv", header, rows)
