"""The human act that makes a mentor ready, conditions let go, and what the clock does to them."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions import tell
from traboule.apps.people.actions import correct_person
from traboule.apps.people.enums import MentorState, Permission
from traboule.apps.people.models import MentorProfile, Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.training.actions._shared import record
from traboule.apps.training.enums import TrainingStep
from traboule.apps.training.models import ConditionWaiver, Declaration
from traboule.apps.training.queries.modules import kernel_rules
from traboule.apps.training.queries.readiness import facts_of, states_of
from traboule.apps.training.rules import WAIVERS, human
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.readiness import Condition, State, check_ends_soon, conditions, is_ready

LAPSED = "lapsed"


class NotReady(ValueError):
    """Conditions still lack; carries their names."""

    def __init__(self, lacks: list[str]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = lacks


class CannotBeWaived(ValueError):
    """Nobody lets this condition go."""


class MissingReason(ValueError):
    """A condition is let go with a reason."""


@transaction.atomic
def declare_ready(*, person: Person, by: Actor, now: datetime) -> Declaration:
    """Declare a mentor ready: into the pool, and so onto the matching table. A human act.

    Raises NotReady with what lacks, HumanNeeded. Declaring somebody twice changes nothing.
    """
    authorise(by, Permission.TRAINING_WRITE, person.branch_id)
    login = human(by)
    person = locked(person)
    today = local_day(now, person.branch.timezone)
    held = Declaration.everywhere.filter(person=person, ended_at=None).first()
    if held is not None:
        return held
    states = states_of(person, today)
    if not is_ready(states):
        raise NotReady([state.condition for state in states if state.is_open])
    correct_person(person=person, fields={"trained_on": today}, by=by, now=now)
    declaration = Declaration.everywhere.create(
        person=person, declared_by_id=login, declared_at=now, conditions=[_said(state) for state in states]
    )
    close_steps(branch=person.branch, key=f"ready:{person.pk}", by=by, now=now)
    tell(
        branch=person.branch,
        kind="training.ready",
        event=f"ready:{declaration.pk}",
        values={"first_name": person.first_name, "branch": person.branch.name, "who": by.name},
        by=by,
        now=now,
        person=person,
    )
    waived = [state.condition for state in states if state.waiver]
    record(("mentor", person.pk), person.branch_id, "declared_ready", by, now, {"waived": waived})
    return declaration


@transaction.atomic
def waive(*, person: Person, condition: Condition, reason: str, by: Actor, now: datetime) -> ConditionWaiver:
    """Let one condition go for one mentor, with the reason. Raises CannotBeWaived, MissingReason."""
    permission = WAIVERS.get(condition)
    if permission is None:
        raise CannotBeWaived(condition)
    authorise(by, permission, person.branch_id)
    login = human(by)
    if not reason.strip():
        raise MissingReason
    person = locked(person)
    row, _is_new = ConditionWaiver.everywhere.update_or_create(
        person=person,
        condition=condition,
        defaults={"reason": reason.strip(), "waived_at": now, "waived_by_id": login},
    )
    record(("mentor", person.pk), person.branch_id, "condition_waived", by, now, {"condition": condition})
    return row


@transaction.atomic
def take_back_waiver(*, person: Person, condition: Condition, by: Actor, now: datetime) -> None:
    """Ask for a condition again that somebody let go. Raises CannotBeWaived."""
    permission = WAIVERS.get(condition)
    if permission is None:
        raise CannotBeWaived(condition)
    authorise(by, permission, person.branch_id)
    person = locked(person)
    gone, _by_model = ConditionWaiver.everywhere.filter(person=person, condition=condition).delete()
    if gone:
        facts = {"condition": condition}
        record(("mentor", person.pk), person.branch_id, "waiver_taken_back", by, now, facts)


def tick_training(*, by: Actor, now: datetime) -> dict[str, int]:
    """What the clock does: steps for who may be declared ready and for checks that end; lapsed ones leave.

    Each mentor in a transaction of their own; running it again changes nothing.
    """
    done: Counter[str] = Counter()
    rows = MentorProfile.everywhere.filter(
        state__in=[MentorState.NEW, MentorState.POOL],
        person__archived_at=None,
        person__branch__is_active=True,
    ).select_related("person__branch__organisation")
    by_branch: dict[int, list[MentorProfile]] = {}
    for row in rows:
        by_branch.setdefault(row.person.branch_id, []).append(row)
    with each_apart() as apart:
        for profiles in by_branch.values():
            branch = profiles[0].person.branch
            with apart.one(branch):
                done += _tick_branch(branch, profiles, by, now)
    done.pop("", None)
    return dict(done)


def _tick_branch(branch: Branch, profiles: list[MentorProfile], by: Actor, now: datetime) -> Counter[str]:
    done: Counter[str] = Counter()
    today, rules = local_day(now, branch.timezone), kernel_rules(branch)
    facts = facts_of([profile.pk for profile in profiles], branch)
    with each_apart() as apart:
        for profile in profiles:
            with apart.one(profile):
                states = conditions(facts[profile.pk], rules, today)
                done[_tick_one(profile, states, by, now, today)] += 1
    return done


@transaction.atomic
def _tick_one(
    profile: MentorProfile, states: tuple[State, ...], by: Actor, now: datetime, today: date
) -> str:
    check = next((state for state in states if state.condition is Condition.SAFEGUARDING), None)
    if profile.state == MentorState.NEW:
        if not is_ready(states):
            close_steps(branch=profile.person.branch, key=f"ready:{profile.pk}", by=by, now=now)
            return ""
        _step(profile, TrainingStep.READY_TO_DECLARE, "ready", today, 35, by, now)
        return "ready_to_declare"
    if check is None or check.waiver is not None:
        return ""
    if LAPSED in check.lacks:
        return _leave(profile.person, by, now, today)
    if check.until is not None and check_ends_soon(check.until, today):
        _step(profile, TrainingStep.CHECK_ENDS, "check.ends", check.until - timedelta(days=30), 45, by, now)
        return "check_ends"
    return ""


def _leave(person: Person, by: Actor, now: datetime, today: date) -> str:
    """Take a mentor whose check has ended out of the pool; a duo that runs goes on."""
    person = locked(person)
    profile = MentorProfile.everywhere.select_for_update().get(person=person)
    if profile.state != MentorState.POOL:
        return ""
    correct_person(person=person, fields={"trained_on": None}, by=by, now=now)
    Declaration.everywhere.filter(person=person, ended_at=None).update(ended_at=now, ended_because=LAPSED)
    close_steps(branch=person.branch, key=f"check.ends:{person.pk}", by=by, now=now)
    _step(profile, TrainingStep.CHECK_LAPSED, "check.lapsed", today, 25, by, now)
    record(("mentor", person.pk), person.branch_id, "left_pool", by, now, {"because": LAPSED})
    return "left_pool"


def _step(
    profile: MentorProfile, kind: TrainingStep, key: str, due: date, rank: int, by: Actor, now: datetime
) -> None:
    open_step(
        branch=profile.person.branch,
        kind=kind,
        key=f"{key}:{profile.pk}",
        by=by,
        now=now,
        person=profile.person,
        due_on=due,
        rank=rank,
        subject_type="person",
        subject_id=profile.pk,
        keeps=kind == TrainingStep.READY_TO_DECLARE,
    )


def _said(state: State) -> dict[str, object]:
    return {
        "condition": state.condition,
        "standing": state.standing,
        "since": state.since.isoformat() if state.since else None,
        "have": state.have,
        "need": state.need,
        "reason": state.waiver.reason if state.waiver else "",
    }
