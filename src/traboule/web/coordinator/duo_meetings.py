"""Meetings on the coordinator's page of a duo: both sides' words, the log by phone, what is settled."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext
from django.views.decorators.http import require_http_methods

from traboule.apps.duos import actions
from traboule.apps.duos.enums_meetings import Agreement, Happened, How, MeetingState, Next, Purpose, Through
from traboule.apps.duos.forms import LogForm, RhythmForm, SettleForm
from traboule.apps.duos.queries import find_duo
from traboule.apps.duos.queries import meetings as queries
from traboule.apps.duos.queries.meeting_words import say_length, say_rhythm, say_when, say_where
from traboule.apps.people.enums import Permission, Side
from traboule.apps.support.queries.at_hand import AtHand
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.duo_panels import DuoPanel
from traboule.web.duo.doubts import REFUSALS, field_of, refusal

ANSWERS = ["GET", "HEAD", "POST"]
SHOWN = 6
KINDS: dict[str, str] = {
    MeetingState.HELD: "good", MeetingState.MISSED: "waiting", MeetingState.MOVED: "info",
    MeetingState.CANCELLED: "calm", MeetingState.PLANNED: "calm",
}  # fmt: skip
DOUBTFUL = (Agreement.OPEN, Agreement.LOWER)


@dataclass(frozen=True, slots=True)
class Word:
    """What one side says, in words; empty while they have not spoken."""

    who: str
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting."""

    when: str
    where: str
    state: str
    kind: str
    words: list[Word]
    doubt: str
    settle: str
    phone: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel reads."""

    lines: list[Line]
    earlier: list[Line]
    sums: str
    rhythm: str
    rhythm_href: str
    note_href: str
    sheet_href: str
    calendars: list[tuple[str, str]]


def meetings_panel(here: Here, duo: Any, _at_hand: AtHand) -> DuoPanel | None:
    """Return the panel of meetings: the latest and the next ones, doubtful ones marked."""
    found = queries.diary_of_page(duo, here.now)
    past = [e for e in found.entries if e.meeting.planned_at <= here.now or e.logs]
    shown = [*reversed(found.ahead[:2]), *reversed(past[-SHOWN:])]
    may, slug = here.may(Permission.DUOS_WRITE), here.branch.slug
    held = len(found.held)
    sums = ngettext("%(count)s meeting", "%(count)s meetings", held) % {"count": held}
    panel = Panel(
        lines=[_line(entry, here, may) for entry in shown],
        earlier=[_line(entry, here, may) for entry in reversed(past[:-SHOWN])],
        sums=f"{sums}, {say_length(found.minutes)}" if held else "",
        rhythm=say_rhythm(found.rhythm),
        rhythm_href=reverse("duo_rhythm", args=[slug, duo.pk]) if may and duo.closed_on is None else "",
        note_href=reverse("meeting_note", args=[slug, duo.pk]) if may else "",
        sheet_href=reverse("duo_sheet", args=[slug, duo.pk]) if may else "",
        calendars=_calendars(duo, slug) if may else [],
    )
    return DuoPanel("coordinator/duo/meetings.html", panel)


def _calendars(duo: Any, slug: str) -> list[tuple[str, str]]:
    """Both names, each with the page of their calendar address."""
    both = ((Side.MENTEE, duo.mentee), (Side.MENTOR, duo.mentor))
    return [(who.first_name, reverse("duo_calendar", args=[slug, duo.pk, side])) for side, who in both]


def _line(entry: Any, here: Here, may: bool) -> Line:
    row, slug = entry.meeting, here.branch.slug
    words = [_word(side, entry.logs.get(side), row) for side in Side]
    silent = [side for side in Side if side not in entry.logs]
    open_ones = row.planned_at <= here.now and row.moved_to_id is None
    said = any(word.text for word in words)
    phone = [(str(side.label), reverse("meeting_phone", args=[slug, row.pk, side.value])) for side in silent]
    settles = may and row.agreement in DOUBTFUL
    return Line(
        when=say_when(row.planned_at, here.branch.timezone),
        where=row.place if row.how == How.IN_PERSON else say_where(row),
        state=_state(row),
        kind="urgent" if row.agreement == Agreement.OPEN else KINDS[row.state],
        words=words if said else [],
        doubt=str(row.get_agreement_display()) if row.agreement in (*DOUBTFUL, Agreement.SETTLED) else "",
        settle=reverse("meeting_settle", args=[slug, row.pk]) if settles else "",
        phone=phone if may and open_ones and not said and not row.agreement else [],
    )


def _state(row: Any) -> str:
    if row.agreement == Agreement.OPEN:
        return pgettext("state of a meeting", "not clear")
    if row.state == MeetingState.HELD:
        return f"{row.get_state_display()} · {say_length(row.met_minutes)}"
    return str(row.get_state_display())


def _word(side: Side, log: Any, row: Any) -> Word:
    person = row.duo.mentor if side == Side.MENTOR else row.duo.mentee
    if log is None:
        return Word(person.first_name or str(side.label), "", "")
    text = str(log.get_outcome_display())
    if log.minutes:
        text = f"{text} · {say_length(log.minutes)}"
    parts = [str(Purpose(code).label) for code in log.served if code in Purpose.values]
    parts += [f"→ {Next(code).label}" for code in log.next_steps if code in Next.values]
    parts += [log.next_text] if log.next_text else []
    parts += [str(log.get_why_missed_display())] if log.why_missed else []
    parts += [gettext("by phone")] if log.through == Through.PHONE else []
    parts += [gettext("from the printed sheet")] if log.through == Through.SHEET else []
    return Word(person.first_name or str(side.label), text, " · ".join(parts))


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def meeting_settle(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down what counts, after asking both."""
    row = queries.find_meeting(actor=here.actor, branch=here.branch, pk=pk)
    form = SettleForm(posted(request), initial={"outcome": Happened.MET, "minutes": row.met_minutes})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.settle_meeting(
                meeting=row, outcome=said["outcome"], minutes=said["minutes"], by=here.actor, now=here.now
            )
        except REFUSALS as wrong:
            form.add_error(field_of(wrong), refusal(wrong))
        else:
            messages.success(request, gettext("It is settled."))
            return redirect("duo", here.branch.slug, row.duo_id)
    logs = {side: queries.word_of(row, side) for side in Side}
    context = _frame(here, row.duo) | {
        "form": form,
        "words": [_word(side, logs[side], row) for side in Side],
        "when": say_when(row.planned_at, here.branch.timezone),
    }
    return render(request, "coordinator/duo/settle.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def meeting_phone(request: HttpRequest, here: Here, pk: int, side: str) -> HttpResponse:
    """Write down what a mentor or a mentee says on the phone."""
    if side not in Side.values:
        raise Http404
    row = queries.find_meeting(actor=here.actor, branch=here.branch, pk=pk)
    form = _log_form(request, here, asks_day=False)
    if request.method == "POST" and form.is_valid():
        done = _logged(form, here, actions.log_meeting, through=_way(request), meeting=row, side=side)
        if done:
            return _after(request, here, row.duo_id)
    who = row.duo.mentor if side == Side.MENTOR else row.duo.mentee
    when = say_when(row.planned_at, here.branch.timezone)
    return _phone_page(request, here, row.duo, form, who.display_name, when)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def meeting_note(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down a meeting that nobody had planned, as the mentor says."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    form = _log_form(request, here, asks_day=True)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        whose = {"duo": duo, "day": day, "side": Side.MENTOR}
        if _logged(form, here, actions.log_unplanned, through=_way(request), **whose):
            return _after(request, here, pk)
    return _phone_page(request, here, duo, form, duo.mentor.display_name, "")


def _after(request: HttpRequest, here: Here, duo_pk: int) -> HttpResponse:
    """Go back to where the log was opened: the printed sheet that is being copied, or the duo."""
    messages.success(request, gettext("It is written down."))
    return redirect("duo_sheet" if _of_sheet(request) else "duo", here.branch.slug, duo_pk)


def _of_sheet(request: HttpRequest) -> bool:
    return request.GET.get("from") == "sheet"


def _log_form(request: HttpRequest, here: Here, *, asks_day: bool) -> LogForm:
    zone = ZoneInfo(here.branch.timezone)
    return LogForm(posted(request), initial={"client_key": uuid4().hex}, zone=zone, asks_day=asks_day)


def _way(request: HttpRequest) -> Through:
    return Through.SHEET if _of_sheet(request) else Through.PHONE


def _logged(form: LogForm, here: Here, act: Any, *, through: Through, **whose: Any) -> bool:
    try:
        act(
            said=form.said(), through=through, client_key=form.cleaned_data["client_key"],
            by=here.actor, now=here.now, **whose,
        )  # fmt: skip
    except REFUSALS as wrong:
        name = field_of(wrong)
        form.add_error("day" if name == "outcome" and form.asks_day else name, refusal(wrong))
        form.is_asked_back = bool(getattr(wrong, "asks_back", False))
        return False
    return True


def _phone_page(
    request: HttpRequest, here: Here, duo: Any, form: LogForm, who: str, when: str
) -> HttpResponse:
    context = _frame(here, duo) | {"form": form, "who": who, "when": when, "asks_back": form.is_asked_back}
    return render(request, "coordinator/duo/phone.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def duo_rhythm(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Say when the two meet; both are told."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    now = queries.diary(duo, here.now).rhythm
    names = ("weekday", "at", "minutes", "how", "place")
    initial = {name: getattr(now, name) for name in names} if now else {"minutes": 120, "how": "in_person"}
    form = RhythmForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rhythm(duo=duo, side="coordinator", by=here.actor, now=here.now, **form.cleaned_data)
        except REFUSALS as wrong:
            form.add_error(None, refusal(wrong))
        else:
            messages.success(request, gettext("It is written down. Both get a message."))
            return redirect("duo", here.branch.slug, pk)
    context = _frame(here, duo) | {
        "form": form, "title": gettext("When do they meet?"),
        "lede": gettext("Both get a message. What is planned moves along."),
        "back_text": gettext("Duo"),
    }  # fmt: skip
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


def _frame(here: Here, duo: Any) -> dict[str, Any]:
    pair = f"{duo.mentee.first_name} & {duo.mentor.first_name}"
    return {"here": here, "back": reverse("duo", args=[here.branch.slug, duo.pk]), "pair": pair}
