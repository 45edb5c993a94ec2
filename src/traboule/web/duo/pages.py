"""Pages and acts of a duo that my place opens: ``?show=…`` shows one, a button named ``act`` acts.

They live under the address of my place, so that they work signed in and by the link of a message alike.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from traboule.web.duo import log, meetings, sheet
from traboule.web.duo.panels import Standing

DuoPage = Callable[[HttpRequest, Standing], HttpResponse]

PAGES: dict[str, DuoPage] = {
    "log": log.show_log,
    "move": meetings.show_move,
    "rhythm": meetings.show_rhythm,
    "sheet": sheet.show_sheet,
}
ACTS: dict[str, DuoPage] = {
    "meeting.log": log.show_log,
    "meeting.move": meetings.move,
    "meeting.cancel": meetings.cancel,
    "meeting.plan": meetings.plan,
    "meeting.rhythm": meetings.set_rhythm,
    "meeting.wish": meetings.wish,
}
