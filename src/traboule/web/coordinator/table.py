"""The matching table: who waits, whom they could meet, why, and what each choice changes for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from traboule.apps.pairing.actions import drop_pair_rule, run_matching
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.queries.proposals import find_pair_rule
from traboule.apps.pairing.queries.table import cards_before, matching_table
from traboule.apps.pairing.queries.views import Card, RuleView, RunView, TableView
from traboule.apps.people.enums import Permission
from traboule.kernel.matching.rules import RulesError
from traboule.reference.text import fold
from traboule.web.access import Here, branch_page
from traboule.web.coordinator import cards, obstacles, table_map
from traboule.web.coordinator import wording as w
from traboule.web.kept import drawn, kept
from traboule.web.templatetags.traboule import say_moment

CARDS_A_PAGE = 12
RIGHTS = (
    Permission.PROPOSALS_MAKE,
    Permission.PROPOSALS_SEE,
    Permission.TABLE_DECIDE,
    Permission.PEOPLE_WRITE,
    Permission.PEOPLE_IMPORT,
)


class TableFilters(forms.Form):
    """Which cards to show."""

    text = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    show = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("", _("everybody")),
            ("urgent", _("who waits too long")),
            ("none", _("who has no possible mentor")),
        ],
    )


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the banner says."""

    holds: bool
    title: str
    checked: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One decision about a pair, with the address that drops it."""

    mentee: str
    mentor: str
    kind: str
    badge: str
    reason: str
    who: str
    broken: str
    drop: str


@require_safe
@branch_page(Permission.TABLE_SEE)
def table(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the table; the same view answers htmx with the cards alone."""
    filters = TableFilters(request.GET)
    filters.is_valid()
    # What the frame of the table shows depends on these.
    rights = [here.may(right) for right in RIGHTS]
    try:
        parts = kept(request, here, "table cards", lambda: _parts(request, here, filters), rights)
    except RulesError as error:
        problems = [str(problem) for problem in error.problems]
        return render(request, "matching/rules_broken.html", {"here": here, "problems": problems}, status=409)
    if request.headers.get("HX-Target") == "cards":
        return HttpResponse(parts["cards"])
    return render(request, "matching/table.html", {"here": here, **parts})


def _parts(request: HttpRequest, here: Here, filters: TableFilters) -> dict[str, Any]:
    """The cards and the tools of one page as HTML, and what stands around them."""
    found, page, shown = _page(request, here, filters.cleaned_data)
    scores = request.GET.get("scores") == "1"
    frame = _frame(found, here, shown)
    context = {
        **frame,
        "here": here,
        "page": page,
        "cards": [cards.card(card, here.branch.slug, scores=scores) for card in shown],
        "filters": filters,
        "scores": scores,
        "may_propose": here.may(Permission.PROPOSALS_MAKE),
    }
    tools = "" if frame["empty"] else drawn(request, "matching/_tools.html", context)
    return {**frame, "cards": drawn(request, "matching/_cards.html", context), "tools": tools}


def _page(
    request: HttpRequest, here: Here, wanted: dict[str, Any]
) -> tuple[TableView, Page[Any], Sequence[Card]]:
    """The view and the cards of the page; without a filter only the cards of one page are read."""
    asked: Any = request.GET.get("page") or _page_of(request.GET.get("mentee", ""), here)
    place = {"actor": here.actor, "branch": here.branch, "as_of": here.today}
    if wanted.get("text") or wanted.get("show"):
        found = matching_table(**place)
        page = Paginator([card for card in found.cards if _fits(card, wanted)], CARDS_A_PAGE).get_page(asked)
        return found, page, list(page)
    number = int(asked) if str(asked).isdecimal() and len(str(asked)) < 6 else 1
    found = matching_table(**place, start=max(0, number - 1) * CARDS_A_PAGE, limit=CARDS_A_PAGE)
    pages: Paginator[Any] = Paginator(range(found.total_cards), CARDS_A_PAGE)
    page = pages.get_page(number)
    if page.number != number:  # past the end: show the last page
        found = matching_table(**place, start=(page.number - 1) * CARDS_A_PAGE, limit=CARDS_A_PAGE)
    return found, page, found.cards


def _page_of(mentee: str, here: Here) -> int | None:
    """The page on which somebody's card stands, for links from elsewhere: `?mentee=12#mentee-12`."""
    if not mentee.isdecimal() or len(mentee) > 12:
        return None
    before = cards_before(actor=here.actor, branch=here.branch, mentee=int(mentee))
    return None if before is None else before // CARDS_A_PAGE + 1


