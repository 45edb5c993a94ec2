"""Going on with an application on another device: by a code, or by the link of a message."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.apps.applications.actions.applications import RESUME_RIGHT, AlreadySent, make_resume_code
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.forms.questions import group_form
from traboule.apps.applications.queries.applications import application_behind
from traboule.apps.people.enums import Channel
from traboule.core.links import LinkEnded, LinkUnknown, open_link
from traboule.web.doors import Door
from traboule.web.limits import limited
from traboule.web.public.apply import ANSWERS, VISITOR, Asking, asking_page, go_on, remember

FOUR = 4


def dictated(secret: str) -> str:
    """Write a code in fours, as one reads it aloud: "abcd-efgh-…"."""
    return "-".join(secret[at : at + FOUR] for at in range(0, len(secret), FOUR))


@require_http_methods(ANSWERS)
@asking_page
def apply_code(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Offer to stop here: a code to write down, and a message with a link where there is an address."""
    draft = asking.draft
    if draft is None:
        return redirect("apply_start", *asking.path)
    address, channel = _reached_at(draft, asking)
    code, is_told = "", False
    if request.method == "POST":
        is_told = bool(address and request.POST.get("act") == "tell")
        try:
            secret = make_resume_code(
                application=draft,
                address=address if is_told else "",
                channel=channel,
                by=VISITOR,
                now=asking.now,
            )
        except AlreadySent:
            return redirect("apply_done", *asking.path)
        code = dictated(secret)
    context = {"asking": asking, "address": address, "code": code, "is_told": is_told}
    return render(request, "apply/code.html", context)


def _reached_at(draft: object, asking: Asking) -> tuple[str, str]:
    """The address that was typed, if it is right: the phone for an SMS, else the e-mail."""
    answers = getattr(draft, "answers", {})
    if "reach" not in answers:
        return "", ""
    form = group_form(
        "reach", side=asking.side, today=asking.today, country=asking.branch.country, answers=answers
    )
    if not form.is_valid():
        return "", ""
    found = form.cleaned_data
    if found["channel"] == Channel.SMS:
        return found["phone"], Channel.SMS
    return (found["email"], Channel.EMAIL) if found.get("email") else ("", "")


@login_not_required
@never_cache
@require_http_methods(ANSWERS)
@limited("code")
def apply_resume(request: HttpRequest) -> HttpResponse:
    """Ask for the code and go on with the draft that it opens."""
    typed = request.POST.get("code", "")[:80]
    trouble = ""
    if request.method == "POST":
        try:
            link = open_link(secret=typed, right=RESUME_RIGHT, now=timezone.now())
        except LinkUnknown:
            trouble = "unknown"
        except LinkEnded:
            trouble = "ended"
        else:
            return _go_on_with(request, link.subject_id)
    context = {"typed": typed, "trouble": trouble}
    return render(request, "apply/resume.html", context, status=422 if trouble else 200)


def resume_door(request: HttpRequest, door: Door) -> HttpResponse:
    """The link of the message: a button, because a mail scanner opens every link."""
    if request.method == "POST":
        return _go_on_with(request, door.link.subject_id)
    row = application_behind(door.link.subject_id)
    return render(request, "apply/resume_door.html", {"application": row})


def _go_on_with(request: HttpRequest, pk: str) -> HttpResponse:
    row = application_behind(pk)
    if row is None or row.state != ApplicationState.DRAFT:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    remember(request, row)
    return go_on(row)
