"""The modules of a branch, and how much it asks before a mentor is ready."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.people.enums import Permission
from traboule.apps.training.actions import modules as acting
from traboule.apps.training.forms import ModuleForm, RuleForm
from traboule.apps.training.queries import modules as queries
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_SET)
def training_modules(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the modules, and set how much the branch asks."""
    rule = queries.rule_of(here.branch)
    form = RuleForm(posted(request), initial={name: getattr(rule, name) for name in acting.RULE_KEYS})
    if request.method == "POST" and form.is_valid():
        acting.set_rule(branch=here.branch, fields=form.cleaned_data, by=here.actor, now=here.now)
        messages.success(request, _("The changes are saved."))
        return redirect("training_modules", here.branch.slug)
    context = {"here": here, "modules": list(queries.modules_of(here.branch)), "form": form}
    return render(request, "training/modules.html", context, status=422 if form.errors else 200)


@require_POST
@branch_page(Permission.TRAINING_SET)
def training_modules_start(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin with the modules that ship with Traboule."""
    acting.start_modules(branch=here.branch, by=here.actor, now=here.now)
    messages.success(request, _("Eight half-days are there. Change what you like."))
    return redirect("training_modules", here.branch.slug)


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_SET)
def training_module_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Add a module at the end."""
    form = ModuleForm(posted(request), needs_title=True)
    return _saved(request, here, form, None) or _form(request, here, form, _("Add a module"))


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_SET)
def training_module(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Change a module."""
    module = queries.find_module(actor=here.actor, branch=here.branch, pk=pk)
    first = {name: getattr(module, name) for name in acting.MODULE_KEYS}
    form = ModuleForm(posted(request), initial=first, needs_title=not module.code)
    title = f"{module.number}. {module.said_title}"
    return _saved(request, here, form, module) or _form(request, here, form, title)


def _saved(request: HttpRequest, here: Here, form: ModuleForm, module: Any) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    acting.save_module(
        branch=here.branch, module=module, fields=form.cleaned_data, by=here.actor, now=here.now
    )
    messages.success(request, _("The changes are saved."))
    return redirect("training_modules", here.branch.slug)


def _form(request: HttpRequest, here: Here, form: ModuleForm, title: str) -> HttpResponse:
    context = {
        "here": here,
        "form": form,
        "title": title,
        "back": reverse("training_modules", args=[here.branch.slug]),
        "back_text": _("Modules"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)
