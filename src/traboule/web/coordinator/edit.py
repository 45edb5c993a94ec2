"""Adding and correcting people by hand."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from traboule.apps.people import actions, queries
from traboule.apps.people.actions.persons import FileIdTaken
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.forms import PersonForm, form_for
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]

# The order of a talk. A field that this side does not have is left out.
GROUPS: tuple[tuple[Promise, Promise | str, tuple[str, ...]], ...] = (
    (gettext_lazy("Who is it?"), "", ("first_name", "last_name", "birth_date")),
    (
        gettext_lazy("How to reach them"),
        gettext_lazy("A phone number or an e-mail address is enough."),
        ("phone", "email", "channel", "contact_language", "postcode", "country"),
    ),
    (
        gettext_lazy("Languages and work"),
        gettext_lazy("Without an occupation there is no plan yet. That is fine."),
        (
            *("languages", "occupations", "years_experience", "generalist"),
            *("strengths", "needs", "waiting_since", "can_wait_until"),
        ),
    ),
    (
        gettext_lazy("As a mentor"),
        gettext_lazy("A duo is proposed only after the training."),
        ("capacity", "trained_on", "available_from", "available_until", "can_wait_until"),
    ),
    (gettext_lazy("When and how far"), "", ("slots", "max_km", "online")),
    (
        gettext_lazy("Getting on with each other"),
        gettext_lazy("All of this may be skipped. 1 is little, 5 is a lot."),
        (
            *("interests", "dislikes", "way_pace", "way_directness", "way_listening", "way_structure"),
            *("way_humour", "gender", "gender_wish"),
        ),
    ),
    (gettext_lazy("To close"), "", ("needs_help_reading", "external_id", "consent")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together."""

    title: Promise
    hint: Promise | str
    fields: list[BoundField]


def groups_of(form: PersonForm) -> list[Group]:
    """Return the questions of a form in the order of a talk; a new field of the form comes last."""
    placed = [name for _title, _hint, names in GROUPS for name in names]
    extra = tuple(name for name in form.fields if name not in placed)
    rows = [*GROUPS[:-1], (*GROUPS[-1][:2], (*extra, *GROUPS[-1][2]))]
    found = [
        Group(title, hint, [form[name] for name in names if name in form.fields])
        for title, hint, names in rows
    ]
    return [group for group in found if group.fields]


def _show(request: HttpRequest, here: Here, form: PersonForm, **more: Any) -> HttpResponse:
    context = {"here": here, "form": form, "groups": groups_of(form), **more}
    return render(request, "coordinator/person_form.html", context, status=422 if form.errors else 200)


def _warn(request: HttpRequest, form: PersonForm) -> None:
    for warning in form.warnings:
        messages.warning(request, _("%(warning)s Your branch decides.") % {"warning": warning})


def _new(request: HttpRequest, here: Here, side: Side) -> HttpResponse:
    form = form_for(side)(posted(request), today=here.today)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_fields()
        try:
            person = actions.add_person(
                branch=here.branch, side=side, fields=fields, by=here.actor, now=here.now
            )
        except FileIdTaken:
            form.add_error("external_id", _("Another person of this branch has this id."))
        else:
            _warn(request, form)
            messages.success(request, _("%(name)s is added.") % {"name": person})
            return redirect("person", here.branch.slug, person.pk)
    title = _("Add a mentor") if side is Side.MENTOR else _("Add a mentee")
    back = reverse("people", args=[here.branch.slug])
    return _show(request, here, form, title=title, back=back, back_text=_("People"))


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_WRITE)
def mentor_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Add a mentor."""
    return _new(request, here, Side.MENTOR)


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_WRITE)
def mentee_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Add a mentee."""
    return _new(request, here, Side.MENTEE)


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_WRITE)
def person_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Correct what is known of a person; for somebody on both sides, `?side=` says which."""
    permission = Permission.PEOPLE_WRITE
    person = queries.find_person(actor=here.actor, branch=here.branch, pk=pk, permission=permission)
    held = [side for side in Side if getattr(person, side.value, None) is not None]
    side = next((side for side in held if side.value == request.GET.get("side")), held[0])
    form = form_for(side)(posted(request), today=here.today, person=person)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_fields()
        try:
            actions.correct_person(person=person, fields=fields, by=here.actor, now=here.now)
        except FileIdTaken:
            form.add_error("external_id", _("Another person of this branch has this id."))
        else:
            _warn(request, form)
            messages.success(request, _("The changes are saved."))
            return redirect("person", here.branch.slug, person.pk)
    back = reverse("person", args=[here.branch.slug, pk])
    title = _("Correct %(name)s") % {"name": person}
    return _show(request, here, form, title=title, back=back, back_text=str(person))
