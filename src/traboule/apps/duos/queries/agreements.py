"""Agreements and first meetings: for the coordinator, for the two, and what they leave open."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from traboule.apps.branches.models import Branch
from traboule.apps.duos.clauses import digest_of_texts
from traboule.apps.duos.enums import OPEN_DUO_STATES, AgreementState, DuoStep, FirstMeetingState
from traboule.apps.duos.models import Agreement, AgreementTemplate, Duo, FirstMeeting, Signature
from traboule.apps.duos.queries.duos import OPEN_DUO_ACT
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.queries import Step
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

SIGNATURE_PATIENCE_DAYS = 7
SIGNATURE_RANK, MEETING_RANK = 44, 43
_WITH = ("duo__mentee", "duo__mentor", "duo__branch__organisation", "branch__organisation", "template")


def agreements_of(duo_id: int) -> list[Agreement]:
    """Every version of a duo, the latest first, with its signatures."""
    rows = Agreement.everywhere.filter(duo=duo_id).select_related(*_WITH).prefetch_related("signatures")
    return list(rows.order_by("-version"))


def first_meetings_of(duo_id: int) -> list[FirstMeeting]:
    """Every first meeting of a duo, the latest first: at most one is planned, at most one was held."""
    rows = FirstMeeting.everywhere.filter(duo=duo_id).select_related("booked_by", "closed_by")
    return list(rows.order_by("-booked_at", "-pk"))


def find_agreement(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.DUOS_SEE
) -> Agreement:
    """One version. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = Agreement.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    found = rows.select_related(*_WITH, "drafted_by", "sent_by").prefetch_related("signatures").first()
    if found is None:
        raise NotVisible
    return found


def find_first_meeting(*, actor: Actor, branch: Branch, pk: int) -> FirstMeeting:
    """One first meeting, for somebody who may write. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.DUOS_WRITE, branch.pk)
    rows = FirstMeeting.objects.visible_to(actor, Permission.DUOS_WRITE).filter(duo__branch=branch, pk=pk)
    found = rows.select_related("duo__mentee", "duo__mentor", "duo__branch").first()
    if found is None:
        raise NotVisible
    return found


def signature_behind(subject_id: str, scope: int | None) -> Signature | None:
    """Return the signature that a link opens, with its agreement and people; None if it is gone."""
    if scope is None or not subject_id.isdigit():
        return None
    rows = Signature.everywhere.filter(pk=int(subject_id), agreement__branch_id=scope)
    return rows.select_related("person", *(f"agreement__{name}" for name in _WITH)).first()


def meeting_behind(subject_id: str, scope: int | None) -> FirstMeeting | None:
    """Return the first meeting that a link opens; None if it is gone."""
    if scope is None or not subject_id.isdigit():
        return None
    rows = FirstMeeting.everywhere.filter(pk=int(subject_id), duo__branch_id=scope)
    return rows.select_related("duo__mentee", "duo__mentor", "duo__branch__organisation").first()


def signature_of(person_id: int, agreement: Agreement) -> Signature | None:
    """Return the place of this person among the signatories, or None."""
    return next((row for row in agreement.signatures.all() if row.person_id == person_id), None)


def is_intact(agreement: Agreement) -> bool:
    """Say whether the words are still those that were fixed when the agreement was sent."""
    return bool(agreement.digest) and digest_of_texts(agreement.texts) == agreement.digest


def template_of(branch_id: int) -> AgreementTemplate | None:
    """Return what the branch puts into its agreements today, or None: only the words of the house."""
    rows = AgreementTemplate.everywhere.filter(branch=branch_id).select_related("made_by")
    return rows.order_by("-version").first()


def open_steps(branch_id: int, today: date) -> Iterator[Step]:
    """Signatures missing for a week, and first meetings of which nobody wrote down what became."""
    before = _midnight(today - timedelta(days=SIGNATURE_PATIENCE_DAYS - 1))
    late = Agreement.everywhere.filter(
        branch_id=branch_id, state=AgreementState.SENT, sent_at__lt=before, duo__state__in=OPEN_DUO_STATES
    )
    for row in late.select_related("duo__mentee", "duo__mentor", "sent_by").order_by("sent_at", "pk"):
        yield _step(row.duo, DuoStep.SIGNATURE_MISSING, _day(row.sent_at), SIGNATURE_RANK, row.sent_by)
    meetings = FirstMeeting.everywhere.filter(
        duo__branch_id=branch_id,
        state=FirstMeetingState.PLANNED,
        starts_at__lt=_midnight(today),
        duo__state__in=OPEN_DUO_STATES,
    )
    for meeting in meetings.select_related("duo__mentee", "duo__mentor", "booked_by").order_by(
        "starts_at", "pk"
    ):
        yield _step(
            meeting.duo, DuoStep.FIRST_MEETING_OPEN, _day(meeting.starts_at), MEETING_RANK, meeting.booked_by
        )


def _step(duo: Duo, reason: DuoStep, since: date, rank: int, owner: object) -> Step:
    return Step(
        person_id=duo.mentee_id,
        name=duo.mentee.display_name,
        side=Side.MENTEE,
        reason=reason,
        act=OPEN_DUO_ACT,
        since=since,
        rank=rank,
        text=duo.mentor.display_name,
        owner=str(owner),
        object_id=duo.pk,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _day(instant: datetime | None) -> date:
    return timezone.localtime(instant).date()


def agreement_in_hand(person_id: int, duo_id: int) -> Agreement | None:
    """Return what this person may sign or keep in a duo: the version on its way, else the one in force."""
    rows = Agreement.everywhere.filter(
        duo=duo_id,
        signatures__person=person_id,
        state__in=(AgreementState.SENT, AgreementState.SIGNED),
        duo__state__in=OPEN_DUO_STATES,
    )
    found = list(rows.select_related(*_WITH).prefetch_related("signatures__person").order_by("-version"))
    return min(found, key=lambda row: row.state != AgreementState.SENT, default=None)


def planned_first_meeting(duo_id: int) -> FirstMeeting | None:
    """Return the first meeting that is ahead, or None."""
    return FirstMeeting.everywhere.filter(duo=duo_id, state=FirstMeetingState.PLANNED).first()
