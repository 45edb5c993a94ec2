"""Which duo my place shows: a mentor may have several, and may stand in for one more.

``?duo=`` names one of them, a meeting finds its own; without either it is the oldest.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from traboule.apps.duos.queries import running_duos
from traboule.apps.duos.queries.meetings import duo_of_meeting
from traboule.apps.support.queries.absences import standing_in
from traboule.core.days import local_day


def duos_of(visit: Any) -> list[Any]:
    """Return all duos of whoever looks, and those in which they stand in today."""
    today = local_day(visit.now, visit.person.branch.timezone)
    found = running_duos(visit.person.pk, stands_in=standing_in(visit.person.pk, today))
    if any(duo.mentee_id == visit.person.pk for duo in found):  # only mentors stand in
        return [duo for duo in found if visit.person.pk in (duo.mentee_id, duo.mentor_id)]
    return found


def duo_of(request: HttpRequest, visit: Any) -> Any:
    """Return the duo that is asked for, or None without any."""
    return chosen(request, duos_of(visit))


def chosen(request: HttpRequest, duos: list[Any]) -> Any:
    """Return the duo of the meeting that is named, else the one that is named, else the first."""
    if len(duos) > 1:
        meeting = request.POST.get("meeting", "") or request.GET.get("meeting", "")
        found = duo_of_meeting(duos, meeting) if meeting else None
        named = request.GET.get("duo", "")
        found = found or next((duo for duo in duos if str(duo.pk) == named), None)
        if found is not None:
            return found
    return next(iter(duos), None)


def of_duo(duos: list[Any], duo: Any) -> str:
    """Return what goes into the addresses of a place with several duos."""
    return f"&duo={duo.pk}" if len(duos) > 1 else ""


def kept(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Let a way back to the place lead to the same duo."""
    named = request.GET.get("duo", "")
    if isinstance(answer, HttpResponseRedirect) and named and answer.url.startswith(request.path):
        joined = "&" if "?" in answer.url else "?"
        answer.headers["Location"] = f"{answer.url}{joined}{urlencode({'duo': named})}"
    return answer
