"""Exchange of practice: groups, gatherings, who came, and who has attended how many of those due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import MentorState, Permission
from traboule.apps.people.models import Person
from traboule.apps.support.exchange_enums import (
    DUE_PER_DUO,
    EVERY_DAYS,
    GatheringAnswer,
    GatheringPresence,
)
from traboule.apps.support.models import Gathering, GatheringInvitation, PeerGroup, PeerMember
from traboule.apps.training.enums import Presence, SessionKind
from traboule.apps.training.models import Attendance
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise


@dataclass(frozen=True, slots=True)
class Attended:
    """Mentor X has attended ``number`` of ``due`` in this duo."""

    number: int
    due: int

    @property
    def is_enough(self) -> bool:
        """Whether nothing is missing."""
        return self.number >= self.due


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A mentor of a group, with what is due in their running duo (None: in no duo)."""

    member: PeerMember
    attended: Attended | None


def attended_in(duo: Duo) -> Attended:
    """Return how many gatherings the mentor of a duo came to since it started, of how many due."""
    return attended_of([duo])[duo.pk]


def attended_of(duos: Iterable[Duo]) -> dict[int, Attended]:
    """Return the same for many duos, in two reads: gatherings, and exchanges among the training sessions."""
    wanted = list(duos)
    mentors = {duo.mentor_id for duo in wanted}
    came = [
        *GatheringInvitation.everywhere.filter(
            person__in=mentors, presence=GatheringPresence.CAME
        ).values_list("person_id", "gathering__starts_at"),
        *Attendance.everywhere.filter(
            person__in=mentors, presence=Presence.PRESENT, session__kind=SessionKind.EXCHANGE
        ).values_list("person_id", "session__starts_at"),
    ]
    return {
        duo.pk: Attended(
            sum(1 for person, at in came if person == duo.mentor_id and _within(duo, at)), DUE_PER_DUO
        )
        for duo in wanted
    }


def last_exchanged(branch_id: int) -> dict[int, datetime]:
    """Return when each mentor of a branch last came to a gathering; for the list of the training."""
    rows = GatheringInvitation.everywhere.filter(
        person__branch=branch_id, presence=GatheringPresence.CAME, gathering__cancelled_at=None
    )
    return dict(rows.values_list("person_id").annotate(last=Max("gathering__starts_at")))


def _within(duo: Duo, at: datetime) -> bool:
    day = timezone.localtime(at).date()
    return duo.started_on <= day <= (duo.closed_on or day)


def groups_of(*, actor: Actor, branch: Branch, now: datetime) -> QuerySet[PeerGroup]:
    """Return the open groups of a branch with ``size`` and ``is_planned`` (a gathering within 60 days)."""
    authorise(actor, Permission.EXCHANGE_SEE, branch.pk)
    rows = PeerGroup.objects.visible_to(actor).filter(branch=branch, closed_at=None)
    planned: QuerySet[PeerGroup] = with_plans(rows, now)
    return planned.select_related("coordinator").annotate(size=Count("members"))


def with_plans(rows: Any, now: datetime) -> Any:
    """Add whether a gathering is planned within the rhythm."""
    planned = Gathering.everywhere.filter(
        group=OuterRef("pk"),
        cancelled_at=None,
        starts_at__gte=now,
        starts_at__lte=now + timedelta(days=EVERY_DAYS),
    )
    return rows.annotate(is_planned=Exists(planned))


