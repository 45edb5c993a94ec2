"""The first meeting, by the link of a message: I can, I cannot."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from traboule.apps.duos.actions.first_meetings import RIGHTS, said_when, say_coming
from traboule.apps.duos.enums import Coming, FirstMeetingState
from traboule.apps.duos.queries.agreements import meeting_behind
from traboule.apps.people.enums import Side
from traboule.core.actors import system
from traboule.core.languages import interface
from traboule.core.links import LinkEnded, use_link
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.doors import Door
from traboule.web.languages import chosen, speak

OVER = "public/link_over.html"


def meeting_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show when and where; write down whether this person can come."""
    meeting = meeting_behind(door.link.subject_id, door.link.scope)
    if meeting is None or meeting.state != FirstMeetingState.PLANNED:
        return render(request, OVER, {"ended": True}, status=410)
    side = next(side for side, right in RIGHTS.items() if right == door.link.right)
    duo = meeting.duo
    reader, other = (duo.mentee, duo.mentor) if side == Side.MENTEE else (duo.mentor, duo.mentee)
    language = chosen(request) or interface(reader.contact_language)
    speak(request, language)
    said = request.POST.get("coming", "")
    if request.method == "POST" and said in Coming.values:
        try:
            with transaction.atomic():
                use_link(link=door.link, now=door.now)
                by = system("link of a first meeting")
                say_coming(meeting=meeting, side=side, coming=Coming(said), by=by, now=door.now)
        except (IllegalMove, LinkEnded):
            return render(request, OVER, {"ended": True}, status=410)
        can = _("Thank you. See you there.")
        cannot = _("Thank you for telling us. We look for another date and write to you.")
        messages.success(request, can if said == Coming.CAN else cannot)
        return HttpResponseRedirect(request.path)
    context = {
        "meeting": meeting,
        "reader": reader,
        "other": other,
        "says": getattr(meeting, f"{side}_says"),
        "when": said_when(meeting.starts_at, duo.branch.timezone, language),
    }
    return render(request, "duo/first_meeting.html", context)
