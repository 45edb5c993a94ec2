"""What a branch adds to its agreements, in each language; every change is a new version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info, gettext
from django.views.decorators.http import require_http_methods

from traboule.apps.duos.actions.agreement_templates import write_template
from traboule.apps.duos.forms.starting import TemplateForm
from traboule.apps.duos.queries.agreements import template_of
from traboule.apps.people.enums import Permission
from traboule.core.languages import EVERYBODY
from traboule.web.access import Here, branch_page, posted
from traboule.web.templatetags.traboule import say_moment


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.TEMPLATES_SET)
def agreement_template(request: HttpRequest, here: Here) -> HttpResponse:
    """Read and write it; agreements that were sent keep the words they have."""
    before = template_of(here.branch.pk)
    words = before.own_words if before else {}
    initial = {f"words_{code}": words.get(code, "") for code in EVERYBODY}
    initial["hours"] = before.hours if before else 2
    names = {code: get_language_info(code)["name_local"] for code in EVERYBODY}
    form = TemplateForm(posted(request), initial=initial, names=names)
    if request.method == "POST" and form.is_valid():
        row = write_template(
            branch_id=here.branch.pk,
            hours=form.cleaned_data["hours"],
            own_words=form.own_words(),
            by=here.actor,
            now=here.now,
        )
        said = gettext("Version %(number)s holds for new agreements.") % {"number": row.version}
        messages.success(request, said)
        return redirect("agreement_template", here.branch.slug)
    version = ""
    if before is not None:
        said_by = {"number": before.version, "when": say_moment(before.made_at), "by": before.made_by}
        version = gettext("Version %(number)s, %(when)s, by %(by)s") % said_by
    context = {"here": here, "form": form, "version": version}
    status = 422 if form.errors else 200
    return render(request, "coordinator/duo/agreement_template.html", context, status=status)
