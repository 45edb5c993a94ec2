"""The adviser's pages: whom I sent, and sending somebody on two short pages, with the person beside me."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.applications.actions import referrals as actions
from traboule.apps.applications.forms.referrals import ReferralRestForm, ReferralWhoForm
from traboule.apps.applications.queries import referrals as queries
from traboule.apps.applications.queries.closing import takes_people
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]
A_PAGE = 25


@require_safe
@branch_page(Permission.REFERRALS_MAKE)
def referrals(request: HttpRequest, here: Here) -> HttpResponse:
    """Show whom the reader sent, and no more than each of them agreed to."""
    rows = queries.my_referrals(actor=here.actor, branch=here.branch)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"here": here, "page": page, "lines": [queries.as_referral(row) for row in page]}
    return render(request, "referrer/referrals.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.REFERRALS_MAKE)
def referral_new(request: HttpRequest, here: Here) -> HttpResponse:
    """First page: who is it, and how to reach them. It is kept before the second one is asked."""
    if not takes_people(here.branch, here.today):
        return _closed(request, here)
    draft = _draft(request, here)
    initial = dict(draft.answers) if draft else {}
    form = ReferralWhoForm(posted(request), today=here.today, country=here.branch.country, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in form.fields}
        fields["postcode"] = form.data.get("postcode", "")  # as typed: a commune may share its postcode
        kept = actions.save_referral(
            branch=here.branch, fields=fields, by=here.actor, now=here.now, draft=draft
        )
        for warning in form.warnings:
            messages.warning(request, _("%(warning)s The team decides.") % {"warning": warning})
        return _to_rest(here, kept.pk)
    context = {"here": here, "form": form, "back": reverse("referrals", args=[here.branch.slug])}
    return render(request, "referrer/referral_new.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.REFERRALS_MAKE)
def referral_rest(request: HttpRequest, here: Here) -> HttpResponse:
    """Second page: languages, work, times, and what the person agrees to. Sent, it is an application."""
    if not takes_people(here.branch, here.today):
        return _closed(request, here)
    draft = _draft(request, here)
    if draft is None:
        return redirect("referral_new", here.branch.slug)
    first = ReferralWhoForm(
        {name: value for name, value in draft.answers.items() if value is not None},
        today=here.today,
        country=here.branch.country,
    )
    if not first.is_valid():  # for example a draft of the demo: the first page is not finished
        return redirect(_at("referral_new", here, draft.pk))
    form = ReferralRestForm(posted(request), today=here.today)
    if request.method == "POST" and form.is_valid():
        fields = {**first.cleaned_data, **form.cleaned_data}
        sent = actions.refer_person(
            branch=here.branch, fields=fields, by=here.actor, now=here.now, draft=draft
        )
        messages.success(request, _("%(name)s is sent. A message is on its way.") % {"name": sent.person})
        return redirect("referrals", here.branch.slug)
    context: dict[str, Any] = {
        "here": here,
        "form": form,
        "draft": draft,
        "name": f"{draft.answers.get('first_name', '')} {draft.answers.get('last_name', '')}",
        "first_name": draft.answers.get("first_name", ""),
        "back": _at("referral_new", here, draft.pk),
    }
    return render(request, "referrer/referral_rest.html", context, status=422 if form.errors else 200)


@require_POST
@branch_page(Permission.REFERRALS_MAKE)
def referral_drop(request: HttpRequest, here: Here) -> HttpResponse:
    """Throw away what was not sent."""
    draft = queries.find_draft(actor=here.actor, branch=here.branch, pk=request.POST.get("draft"))
    if draft is not None:
        actions.drop_referral(draft=draft, by=here.actor, now=here.now)
        messages.success(request, _("It is thrown away. Nothing of it is kept."))
    return redirect("referrals", here.branch.slug)


def _closed(request: HttpRequest, here: Here) -> HttpResponse:
    """A branch that has closed writes nobody down; the adviser reads it kindly, and what they sent stays."""
    closed = _("The branch %(name)s takes nobody any more.") % {"name": here.branch.name}
    messages.warning(request, f"{closed} {_('Perhaps another branch is near you.')}")
    return redirect("referrals", here.branch.slug)


def _draft(request: HttpRequest, here: Here) -> Any:
    return queries.find_draft(actor=here.actor, branch=here.branch, pk=request.GET.get("draft"))


def _at(name: str, here: Here, draft: int) -> str:
    return f"{reverse(name, args=[here.branch.slug])}?draft={draft}"


def _to_rest(here: Here, draft: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(_at("referral_rest", here, draft))
