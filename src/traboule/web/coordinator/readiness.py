"""One mentor's way to being ready: conditions, half-days, and the human act at its end."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.branches.queries import organisation
from traboule.apps.people.enums import Permission
from traboule.apps.training.actions.readiness import NotReady, declare_ready, take_back_waiver, waive
from traboule.apps.training.actions.sessions import send_dates
from traboule.apps.training.enums import Presence
from traboule.apps.training.forms import WaiverForm
from traboule.apps.training.queries import readiness, sessions
from traboule.apps.training.rules import WAIVERS
from traboule.core.pdf import render as render_pdf
from traboule.core.permissions import authorise
from traboule.kernel.readiness import Condition, Standing, is_ready
from traboule.web.access import Here, branch_page, posted
from traboule.web.components.squares import squares
from traboule.web.coordinator import readiness_words as words
from traboule.web.coordinator.screening_panel import screening_context
from traboule.web.templatetags.traboule import say_day_of_life

ANSWERS = ["GET", "HEAD", "POST"]
CERTIFICATE = Path(__file__).resolve().parent.parent / "templates" / "training" / "certificate.typ"
CERTIFICATE_LANGUAGES = ("fr", "nl", "en")
DATES_SHOWN = 8


def _address(here: Here, pk: int) -> str:
    return reverse("mentor_path", args=[here.branch.slug, pk])


@require_safe
@branch_page(Permission.TRAINING_SEE)
def mentor_path(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show how far one mentor has come."""
    person = readiness.find_mentor(actor=here.actor, branch=here.branch, pk=pk)
    attended = sessions.attendances_of(person)
    found = readiness.line_of(person, attended, here.today)
    context = {
        "here": here,
        "person": person,
        "conditions": [words.line(state, here, pk) for state in found.states],
        "is_ready": found.is_ready,
        "declaration": readiness.declaration_of(pk),
        "squares": squares(found.squares),
        "attendances": attended,
        "has_come": any(seat.presence == Presence.PRESENT for seat in attended),
        "dates": sessions.catch_up(person, here.now)[:DATES_SHOWN],
        "may_write": here.may(Permission.TRAINING_WRITE),
        **screening_context(here, person),
    }
    return render(request, "training/mentor.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_WRITE)
def mentor_ready(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then declare a mentor ready."""
    person = readiness.find_mentor(actor=here.actor, branch=here.branch, pk=pk)
    if request.method == "POST":
        try:
            declare_ready(person=person, by=here.actor, now=here.now)
        except NotReady as lacking:
            names = ", ".join(str(words.TITLES[code]) for code in lacking.lacks)
            messages.error(request, _("Not yet: %(names)s.") % {"names": names})
        else:
            messages.success(request, _("%(name)s is ready and waits for a duo.") % {"name": person})
        return redirect(_address(here, pk))
    states = readiness.states_of(person, here.today)
    context = {
        "here": here,
        "person": person,
        "conditions": [words.line(state, here, pk) for state in states],
        "is_ready": is_ready(states),
        "back": _address(here, pk),
    }
    return render(request, "training/ready.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_WRITE)
def mentor_waive(request: HttpRequest, here: Here, pk: int, condition: str) -> HttpResponse:
    """Let a condition go with a reason, or ask for it again."""
    person = readiness.find_mentor(actor=here.actor, branch=here.branch, pk=pk)
    if condition not in WAIVERS:
        raise Http404
    chosen = Condition(condition)
    authorise(here.actor, WAIVERS[condition], here.branch.pk)
    state = next((s for s in readiness.states_of(person, here.today) if s.condition is chosen), None)
    is_waived = state is not None and state.standing is Standing.WAIVED
    form = WaiverForm(posted(request))
    if request.method == "POST" and is_waived:
        take_back_waiver(person=person, condition=chosen, by=here.actor, now=here.now)
        messages.success(request, _("This condition is asked for again."))
        return redirect(_address(here, pk))
    if request.method == "POST" and form.is_valid():
        waive(
            person=person, condition=chosen, reason=form.cleaned_data["reason"], by=here.actor, now=here.now
        )
        messages.success(request, _("Let go, with your reason."))
        return redirect(_address(here, pk))
    context = {
        "here": here,
        "person": person,
        "form": form,
        "is_waived": is_waived,
        "title": words.TITLES[chosen],
        "back": _address(here, pk),
    }
    return render(
        request, "training/waive.html", context, status=422 if form.errors and not is_waived else 200
    )


@require_POST
@branch_page(Permission.TRAINING_WRITE)
def mentor_dates(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Send the link where a mentor chooses dates."""
    person = readiness.find_mentor(actor=here.actor, branch=here.branch, pk=pk)
    send_dates(person=person, by=here.actor, now=here.now)
    messages.success(request, _("%(name)s receives a link to choose dates.") % {"name": person})
    return redirect(_address(here, pk))


@require_safe
@branch_page(Permission.TRAINING_SEE)
def training_certificate(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """The certificate as a PDF, in French, or as `?language=` says in Dutch or English."""
    person = readiness.find_mentor(actor=here.actor, branch=here.branch, pk=pk)
    came = [seat for seat in sessions.attendances_of(person) if seat.presence == Presence.PRESENT]
    if not came:
        raise Http404
    asked = request.GET.get("language", "")
    language = asked if asked in CERTIFICATE_LANGUAGES else CERTIFICATE_LANGUAGES[0]
    content = render_pdf(CERTIFICATE, certificate_values(here, person, came, language), language=language)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="certificate-{person.pk}.pdf"'
    return answer


def certificate_values(here: Here, person: Any, came: list[Any], language: str) -> dict[str, Any]:
    """Return what the certificate says, in words of its language."""
    association = organisation()
    with override(language):
        rows = [
            {
                "title": seat.session.said_title,
                "day": say_day_of_life(seat.session.starts_at.date()),
                "place": seat.session.said_place,
            }
            for seat in reversed(came)
        ]
        return {
            "title": _("Certificate of training"),
            "intro": _("The association certifies that"),
            "name": person.display_name,
            "did": _("took part in these half-days of training for mentors:"),
            "rows": rows,
            "heads": [_("Half-day"), _("Date"), _("Place")],
            "association": str(association or ""),
            "branch": here.branch.name,
            "made": _("Made in %(branch)s on %(day)s")
            % {"branch": here.branch.name, "day": say_day_of_life(here.today)},
            "signature": _("For the association"),
        }
