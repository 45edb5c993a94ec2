"""References: asked by a link, reminded, answered once, expired; the referee needs no account."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from traboule.apps.applications.models import Reference
from traboule.apps.applications.screening_enums import Known, ReferenceState, ScreeningStep, Trust
from traboule.apps.messages.actions import tell
from traboule.apps.people.enums import Channel, Permission
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.enums import Closing
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link, withdraw_links
from traboule.core.models import Link
from traboule.core.permissions import authorise
from traboule.core.scope import locked

RIGHT, SUBJECT = "reference.give", "reference"
REMIND_AFTER = (5, 10)
EXPIRE_AFTER = 21
# A late answer is still worth reading: the link lives on after the step "ask for another referee" is open.
LINK_DAYS = 60
OPEN = (ReferenceState.ASKED, ReferenceState.CALL, ReferenceState.EXPIRED)


class NotOpen(ValueError):
    """This reference waits for nothing any more; carries its state."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class PersonNeeded(Exception):
    """Only a person of the team asks about a mentor and looks at documents."""


class NoAddress(ValueError):
    """A referee is reached by an e-mail address or a mobile number; neither was given."""


@transaction.atomic
def ask_reference(
    *,
    person: Person,
    referee: str,
    channel: Channel,
    address: str,
    by: Actor,
    now: datetime,
    relation: str = "",
    language: str = "fr",
) -> Reference:
    """Send somebody three questions about a mentor. Raises NoAddress."""
    authorise(by, Permission.SCREENING_WRITE, person.branch_id)
    if not address.strip() or channel not in (Channel.EMAIL, Channel.SMS):
        raise NoAddress
    reference = Reference.everywhere.create(
        branch_id=person.branch_id,
        person=person,
        referee=referee.strip(),
        relation=relation.strip(),
        channel=channel,
        address=address.strip(),
        language=language,
        asked_at=now,
        asked_by_id=human(by),
    )
    _send(reference, "reference.ask", "asked", by, now)
    for key in _expired_keys(person):
        close_steps(branch=reference.branch, key=key, by=by, now=now)
    _record(reference, "asked", by, now, {"channel": channel})
    return reference


@transaction.atomic
def answer_reference(
    *,
    reference: Reference,
    known: Known,
    trust: Trust,
    by: Actor,
    now: datetime,
    text: str = "",
    may_share: bool = False,
) -> Reference:
    """Write the answer down, once: of the referee at the link, or of somebody who took it down on the phone.

    A late answer counts. Raises NotOpen for a second answer and for a reference that was withdrawn.
    """
    row = _open_row(reference)
    if by.kind is ActorKind.LOGIN:
        authorise(by, Permission.SCREENING_WRITE, row.branch_id)
        row.taken_by_id = by.id
    was = row.state
    row.state, row.answered_at = ReferenceState.ANSWERED, now
    row.known, row.trust, row.text, row.may_share = known, trust, text.strip(), may_share
    row.save()
    _close_all(row, by, now)
    if trust != Trust.YES:
        open_step(
            branch=row.branch,
            kind=ScreeningStep.REFERENCE_DOUBT,
            key=f"reference.doubt:{row.pk}",
            by=by,
            now=now,
            person=row.person,
            due_on=local_day(now, row.branch.timezone) + timedelta(days=3),
            rank=30,
            subject_type=SUBJECT,
            subject_id=row.pk,
        )
    _record(row, "answered", by, now, {"late": was == ReferenceState.EXPIRED})
    return row


@transaction.atomic
def ask_for_call(*, reference: Reference, by: Actor, now: datetime) -> Reference:
    """The referee would rather talk: the team calls. Asking twice changes nothing. Raises NotOpen."""
    row = _open_row(reference)
    if row.state == ReferenceState.CALL:
        return row
    row.state = ReferenceState.CALL
    row.save(update_fields=["state"])
    close_steps(branch=row.branch, key=_expired_key(row), by=by, now=now)
    open_step(
        branch=row.branch,
        kind=ScreeningStep.REFERENCE_CALL,
        key=f"reference.call:{row.pk}",
        by=by,
        now=now,
        person=row.person,
        due_on=local_day(now, row.branch.timezone) + timedelta(days=2),
        rank=40,
        text=row.referee,
        subject_type=SUBJECT,
        subject_id=row.pk,
    )
    _record(row, "call_wanted", by, now, {})
    return row


