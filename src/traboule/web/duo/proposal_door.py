"""The proposal, read and answered by the link of a message: yes, no, or a talk first.

Reading changes nothing: a mail scanner that fetches the page presses no button.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.actions import MenteeAlreadyInDuo
from traboule.apps.pairing.actions import letters
from traboule.apps.pairing.actions.answers import answer_by_link
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES, Answer, ProposalState
from traboule.apps.pairing.forms.own import NoForm, RatherNotForm
from traboule.apps.pairing.queries.letters import agreed_to_share, letter_behind
from traboule.apps.people.enums import Side
from traboule.core.actors import Actor, system
from traboule.core.languages import interface
from traboule.core.links import LinkEnded, use_link
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.access import posted
from traboule.web.doors import Door
from traboule.web.duo import shared_words
from traboule.web.languages import chosen, speak

BY_LINK = system("link of a proposal")
OVER = "public/link_over.html"
# Once it is answered or over: heading and text, with the name of the other person.
SAYS = {
    "duo": (_("You are a duo."), _("%(name)s said yes too. We write to you with a first date.")),
    "yes": (_("You said yes. Thank you."), _("Now we ask %(name)s, and write to you.")),
    "no": (_("Thank you for telling us."), _("A no does no harm. You keep your place, and we look again.")),
    "over": (_("This proposal is over."), _("It is not because of you. We look again for you.")),
}


def proposal_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the proposal to its one reader; write down what they say."""
    letter = letter_behind(door.link.subject_id, door.link.scope)
    if letter is None:
        return render(request, OVER, {"ended": True}, status=410)
    proposal = letter.proposal
    reader, other = proposal.mentee, proposal.mentor
    if letter.side == Side.MENTOR:
        reader, other = other, reader
    speak(request, chosen(request) or interface(reader.contact_language))
    context = {"letter": letter, "reader": reader, "other": other, "stage": _stage(letter)}
    if request.method == "POST":
        return _act(request, door, letter, context)
    return _show(request, context, request.GET.get("show", ""))


def _stage(letter: Any) -> str:
    """How far it is, for this reader."""
    proposal = letter.proposal
    answer = getattr(proposal, f"{letter.side}_answer")
    if proposal.state == ProposalState.ACCEPTED:
        return "duo"
    if answer == Answer.NO:
        return "no"
    if proposal.state not in OPEN_PROPOSAL_STATES:
        return "over"
    if answer == Answer.YES:
        return "yes"
    return "ask" if letter.opened_at else "unopened"


def _show(
    request: HttpRequest, context: dict[str, Any], show: str, form: Any = None, status: int = 200
) -> HttpResponse:
    stage, letter, other = context["stage"], context["letter"], context["other"]
    if show == "no" and stage in ("ask", "yes"):
        return render(request, "duo/proposal_no.html", context | {"form": form or NoForm()}, status=status)
    if show == "rather" and stage in ("ask", "yes"):
        shown = form or RatherNotForm(initial={"text": letter.rather_not})
        return render(request, "duo/proposal_rather.html", context | {"form": shown}, status=status)
    if stage in SAYS:
        heading, text = SAYS[stage]
        context |= {"heading": heading, "text": text % {"name": other.first_name}}
    elif stage == "ask":
        told = agreed_to_share(other.pk)
        context |= {"sentences": shared_words.sentences(letter.shared, other.first_name) if told else []}
        context |= {"own_words": letter.own_words if told else "", "told": told}
    return render(request, "duo/proposal.html", context, status=status)


def _act(request: HttpRequest, door: Door, letter: Any, context: dict[str, Any]) -> HttpResponse:
    """Write down what was pressed, once; whoever was too late reads how it stands."""
    act = request.POST.get("act", "")
    form = {"no": NoForm, "rather": RatherNotForm}.get(act, NoForm)(posted(request))
    if act in ("no", "rather") and not form.is_valid():
        return _show(request, context, act, form, status=422)
    write = _ACTS.get(act)
    if write is not None:
        try:
            with transaction.atomic():
                use_link(link=door.link, now=door.now)
                write(letter, form, BY_LINK, door)
        except LinkEnded:
            return render(request, OVER, {"ended": True}, status=410)
        except (IllegalMove, MenteeAlreadyInDuo, letters.NotTheirTurn):
            pass  # the page says how it stands now
    return HttpResponseRedirect(request.path)


def _read(letter: Any, _form: Any, by: Actor, door: Door) -> None:
    letters.open_letter(letter=letter, by=by, now=door.now)


def _yes(letter: Any, _form: Any, by: Actor, door: Door) -> None:
    answer_by_link(letter=letter, answer=Answer.YES, by=by, now=door.now)


def _no(letter: Any, form: Any, by: Actor, door: Door) -> None:
    code = form.cleaned_data["reason"]
    answer_by_link(letter=letter, answer=Answer.NO, decline_reason=code, by=by, now=door.now)


def _talk(letter: Any, _form: Any, by: Actor, door: Door) -> None:
    letters.ask_to_talk_first(letter=letter, by=by, now=door.now)


def _rather(letter: Any, form: Any, by: Actor, door: Door) -> None:
    letters.say_rather_not(letter=letter, text=form.cleaned_data["text"], by=by, now=door.now)


_ACTS: dict[str, Callable[[Any, Any, Actor, Door], None]] = {
    "read": _read,
    "yes": _yes,
    "no": _no,
    "talk": _talk,
    "rather": _rather,
}
