"""Logs that a phone kept while it had no network: sent later, counted once, asked back if something differs.

The script (``log.js``) sends the form as it was pressed, with ``kept``. Two hidden fields came with the page:
``whose`` proves for whom it was opened, should somebody else have signed in on this phone meanwhile, and
``seen`` is the word of this side that stood there.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext

from traboule.apps.duos.enums_meetings import Happened
from traboule.apps.duos.queries.meeting_words import say_length
from traboule.apps.duos.queries.meetings import is_known_key
from traboule.web.templatetags.traboule import say_moment

SAID = "X-Log"  # what the script reads: written, other; anything else is shown


def is_kept(request: HttpRequest) -> bool:
    """Say whether a phone sends what it kept."""
    return request.method == "POST" and "kept" in request.POST


def whose(asking: Any) -> str:
    """Return the mark of the side of the duo that a page was opened for; it says nothing to anybody else."""
    of = f"{asking.duo.pk}:{asking.side}"
    return salted_hmac("traboule.web.duo.log_later", of, algorithm="sha256").hexdigest()[:24]


def is_of_other(request: HttpRequest, asking: Any) -> bool:
    """Say whether what a phone kept belongs to somebody else than who sends it."""
    return is_kept(request) and not constant_time_compare(request.POST.get("whose", ""), whose(asking))


def of_other() -> HttpResponse:
    """Refuse it: it waits on the phone until the right person is back."""
    return HttpResponse(status=409, headers={SAID: "other"})


def conflict(request: HttpRequest, asking: Any, before: Any) -> str:
    """Return what this side has said meanwhile on another way, in words; empty if nothing differs.

    The same log that comes again is none: its answer was lost on the way.
    """
    if not is_kept(request) or before is None or str(before.pk) == request.POST.get("seen", ""):
        return ""
    if is_known_key(asking.duo, request.POST.get("client_key", "")):
        return ""
    what = str(before.get_outcome_display())
    if before.minutes:
        what = f"{what} · {say_length(before.minutes)}"
    said = {"when": say_moment(before.said_at), "what": what}
    return gettext("On %(when)s this was written down for you: %(what)s") % said


def moved(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A log that moved the meeting and comes again stands already; any other must be looked at."""
    again = is_kept(request) and request.POST.get("outcome") == Happened.MOVED
    return written(answer) if again else answer


def written(answer: HttpResponse) -> HttpResponse:
    """Tell the script that the log stands."""
    answer.headers[SAID] = "written"
    return answer
