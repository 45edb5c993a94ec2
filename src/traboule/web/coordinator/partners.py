"""Partners of a branch: who sends people, how many, and what became of them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.applications.queries import referrals as sent_queries
from traboule.apps.partners import actions, queries
from traboule.apps.partners.forms import InviteReferrerForm, PartnerForm
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]
A_PAGE = 25


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """One row of the list."""

    partner: Any
    advisers: list[str]
    sent: sent_queries.Sent


@require_safe
@branch_page(Permission.PARTNERS_SEE)
def partners(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the partners with what became of those whom they sent."""
    rows = queries.partners_of(actor=here.actor, branch=here.branch)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counted = sent_queries.referrals_by_login(actor=here.actor, branch=here.branch)
    context = {
        "here": here,
        "page": page,
        "lines": [_line(partner, counted) for partner in page],
        "may_write": here.may(Permission.PARTNERS_WRITE),
    }
    return render(request, "coordinator/partners.html", context)


def _line(partner: Any, counted: dict[int, sent_queries.Sent]) -> PartnerLine:
    referrers = list(partner.referrers.all())
    names = [str(row.login) for row in referrers if row.closed_at is None]
    return PartnerLine(partner, names, sent_queries.sent_by(referrers, counted))


@require_safe
@branch_page(Permission.PARTNERS_SEE)
def partner(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one partner: advisers, and whom they sent."""
    found = queries.find_partner(actor=here.actor, branch=here.branch, pk=pk)
    referrers = queries.referrers_of(actor=here.actor, partner=found)
    counted = sent_queries.referrals_by_login(actor=here.actor, branch=here.branch)
    rows = sent_queries.referrals_of_partner(actor=here.actor, partner=found)
    context = {
        "here": here,
        "partner": found,
        "referrers": referrers,
        "sent": sent_queries.sent_by(referrers, counted),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "may_write": here.may(Permission.PARTNERS_WRITE),
        "may_see_people": here.may(Permission.PEOPLE_SEE),
    }
    return render(request, "coordinator/partner.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.PARTNERS_WRITE)
def partner_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Add a partner."""
    form = PartnerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_partner(
                branch=here.branch, fields=form.cleaned_data, by=here.actor, now=here.now
            )
        except actions.NameTaken:
            form.add_error("name", _("Another partner bears this name."))
        else:
            messages.success(request, _("%(name)s is added.") % {"name": made})
            return redirect("partner", here.branch.slug, made.pk)
    return _form(request, here, form, _("Add a partner"), reverse("partners", args=[here.branch.slug]))


@require_http_methods(ANSWERS)
@branch_page(Permission.PARTNERS_WRITE)
def partner_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Correct a partner."""
    found = _find(here, pk)
    form = PartnerForm(
        posted(request), initial={name: getattr(found, name) for name in PartnerForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_partner(partner=found, fields=form.cleaned_data, by=here.actor, now=here.now)
        except actions.NameTaken:
            form.add_error("name", _("Another partner bears this name."))
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("partner", here.branch.slug, pk)
    title = _("Correct %(name)s") % {"name": found}
    return _form(request, here, form, title, reverse("partner", args=[here.branch.slug, pk]))


@require_http_methods(ANSWERS)
@branch_page(Permission.PARTNERS_WRITE)
def referrer_invite(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Invite an adviser of a partner."""
    found = _find(here, pk)
    form = InviteReferrerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        address = request.build_absolute_uri(reverse("account_login"))
        try:
            actions.invite_referrer(
                partner=found, **form.cleaned_data, by=here.actor, now=here.now, sign_in_url=address
            )
        except actions.PartnerAsleep:
            messages.error(request, _("We do not work with this partner now. Correct that first."))
        else:
            name = form.cleaned_data["name"]
            messages.success(request, _("%(name)s is invited: a mail is on its way.") % {"name": name})
        return redirect("partner", here.branch.slug, pk)
    back = reverse("partner", args=[here.branch.slug, pk])
    return _form(request, here, form, _("Invite an adviser"), back, act=_("Invite"))


@require_http_methods(ANSWERS)
@branch_page(Permission.PARTNERS_WRITE)
def referrer_close(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then end an adviser's right to send people."""
    referrer = queries.find_referrer(actor=here.actor, branch=here.branch, pk=pk)
    if request.method == "POST":
        actions.close_referrer(referrer=referrer, by=here.actor, now=here.now)
        messages.success(request, _("%(name)s can send nobody any more.") % {"name": referrer.login})
        return redirect("partner", here.branch.slug, referrer.partner_id)
    back = reverse("partner", args=[here.branch.slug, referrer.partner_id])
    return render(
        request, "coordinator/referrer_close.html", {"here": here, "referrer": referrer, "back": back}
    )


def _find(here: Here, pk: int) -> Any:
    return queries.find_partner(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.PARTNERS_WRITE
    )


def _form(request: HttpRequest, here: Here, form: Any, title: str, back: str, act: str = "") -> HttpResponse:
    context = {"here": here, "form": form, "title": title, "back": back, "act": act or _("Save")}
    return render(request, "coordinator/partner_form.html", context, status=422 if form.errors else 200)
