"""Facts about residence: apart, off by default, and every look at them is written down (trust P7)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from traboule.apps.applications.actions.eligibility import check_proof, rule_called
from traboule.apps.applications.actions.errors_judging import JudgesOwnReferral, SensitiveOff
from traboule.apps.applications.models import Application, RuleSet, SensitiveFact
from traboule.apps.applications.queries.eligibility import (
    current_sets,
    is_sensitive_on,
    referred_by,
    rules_of_set,
    sensitive_now,
)
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import NotAllowed, NotVisible, authorise
from traboule.core.scope import locked
from traboule.kernel.funding import Answer, Rule, verdict

Kept = list[tuple[RuleSet, Rule, SensitiveFact | None]]


@transaction.atomic
def read_sensitive(*, application: Application, by: Actor, now: datetime) -> Kept:
    """Return what is kept about a person, and write down that it was read. Raises SensitiveOff."""
    authorise(by, Permission.SENSITIVE_SEE, application.branch_id)
    person = application.person
    if person is None:
        raise NotVisible
    if not is_sensitive_on(application.branch_id):
        raise SensitiveOff
    kept: Kept = []
    for rule_set in current_sets(application.branch, local_day(now, application.branch.timezone)):
        held = sensitive_now(person, rule_set)
        kept += [(rule_set, rule, held.get(rule.code)) for rule in rules_of_set(rule_set) if rule.sensitive]
    facts = {"application": application.pk, "facts": sum(fact is not None for _s, _r, fact in kept)}
    _record(application, "sensitive.read", facts, by, now)
    return kept


@transaction.atomic
def note_refused_reading(*, branch: Branch, application_id: int, by: Actor, now: datetime) -> None:
    """Write down that somebody without the permission asked for these facts."""
    application = Application.everywhere.filter(branch=branch, pk=application_id).first()
    if application is not None:
        _record(application, "sensitive.refused", {"application": application.pk}, by, now)


@transaction.atomic
def write_sensitive(
    *,
    application: Application,
    rule_set: RuleSet,
    code: str,
    answer: Answer,
    by: Actor,
    now: datetime,
    evidence: str = "",
    seen_on: date | None = None,
) -> SensitiveFact:
    """Write down which kind of paper was seen and when: never its number, never a copy.

    Raises SensitiveOff, JudgesOwnReferral, UnknownRule, ProofWithoutDay.
    """
    authorise(by, Permission.SENSITIVE_WRITE, application.branch_id)
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise NotAllowed(Permission.SENSITIVE_WRITE)
    person = _person_of(application, rule_set, by)
    rule = rule_called(rule_set, code, sensitive=True)
    seen = check_proof(rule, evidence, seen_on, local_day(now, application.branch.timezone))
    fact = SensitiveFact(
        person=person,
        rule_set=rule_set,
        rule_code=code,
        answer=answer.value,
        verdict=verdict(answer, rule.evidence, seen).value,
        evidence=seen[0] if seen else "",
        seen_on=seen_on if seen else None,
        written_by_id=by.id,
        written_at=now,
    )
    fact.save(force_insert=True)
    # The audit log is read by more people than the fact: it says that something was written, not what.
    _record(application, "sensitive.written", {"rule_set": rule_set.pk, "rule": code}, by, now)
    return fact


def _person_of(application: Application, rule_set: RuleSet, by: Actor) -> Person:
    if application.person is None or rule_set.funder.branch_id != application.branch_id:
        raise NotVisible
    if not is_sensitive_on(application.branch_id):
        raise SensitiveOff
    person = locked(application.person)
    if referred_by(person.pk, by):
        raise JudgesOwnReferral
    return person


def _record(
    application: Application, verb: str, facts: Mapping[str, object], by: Actor, now: datetime
) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=application.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=application.person_id,
        facts=facts,
    )
