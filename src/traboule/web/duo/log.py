"""The log of a meeting in 20 seconds: by the link of a message, or from my place. One page, no script needed.

A link opens one meeting with one right: whoever holds it reads first names and this meeting, nothing else.
The form carries a key of its own: sent twice, or sent later by a phone that was offline, it counts once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from traboule.apps.duos.actions import UnknownCode, log_meeting, log_unplanned, move_meeting
from traboule.apps.duos.enums_meetings import Happened, Through
from traboule.apps.duos.forms import LogForm
from traboule.apps.duos.forms.meetings import LENGTHS, OTHER
from traboule.apps.duos.queries import meetings as queries
from traboule.apps.duos.queries.meeting_words import say_when, say_where
from traboule.apps.people.enums import Side
from traboule.core.actors import Actor, system
from traboule.core.languages import interface
from traboule.core.links import use_link
from traboule.core.models import Link
from traboule.kernel.rhythm import Implausible
from traboule.web.doors import Door
from traboule.web.duo import drafts, log_later
from traboule.web.duo.doubts import REFUSALS, field_of, refusal
from traboule.web.duo.panels import Standing
from traboule.web.duo.thanks import thanks
from traboule.web.languages import chosen, speak

RIGHT_OF = {"meeting.log.mentor": Side.MENTOR, "meeting.log.mentee": Side.MENTEE}


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked about which meeting (None: one that nobody planned), and where the way leads back."""

    duo: Any
    meeting: Any
    side: str
    by: Actor
    now: datetime
    through: str
    link: Link | None = None
    back: str = ""

    @property
    def other(self) -> Any:
        """The other person of the duo; only the first name is shown."""
        return self.duo.mentor if self.side == Side.MENTEE else self.duo.mentee

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the branch."""
        return ZoneInfo(self.duo.branch.timezone)


def log_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Open the log of one meeting for one side; the language is that of the person."""
    meeting = queries.meeting_behind_link(door.link.subject_id, door.link.scope)
    if meeting is None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    side = RIGHT_OF[door.link.right]
    person = meeting.duo.mentor if side == Side.MENTOR else meeting.duo.mentee
    speak(request, chosen(request) or interface(person.contact_language))
    by = system(door.link.right)
    return answer(request, Asking(meeting.duo, meeting, side, by, door.now, Through.LINK, door.link))


def show_log(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Answer from my place: the meeting of this duo that is named, or one that nobody planned."""
    named = request.POST.get("meeting", "") or request.GET.get("meeting", "")
    meeting = queries.meeting_of_duo(standing.duo, named) if named else None
    if named and meeting is None:
        return log_later.of_other() if log_later.is_kept(request) else HttpResponseRedirect(request.path)
    if meeting is not None and standing.is_substitute and queries.word_of(meeting, standing.side):
        return HttpResponseRedirect(request.path)  # the word of the mentor is not theirs to read or to change
    return answer(
        request,
        Asking(
            standing.duo, meeting, standing.side, standing.by, standing.now, Through.PLACE,
            standing.link, request.path,
        ),
    )  # fmt: skip


def answer(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Show the page on GET; on POST write it down, say thank you, or show the form with what is wrong."""
    if log_later.is_of_other(request, asking):
        return log_later.of_other()
    if asking.meeting is not None and asking.meeting.moved_to is not None:
        return log_later.moved(request, _moved(request, asking))
    before = queries.word_of(asking.meeting, asking.side) if asking.meeting is not None else None
    if request.method != "POST":
        return _page(request, asking, _form(None, asking, before), before)
    if request.GET.get("draft"):
        return drafts.keep(request, asking)
    form = _form(request.POST, asking, before)
    if meanwhile := log_later.conflict(request, asking, before):
        return _page(request, asking, form, before, meanwhile)
    if form.is_valid():
        try:
            return _written(request, asking, form)
        except UnknownCode:
            form.add_error(None, refusal(UnknownCode()))
        except REFUSALS as wrong:
            _say(form, wrong, asking)
    return _page(request, asking, form, before)


def _say(form: LogForm, wrong: Exception, asking: Asking) -> None:
    name = field_of(wrong)
    if name == "outcome" and asking.meeting is None:
        name = "day"
    form.add_error(name, refusal(wrong))
    form.is_asked_back = isinstance(wrong, Implausible) and wrong.asks_back


def _form(data: Any, asking: Asking, before: Any) -> LogForm:
    initial: dict[str, Any] = {"client_key": uuid4().hex}
    if before is not None:
        known = before.minutes in LENGTHS
        initial |= {
            "outcome": before.outcome,
            "minutes": str(before.minutes) if known else (OTHER if before.minutes else ""),
            "other_minutes": "" if known else before.minutes,
            "served": before.served,
            "next_steps": before.next_steps,
            "next_text": before.next_text,
            "why_missed": before.why_missed,
        }
    initial |= drafts.kept(asking)
    return LogForm(data, initial=initial, zone=asking.zone, asks_day=asking.meeting is None)


def _written(request: HttpRequest, asking: Asking, form: LogForm) -> HttpResponse:
    data, said = form.cleaned_data, form.said()
    how: dict[str, Any] = {
        "side": asking.side, "said": said, "through": asking.through,
        "client_key": data["client_key"], "by": asking.by, "now": asking.now,
    }  # fmt: skip
    with transaction.atomic():
        if asking.link is not None:
            use_link(link=asking.link, now=asking.now)
        if asking.meeting is None:
            meeting = log_unplanned(duo=asking.duo, day=data["day"], **how).meeting
        elif said.outcome == Happened.MOVED and data.get("new_at"):
            meeting = move_meeting(
                meeting=asking.meeting, side=asking.side, to=data["new_at"], by=asking.by, now=asking.now
            )
        else:
            meeting = log_meeting(meeting=asking.meeting, **how).meeting
        drafts.forget(asking)
    context = {"asking": asking, "thanks": thanks(asking.duo, meeting, said.outcome, asking.now)}
    return log_later.written(render(request, "duo/logged.html", context))


def _page(
    request: HttpRequest, asking: Asking, form: LogForm, before: Any, meanwhile: str = ""
) -> HttpResponse:
    timezone = asking.duo.branch.timezone
    meeting = asking.meeting
    context = {
        "asking": asking,
        "form": form,
        "before": before,
        "when": say_when(meeting.planned_at, timezone) if meeting is not None else "",
        "where": say_where(meeting) if meeting is not None else "",
        "asks_back": form.is_asked_back,
        "other_name": asking.other.first_name,
        "whose": log_later.whose(asking),
        "meanwhile": meanwhile,
    }
    status = 409 if meanwhile else 422 if form.errors else 200
    return render(request, "duo/log.html", context, status=status)


def _moved(request: HttpRequest, asking: Asking) -> HttpResponse:
    new = asking.meeting.moved_to
    context = {"asking": asking, "when": say_when(new.planned_at, asking.duo.branch.timezone)}
    return render(request, "duo/log_moved.html", context)
