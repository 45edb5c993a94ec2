"""The plan, at three doors: my place (signed in or by a link), the link of a reminder, the team for her.

One address, the page named by ``?plan=…``: a link of a message opens one address only. GET shows, POST acts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from traboule.apps.duos.actions._plan import ImpossibleDate, WrongOrder
from traboule.apps.duos.forms.plan import IMPOSSIBLE, OVER, PlanForm
from traboule.apps.duos.forms.plan_templates import SaidForm
from traboule.apps.duos.queries.plan import Reader
from traboule.apps.duos.queries.plan_rows import duo_of_mentor
from traboule.apps.people.enums import Side
from traboule.apps.people.queries.own import person_of_link
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.core.languages import interface
from traboule.core.links import use_link
from traboule.core.models import Link
from traboule.web.access import posted
from traboule.web.doors import Door
from traboule.web.languages import chosen, speak


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at whose plan. ``person`` is the mentee; ``more`` goes into each address of the pages."""

    person: Any  # rows of people.models and duos.models, which edges do not import
    reader: Reader
    by: Actor
    now: datetime
    today: date
    link: Link | None = None
    duo: Any = None
    more: str = ""
    back: str = ""

    @property
    def is_owner(self) -> bool:
        """Say whether the mentee herself looks."""
        return self.reader is Reader.OWNER

    @property
    def is_staff(self) -> bool:
        """Say whether somebody of the team looks."""
        return self.reader is Reader.STAFF

    @property
    def writes(self) -> bool:
        """Say whether this reader may change the plan; a mentor only suggests."""
        return self.reader is not Reader.MENTOR

    @property
    def suggest_href(self) -> str:
        """Return the address where a mentor suggests something."""
        return self.to("suggest")

    def to(self, page: str, pk: object = "") -> str:
        """Return the address of another page of this plan."""
        return f"?plan={page}{f'&id={pk}' if pk else ''}{self.more}"


Page = Callable[[HttpRequest, Visit], HttpResponse]


def answer(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a page of the plan, or act on it. What this reader may not open does not exist."""
    from traboule.web.duo import plan_pages, plan_records

    pages: dict[str, Page] = {"home": plan_pages.home}
    if visit.reader is Reader.MENTOR:
        pages["suggest"] = plan_pages.suggest
    else:
        pages |= plan_pages.PAGES | plan_records.PAGES
    page = pages.get(request.GET.get("plan", "home"))
    if page is None:
        raise Http404
    return page(request, visit)


def plan_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Open the plan to the mentee of a link (right ``plan.open``), in her language."""
    person = person_of_link(door.link.subject_id, door.link.scope)
    if person is None:
        return render(request, "public/link_over.html", {"ended": False}, status=404)
    speak(request, chosen(request) or interface(person.contact_language))
    today = local_day(door.now, person.branch.timezone)
    return answer(request, Visit(person, Reader.OWNER, system("plan.open"), door.now, today, door.link))


def from_my_place(
    request: HttpRequest, *, person: Any, by: Actor, now: datetime, link: Link | None
) -> HttpResponse:
    """Open a plan out of the own place: her own, or as a mentor that of the mentee of an open duo.

    A former mentor finds nothing there.
    """
    wanted = request.GET.get("of", "")
    today = local_day(now, person.branch.timezone)
    if not wanted:
        if getattr(person, Side.MENTEE.value, None) is None:
            raise Http404
        return answer(request, Visit(person, Reader.OWNER, by, now, today, link, back="?"))
    duo = duo_of_mentor(person, wanted)
    if duo is None:
        raise Http404
    visit = Visit(duo.mentee, Reader.MENTOR, by, now, today, link, duo, more=f"&of={duo.pk}", back="?")
    return answer(request, visit)


@dataclass(slots=True)
class Asked:
    """A form of the plan; for the team with the question how she said it."""

    form: PlanForm | None
    said: SaidForm | None

    @property
    def is_right(self) -> bool:
        """Say whether all that was asked is answered."""
        forms = [form for form in (self.form, self.said) if form is not None]
        verdicts = [form.is_valid() for form in forms]  # each is asked: all errors are shown at once
        return all(verdicts)

    @property
    def how(self) -> dict[str, Any]:
        """Return what actions take about how she said it: nothing if she wrote herself."""
        return {} if self.said is None else {"said": self.said.cleaned_data["said"]}

    @property
    def status(self) -> int:
        """Return 422 if something is to be corrected."""
        return 422 if any(form is not None and form.errors for form in (self.form, self.said)) else 200


def ask(request: HttpRequest, visit: Visit, form: PlanForm | None) -> Asked:
    """Join a form with what is asked of the team."""
    return Asked(form, SaidForm(posted(request)) if visit.is_staff else None)


def keep(visit: Visit, asked: Asked, act: Callable[[], object]) -> bool:
    """Act, and count the use of a link in the same transaction; say beside the field what cannot be."""
    try:
        with transaction.atomic():
            count(visit)
            act()
    except (ImpossibleDate, WrongOrder) as error:
        field = {"starts_at": "day"}.get(error.field, error.field)
        if asked.form is None:
            raise Http404 from error
        text = IMPOSSIBLE if isinstance(error, ImpossibleDate) else OVER
        asked.form.add_error(field if field in asked.form.fields else None, text)
        return False
    return True


def count(visit: Visit) -> None:
    """Count a use of the link, if one opened the page."""
    if visit.link is not None:
        use_link(link=visit.link, now=visit.now)


def done(request: HttpRequest, visit: Visit, text: str = "", to: str = "") -> HttpResponse:
    """Say that it is written down, and go back to the plan or to one of its pages."""
    messages.success(request, text or _("It is in the plan."))
    return HttpResponseRedirect(request.path + (to or visit.to("home")))


@dataclass(frozen=True, slots=True)
class Act:
    """One more button of a form page."""

    text: str
    value: str
    kind: str = "secondary"


def form_page(
    request: HttpRequest,
    visit: Visit,
    asked: Asked,
    title: str,
    *,
    lede: str = "",
    acts: tuple[Act, ...] = (),
    act: str = "",
    value: str = "",
) -> HttpResponse:
    """Show one form of the plan."""
    context = {
        "v": visit, "asked": asked, "form": asked.form, "title": title, "lede": lede, "acts": acts,
        "act": act or _("Save"), "value": value, "home": visit.to("home"),
    }  # fmt: skip
    return render(request, "duo/plan_form.html", context, status=asked.status)
