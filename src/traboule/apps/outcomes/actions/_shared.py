"""Shared by the actions of this app."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.enums import STANDING, ToldBy
from traboule.apps.outcomes.models import Evidence, Outcome
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.registry import ON_HEARD
from traboule.kernel.outcomes import Sameness, Told, grade_of, sameness

VERIFY_STEP = "outcome.to_verify"
VERIFY_WITHIN = timedelta(days=14)
RANK = 66


def login_id(by: Actor) -> int | None:
    """Return the login that acts, or None for a link or the clock."""
    return by.id if by.kind is ActorKind.LOGIN else None


def record(outcome: Outcome, past: str, by: Actor, now: datetime, **facts: Any) -> None:
    """Write the audit entry ``outcome.<past>``; the person stands in it by id, the employer never."""
    audit.record(
        by=by,
        now=now,
        branch_id=outcome.branch_id,
        verb=f"outcome.{past}",
        subject_type="outcome",
        subject_id=outcome.pk,
        facts={"person": outcome.person_id, "kind": str(outcome.kind), **facts},
    )


def step_key(outcome: Outcome) -> str:
    """Name of the open step about an outcome that waits for a second person."""
    return f"{VERIFY_STEP}:{outcome.pk}"


def ask_to_verify(outcome: Outcome, by: Actor, now: datetime) -> None:
    """Open the step: nobody's by name where the duo's own coordinator wrote it down: a second looks."""
    open_step(
        branch=outcome.branch,
        kind=VERIFY_STEP,
        key=step_key(outcome),
        by=by,
        now=now,
        person=outcome.person,
        due_on=local_day(now, outcome.branch.timezone) + VERIFY_WITHIN,
        owner=_second(outcome),
        rank=RANK,
        subject_type="outcome",
        subject_id=outcome.pk,
    )


def no_step(outcome: Outcome, by: Actor, now: datetime) -> None:
    """Close the step about an outcome."""
    close_steps(branch=outcome.branch, key=step_key(outcome), by=by, now=now)


def duos_of_mentee(person_id: int) -> list[Duo]:
    """Return the duos of a mentee, the first one first."""
    rows = Duo.everywhere.filter(mentee=person_id).select_related("coordinator", "started_by")
    return list(rows.order_by("started_on", "pk"))


def flag_twin(outcome: Outcome) -> Outcome | None:
    """Look for another telling of the same thing and note it on ``outcome``; the caller saves the row.

    The same file on both is as telling as the same firm and first day.
    """
    rows = Outcome.everywhere.filter(person=outcome.person_id, state__in=STANDING).exclude(pk=outcome.pk)
    papers = Evidence.everywhere.filter(outcome=outcome.pk).values_list("digest", flat=True)
    same_paper = set(rows.filter(papers__digest__in=list(papers)).values_list("pk", flat=True))
    mine, found = told_of(outcome), None
    for other in rows.order_by("pk"):
        if other.pk in outcome.apart_from or outcome.pk in other.apart_from:
            continue
        alike = Sameness.LIKELY if other.pk in same_paper else sameness(mine, told_of(other))
        if alike == Sameness.LIKELY:
            found = other
            break
        if alike == Sameness.POSSIBLE and found is None:
            found = other
    outcome.maybe_same_as = found
    return found


def told_of(outcome: Outcome) -> Told:
    """Return what the kernel compares."""
    return Told(outcome.kind, outcome.starts_on, outcome.ends_on, outcome.employer)


def grade_by_papers(outcome: Outcome) -> str:
    """Return the grade that the papers give, those of tellings joined to it among them."""
    of = [outcome.pk, *Outcome.everywhere.filter(joined_to=outcome.pk).values_list("pk", flat=True)]
    return grade_of(Evidence.everywhere.filter(outcome__in=of).values_list("paper", flat=True))


def was_heard(person_id: int, by: Actor, now: datetime) -> None:
    """Tell later apps that something was said of a person: they need not ask any more."""
    for handler in ON_HEARD:
        handler(person_id, by, now)


def side_of(by_team: bool, told_by: str) -> str:
    """Return who sent a paper: the team where staff did, whoever the outcome is known from."""
    return str(ToldBy.TEAM) if by_team else str(told_by)


def person_locked(person: Person) -> None:
    """Two phones that tell of one person come one after the other: twins are seen."""
    Person.everywhere.select_for_update(of=("self",)).get(pk=person.pk)


def _second(outcome: Outcome) -> Any:
    owner = outcome.duo.owner if outcome.duo else None
    mine = {outcome.recorded_by_id, outcome.corrected_by_id}
    return owner if owner is not None and owner.pk not in mine else None
