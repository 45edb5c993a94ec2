"""The printed sheet of a duo: print it for a mentor without a smartphone, and copy it when it comes back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from traboule.apps.duos.queries import find_duo
from traboule.apps.duos.queries.meeting_words import say_when
from traboule.apps.duos.queries.meetings import diary
from traboule.apps.people.enums import Permission, Side
from traboule.web.access import Here, branch_page
from traboule.web.duo.sheet import sheet_of

SIDE = Side.MENTOR  # the sheet is theirs; a mentee has the link of a message, or the phone


@require_safe
@branch_page(Permission.DUOS_WRITE)
def duo_sheet(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """List what is not written down yet; the square on the sheet leads here."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    slug, zone = here.branch.slug, here.branch.timezone
    to_copy = [
        (
            say_when(entry.meeting.planned_at, zone),
            f"{reverse('meeting_phone', args=[slug, entry.meeting.pk, SIDE])}?from=sheet",
        )
        for entry in reversed(diary(duo, here.now).to_log(SIDE, ever=True))
    ]
    context = {
        "here": here,
        "to_copy": to_copy,
        "note_href": f"{reverse('meeting_note', args=[slug, pk])}?from=sheet",
        "print_href": reverse("duo_sheet_print", args=[slug, pk]),
        "pair": f"{duo.mentee.first_name} & {duo.mentor.first_name}",
        "back": reverse("duo", args=[slug, pk]),
    }
    return render(request, "coordinator/duo/sheet.html", context)


@require_safe
@branch_page(Permission.DUOS_WRITE)
def duo_sheet_print(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show the sheet as it is printed."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    found = diary(duo, here.now)
    back = reverse("duo_sheet", args=[here.branch.slug, pk])
    return render(request, "duo/sheet.html", sheet_of(duo, found) | {"here": here, "back": back})
