"""Whom I would rather not meet: said by name on one's own page; the answer is the same whoever is named."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from traboule.apps.applications.actions.wishes import say_whom_not_to_meet
from traboule.apps.people.actions.avoiding import TooManyWishes, take_own_back
from traboule.apps.people.forms.own import NotToMeetForm
from traboule.apps.people.queries.wishes import own_wishes
from traboule.web.mentee.visit import Visit


def show_wishes(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what the person said, in their own words; never whether we know the one they name."""
    return _page(request, visit, NotToMeetForm())


def say_wish(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Write a name down."""
    form = NotToMeetForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, form)
    try:
        with transaction.atomic():
            visit.count()
            words = form.cleaned_data["words"]
            say_whom_not_to_meet(person=visit.person, words=words, by=visit.by, now=visit.now)
    except TooManyWishes:
        form.add_error("words", _("This is a long list. Ask the team to talk about it with you."))
        return _page(request, visit, form)
    messages.success(request, _("It is noted. Only the team knows."))
    return HttpResponseRedirect(f"{request.path}?show=wishes")


def drop_wish(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take back what was said; twice is once."""
    chosen = request.POST.get("wish", "")
    wish = next((row for row in own_wishes(visit.person) if str(row.pk) == chosen), None)
    if wish is not None:
        with transaction.atomic():
            visit.count()
            take_own_back(wish=wish, by=visit.by, now=visit.now)
    messages.success(request, _("Taken back."))
    return HttpResponseRedirect(f"{request.path}?show=wishes")


def _page(request: HttpRequest, visit: Visit, form: NotToMeetForm) -> HttpResponse:
    context = {"form": form, "wishes": own_wishes(visit.person)}
    return render(request, "mentee/wishes.html", context, status=422 if form.errors else 200)
