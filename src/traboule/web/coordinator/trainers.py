"""Trainers of a branch, the link to their half-days, and the papers of a module."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.people.enums import Permission
from traboule.apps.people.queries import find_person
from traboule.apps.people.queries.persons import people_list
from traboule.apps.training.actions import trainers as acting
from traboule.apps.training.forms import MaterialForm, TrainerForm
from traboule.apps.training.queries import modules
from traboule.apps.training.queries import trainers as queries
from traboule.core.uploads import file_answer
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]
MOST_FOUND, LONGEST_SEARCH = 10, 80


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_SEE)
def trainers(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who leads half-days; add a person of the branch, or a free name."""
    may_write = here.may(Permission.TRAINING_WRITE)
    chosen = request.POST.get("person", "") if may_write else ""
    form = TrainerForm(None if chosen else posted(request), branch=here.branch)
    if chosen:
        pk = int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0
        person = find_person(actor=here.actor, branch=here.branch, pk=pk)
        return _added(request, here, person=person)
    if request.method == "POST" and form.is_valid():
        return _added(request, here, **form.cleaned_data)
    return _page(request, here, form=form)


def _added(request: HttpRequest, here: Here, **said: Any) -> HttpResponse:
    row = acting.add_trainer(branch=here.branch, by=here.actor, now=here.now, **said)
    messages.success(request, _("%(name)s is on the list.") % {"name": row})
    return redirect("trainers", here.branch.slug)


def _page(request: HttpRequest, here: Here, form: TrainerForm | None = None, **more: Any) -> HttpResponse:
    text = request.GET.get("name", "").strip()[:LONGEST_SEARCH]
    found: list[Any] = []
    if text and here.may(Permission.PEOPLE_SEE):
        found = list(people_list(actor=here.actor, branch=here.branch, text=text)[:MOST_FOUND])
    form = form or TrainerForm(branch=here.branch)
    context = {
        "here": here,
        "form": form,
        "text": text,
        "found": found,
        "trainers": queries.trainers_of(actor=here.actor, branch=here.branch, now=here.now),
        "may_write": here.may(Permission.TRAINING_WRITE),
        **more,
    }
    return render(request, "training/trainers.html", context, status=422 if form.errors else 200)


@require_POST
@branch_page(Permission.TRAINING_WRITE)
def trainer_agenda(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Make the link to somebody's half-days; send it where there is a way, and show it once."""
    row = queries.find_trainer(actor=here.actor, branch=here.branch, pk=pk)
    link = acting.send_agenda(trainer=row, by=here.actor, now=here.now)
    return _page(request, here, fresh=(row, link))


@require_POST
@branch_page(Permission.TRAINING_WRITE)
def trainer_drop(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    row = queries.find_trainer(actor=here.actor, branch=here.branch, pk=pk)
    acting.drop_trainer(trainer=row, by=here.actor, now=here.now)
    messages.success(request, _("%(name)s is off the list.") % {"name": row.said_name})
    return redirect("trainers", here.branch.slug)


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_SEE)
def training_materials(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show the papers of a module; take one more."""
    module = modules.find_module(actor=here.actor, branch=here.branch, pk=pk)
    may_set = here.may(Permission.TRAINING_SET)
    is_sent = request.method == "POST" and may_set
    form = MaterialForm(request.POST, request.FILES) if is_sent else MaterialForm()
    if is_sent and form.is_valid():
        said = form.cleaned_data
        try:
            acting.keep_material(
                module=module, file=said["file"], about=said["about"], by=here.actor, now=here.now
            )
        except acting.TooManyMaterials:
            form.add_error("file", _("There are many files already. Remove one first."))
        else:
            messages.success(request, _("The file is kept."))
            return redirect("training_materials", here.branch.slug, pk)
    context = {
        "here": here,
        "module": module,
        "form": form,
        "materials": queries.materials_of([module.pk]).get(module.pk, []),
        "may_set": may_set,
    }
    return render(request, "training/materials.html", context, status=422 if form.errors else 200)


@require_safe
@branch_page(Permission.TRAINING_SEE)
def training_material(request: HttpRequest, here: Here, pk: int, material: int) -> HttpResponse:
    """Hand a paper out, to keep."""
    found = queries.find_material(actor=here.actor, branch=here.branch, module=pk, pk=material)
    return file_answer(found)


@require_POST
@branch_page(Permission.TRAINING_SET)
def training_material_drop(request: HttpRequest, here: Here, pk: int, material: int) -> HttpResponse:
    """Remove a paper."""
    found = queries.find_material(actor=here.actor, branch=here.branch, module=pk, pk=material)
    acting.drop_material(material=found, by=here.actor, now=here.now)
    messages.success(request, _("The file is gone."))
    return redirect("training_materials", here.branch.slug, pk)
