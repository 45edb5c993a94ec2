"""Links in messages: one short address for all, opened with the page of the link's right.

A door is a view ``(request, door)``. It shows on GET and acts on POST at the same address; a mail scanner
that opens every link changes nothing. ``core.links.use_link`` counts a use in the transaction of the act.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from traboule.core.actors import system
from traboule.core.languages import interface
from traboule.core.links import LinkEnded, LinkUnknown, open_link
from traboule.core.models import Link
from traboule.core.scope import within
from traboule.web.limits import limited


@dataclass(frozen=True, slots=True)
class Door:
    """What a link opens, now."""

    link: Link
    secret: str
    now: datetime


View = Callable[[HttpRequest, Door], HttpResponse]


def _doors() -> Mapping[str, View]:
    """Return the page of each right; imported here because these pages use the types above."""
    from traboule.apps.applications.actions.closing import MOVE_RIGHT
    from traboule.apps.messages.actions.retention import STAY_RIGHT
    from traboule.apps.people.actions.own import MY_PLACE
    from traboule.web.mentee.follow_up import follow_up_door
    from traboule.web.mentee.place import open_mine, open_my_place
    from traboule.web.mentor.agenda import agenda_door
    from traboule.web.mentor.gatherings import answer_door
    from traboule.web.mentor.training import enrol_door, feedback_door
    from traboule.web.public import apply_codes, judging_doors, messages, rights_door, stay_door
    from traboule.web.public.closing_door import closing_door
    from traboule.web.public.references import reference_door
    from traboule.web.public.sessions_doors import booking_door, choose_door

    return {
        MY_PLACE: open_my_place,
        rights_door.RIGHT: rights_door.my_rights,
        MOVE_RIGHT: closing_door,
        STAY_RIGHT: stay_door.stay_door,
        "application.mine": open_mine,
        "application.resume": apply_codes.resume_door,
        "exchange.answer": answer_door,
        "follow_up.answer": follow_up_door,
        "booking.change": booking_door,
        "booking.choose": choose_door,
        "pool.wait": messages.how_long,
        "reference.give": reference_door,
        "training.agenda": agenda_door,
        "training.enrol": enrol_door,
        "training.feedback": feedback_door,
        "answer_talk": judging_doors.answer_talk,
        "read_talk": judging_doors.read_talk,
        "read_decision": judging_doors.read_decision,
        **_doors_of_duos(),
    }


def _doors_of_duos() -> Mapping[str, View]:
    """Return the pages of the two, from the proposal to the last question."""
    from traboule.web.duo import agreement_door, ending_doors, meeting_door, proposal_door, support_doors
    from traboule.web.duo.log import RIGHT_OF, log_door
    from traboule.web.duo.plan import plan_door

    return {
        "proposal.answer": proposal_door.proposal_door,
        "first_meeting.mentee": meeting_door.meeting_door,
        "first_meeting.mentor": meeting_door.meeting_door,
        "agreement.sign": agreement_door.sign_door,
        "agreement.copy": agreement_door.copy_door,
        "plan.open": plan_door,
        **dict.fromkeys(RIGHT_OF, log_door),
        "checkin.answer": support_doors.check_in_door,
        "pulse.answer": support_doors.pulse_door,
        "ending.word": ending_doors.word_door,
        **dict.fromkeys(("extension.mentee", "extension.mentor"), ending_doors.extension_door),
        "mentor.onward": ending_doors.choice_door,
        "wellbeing.answer": ending_doors.well_being_door,
        "certificate.read": ending_doors.certificate_door,
    }


def _ended(request: HttpRequest, link: Link, now: datetime) -> HttpResponse:
    """Say that a link is over. One to the own place is sent anew, to where we write to its person anyway."""
    from traboule.apps.messages.actions.renewing import renew_my_place
    from traboule.apps.people.actions.own import MY_PLACE
    from traboule.apps.people.queries.own import person_of_link
    from traboule.web.languages import chosen, speak

    person = person_of_link(link.subject_id, link.scope) if link.right == MY_PLACE else None
    context = {"ended": True, "renews": person is not None, "sent": False}
    if person is not None:
        speak(request, chosen(request) or interface(person.contact_language))
        if request.method == "POST":
            with within(link.scope):
                renew_my_place(person=person, by=system(MY_PLACE), now=now)
            context["sent"] = True
    return render(request, "public/link_over.html", context, status=200 if context["sent"] else 410)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("door")
def open_door(request: HttpRequest, secret: str) -> HttpResponse:
    """Open what the link of a message gives a right to; say kindly when it is over or unknown."""
    now = timezone.now()
    try:
        link = open_link(secret=secret, now=now)
    except LinkUnknown:
        return render(request, "public/link_over.html", {"ended": False}, status=404)
    except LinkEnded as over:
        return _ended(request, over.link, now)
    view = _doors().get(link.right)
    if view is None:
        return render(request, "public/link_over.html", {"ended": False}, status=404)
    try:
        with within(link.scope):
            answer = view(request, Door(link, secret, now))
    except LinkEnded:  # two sent the same form at once: the other one used the link up
        answer = render(request, "public/link_over.html", {"ended": True}, status=410)
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
