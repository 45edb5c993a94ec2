"""The page of today: who waits, since when, and what to do next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MenteeState, MentorState, Permission, Side, StepAct, StepReason
from traboule.apps.people.models import MenteeProfile, MentorProfile, Note, Person
from traboule.apps.people.rules import CANNOT_WAIT_NOTICE_DAYS, CEILING_DAYS, LONG_WAIT_DAYS
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.registry import ENGAGED, OPEN_STEPS
from traboule.core.remember import remembered

# The harm of waiting, worst first; steps of later apps bring a rank of their own on the same scale.
RANKS: dict[str, int] = {
    StepReason.MENTEE_CANNOT_WAIT: 10,
    StepReason.MENTOR_CANNOT_WAIT: 15,
    StepReason.MENTEE_PAST_CEILING: 20,
    StepReason.MENTEE_COMES_FIRST: 20,
    StepReason.STEP_OVERDUE: 30,
    StepReason.PAUSE_OVER: 40,
    StepReason.MENTEE_WAITS_LONG: 50,
    StepReason.STEP_TODAY: 60,
    StepReason.MENTEE_WAITS: 70,
    StepReason.MENTEE_NEW: 80,
    StepReason.MENTOR_NEW: 90,
    StepReason.STEP_COMING: 100,
}
_WAITING = frozenset(
    {
        StepReason.MENTEE_CANNOT_WAIT,
        StepReason.MENTOR_CANNOT_WAIT,
        StepReason.MENTEE_PAST_CEILING,
        StepReason.MENTEE_COMES_FIRST,
        StepReason.MENTEE_WAITS_LONG,
        StepReason.MENTEE_WAITS,
    }
)
_MERELY_THERE = _WAITING | {StepReason.MENTEE_NEW, StepReason.MENTOR_NEW}


@dataclass(frozen=True, slots=True)
class Step:
    """Something open about a person: since when, why, what to do, who is waited for (``us``, ``others``).

    ``more`` is what a later app knows of it beside a text; its own page puts it in words.
    """

    person_id: int
    name: str
    side: str
    reason: str
    act: str
    since: date
    rank: int
    due: date | None = None
    text: str = ""
    owner: str = ""
    object_id: int | None = None
    waits_for: str = "us"
    subject_id: int | None = None
    more: Any = None

    def days(self, today: date) -> int:
        """Return for how many days this has been open."""
        return max(0, (today - self.since).days)


@dataclass(frozen=True, slots=True)
class DaySummary:
    """How the day closes: steps that are ours today, those of tomorrow, those that wait on others."""

    ours: int
    tomorrow: int
    on_others: int


def today(*, actor: Actor, branch: Branch, today: date) -> list[Step]:
    """Return the open steps of a branch, the most harmful wait first.

    Steps of later apps come in through ``core.registry.OPEN_STEPS``; a mentee about whom a later app has a
    step is not listed a second time as merely waiting, nor anybody as merely new.
    """
    authorise(actor, Permission.TODAY_SEE, branch.pk)
    return remembered(branch.pk, f"today {today}", lambda: _today(branch, today))


def _today(branch: Branch, today: date) -> list[Step]:
    later = [step for source in OPEN_STEPS for step in source(branch.pk, today)]
    cared_for = {step.person_id for step in later}
    mentors, mentees = _open_profiles(branch, today)
    steps = (*_waiting(mentees, today), *_profiles(branch, mentors, mentees, today), *_notes(branch, today))
    own = [step for step in steps if not (step.reason in _MERELY_THERE and step.person_id in cared_for)]
    return sorted([*own, *later], key=lambda step: (step.rank, step.since, step.person_id))


def day_summary(steps: Iterable[Step], today: date) -> DaySummary:
    """Count what ``today`` returned: "tomorrow: 6; waiting on others: 11"."""
    tomorrow = today + timedelta(days=1)
    kept = list(steps)
    coming = [step for step in kept if step.due is not None and step.due > today]
    return DaySummary(
        ours=sum(step.waits_for == "us" and step not in coming for step in kept),
        tomorrow=sum(step.due == tomorrow for step in coming),
        on_others=sum(step.waits_for == "others" for step in kept),
    )


def waiting_reason(since: date, until: date | None, today: date) -> StepReason:
    """Return how urgent the wait of a mentee is on ``today``."""
    if until is not None and until <= today + timedelta(days=CANNOT_WAIT_NOTICE_DAYS):
        return StepReason.MENTEE_CANNOT_WAIT
    days = (today - since).days
    if days > CEILING_DAYS:
        return StepReason.MENTEE_PAST_CEILING
    return StepReason.MENTEE_WAITS_LONG if days >= LONG_WAIT_DAYS else StepReason.MENTEE_WAITS


def _open_profiles(branch: Branch, today: date) -> tuple[list[MentorProfile], list[MenteeProfile]]:
    """Who waits, is new or rests, and mentors who cannot wait much longer: both sides in one query."""
    soon = today + timedelta(days=CANNOT_WAIT_NOTICE_DAYS)
    new_or_resting = [MentorState.NEW, MentorState.PAUSED]
    states = [MenteeState.POOL, MenteeState.NEW, MenteeState.PAUSED]
    mentors = Q(mentor__state__in=new_or_resting)
    mentors |= Q(mentor__state=MentorState.POOL, mentor__can_wait_until__lte=soon)
    here = Person.everywhere.filter(branch=branch, archived_at=None)
    rows = here.filter(mentors | Q(mentee__state__in=states)).select_related("mentor", "mentee")
    people = list(rows)
    found = [person.mentor for person in people if hasattr(person, "mentor")]
    pressed = [
        row for row in found if row.state == MentorState.POOL and (row.can_wait_until or date.max) <= soon
    ]
    return (
        [*(row for row in found if row.state in new_or_resting), *pressed],
        [person.mentee for person in people if hasattr(person, "mentee") and person.mentee.state in states],
    )


def _waiting(mentees: Iterable[MenteeProfile], today: date) -> Iterator[Step]:
    for mentee in mentees:
        since = mentee.waiting_since
        if since is None or mentee.state != MenteeState.POOL:
            continue
        reason = waiting_reason(since, mentee.can_wait_until, today)
        if mentee.comes_first_since is not None and RANKS[reason] > RANKS[StepReason.MENTEE_COMES_FIRST]:
            reason = StepReason.MENTEE_COMES_FIRST
        yield Step(
            person_id=mentee.person_id,
            name=mentee.person.display_name,
            side=Side.MENTEE,
            reason=reason,
            act=StepAct.OPEN_TABLE,
            since=since,
            rank=RANKS[reason],
            due=mentee.can_wait_until if reason is StepReason.MENTEE_CANNOT_WAIT else None,
        )


def _profiles(
    branch: Branch, mentors: Iterable[MentorProfile], mentees: Iterable[MenteeProfile], today: date
) -> Iterator[Step]:
    others = [row for row in mentees if row.state != MenteeState.POOL]
    profiles: list[tuple[Side, MentorProfile | MenteeProfile]] = [
        *((Side.MENTOR, row) for row in mentors),
        *((Side.MENTEE, row) for row in others),
    ]
    hurried: list[MentorProfile] = []
    for side, profile in profiles:
        if isinstance(profile, MentorProfile) and profile.state == MentorState.POOL:
            hurried.append(profile)
        elif (step := _profile_step(side, profile, today)) is not None:
            yield step
    yield from _mentors_who_cannot_wait(branch, hurried)


def _mentors_who_cannot_wait(branch: Branch, mentors: list[MentorProfile]) -> Iterator[Step]:
    """A mentor with a duo does not wait; who has one is asked only when somebody's date is near."""
    engaged = {person for source in ENGAGED for person in source(branch.pk)} if mentors else set()
    for mentor in mentors:
        if mentor.person_id not in engaged:
            yield Step(
                person_id=mentor.person_id,
                name=mentor.person.display_name,
                side=Side.MENTOR,
                reason=StepReason.MENTOR_CANNOT_WAIT,
                act=StepAct.OPEN_TABLE_FOR_MENTOR,
                since=mentor.trained_on or mentor.person.created_at.date(),
                rank=RANKS[StepReason.MENTOR_CANNOT_WAIT],
                due=mentor.can_wait_until,
            )


