"""How a branch follows its duos: the rhythm and the lead; the three questions, per month and language."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from traboule.apps.people.enums import Permission
from traboule.apps.people.queries import staff_of
from traboule.apps.support.actions.settings import set_questions, set_support
from traboule.apps.support.forms.team import QuestionSetForm, SettingForm
from traboule.apps.support.queries.settings import own_questions, setting_of
from traboule.apps.support.questions import shipped
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.site_texts import asked_language, tongues

ANSWERS = ["GET", "HEAD", "POST"]


@require_http_methods(ANSWERS)
@branch_page(Permission.RULES_SET)
def rhythm(request: HttpRequest, here: Here) -> HttpResponse:
    """Set months, rhythm and the lead for concerns."""
    row = setting_of(here.branch)
    team = list(staff_of(actor=here.actor, branch=here.branch))
    initial = {
        "months": ", ".join(str(month) for month in row.months),
        "pulse_first": row.pulse_first,
        "pulse_every": row.pulse_every,
        "concern_lead": row.concern_lead_id,
    }
    form = SettingForm(posted(request), team=team, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        lead = form.by_id.get(said["concern_lead"])
        set_support(
            branch=here.branch,
            months=said["months"],
            pulse_first=said["pulse_first"],
            pulse_every=said["pulse_every"],
            concern_lead=lead,
            by=here.actor,
            now=here.now,
        )
        messages.success(request, _("Saved."))
        return redirect("support", here.branch.slug)
    context = {"here": here, "form": form}
    return render(request, "support/rhythm.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.TEMPLATES_SET)
def questions(request: HttpRequest, here: Here) -> HttpResponse:
    """Word the three questions of a month in one language."""
    language = asked_language(request)
    months = setting_of(here.branch).months
    asked = request.GET.get("month", "")
    month = next((month for month in months if str(month) == asked), months[0])
    with override(language):
        ours = shipped(month)
    own = own_questions(here.branch, language).get(month, [])
    initial = {f"question_{number}": text for number, text in enumerate(own)}
    form = QuestionSetForm(posted(request), shipped=ours, initial=initial)
    here_again = f"{reverse('support_questions', args=[here.branch.slug])}?" + urlencode(
        {"month": month, "language": language}
    )
    if request.method == "POST" and form.is_valid():
        texts = form.texts()
        set_questions(
            branch=here.branch, month=month, language=language, questions=texts, by=here.actor, now=here.now
        )
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(here_again)
    context = {
        "here": here,
        "form": form,
        "month": month,
        "months": months,
        "language": language,
        "tongues": tongues(here, "support_questions", language, month=str(month)),
        "is_own": bool(own),
    }
    return render(request, "support/questions.html", context, status=422 if form.errors else 200)
