"""What each funder asks for: funders, versions of rules, whether facts about residence are kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.applications.actions import eligibility as actions
from traboule.apps.applications.actions.errors_judging import FunderNameTaken
from traboule.apps.applications.forms.rules import (
    FunderForm,
    OneRuleFormSet,
    ValidFromForm,
    initial_of,
    rows_of,
)
from traboule.apps.applications.queries import eligibility as queries
from traboule.apps.people.enums import Permission
from traboule.core.remember import remembered
from traboule.kernel.funding import RulesBroken, Standing
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import judging_words as words


def _page(request: HttpRequest, here: Here, form: FunderForm, status: int = 200) -> HttpResponse:
    rows = remembered(
        here.branch.pk,
        f"funders {here.today}",
        lambda: queries.funders_of(actor=here.actor, branch=here.branch, today=here.today),
    )
    counted = [
        (row, [(*words.say_standing(standing), row.counts.get(standing, 0)) for standing in Standing])
        for row in rows
    ]
    context = {
        "here": here,
        "rows": counted,
        "form": form,
        "may_set": here.may(Permission.ELIGIBILITY_SET),
        "sensitive_on": queries.is_sensitive_on(here.branch.pk),
    }
    return render(request, "judging/eligibility_rules.html", context, status=status)


@require_safe
@branch_page(Permission.ELIGIBILITY_SEE)
def eligibility_rules(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the funders of the branch, what each asks for, and how many people count."""
    return _page(request, here, FunderForm())


@require_POST
@branch_page(Permission.ELIGIBILITY_SET)
def funder_add(request: HttpRequest, here: Here) -> HttpResponse:
    """Add a funder, then write its rules."""
    form = FunderForm(request.POST)
    if form.is_valid():
        try:
            funder = actions.add_funder(
                branch=here.branch, name=form.cleaned_data["name"], by=here.actor, now=here.now
            )
        except FunderNameTaken:
            form.add_error("name", _("This branch has a funder of this name."))
        else:
            return redirect("eligibility_version", here.branch.slug, funder.pk)
    return _page(request, here, form, status=422)


@require_POST
@branch_page(Permission.ELIGIBILITY_SET)
def sensitive_switch(request: HttpRequest, here: Here) -> HttpResponse:
    """Switch on or off whether this branch keeps facts about residence."""
    is_on = request.POST.get("is_on") == "1"
    actions.set_sensitive(branch=here.branch, is_on=is_on, by=here.actor, now=here.now)
    said = _("Switched on. Few people read these facts, and each look is written down.")
    messages.success(request, said if is_on else _("Switched off. Nobody reads these facts any more."))
    return redirect("eligibility_rules", here.branch.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.ELIGIBILITY_SET)
def eligibility_version(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write the next version of a funder's rules; the one in force stays as it is."""
    funder = queries.find_funder(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.ELIGIBILITY_SET
    )
    newest = queries.newest_rules(funder)
    data: Any = posted(request)
    forms = OneRuleFormSet(data, initial=initial_of(newest.rules) if newest else [], prefix="rule")
    when = ValidFromForm(data, initial={"valid_from": here.today})
    trouble = ""
    if request.method == "POST" and forms.is_valid() and when.is_valid():
        try:
            made = actions.publish_rules(
                funder=funder,
                rules=rows_of(forms),
                valid_from=when.cleaned_data["valid_from"],
                by=here.actor,
                now=here.now,
            )
        except RulesBroken:
            trouble = _("Write at least one rule, and twenty at most.")
        else:
            messages.success(request, _("Version %(number)s is written.") % {"number": made.version})
            return redirect("eligibility_rules", here.branch.slug)
    wrong = bool(trouble) or bool(data and (forms.total_error_count() or when.errors))
    context = {
        "here": here,
        "funder": funder,
        "newest": newest,
        "forms": forms,
        "when": when,
        "trouble": trouble,
    }
    return render(request, "judging/eligibility_version.html", context, status=422 if wrong else 200)
