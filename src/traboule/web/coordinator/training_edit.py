"""Change a half-day: its time, its room, who leads it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traboule.apps.people.enums import Permission
from traboule.apps.training.actions.changing import SeatsInUse, change_session
from traboule.apps.training.actions.sessions import RoomTooSmall, SessionOver
from traboule.apps.training.forms import SessionChangeForm
from traboule.apps.training.queries import sessions
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.training_sessions import call_the_trainer


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.TRAINING_WRITE)
def training_session_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Change a sitting that has not begun; who has a seat hears of another time or place."""
    session = sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    back = reverse("training_session", args=[here.branch.slug, pk])
    form = SessionChangeForm(posted(request), session=session)
    if request.method == "POST" and form.is_valid():
        fields = form.session_fields()
        if fields["starts_at"] <= here.now:
            form.add_error("day", _("This moment has passed. Choose a later one."))
        else:
            try:
                change_session(session=session, fields=fields, by=here.actor, now=here.now)
            except SessionOver:
                messages.error(request, _("Too late: this half-day has begun."))
                return redirect(back)
            except RoomTooSmall as small:
                form.add_error("seats", _("This room has %(seats)s seats.") % {"seats": small.seats})
            except SeatsInUse as used:
                form.add_error("seats", _("Seat %(seats)s is taken already.") % {"seats": used.seats})
            else:
                messages.success(request, _("The half-day is changed."))
                call_the_trainer(request, sessions.find_session(actor=here.actor, branch=here.branch, pk=pk))
                return redirect(back)
    context = {
        "here": here,
        "form": form,
        "title": _("Change this half-day"),
        "lede": _("Who has a seat, and who leads it, is told if the time or the place changes."),
        "back": back,
        "back_text": session.said_title,
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)