@transaction.atomic
def withdraw_reference(*, reference: Reference, by: Actor, now: datetime) -> Reference:
    """Take the question back: the link opens nothing any more. Raises NotOpen."""
    authorise(by, Permission.SCREENING_WRITE, reference.branch_id)
    row = _open_row(reference)
    row.state = ReferenceState.WITHDRAWN
    row.save(update_fields=["state"])
    withdraw_links(subject_type=SUBJECT, subject_id=row.pk, now=now, right=RIGHT)
    _close_all(row, by, now, Closing.DROPPED)
    _record(row, "withdrawn", by, now, {})
    return row


@transaction.atomic
def remind_or_expire(*, reference: Reference, by: Actor, now: datetime) -> str:
    """Do what the day asks for: a reminder after 5 and 10 days, the end after 21. Return what was done.

    A clock that slept sends one reminder, not two: only the latest that is due.
    """
    row = locked(reference)
    if row.state != ReferenceState.ASKED:
        return ""
    days = (local_day(now, row.branch.timezone) - local_day(row.asked_at, row.branch.timezone)).days
    if days >= EXPIRE_AFTER:
        return _expire(row, by, now)
    due = sum(days >= after for after in REMIND_AFTER)
    if due <= row.reminders:
        return ""
    row.reminders = due
    row.save(update_fields=["reminders"])
    _send(row, "reference.remind", f"reminded-{due}", by, now)
    _record(row, "reminded", by, now, {"number": due})
    return "reminded"


def human(by: Actor) -> int:
    """Return the id of the login that acts. Raises PersonNeeded."""
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise PersonNeeded
    return by.id


def reference_of(link: Link) -> Reference | None:
    """Return what a link of a referee opens, or None if it is gone."""
    rows = Reference.everywhere.select_related("person", "branch", "asked_by")
    return rows.filter(pk=link.subject_id, branch_id=link.scope or 0).first()


def _expire(row: Reference, by: Actor, now: datetime) -> str:
    row.state = ReferenceState.EXPIRED
    row.save(update_fields=["state"])
    open_step(
        branch=row.branch,
        kind=ScreeningStep.REFERENCE_EXPIRED,
        key=_expired_key(row),
        by=by,
        now=now,
        person=row.person,
        due_on=local_day(now, row.branch.timezone),
        rank=40,
        text=row.referee,
        subject_type=SUBJECT,
        subject_id=row.pk,
    )
    _record(row, "expired", by, now, {})
    return "expired"


def _send(row: Reference, kind: str, event: str, by: Actor, now: datetime) -> None:
    ends = row.asked_at + timedelta(days=LINK_DAYS)
    secret = make_link(
        right=RIGHT, subject_type=SUBJECT, subject_id=row.pk, scope=row.branch_id, now=now, ends_at=ends
    )
    values: Mapping[str, object] = {
        "referee": row.referee,
        "mentor": row.person.display_name,
        "branch": row.branch.name,
        "association": row.branch.organisation.name,
        "who": str(row.asked_by),
        "link": address_of(secret),
    }
    with translation.override(interface(row.language)):
        tell(
            branch=row.branch,
            kind=kind,
            event=f"reference:{row.pk}:{event}",
            values=values,
            by=by,
            now=now,
            address=row.address,
            channel=Channel(row.channel),
            language=row.language,
            not_after=row.asked_at + timedelta(days=EXPIRE_AFTER),
        )


def _open_row(reference: Reference) -> Reference:
    row = locked(reference)
    if row.state not in OPEN:
        raise NotOpen(row.state)
    return row


def _expired_key(row: Reference) -> str:
    return f"reference.expired:{row.pk}"


def _expired_keys(person: Person) -> list[str]:
    rows = Reference.everywhere.filter(person=person, state=ReferenceState.EXPIRED)
    return [_expired_key(row) for row in rows]


def _close_all(row: Reference, by: Actor, now: datetime, closing: Closing = Closing.DONE) -> None:
    for key in (_expired_key(row), f"reference.call:{row.pk}"):
        close_steps(branch=row.branch, key=key, by=by, now=now, closing=closing)


def _record(row: Reference, past: str, by: Actor, now: datetime, facts: Mapping[str, object]) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=row.branch_id,
        verb=f"reference.{past}",
        subject_type=SUBJECT,
        subject_id=row.pk,
        facts={"person": row.person_id, **facts},
    )