def _profile_step(side: Side, profile: MentorProfile | MenteeProfile, today: date) -> Step | None:
    person = profile.person
    if profile.state == MentorState.PAUSED.value:
        if profile.paused_until is None or profile.paused_until > today:
            return None
        reason, act, since = StepReason.PAUSE_OVER, StepAct.RESUME, profile.paused_until
    else:
        reason = StepReason.MENTOR_NEW if side is Side.MENTOR else StepReason.MENTEE_NEW
        act, since = StepAct.COMPLETE_PROFILE, person.created_at.date()
    return Step(
        person_id=person.pk,
        name=person.display_name,
        side=side,
        reason=reason,
        act=act,
        since=since,
        rank=RANKS[reason],
    )


def _notes(branch: Branch, today: date) -> Iterator[Step]:
    rows = Note.everywhere.filter(
        person__branch=branch,
        person__archived_at=None,
        done_at=None,
        next_step_on__isnull=False,
        next_step_on__lte=today + timedelta(days=1),
    ).select_related("person__mentor", "step_owner")
    for note in rows:
        due = note.next_step_on
        if due is None:
            continue
        reason = (
            StepReason.STEP_OVERDUE
            if due < today
            else StepReason.STEP_TODAY
            if due == today
            else StepReason.STEP_COMING
        )
        yield Step(
            person_id=note.person_id,
            name=note.person.display_name,
            side=Side.MENTOR if hasattr(note.person, "mentor") else Side.MENTEE,
            reason=reason,
            act=StepAct.FINISH_STEP,
            since=note.happened_at.date(),
            rank=RANKS[reason],
            due=due,
            text=note.next_step,
            owner=str(note.step_owner) if note.step_owner else "",
            object_id=note.pk,
        )
