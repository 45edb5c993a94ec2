"""Duos: the list with the strip of 26 weeks, one page, and the export."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.queries import (
    branches_around,
    duo_counts,
    duo_page,
    duos_export,
    duos_of,
    week_of,
    weeks_of,
)
from traboule.apps.duos.queries.meetings import weeks_of_duos
from traboule.apps.endings.queries.endings import asked_of_ending
from traboule.apps.pairing.queries import proposal_of_duo
from traboule.apps.people.enums import Permission
from traboule.apps.support.queries.at_hand import at_hand_for_team
from traboule.web.access import Here, branch_page
from traboule.web.components.figures import Strip, strip
from traboule.web.coordinator import proposal_words
from traboule.web.coordinator.downloads import csv_download
from traboule.web.coordinator.duo_panels import panels_of
from traboule.web.coordinator.duo_strips import WEEK_WORDS, strip_of
from traboule.web.kept import drawn, drawn_with_forms, kept, kept_for, with_token
from traboule.web.templatetags.traboule import commune, say_date, say_moment

ROWS_A_PAGE = 25
KINDS: dict[str, str] = {DuoState.ACTIVE: "good", DuoState.PAUSED: "waiting", DuoState.CLOSED: "calm"}


class DuoFilters(forms.Form):
    """Which duos to show."""

    text = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *DuoState.choices])


@dataclass(frozen=True, slots=True)
class DuoRow:
    """One line of the list."""

    href: str
    mentee: str
    mentor: str
    week: str
    strip: Strip
    state: str
    kind: str
    dates: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Who:
    """One of the two."""

    name: str
    href: str
    line: str


@require_safe
@branch_page(Permission.DUOS_SEE)
def duos(request: HttpRequest, here: Here) -> HttpResponse:
    """List duos: open ones first, those that end soonest on top."""
    filters = DuoFilters(request.GET)
    filters.is_valid()
    rows = kept(request, here, "duos", lambda: _rows(request, here, filters.cleaned_data))
    if request.headers.get("HX-Target") == "rows":
        return HttpResponse(rows)
    context = {
        "here": here,
        "rows": rows,
        "filters": filters,
        "lede": _lede(here),
        "may_export": here.may(Permission.PROPOSALS_EXPORT),
        "export": reverse("duos_export", args=[here.branch.slug]),
    }
    return render(request, "matching/duos.html", context)


def _rows(request: HttpRequest, here: Here, wanted: dict[str, Any]) -> str:
    """Draw one page of the list: each line has the picture of its 26 weeks."""
    rows = duos_of(
        actor=here.actor, branch=here.branch, state=wanted.get("state") or None, text=wanted.get("text", "")
    )
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    for found in page:
        found.branch = here.branch
    lived = weeks_of_duos(list(page), here.today)
    context = {
        "page": page,
        "rows": [_row(duo, here, lived[duo.pk]) for duo in page],
        "table_href": reverse("table", args=[here.branch.slug]),
    }
    return drawn(request, "matching/_duo_rows.html", context)


def _lede(here: Here) -> str:
    counts = duo_counts(actor=here.actor, branch=here.branch)
    active, paused, closed = (counts[state] for state in (DuoState.ACTIVE, DuoState.PAUSED, DuoState.CLOSED))
    parts = [
        ngettext("%(count)s active duo", "%(count)s active duos", active) % {"count": active},
        ngettext("%(count)s paused", "%(count)s paused", paused) % {"count": paused},
        ngettext("%(count)s closed", "%(count)s closed", closed) % {"count": closed},
    ]
    return f"{', '.join(parts)}."


def _row(duo: Any, here: Here, lived: list[str]) -> DuoRow:
    week, weeks = week_of(duo, here.today), weeks_of(duo)
    return DuoRow(
        href=reverse("duo", args=[here.branch.slug, duo.pk]),
        mentee=duo.mentee.display_name,
        mentor=duo.mentor.display_name,
        week=_week(week, weeks),
        strip=_strip(duo, week, weeks, lived),
        state=str(duo.get_state_display()),
        kind=KINDS.get(duo.state, "calm"),
        dates=_dates(duo),
    )


def _week(week: int, weeks: int) -> str:
    if week == 0:
        return gettext("Not started yet")
    return gettext("Week %(week)s of %(weeks)s") % {"week": week, "weeks": weeks}


def _strip(duo: Any, week: int, weeks: int, lived: list[str]) -> Strip:
    """Weeks gone by as their meetings tell; open where nobody has said anything."""
    return strip(lived, now=0 if duo.state == DuoState.CLOSED else week, total=weeks)  # type: ignore[arg-type]  # words of the strip


def _dates(duo: Any) -> str:
    if duo.closed_on is not None:
        words = {"day": say_date(duo.closed_on), "reason": duo.get_close_reason_display()}
        return gettext("Closed on %(day)s: %(reason)s") % words
    return gettext("Until %(day)s") % {"day": say_date(duo.ends_on)}


@require_safe
@branch_page(Permission.DUOS_SEE)
def duo(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one duo: how far it is, who decided and why."""
    branches = branches_around(actor=here.actor, branch=here.branch, pk=pk)
    may = " ".join(sorted(here.actor.permissions_in(here.branch.pk)))
    reader = f"{here.actor.kind} {here.actor.id} {may}"
    name = f"duo {here.branch.slug} {pk} for {reader}"
    pair, body = kept_for(name, lambda: branches, here.now, lambda: _duo(request, here, pk))
    return render(
        request, "matching/duo.html", {"here": here, "pair": pair, "body": with_token(request, body)}
    )