def find_group(*, actor: Actor, branch: Branch, pk: int) -> PeerGroup:
    """Return one group. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.EXCHANGE_SEE, branch.pk)
    rows = PeerGroup.objects.visible_to(actor).filter(branch=branch, pk=pk)
    group = rows.select_related("branch", "coordinator").first()
    if group is None:
        raise NotVisible
    return group


def members_of(group: PeerGroup) -> list[MemberLine]:
    """Return the mentors of a group by name, each with what is due in their running duo."""
    members = list(
        PeerMember.everywhere.filter(group=group)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )
    duos = Duo.everywhere.filter(
        mentor__in=[member.person_id for member in members], state__in=OPEN_DUO_STATES
    )
    found = {duo.mentor_id: duo for duo in duos.order_by("-started_on", "-pk")}
    attended = attended_of(found.values())
    return [
        MemberLine(member, attended[duo.pk] if (duo := found.get(member.person_id)) else None)
        for member in members
    ]


def could_join(branch: Branch) -> QuerySet[Person]:
    """Return mentors of a branch who are ready or in a duo and in no group, by name."""
    states = (MentorState.POOL, MentorState.PAUSED)
    rows = Person.everywhere.filter(branch=branch, archived_at=None, mentor__state__in=states)
    return rows.filter(peer_memberships=None).order_by("last_name", "first_name", "pk")


def gatherings_of(
    *, actor: Actor, branch: Branch, now: datetime, past: bool = False, group: PeerGroup | None = None
) -> QuerySet[Gathering]:
    """Return gatherings to come, soonest first, or those gone by; each with ``comes`` and ``came``."""
    authorise(actor, Permission.EXCHANGE_SEE, branch.pk)
    shown = Gathering.objects.visible_to(actor).filter(group__branch=branch, cancelled_at=None)
    rows: QuerySet[Gathering] = _counted(shown.filter(group=group) if group else shown)
    if past:
        return rows.filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    return rows.filter(ends_at__gte=now).order_by("starts_at", "pk")


def find_gathering(*, actor: Actor, branch: Branch, pk: int) -> Gathering:
    """Return one gathering. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.EXCHANGE_SEE, branch.pk)
    rows = Gathering.objects.visible_to(actor).filter(group__branch=branch, pk=pk)
    counted: Any = _counted(rows).select_related("group__branch", "group__coordinator")
    row: Gathering | None = counted.first()
    if row is None:
        raise NotVisible
    return row


def invitations_of(gathering: Gathering) -> list[GatheringInvitation]:
    """Return who was invited: those who come first, then by name."""
    rows = GatheringInvitation.everywhere.filter(gathering=gathering)
    order = {GatheringAnswer.COMES: 0, GatheringAnswer.WAITING: 1, GatheringAnswer.CANNOT: 2}
    found = rows.select_related("person").order_by("person__last_name", "person__first_name", "pk")
    return sorted(found, key=lambda row: order[GatheringAnswer(row.answer)])


def invitation_behind_link(pk: str, branch_id: int | None) -> GatheringInvitation | None:
    """Return the invitation that a link is about."""
    rows = GatheringInvitation.everywhere.filter(pk=pk, gathering__group__branch=branch_id or 0)
    return _with_places(rows).first()


def next_of(person_id: int, now: datetime) -> GatheringInvitation | None:
    """Return the next gathering to which a mentor is invited. The caller has proven who reads."""
    rows = GatheringInvitation.everywhere.filter(
        person=person_id, gathering__cancelled_at=None, gathering__ends_at__gte=now
    )
    return _with_places(rows).order_by("gathering__starts_at", "pk").first()


def mentee_words(group: PeerGroup) -> set[str]:
    """Return the names of the mentees whom mentors of a group accompany or accompanied, for the notes."""
    mentors = PeerMember.everywhere.filter(group=group).order_by().values("person_id")
    names = Duo.everywhere.filter(mentor__in=mentors).values_list("mentee__first_name", "mentee__last_name")
    return {name for pair in names for name in pair if len(name) > 2}


def _with_places(rows: QuerySet[GatheringInvitation]) -> QuerySet[GatheringInvitation]:
    return rows.select_related("person", "gathering__group__branch", "gathering__room__venue")


def _counted(rows: Any) -> Any:
    return rows.select_related("group", "room__venue").annotate(
        comes=Count("invitations", filter=Q(invitations__answer=GatheringAnswer.COMES)),
        came=Count("invitations", filter=Q(invitations__presence=GatheringPresence.CAME)),
        invited=Count("invitations"),
    )
