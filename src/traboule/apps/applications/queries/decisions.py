"""Decisions about an application: the live one, the history, what is missing, the letter."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.dateformat import format as written
from django.utils.translation import pgettext

from traboule.apps.applications.letters import kind_of_decision
from traboule.apps.applications.models import Application, Decision
from traboule.apps.applications.models.decisions import LIVE
from traboule.apps.branches.models import Branch
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.kinds import kind_of
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.actors import Actor
from traboule.core.languages import interface
from traboule.core.permissions import NotVisible, authorise
from traboule.core.registry import ACCEPTANCE

TALK_NOT_HELD = "talk_not_held"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as the person reads it."""

    subject: str
    body: str
    language: str


def ready_to_accept(application: Application) -> list[str]:
    """Return the codes of what is still missing before acceptance; later parts add theirs (ACCEPTANCE)."""
    codes = [] if application.state == "talk_held" else [TALK_NOT_HELD]
    for missing in ACCEPTANCE:
        codes += [str(code) for code in missing(application)]
    return list(dict.fromkeys(codes))


def live_decision(application: Application) -> Decision | None:
    """Return the decision that stands, if there is one."""
    rows = Decision.everywhere.filter(application=application, state__in=LIVE)
    return rows.select_related("decided_by", "approved_by", "letter").first()


def decisions_about(*, actor: Actor, application: Application) -> list[Decision]:
    """Return every decision about an application, the latest first."""
    authorise(actor, Permission.APPLICATIONS_SEE, application.branch_id)
    rows = Decision.everywhere.filter(application=application)
    return list(rows.select_related("decided_by", "approved_by", "undone_by", "letter"))


def find_decision(*, actor: Actor, branch: Branch, pk: int, permission: Permission) -> Decision:
    """Return one decision of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = Decision.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    found = rows.select_related("application__person", "application__branch", "branch", "letter").first()
    if found is None:
        raise NotVisible
    return found


def letter_has_left(decision: Decision) -> bool:
    """Say whether the letter about a decision is on its way."""
    return decision.letter is not None and decision.letter.state in (DeliveryState.SENT, DeliveryState.FAILED)


def values_of(decision: Decision, host: Login | None, link: str = "") -> dict[str, Any]:
    """Return what fills the places of a letter, in the language in force."""
    person = decision.application.person
    until = ""
    if decision.until is not None:
        # Translators: Django date format; j = day, F = month, Y = year.
        until = written(decision.until, pgettext("date format", "j F Y"))
    return {
        "first_name": (person.first_name or person.display_name) if person else "",
        "host": str(host or decision.branch.name),
        "branch": decision.branch.name,
        "reach": host.email if host else decision.branch.name,
        "until": until,
        "link": link,
        "sentence": f"{decision.sentence}\n\n" if decision.sentence else "",
    }


def letter_of(decision: Decision, host: Login | None, language: str = "") -> Letter:
    """Return the letter about a decision, saved or not, in the language of the person."""
    person = decision.application.person
    speaks = interface(language or (person.contact_language if person else ""))
    kind = kind_of(kind_of_decision(decision.outcome, decision.application.side, decision.reason))
    with translation.override(speaks):
        values = values_of(decision, host)
        return Letter(str(kind.subject) % values, str(kind.body) % values, speaks)


def letter_before(
    *, application: Application, outcome: str, reason: str, until: date | None, sentence: str, by: Actor
) -> Letter:
    """Return the letter as it would leave, before anything is decided."""
    draft = Decision(
        application=application,
        branch=application.branch,
        outcome=outcome,
        reason=reason,
        until=until,
        sentence=" ".join(sentence.split()),
    )
    host = Login.objects.filter(pk=by.id).first() if by.id is not None else None
    return letter_of(draft, host)


def decision_behind(pk: str) -> Decision | None:
    """Return the decision that a link opens, if it still stands."""
    rows = Decision.everywhere.filter(pk=pk, state="made")
    return rows.select_related("application__person", "branch", "decided_by").first()


def undo_until(decision: Decision, now: datetime) -> datetime | None:
    """Return until when a decision can be taken back, or None where the letter has left."""
    due = decision.letter_due_at
    if letter_has_left(decision) or due is None or (decision.letter is None and due <= now):
        return None
    return due
