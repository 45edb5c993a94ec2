"""Messages of a branch: what was sent, what arrived, what did not and why; and what to do about one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages as flashes
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from traboule.apps.messages import actions, queries
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.forms import MessageFilterForm
from traboule.apps.messages.kinds import kind_or_none
from traboule.apps.messages.letters import letter_pdf
from traboule.apps.messages.rules import length_of
from traboule.apps.people.enums import Channel, Permission
from traboule.web.access import Here, branch_page

MESSAGES_A_PAGE = 25
# State: the kind of its badge.
BADGES = {
    DeliveryState.WAITING: "waiting",
    DeliveryState.SENDING: "info",
    DeliveryState.SENT: "info",
    DeliveryState.DELIVERED: "good",
    DeliveryState.HANDED: "waiting",
    DeliveryState.BOUNCED: "urgent",
    DeliveryState.FAILED: "urgent",
    DeliveryState.WITHHELD: "calm",
}


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message in words."""

    message: Any
    title: str
    badge: str
    state: str
    why: str
    channel: str


def message_line(message: Any) -> MessageLine:
    """Put a message into words."""
    said = kind_or_none(message.kind)
    state = DeliveryState(message.state)
    return MessageLine(
        message=message,
        title=str(said.title) if said else message.kind,
        badge=BADGES[state],
        state=str(state.label),
        why=str(Why(message.reason).label) if message.reason in Why.values else "",
        channel=str(Channel(message.channel).label),
    )


@require_safe
@branch_page(Permission.MESSAGES_SEE)
def messages(request: HttpRequest, here: Here) -> HttpResponse:
    """List the messages of the branch, the latest first, and say how the worker is."""
    form = MessageFilterForm(request.GET)
    chosen = form.filters()
    rows = queries.message_list(actor=here.actor, branch=here.branch, **chosen)
    page = Paginator(rows, MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    counts = queries.state_counts(actor=here.actor, branch=here.branch)
    context = {
        "here": here,
        "form": form,
        "page": page,
        "lines": [message_line(row) for row in page],
        "is_filtered": bool(chosen),
        "counts": [
            (state, DeliveryState(state).label, BADGES[DeliveryState(state)], count)
            for state, count in counts.items()
            if count
        ],
        "health": queries.worker_health(now=here.now),
    }
    return render(request, "coordinator/messages.html", context)


@require_safe
@branch_page(Permission.MESSAGES_SEE)
def message(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one message: its text, what became of it, and what can be done."""
    row = queries.find_message(actor=here.actor, branch=here.branch, pk=pk)
    is_sms = row.channel == Channel.SMS
    stopped = queries.stopped_channels(row.person) if row.person else []
    context = {
        "here": here,
        "line": message_line(row),
        "message": row,
        "length": length_of(row.body) if is_sms else None,
        "stopped": Channel(row.channel) in stopped,
        "can_stop": row.person is not None and row.channel in (Channel.EMAIL, Channel.SMS),
        "is_letter": row.channel == Channel.LETTER,
        "may_write": here.may(Permission.MESSAGES_WRITE),
        "is_open": row.state in (DeliveryState.WAITING, DeliveryState.SENDING),
        "is_handed": row.state == DeliveryState.HANDED,
        "went_out": row.state in (DeliveryState.SENT, DeliveryState.DELIVERED),
        "back": reverse("messages", args=[here.branch.slug]),
    }
    return render(request, "coordinator/message.html", context)


@require_safe
@branch_page(Permission.MESSAGES_SEE)
def message_letter(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Give a message as a letter to print."""
    row = queries.find_message(actor=here.actor, branch=here.branch, pk=pk)
    answer = HttpResponse(letter_pdf(message=row, today=here.today), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="letter-{row.pk}.pdf"'
    return answer


@require_POST
@branch_page(Permission.MESSAGES_WRITE)
def message_act(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Do what the button says: send again, done by hand, came back, STOP, or STOP taken back."""
    row = queries.find_message(actor=here.actor, branch=here.branch, pk=pk)
    by, now = here.actor, here.now
    act = request.POST.get("act", "")
    channel = Channel(row.channel)
    if act == "again":
        try:
            actions.send_again(message=row, by=by, now=now)
            flashes.success(request, _("It goes out again with the next round."))
        except actions.StillWaiting:
            flashes.error(request, _("It has not gone out yet. It is still waiting."))
    elif act == "done":
        actions.record_delivery(message=row, by=by, now=now)
        flashes.success(request, _("Written down: the person knows."))
    elif act == "bounced":
        actions.record_bounce(message=row, by=by, now=now, trouble=_("Written down by the team"))
        flashes.success(request, _("Written down: it came back."))
    elif act == "stop" and row.person is not None:
        actions.record_stop(channel=channel, address=row.address, person=row.person, by=by, now=now)
        flashes.success(request, _("Nobody writes there any more."))
    elif act == "start" and row.person is not None:
        actions.lift_stop(channel=channel, person=row.person, by=by, now=now)
        flashes.success(request, _("We may write there again."))
    return redirect("message", here.branch.slug, row.pk)
