"""A proposal on its way: what is told to whom, seen before it is sent, and how far each letter has come."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info, gettext, override
from django.views.decorators.http import require_http_methods

from traboule.apps.pairing.actions.letters import (
    AlreadySent,
    NotShared,
    NotTheirTurn,
    TooMuchToRead,
    send_letter,
)
from traboule.apps.pairing.enums import Answer
from traboule.apps.pairing.forms.sending import SendForm
from traboule.apps.pairing.queries.letters import (
    MOST_SENTENCES,
    agreed_to_share,
    letters_of,
    shareable,
    side_asked,
)
from traboule.apps.pairing.queries.proposals import find_proposal
from traboule.apps.people.enums import Permission, Side
from traboule.core.languages import interface
from traboule.web.access import Here, branch_page, posted
from traboule.web.duo import shared_words
from traboule.web.templatetags.traboule import say_moment


@dataclass(frozen=True, slots=True)
class Letter:
    """How far the letter to one of the two has come."""

    name: str
    stages: list[tuple[str, str]]
    rather_not: str


def about(proposal: Any, here: Here) -> dict[str, Any]:
    """Return what the page of a proposal shows of its letters, and where the next one is sent."""
    letters = letters_of(proposal)
    side = side_asked(proposal)
    due = side and side not in letters and here.may(Permission.PROPOSALS_ANSWER)
    reader = proposal.mentor if side == Side.MENTOR else proposal.mentee
    return {
        "letters": [_letter(letters[code], proposal) for code in Side.values[::-1] if code in letters],
        "send_href": reverse("proposal_send", args=[here.branch.slug, proposal.pk]) if due else "",
        "send_to": reader.first_name if due else "",
    }


def _letter(letter: Any, proposal: Any) -> Letter:
    person = getattr(proposal, letter.side)
    answer = getattr(proposal, f"{letter.side}_answer")
    answered_at = getattr(proposal, f"{letter.side}_answer_at")
    stages = [
        (gettext("Sent"), letter.sent_at),
        (gettext("Opened"), letter.opened_at),
        (gettext("Reminded"), letter.reminded_at),
        (gettext("Wants to talk first"), letter.talk_at),
        (
            gettext("Said yes") if answer == Answer.YES else gettext("Said no"),
            answered_at if answer else None,
        ),
    ]
    return Letter(
        person.display_name, [(text, say_moment(at)) for text, at in stages if at], letter.rather_not
    )


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.PROPOSALS_ANSWER)
def proposal_send(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show what the next of the two will read, let the coordinator change it, and send it."""
    proposal = find_proposal(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.PROPOSALS_ANSWER
    )
    side = side_asked(proposal)
    back = reverse("proposal", args=[here.branch.slug, pk])
    if not side or side in letters_of(proposal):
        messages.info(request, gettext("This is how it stands now."))
        return redirect(back)
    reader, other = proposal.mentee, proposal.mentor
    if side == Side.MENTOR:
        reader, other = other, reader
    facts = shareable(proposal, side)
    choices = [(fact["code"], shared_words.sentence(fact, other.first_name)) for fact in facts]
    form = SendForm(
        posted(request),
        choices=choices,
        agreed=agreed_to_share(other.pk),
        initial={"codes": [code for code, _text in choices][:MOST_SENTENCES]},
    )
    if request.method == "POST" and form.is_valid():
        return _send(request, here, proposal, form, reader, back)
    context = {"here": here, "form": form, "reader": reader, "other": other, "back": back}
    context |= _preview(facts, form, reader, other)
    return render(request, "matching/send.html", context, status=422 if form.errors else 200)


def _send(
    request: HttpRequest, here: Here, proposal: Any, form: SendForm, reader: Any, back: str
) -> HttpResponse:
    said = form.cleaned_data
    try:
        send_letter(
            proposal=proposal,
            codes=said["codes"],
            own_words=said["own_words"],
            agreed_now=said.get("agreed", False),
            by=here.actor,
            now=here.now,
        )
    except (NotTheirTurn, AlreadySent, NotShared, TooMuchToRead):
        messages.error(request, gettext("Somebody was faster. This is how it stands now."))
    else:
        messages.success(request, gettext("Sent to %(name)s.") % {"name": reader.first_name})
    return redirect(back)


def _preview(facts: list[dict[str, Any]], form: SendForm, reader: Any, other: Any) -> dict[str, Any]:
    """What the reader will see, in the language of the reader."""
    chosen = form.data.getlist("codes") if form.is_bound else form.initial["codes"]  # type: ignore[attr-defined]  # a QueryDict
    language = interface(reader.contact_language)
    with override(language):
        kept = [fact for fact in facts if fact["code"] in chosen]
        lines = shared_words.sentences(kept, other.first_name)
    info = get_language_info(language)
    return {"preview": lines, "language": language, "direction": "rtl" if info["bidi"] else "ltr"}
