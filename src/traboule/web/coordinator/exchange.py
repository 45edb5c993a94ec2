"""Exchange of practice: the groups of mentors, what is planned, who is in which group."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.people.enums import Permission
from traboule.apps.people.queries import staff_of
from traboule.apps.support.actions.exchange import GroupNameTaken, change_members, close_group, form_group
from traboule.apps.support.forms.exchange import GroupForm, MemberForm
from traboule.apps.support.queries import exchange as queries
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]
A_PAGE = 12
MOST_CHOICES = 200


@require_safe
@branch_page(Permission.EXCHANGE_SEE)
def exchange(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the gatherings to come, or with ``?past=1`` those gone by, and the groups."""
    past = request.GET.get("past") == "1"
    rows = queries.gatherings_of(actor=here.actor, branch=here.branch, now=here.now, past=past)
    context = {
        "here": here,
        "past": past,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "groups": list(queries.groups_of(actor=here.actor, branch=here.branch, now=here.now)),
        "may_write": here.may(Permission.EXCHANGE_WRITE),
        "may_see_training": here.may(Permission.TRAINING_SEE),
    }
    return render(request, "exchange/exchange.html", context)


@require_safe
@branch_page(Permission.EXCHANGE_SEE)
def group(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one group: its mentors, how many of those due each came to, its gatherings."""
    found = queries.find_group(actor=here.actor, branch=here.branch, pk=pk)
    is_open = found.closed_at is None
    coming = queries.gatherings_of(actor=here.actor, branch=here.branch, now=here.now, group=found)
    gone = queries.gatherings_of(actor=here.actor, branch=here.branch, now=here.now, group=found, past=True)
    may_write = here.may(Permission.EXCHANGE_WRITE) and is_open
    context = {
        "here": here,
        "group": found,
        "lines": queries.members_of(found),
        "coming": list(coming[:A_PAGE]),
        "gone": list(gone[:A_PAGE]),
        "may_write": may_write,
        "form": _member_form(here) if may_write else None,
    }
    return render(request, "exchange/group.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.EXCHANGE_WRITE)
def group_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Form a group."""
    return _edit(request, here, None)


@require_http_methods(ANSWERS)
@branch_page(Permission.EXCHANGE_WRITE)
def group_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Correct a group."""
    return _edit(request, here, queries.find_group(actor=here.actor, branch=here.branch, pk=pk))


def _edit(request: HttpRequest, here: Here, found: Any) -> HttpResponse:
    team = staff_of(actor=here.actor, branch=here.branch)
    initial = {"coordinator": found.coordinator_id if found else here.actor.id}
    initial |= {"name": found.name} if found else {}
    form = GroupForm(posted(request), team=team, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = form_group(
                branch=here.branch,
                name=form.cleaned_data["name"],
                coordinator=form.chosen_coordinator(),
                by=here.actor,
                now=here.now,
                group=found,
            )
        except GroupNameTaken:
            form.add_error("name", _("Another group has this name."))
        else:
            messages.success(request, _("The group is saved."))
            return redirect("exchange_group", here.branch.slug, row.pk)
    back = reverse("exchange_group", args=[here.branch.slug, found.pk]) if found else _home(here)
    context = {"here": here, "form": form, "title": _("A group of mentors"), "back": back}
    context["back_text"] = found.name if found else _("Exchange of practice")
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


@require_POST
@branch_page(Permission.EXCHANGE_WRITE)
def group_members(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take a mentor in, or with ``drop`` out."""
    found = queries.find_group(actor=here.actor, branch=here.branch, pk=pk)
    drop = request.POST.get("drop", "")
    form = _member_form(here, request.POST)
    if drop.isdecimal() and len(drop) < 18:
        change_members(group=found, drop=[int(drop)], by=here.actor, now=here.now)
        messages.success(request, _("Not in this group any more."))
    elif form.is_valid():
        change_members(group=found, add=[form.chosen_person()], by=here.actor, now=here.now)
        messages.success(request, _("%(name)s is in the group.") % {"name": form.chosen_person()})
    else:
        messages.error(request, _("Choose somebody of the list."))
    return redirect("exchange_group", here.branch.slug, pk)


@require_http_methods(ANSWERS)
@branch_page(Permission.EXCHANGE_WRITE)
def group_close(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then close a group."""
    found = queries.find_group(actor=here.actor, branch=here.branch, pk=pk)
    if request.method == "POST":
        close_group(group=found, by=here.actor, now=here.now)
        messages.success(request, _("The group is closed. Its mentors can join another one."))
        return redirect(_home(here))
    back = reverse("exchange_group", args=[here.branch.slug, pk])
    context = {"here": here, "back": back, "what": found.name, "gathering": None}
    return render(request, "exchange/ask.html", context)


def _member_form(here: Here, data: Any = None) -> MemberForm:
    return MemberForm(data, people=queries.could_join(here.branch)[:MOST_CHOICES])


def _home(here: Here) -> str:
    return reverse("exchange", args=[here.branch.slug])
