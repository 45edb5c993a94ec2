"""How the team reads a follow-up: badges, one line, the answers, and how it went, day by day."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.followups.enums import FollowUpState, FollowUpStep
from traboule.apps.outcomes.enums import ToldBy
from traboule.web.templatetags.traboule import say_date, say_moment

STEP_WORDS: dict[str, tuple[str, Promise]] = {
    FollowUpStep.CALL: ("waiting", _("No answer after the end: call")),
}
STEP_PAGES: dict[str, str] = {FollowUpStep.CALL: "follow_up"}
KINDS = {
    FollowUpState.DUE: "calm",
    FollowUpState.ASKED: "info",
    FollowUpState.REMINDED: "info",
    FollowUpState.TO_CALL: "waiting",
    FollowUpState.REACHED: "good",
    FollowUpState.HEARD: "good",
    FollowUpState.REFUSED: "calm",
    FollowUpState.UNREACHABLE: "calm",
    FollowUpState.NOT_ASKED: "calm",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One follow-up as the lists show it."""

    row: Any
    text: str
    kind: str


def line_of(row: Any) -> Line:
    """Return what a list shows of one follow-up."""
    return Line(row, _text(row), KINDS[row.state])


def _text(row: Any) -> str:
    if row.state == FollowUpState.NOT_ASKED:
        return str(row.get_why_not_display())
    if row.state == FollowUpState.REACHED:
        return f"{row.get_now_display()} · {say_moment(row.answered_at)}"
    if row.state == FollowUpState.HEARD:
        told = _known_from(row.heard_from)
        return gettext("Known from: %(whom)s") % {"whom": told}
    if row.closed_at is not None:
        return str(say_moment(row.closed_at))
    parts = [gettext("due on %(day)s") % {"day": say_date(row.due_on)}]
    if row.reminders:
        parts.append(ngettext("%(n)s reminder", "%(n)s reminders", row.reminders) % {"n": row.reminders})
    if row.calls:
        parts.append(ngettext("%(n)s call", "%(n)s calls", row.calls) % {"n": row.calls})
    if row.state == FollowUpState.TO_CALL:
        parts.append(gettext("with %(owner)s") % {"owner": row.duo.owner})
    return " · ".join(parts)


def _known_from(code: str) -> str:
    return str(ToldBy(code).label) if code in ToldBy.values else ""


def answers_of(row: Any) -> list[tuple[str, str]]:
    """Return label and value of what was answered; nothing where nobody answered."""
    if not row.now:
        return []
    again = {True: gettext("Yes"), False: gettext("No")}
    facts = [(gettext("Is doing now"), str(row.get_now_display()))]
    if row.leads:
        facts.append((gettext("What kind?"), str(row.get_leads_display())))
    facts.append((gettext("For how long, roughly?"), str(row.get_since_display())))
    if row.hours:
        facts.append((gettext("About how many hours a week?"), str(row.get_hours_display())))
    facts.append((gettext("May we ask again later?"), again.get(row.ask_again, "")))
    facts.append((gettext("How the answer came"), str(row.get_through_display())))
    return facts


def history_of(row: Any) -> list[tuple[str, str]]:
    """Return when and what, in order, of what is known."""
    found = [(say_date(row.due_on), gettext("Due"))]
    if row.asked_at is not None:
        found.append((say_moment(row.asked_at), gettext("Asked")))
    if row.reminders:
        words = ngettext("%(n)s reminder", "%(n)s reminders", row.reminders) % {"n": row.reminders}
        found.append((say_moment(row.tried_at) if not row.calls else "", words))
    if row.calls:
        words = ngettext("%(n)s call", "%(n)s calls", row.calls) % {"n": row.calls}
        by = str(row.noted_by) if row.noted_by else ""
        found.append((" · ".join(part for part in (say_moment(row.tried_at), by) if part), words))
    if row.closed_at is not None:
        why = str(row.get_why_not_display()) if row.why_not else str(row.get_state_display())
        if row.state == FollowUpState.HEARD:
            why = f"{why} ({_known_from(row.heard_from)})"
        found.append((say_moment(row.closed_at), why))
    return [(str(when), what) for when, what in found]
