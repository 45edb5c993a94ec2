"""Meetings on my place: the next one, what is not logged yet, moving in two taps, the strip of 26 weeks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.apps.duos import actions
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.forms import RhythmForm, TimeForm
from traboule.apps.duos.queries import meetings as queries
from traboule.apps.duos.queries.meeting_words import say_length, say_rhythm, say_when, say_where
from traboule.apps.people.enums import Side
from traboule.core.links import use_link
from traboule.web.components.figures import Strip, strip
from traboule.web.duo.doubts import REFUSALS, refusal
from traboule.web.duo.panels import Panel, Standing

NEXT_SHOWN = 2
LOGS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting to come, with three other times: (value, words)."""

    pk: int
    when: str
    where: str
    times: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Meetings:
    """What the panel reads."""

    other: str
    ahead: list[Ahead]
    to_log: list[tuple[int, str]]
    rhythm: str
    strip: Strip
    sums: str
    rests: bool
    reminded: bool
    may_wish: bool
    place: str


def meetings_panel(standing: Standing) -> Panel:
    """Return the panel of the meetings of a duo, for either side."""
    duo, zone = standing.duo, standing.duo.branch.timezone
    found = queries.diary(duo, standing.now)
    lived = queries.weeks_of_diary(found, standing.today)
    week = min(((standing.today - duo.started_on).days // 7) + 1, 26)
    panel = Meetings(
        other=standing.other.first_name,
        ahead=[_ahead(entry, found, zone) for entry in found.ahead[:NEXT_SHOWN]],
        to_log=[
            (entry.meeting.pk, say_when(entry.meeting.planned_at, zone))
            for entry in found.to_log(standing.side)[:LOGS_SHOWN]
        ],
        rhythm=say_rhythm(found.rhythm),
        strip=strip(lived, now=max(0, week), total=weeks(duo)),  # type: ignore[arg-type]  # words of the strip
        sums=sums(found),
        rests=duo.state == DuoState.PAUSED,
        reminded=duo.remind_mentor if standing.side == Side.MENTOR else duo.remind_mentee,
        may_wish=not standing.is_substitute,
        place=duo.branch.name,
    )
    return Panel("duo/meetings.html", panel)


def weeks(duo: Any) -> int:
    """Planned weeks of a duo."""
    return int(((duo.ends_on - duo.started_on).days + 1) // 7)


def sums(found: queries.Diary) -> str:
    """Return "7 meetings, 14 h together", or nothing before the first one."""
    number = len(found.held)
    if not number:
        return ""
    said = ngettext("%(count)s meeting", "%(count)s meetings", number) % {"count": number}
    return _("%(meetings)s, %(hours)s together") % {"meetings": said, "hours": say_length(found.minutes)}


def _ahead(entry: Any, found: queries.Diary, zone: str) -> Ahead:
    row = entry.meeting
    times = tuple((when.isoformat(), say_when(when, zone)) for when in found.suggested(row))
    return Ahead(row.pk, say_when(row.planned_at, zone), say_where(row), times)


# --- pages and acts --------------------------------------------------------------------------------------


def show_move(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Other times for one meeting, or a day and time of one's own; also after a time that cannot be."""
    row = queries.meeting_of_duo(standing.duo, request.GET.get("meeting", ""))
    if row is None:
        return HttpResponseRedirect(request.path)
    return _move_page(request, standing, row, TimeForm(None, zone=_zone(standing)))


def _move_page(request: HttpRequest, standing: Standing, row: Any, form: TimeForm) -> HttpResponse:
    found = queries.diary(standing.duo, standing.now)
    zone = standing.duo.branch.timezone
    context = {
        "row": row,
        "form": form,
        "when": say_when(row.planned_at, zone),
        "times": [(when.isoformat(), say_when(when, zone)) for when in found.suggested(row)],
        "other": standing.other.first_name,
        "branch": standing.duo.branch,
    }
    return render(request, "duo/move.html", context, status=422 if form.errors else 200)


def move(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Move a meeting to one of the times offered, or to one's own."""
    row = queries.meeting_of_duo(standing.duo, request.POST.get("meeting", ""))
    if row is None:
        return HttpResponseRedirect(request.path)
    offered = request.POST.get("to", "")
    form = TimeForm({"at": _local(offered, standing) or request.POST.get("at", "")}, zone=_zone(standing))
    if not form.is_valid():
        return _move_page(request, standing, row, form)
    try:
        new = _done(
            standing,
            lambda: actions.move_meeting(
                meeting=row, side=standing.side, to=form.cleaned_data["at"], by=standing.by, now=standing.now
            ),
        )
    except REFUSALS as wrong:
        form.add_error("at", refusal(wrong))
        return _move_page(request, standing, row, form)
    when = say_when(new.planned_at, standing.duo.branch.timezone)
    messages.success(request, _("Moved: %(when)s. Both of you get a message.") % {"when": when})
    return HttpResponseRedirect(request.path)


def cancel(request: HttpRequest, standing: Standing) -> HttpResponse:
    """This one does not take place."""
    row = queries.meeting_of_duo(standing.duo, request.POST.get("meeting", ""))
    if row is not None:
        try:
            _done(
                standing,
                lambda: actions.cancel_meeting(
                    meeting=row, side=standing.side, by=standing.by, now=standing.now
                ),
            )
        except REFUSALS as wrong:
            messages.error(request, refusal(wrong))
        else:
            messages.success(request, _("It is cancelled. Both of you get a message."))
    return HttpResponseRedirect(request.path)


def plan(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Plan one more meeting."""
    form = TimeForm(request.POST, zone=_zone(standing))
    if not form.is_valid():
        messages.error(request, _("Give a day and a time."))
        return HttpResponseRedirect(request.path)
    try:
        row = _done(
            standing,
            lambda: actions.plan_meeting(
                duo=standing.duo, side=standing.side, at=form.cleaned_data["at"], by=standing.by,
                now=standing.now,
            ),
        )  # fmt: skip
    except REFUSALS as wrong:
        messages.error(request, refusal(wrong))
        return HttpResponseRedirect(request.path)
    when = say_when(row.planned_at, standing.duo.branch.timezone)
    messages.success(request, _("Planned: %(when)s. Both of you get a message.") % {"when": when})
    return HttpResponseRedirect(request.path)


def show_rhythm(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Ask when the two meet from now on."""
    now = queries.diary(standing.duo, standing.now).rhythm
    initial = {"minutes": 120, "how": "in_person"}
    if now is not None:
        initial = {name: getattr(now, name) for name in ("weekday", "at", "minutes", "how", "place")}
    return _rhythm_page(request, standing, RhythmForm(initial=initial))


def _rhythm_page(request: HttpRequest, standing: Standing, form: RhythmForm) -> HttpResponse:
    context = {"form": form, "other": standing.other.first_name}
    return render(request, "duo/rhythm.html", context, status=422 if form.errors else 200)


def set_rhythm(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Write the rhythm down; what was planned moves along."""
    form = RhythmForm(request.POST)
    if not form.is_valid():
        return _rhythm_page(request, standing, form)
    try:
        _done(
            standing,
            lambda: actions.set_rhythm(
                duo=standing.duo, side=standing.side, by=standing.by, now=standing.now, **form.cleaned_data
            ),
        )
    except REFUSALS as wrong:
        form.add_error(None, refusal(wrong))
        return _rhythm_page(request, standing, form)
    messages.success(request, _("It is written down. Both of you get a message."))
    return HttpResponseRedirect(request.path)


def wish(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Wish a reminder the day before, or wish it no more."""
    if standing.is_substitute:
        return HttpResponseRedirect(request.path)
    wanted = request.POST.get("wanted") == "yes"
    _done(
        standing,
        lambda: actions.wish_reminder(
            duo=standing.duo, side=standing.side, wanted=wanted, by=standing.by, now=standing.now
        ),
    )
    said = _("We remind you the day before.") if wanted else _("We do not remind you any more.")
    messages.success(request, said)
    return HttpResponseRedirect(request.path)


def _done(standing: Standing, act: Callable[[], Any]) -> Any:
    """Act, and count a use of the link in the same transaction."""
    with transaction.atomic():
        if standing.link is not None:
            use_link(link=standing.link, now=standing.now)
        return act()


def _zone(standing: Standing) -> Any:
    return ZoneInfo(standing.duo.branch.timezone)


def _local(offered: str, standing: Standing) -> str:
    """Turn an offered instant into what the form reads; anything else is not offered."""
    try:
        return datetime.fromisoformat(offered).astimezone(_zone(standing)).strftime("%Y-%m-%dT%H:%M")
    except (ValueError, OverflowError):
        return ""
