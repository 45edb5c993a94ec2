"""Who will be erased because two years went by: the dry run, the notices, the holds."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.queries.retention import notices_of
from traboule.apps.people.enums import Permission
from traboule.apps.privacy import actions
from traboule.apps.privacy.forms import HoldForm
from traboule.apps.privacy.queries import requests as queries
from traboule.apps.privacy.queries.retention import Due, due_of, erased_lately, retention_list
from traboule.web.access import Here, branch_page, posted

PEOPLE_A_PAGE, ERASED_SHOWN = 25, 20
NOT_ARRIVED = (DeliveryState.BOUNCED, DeliveryState.FAILED, DeliveryState.WITHHELD)


@dataclass(frozen=True, slots=True)
class Line:
    """One person, and how far the notice has come: told, written, with the team, or not arrived."""

    due: Due
    state: str

    @property
    def by_hand(self) -> bool:
        """Whether only the team can tell them now."""
        return self.state in ("none", "lost", "team")


def _line(due: Due, message: Any) -> Line:
    if due.told_at is not None:
        return Line(due, "told")
    if due.queued_at is None or message is None:
        return Line(due, "none")
    if message.state == DeliveryState.HANDED:
        return Line(due, "team")
    return Line(due, "lost" if message.state in NOT_ARRIVED else "written")


@require_safe
@branch_page(Permission.RIGHTS_SEE)
def retention(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the dry run: who, since when without contact, told when, erased from when."""
    rows = retention_list(actor=here.actor, branch=here.branch, now=here.now)
    page = Paginator(rows, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    notices = notices_of([person.pk for person in page])
    lines = [_line(due_of(person, here.now), notices.get(person.pk)) for person in page]
    erased = erased_lately(actor=here.actor, branch=here.branch, now=here.now)[:ERASED_SHOWN]
    context = {"erased": erased} | {
        "here": here,
        "page": page,
        "lines": lines,
        "may_answer": here.may(Permission.RIGHTS_ANSWER),
    }
    context["may_see_person"] = here.may(Permission.PEOPLE_SEE)
    return render(request, "rights/retention.html", context)


@require_POST
@branch_page(Permission.RIGHTS_ANSWER)
def retention_notice(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down that a person was told today."""
    person = queries.find_subject(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.RIGHTS_ANSWER
    )
    actions.give_notice(person=person, by=here.actor, now=here.now)
    messages.success(request, _("Noted: told today. The data go in 30 days, unless we hear from them."))
    return redirect(reverse("retention", args=[here.branch.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.RIGHTS_ANSWER)
def rights_hold(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Keep the data of a person until a day, with the reason; or see what keeps them now."""
    person = queries.find_subject(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.RIGHTS_ANSWER
    )
    form = HoldForm(posted(request))
    here_again = reverse("rights_hold", args=[here.branch.slug, pk])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["until"] >= here.today:
            actions.set_hold(
                person=person, reason=said["reason"], until=said["until"], by=here.actor, now=here.now
            )
            messages.success(request, _("The data stay until then."))
            return redirect(here_again)
        form.add_error("until", _("This day is over. Choose a later one."))
    context = {"here": here, "person": person, "form": form, "holds": queries.holds_of(person, here.today)}
    return render(request, "rights/hold.html", context, status=422 if form.errors else 200)


@require_POST
@branch_page(Permission.RIGHTS_ANSWER)
def rights_hold_lift(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """End a hold before its day."""
    hold = queries.find_hold(actor=here.actor, branch=here.branch, pk=pk)
    actions.lift_hold(hold=hold, by=here.actor, now=here.now)
    messages.success(request, _("The data may be erased again."))
    return redirect(reverse("rights_hold", args=[here.branch.slug, hold.person_id]))
