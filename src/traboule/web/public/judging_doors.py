"""What a person opens with a link: answering about a talk, reading shared notes, reading a decision."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.actions import talks as actions
from traboule.apps.applications.actions.errors_judging import SlotTaken, TalkIsOver
from traboule.apps.applications.actions.talk_messages import say_moment_of, say_when
from traboule.apps.applications.actions.talk_slots import take_slot
from traboule.apps.applications.queries import decisions, talks
from traboule.apps.applications.queries.guides import guide_of_notes
from traboule.apps.applications.talk_guide import SCALES
from traboule.core.actors import system
from traboule.core.languages import interface
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.components.ical import Gathering, calendar_file
from traboule.web.doors import Door
from traboule.web.languages import chosen, speak

OVER = "public/link_over.html"


class WishForm(forms.Form):
    """When it would suit better."""

    wish = forms.CharField(
        label=_("When would it suit you?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: Tuesdays after five, or a day of next week."),
    )


def answer_talk(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the talk; with a press of a button ask for another date, or cancel it."""
    talk = talks.talk_behind(door.link.subject_id)
    if talk is None:
        return render(request, OVER, {"ended": True}, status=410)
    if talk.application.person is not None:
        speak(request, chosen(request) or interface(talk.application.person.contact_language))
    if request.GET.get("calendar"):
        return calendar_file(gathering_of(talk), f"talk-{talk.pk}.ics")
    done = ""
    form = WishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            talk, done = _answer(request, talk, form.cleaned_data["wish"], door)
        except SlotTaken:
            done = "taken"
        except (TalkIsOver, IllegalMove):
            return render(request, OVER, {"ended": True}, status=410)
    offered = [(slot.pk, say_moment_of(talk, slot.starts_at)) for slot in talks.free_slots(talk, door.now)]
    context = {"talk": talk, "when": say_when(talk), "form": form, "done": done, "slots": offered}
    return render(request, "public/talk.html", context, status=409 if done == "taken" else 200)


def gathering_of(talk: Any) -> Gathering:
    """Return the date of a talk as a calendar takes it; a later one replaces it there."""
    return Gathering(
        uid=f"talk-{talk.pk}",
        sequence=talk.moves,
        title=gettext("Our talk"),
        text=str(talk.host.name) if talk.host else talk.branch.name,
        place=talk.where or str(talk.get_way_display()),
        starts_at=talk.starts_at,
        ends_at=talk.starts_at + timedelta(minutes=talk.minutes),
        timezone=talk.branch.timezone,
        changed_at=talk.planned_at,
        cancelled=False,
    )


def _answer(request: HttpRequest, talk: Any, wish: str, door: Door) -> tuple[Any, str]:
    """Do what the person chose: one of the dates offered, no talk, or a wish."""
    by, slot = system("link of a talk"), request.POST.get("slot", "")
    if request.POST.get("act") == "cancel":
        return actions.cancel_talk(talk=talk, by=by, now=door.now), "cancelled"
    if slot.isdecimal() and len(slot) < 19:
        return take_slot(talk=talk, slot_id=int(slot), by=by, now=door.now), "chosen"
    return actions.ask_another_date(talk=talk, wish=wish, by=by, now=door.now), "asked"


def read_talk(request: HttpRequest, door: Door) -> HttpResponse:
    """Show what was written down about somebody to that somebody, if it was to be shared."""
    notes = talks.shared_notes(door.link.subject_id)
    if notes is None:
        return render(request, OVER, {"ended": False}, status=404)
    said = [(q.text, notes.answers.get(q.code, "")) for q in guide_of_notes(notes)]
    scales = []
    for scale in SCALES:
        value = getattr(notes, scale.field)
        if value is not None:
            words = scale.low if value <= 2 else scale.middle if value == 3 else scale.high
            scales.append((scale.name, words))
    context = {"notes": notes, "said": [(text, answer) for text, answer in said if answer], "scales": scales}
    return render(request, "public/talk_notes.html", context)


def read_decision(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the letter about a decision, in the language of the person."""
    found = decisions.decision_behind(door.link.subject_id)
    if found is None or (found.letter_due_at is not None and door.now < found.letter_due_at):
        return render(request, OVER, {"ended": True}, status=410)
    letter = decisions.letter_of(found, found.decided_by)
    with translation.override(letter.language):
        return render(request, "public/decision.html", {"letter": letter, "branch": found.branch})