def _duo(request: HttpRequest, here: Here, pk: int) -> tuple[str, SafeString]:
    """Draw the page of one duo; the names of the two are its title."""
    found = duo_page(actor=here.actor, branch=here.branch, pk=pk, today=here.today)
    row, slug = found.duo, here.branch.slug
    proposal = proposal_of_duo(row.pk)
    at_hand = at_hand_for_team(row, asked_of_ending(row))
    pair = proposal_words.pair(row.mentee.display_name, row.mentor.display_name)
    context = {
        "here": here,
        "back": reverse("duos", args=[slug]),
        "pair": pair,
        "lede": _dates(row),
        "state": str(row.get_state_display()),
        "kind": KINDS.get(row.state, "calm"),
        "week": _week(found.week, found.weeks),
        "strip": strip_of(here, row, at_hand),
        "week_words": WEEK_WORDS,
        "facts": _facts(row),
        "panels": panels_of(here, row, at_hand),
        "events": _events(row, proposal if here.may(Permission.PROPOSALS_SEE) else None),
        "outcomes": _outcomes(here, row),
        "people": [_who(row.mentee, gettext("Mentee"), slug), _who(row.mentor, gettext("Mentor"), slug)],
        "why": proposal.reason if proposal and here.may(Permission.PROPOSALS_SEE) else "",
        "decided": gettext("%(by)s, %(when)s") % {"by": row.started_by, "when": say_moment(row.started_at)},
        "proposal_href": reverse("proposal", args=[slug, proposal.pk]) if proposal else "",
    }
    return pair, drawn_with_forms(request, "matching/_duo.html", context)


def _outcomes(here: Here, row: Any) -> str:
    may = here.may(Permission.OUTCOMES_SEE)
    return reverse("person_outcomes", args=[here.branch.slug, row.mentee_id]) if may else ""


def _who(person: Any, side: str, slug: str) -> Who:
    parts = [side, commune(person.commune_name)]
    return Who(
        person.display_name, reverse("person", args=[slug, person.pk]), " · ".join(filter(None, parts))
    )


def _events(row: Any, proposal: Any) -> list[proposal_words.Event]:
    """From the proposal to the end, as far as it has come; the last line is what comes next."""
    events = proposal_words.timeline(proposal) if proposal else []
    started = gettext("%(day)s, noted by %(by)s") % {"day": say_date(row.started_on), "by": row.started_by}
    events.append(proposal_words.Event(gettext("The duo begins"), started))
    if row.closed_on:
        ended = gettext("The duo is closed: %(reason)s") % {"reason": row.get_close_reason_display()}
        noted = gettext("%(day)s, noted by %(by)s") % {"day": say_date(row.closed_on), "by": row.closed_by}
        return [*events, proposal_words.Event(ended, noted)]
    if row.paused_on:
        events.append(proposal_words.Event(gettext("A pause begins"), say_date(row.paused_on)))
    return [*events, proposal_words.Event(gettext("Planned end"), say_date(row.ends_on), open=True)]


def _facts(row: Any) -> list[Fact]:
    facts = [
        Fact(gettext("Start"), say_date(row.started_on)),
        Fact(gettext("Planned end"), say_date(row.ends_on)),
        Fact(gettext("Followed by"), str(row.owner)),
    ]
    if row.paused_on:
        facts.append(Fact(gettext("Paused since"), say_date(row.paused_on)))
    if row.closed_on:
        facts.append(Fact(gettext("Closed on"), say_date(row.closed_on)))
        facts.append(Fact(gettext("Reason"), str(row.get_close_reason_display())))
    return facts


@require_safe
@branch_page(Permission.PROPOSALS_EXPORT)
def export(_request: HttpRequest, here: Here) -> HttpResponse:
    """Every duo of the branch as a file for a spreadsheet."""
    header, rows = duos_export(actor=here.actor, branch=here.branch)
    return csv_download(f"duos-{here.branch.slug}-{here.today:%Y-%m-%d}.csv", header, rows)
