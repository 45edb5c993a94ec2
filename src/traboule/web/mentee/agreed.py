"""What somebody agreed to, taken back as easily as it was given."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from traboule.apps.applications.actions.leaving import take_consent_back
from traboule.apps.people.enums import ConsentPurpose
from traboule.apps.people.queries.own import own_page
from traboule.web.mentee.application_words import SENTENCES
from traboule.web.mentee.visit import Visit


def show_agreed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what holds now; with ``?ask=`` ask before it is taken back."""
    held = [row for row in own_page(visit.person).consents if row.withdrawn_at is None]
    order = {purpose: place for place, purpose in enumerate(ConsentPurpose.values)}
    held.sort(key=lambda row: order[row.purpose])
    context = {
        "consents": [(row, SENTENCES[row.purpose]) for row in held],
        "asks": request.GET.get("ask", ""),
    }
    return render(request, "mentee/agreed.html", context)


def take_back(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take one consent back; without the first one everything stops."""
    purpose = request.POST.get("purpose", "")
    if purpose in ConsentPurpose.values:
        with transaction.atomic():
            visit.count()
            take_consent_back(
                person=visit.person, purpose=ConsentPurpose(purpose), by=visit.by, now=visit.now
            )
        messages.success(request, _("Done. You no longer agree to this."))
    return HttpResponseRedirect(f"{request.path}?show=agreed")
