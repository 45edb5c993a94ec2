"""The list of people of a branch: filters, search, pages, export."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from traboule.apps.people import queries
from traboule.apps.people.enums import Permission
from traboule.apps.people.forms import PeopleFilterForm
from traboule.web.access import Here, branch_page
from traboule.web.coordinator import people_words as words
from traboule.web.kept import drawn, kept

PEOPLE_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One row of the list."""

    person: Any
    href: str
    side: str
    age: str
    badges: list[tuple[str, str]]
    languages: str


def filter_form(request: HttpRequest, here: Here) -> PeopleFilterForm:
    """Return the filters that the address asks for."""
    return PeopleFilterForm(
        request.GET,
        communes=queries.communes_of(actor=here.actor, branch=here.branch),
        spoken=queries.languages_of(actor=here.actor, branch=here.branch),
    )


def _line(person: Any, here: Here) -> PersonLine:
    return PersonLine(
        person=person,
        href=reverse("person", args=[here.branch.slug, person.pk]),
        side=words.sides(person),
        age=words.say_age(person.birth_date, here.today),
        badges=words.state_badges(person, here.today),
        languages=", ".join(words.spoken(person)[:3]),
    )


@require_safe
@branch_page(Permission.PEOPLE_SEE)
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the people of the branch; to htmx, only the list."""
    is_part = bool(getattr(request, "htmx", False))
    rights = (here.may(Permission.PEOPLE_IMPORT), here.may(Permission.PEOPLE_EXPORT))
    parts = kept(request, here, "people", lambda: _parts(request, here), rights)
    if is_part:
        return HttpResponse(parts["list"])
    context = {"here": here, "may_write": here.may(Permission.PEOPLE_WRITE), "may_import": rights[0], **parts}
    return render(request, "coordinator/people.html", context)


def _parts(request: HttpRequest, here: Here) -> dict[str, str]:
    """Draw the filters and one page of the list."""
    form = filter_form(request, here)
    chosen = form.filters()
    rows = queries.people_list(actor=here.actor, branch=here.branch, **chosen)
    page = Paginator(rows, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "form": form,
        "page": page,
        "lines": [_line(person, here) for person in page],
        "is_filtered": bool(chosen),
        "has_more": bool(set(chosen) - {"text", "kind"}),
        "may_import": here.may(Permission.PEOPLE_IMPORT),
        "may_export": here.may(Permission.PEOPLE_EXPORT),
    }
    return {
        "list": drawn(request, "coordinator/people_list.html", context),
        "filters": drawn(request, "coordinator/_people_filters.html", context),
    }