def _fits(card: Card, wanted: dict[str, Any]) -> bool:
    if fold(wanted.get("text", "")) not in fold(card.mentee.name):
        return False
    show = wanted.get("show")
    return not show or (card.urgent if show == "urgent" else not card.options and card.in_pool)


def _frame(found: TableView, here: Here, shown: Sequence[Card]) -> dict[str, Any]:
    """Everything around the cards."""
    empty = _empty(found)
    return {
        "lede": _lede(found) if found.waiting or found.mentors_ready else "",
        "certificate": None if found.run is None else _certificate(found.run, here),
        "stale": _stale(found),
        "empty": empty,
        "waiting": found.waiting,
        "map": table_map.drawn(found, shown),
        "distances": table_map.distances(shown),
        "pair_rules": [_rule_line(rule, here) for rule in found.rules],
        "may_run": here.may(Permission.TABLE_DECIDE),
        "may_decide": here.may(Permission.TABLE_DECIDE),
        "may_add": here.may(Permission.PEOPLE_WRITE),
        "may_import": here.may(Permission.PEOPLE_IMPORT),
        "may_see_proposals": here.may(Permission.PROPOSALS_SEE),
    }


def _lede(found: TableView) -> str:
    """ "14 people wait, 9 mentors are ready. You decide; here is what we know, for and against." """
    wait = ngettext("%(count)s person waits", "%(count)s people wait", found.waiting) % {
        "count": found.waiting
    }
    ready = ngettext("%(count)s mentor is ready", "%(count)s mentors are ready", found.mentors_ready) % {
        "count": found.mentors_ready
    }
    words = {"waiting": wait, "ready": ready}
    return gettext("%(waiting)s, %(ready)s. You decide; here is what we know, for and against.") % words


def _certificate(run: RunView, here: Here) -> Certificate:
    count = run.mentees + run.mentors
    title = ngettext(
        "No other combination does better for this person.",
        "No other combination does better for these %(count)s people.",
        count,
    ) % {"count": count}
    local = timezone.localtime(run.created_at)
    if local.date() == here.today:
        checked = gettext("Checked by a second computation, today at %(time)s.") % {
            "time": w.clock(run.created_at)
        }
    else:
        checked = gettext("Checked by a second computation, %(moment)s.") % {
            "moment": say_moment(run.created_at)
        }
    return Certificate(run.certificate_holds, title, checked)


def _stale(found: TableView) -> str:
    if not found.is_stale:
        return ""
    return ngettext(
        "%(count)s thing has changed since this run.",
        "%(count)s things have changed since this run.",
        found.changes_since,
    ) % {"count": found.changes_since}


def _empty(found: TableView) -> str:
    """Which empty state, or nothing."""
    if not found.waiting and not found.cards:
        return "nobody_waits" if found.run is not None or found.mentors_ready else "nobody_yet"
    if found.run is None:
        return "no_run"
    return "no_mentor" if not found.mentors_ready and not any(card.options for card in found.cards) else ""


def _rule_line(rule: RuleView, here: Here) -> RuleLine:
    lock = rule.kind == PairRuleKind.LOCK
    return RuleLine(
        mentee=rule.mentee.short_name,
        mentor=rule.mentor.short_name,
        kind=str(PairRuleKind(rule.kind).label),
        badge="info" if lock else "calm",
        reason=rule.reason,
        who=gettext("%(by)s, %(when)s") % {"by": rule.by, "when": say_moment(rule.at)},
        broken=w.clauses(obstacles.limit(code) for code in rule.broken),
        drop=reverse("table_drop", args=[here.branch.slug, rule.id]),
    )


@require_POST
@branch_page(Permission.TABLE_DECIDE)
def table_run(request: HttpRequest, here: Here) -> HttpResponse:
    """Compute again on the people as they are now."""
    try:
        run = run_matching(branch=here.branch, as_of=here.today, by=here.actor, now=here.now)
    except RulesError:
        return redirect("table", slug=here.branch.slug)  # which says what is wrong
    pairs = run.report["pairs"]
    said = ngettext("Done: %(count)s duo is possible.", "Done: %(count)s duos are possible.", pairs)
    messages.success(request, said % {"count": pairs})
    return redirect("table", slug=here.branch.slug)


@require_POST
@branch_page(Permission.TABLE_DECIDE)
def table_drop(request: HttpRequest, here: Here, rule: int) -> HttpResponse:
    """Drop a decision about a pair; dropping it twice does no harm."""
    found = find_pair_rule(actor=here.actor, branch=here.branch, pk=rule)
    drop_pair_rule(rule=found, by=here.actor, now=here.now)
    messages.success(request, gettext("The decision is dropped. Run again to see what it changes."))
    return redirect("table", slug=here.branch.slug)
