"""The rows of branches as the kernel's indicators want them: ids, days and codes, no name.

One set of queries for many branches, whatever the number of duos, so that a network costs what a branch
costs.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery, Sum

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums_meetings import MeetingState
from traboule.apps.duos.models import Duo, Meeting
from traboule.apps.followups.queries.facts import answers_of
from traboule.apps.indicators.queries.costs import spent_by
from traboule.apps.outcomes.enums import STANDING
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.own_enums import ContractKind
from traboule.apps.people.enums import MenteeState, Permission, Side
from traboule.apps.people.models import MenteeProfile, MentorProfile
from traboule.apps.support.models import DuoSupport, Pulse
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel import indicators as kernel
from traboule.kernel.indicators.costs import shared

Local = Callable[[int, datetime], date]
# Terms that nobody wrote down leave open whether the job has an end.
_ENDS = {ContractKind.PERMANENT: True, ContractKind.UNKNOWN: None, "": None}


@dataclass
class _OfDuos:
    """What is known of each duo beside its own row, by the duo's number."""

    outcomes: dict[int, list[kernel.Outcome]] = field(default_factory=lambda: defaultdict(list))
    ratings: dict[int, list[kernel.Rating]] = field(default_factory=lambda: defaultdict(list))
    minutes: dict[int, int] = field(default_factory=dict)
    rested: dict[int, int] = field(default_factory=dict)


def facts_of(*, actor: Actor, branch: Branch) -> kernel.Facts:
    """Return everybody of a branch as rows of facts. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    return branches_facts([branch])


def branches_facts(branches: Collection[Branch]) -> kernel.Facts:
    """Return the same for several branches; whoever calls has authorised."""
    local = _clock(branches)
    rows = list(Duo.everywhere.filter(branch__in=branches).order_by("started_on", "pk"))
    known, asked = _beside(branches, local), answers_of(branches)
    duos = [_duo(row, known, asked.get(row.pk, ())) for row in rows]
    return kernel.Facts(
        duos=_with_costs(duos, [row.branch_id for row in rows], branches),
        mentors=_mentors(branches),
        mentees=_mentees(branches, local),
    )


def _clock(branches: Collection[Branch]) -> Local:
    zones = {branch.pk: ZoneInfo(branch.timezone) for branch in branches}
    return lambda branch, at: at.astimezone(zones[branch]).date()


def _duo(row: Duo, known: _OfDuos, asked: tuple[kernel.FollowUp, ...]) -> kernel.Duo:
    return kernel.Duo(
        id=row.pk,
        mentor=row.mentor_id,
        mentee=row.mentee_id,
        started_on=row.started_on,
        ended_on=row.closed_on,
        outcomes=tuple(known.outcomes.get(row.pk, ())),
        follow_ups=asked,
        ratings=tuple(known.ratings.get(row.pk, ())),
        minutes=known.minutes.get(row.pk),
        rested_days=known.rested.get(row.pk, 0),
    )


def _with_costs(
    duos: Sequence[kernel.Duo], places: Sequence[int], branches: Collection[Branch]
) -> tuple[kernel.Duo, ...]:
    """Give each duo its share of what its own branch (``places``) spent in the years in which it ran."""
    cost: dict[int, int] = {}
    for branch, years in spent_by(branches).items():
        own = [duo for duo, place in zip(duos, places, strict=True) if place == branch]
        cost |= shared({year: one.cents for year, one in years.items()}, own)
    return tuple(replace(duo, cost_cents=cost[duo.id]) if duo.id in cost else duo for duo in duos)


def _beside(branches: Collection[Branch], local: Local) -> _OfDuos:
    found = _OfDuos()
    _add_outcomes(found, branches, local)
    _add_ratings(found, branches, local)
    held = Meeting.everywhere.filter(duo__branch__in=branches, state=MeetingState.HELD).order_by()
    found.minutes = {duo: n or 0 for duo, n in held.values_list("duo").annotate(Sum("met_minutes"))}
    rests = DuoSupport.everywhere.filter(duo__branch__in=branches, rested_days__gt=0)
    found.rested = dict(rests.values_list("duo", "rested_days"))
    return found


def _add_outcomes(found: _OfDuos, branches: Collection[Branch], local: Local) -> None:
    rows = Outcome.everywhere.filter(duo__branch__in=branches, state__in=STANDING)
    rows = rows.select_related("duo").order_by("starts_on", "pk")
    for row in rows:
        if row.duo is None:
            continue
        found.outcomes[row.duo.pk].append(
            kernel.Outcome(
                kind=row.kind,
                starts_on=row.starts_on,
                known_on=local(row.duo.branch_id, row.told_at),
                ends_on=row.ends_on,
                grade=kernel.Grade(row.grade),
                is_permanent=_ENDS.get(row.contract, False),
            )
        )


def _add_ratings(found: _OfDuos, branches: Collection[Branch], local: Local) -> None:
    """How useful the meetings were to each side: the one sentence of the short scale that speaks of it."""
    rows = Pulse.everywhere.filter(
        duo__branch__in=branches, answered_at__isnull=False, useful__isnull=False
    ).order_by("answered_at", "pk")
    columns = ("duo", "duo__branch", "side", "useful", "answered_at")
    for duo, branch, side, value, at in rows.values_list(*columns):
        found.ratings[duo].append(kernel.Rating(side, value, local(branch, at)))


def _mentors(branches: Collection[Branch]) -> tuple[kernel.Mentor, ...]:
    rows = MentorProfile.everywhere.filter(person__branch__in=branches, person__merged_into=None)
    columns = rows.order_by("pk").values_list("person", "trained_on")
    return tuple(kernel.Mentor(id=person, trained_on=day) for person, day in columns)


def _mentees(branches: Collection[Branch], local: Local) -> tuple[kernel.Mentee, ...]:
    """Intake is the day of acceptance; for who came without an application, the first day that is known.

    Nobody writes down on which day somebody without a duo left: the day of the last contact stands for it.
    """
    firsts = Duo.everywhere.filter(mentee=OuterRef("person")).order_by("started_on", "pk")
    accepted = Application.everywhere.filter(
        person=OuterRef("person"), side=Side.MENTEE, state=ApplicationState.ACCEPTED, decided_at__isnull=False
    ).order_by("decided_at", "pk")
    rows: Any = MenteeProfile.everywhere.filter(person__branch__in=branches, person__merged_into=None)
    rows = rows.annotate(
        matched=Subquery(firsts.values("started_on")[:1]),
        accepted=Subquery(accepted.values("decided_at")[:1]),
    )
    found = []
    for row in rows.select_related("person").order_by("pk"):
        person, matched, asked = row.person, row.matched, row.accepted
        waited = row.waiting_since if matched is None else None  # after a duo it names the second wait
        known = asked or person.created_at
        intake = waited if waited and asked is None else local(person.branch_id, known)
        left = row.state == MenteeState.LEFT and matched is None
        found.append(
            kernel.Mentee(
                id=person.pk,
                intake_on=min(intake, matched) if matched else intake,
                matched_on=matched,
                left_on=max(intake, local(person.branch_id, person.last_contact_at)) if left else None,
            )
        )
    return tuple(found)
