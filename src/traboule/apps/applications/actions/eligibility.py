"""Funders, versions of their rules, and the judgements of humans. Nothing here is ever overwritten."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.applications.actions.errors_judging import (
    FunderNameTaken,
    JudgesOwnReferral,
    NotTheLatestRules,
    ProofWithoutDay,
    UnknownRule,
)
from traboule.apps.applications.enums_judging import JudgingStep
from traboule.apps.applications.models import Application, Funder, Judgement, RuleSet, SensitiveSwitch
from traboule.apps.applications.queries.eligibility import current_sets, latest, referred_by, rules_of_set
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import NotAllowed, NotVisible, authorise
from traboule.core.scope import locked
from traboule.kernel.funding import Answer, Rule, Verdict, parse_rules, plain_rules, verdict

RANK_PROOF = 55
PROOF_DAYS = 14


@transaction.atomic
def add_funder(*, branch: Branch, name: str, by: Actor, now: datetime) -> Funder:
    """Add a funder to a branch. Raises FunderNameTaken."""
    authorise(by, Permission.ELIGIBILITY_SET, branch.pk)
    wanted = " ".join(name.split())[:120]
    if not wanted or Funder.everywhere.filter(branch=branch, name=wanted).exists():
        raise FunderNameTaken(wanted)
    funder = Funder.everywhere.create(branch=branch, name=wanted, created_at=now)
    _record(branch.pk, "funder.added", "funder", funder.pk, {}, by, now)
    return funder


@transaction.atomic
def publish_rules(
    *, funder: Funder, rules: Sequence[Mapping[str, Any]], valid_from: date, by: Actor, now: datetime
) -> RuleSet:
    """Write the next version of a funder's rules; earlier versions and their judgements stay as they are.

    Raises kernel.funding.RulesBroken.
    """
    authorise(by, Permission.ELIGIBILITY_SET, funder.branch_id)
    parsed = parse_rules(rules)
    row = locked(funder)  # two editors at once: the second one gets the number after
    newest = RuleSet.everywhere.filter(funder=row).order_by("-version").first()
    made = RuleSet(
        funder=row,
        version=newest.version + 1 if newest else 1,
        valid_from=valid_from,
        rules=plain_rules(parsed),
        made_by_id=by.id if by.kind is ActorKind.LOGIN else None,
        made_at=now,
    )
    made.save(force_insert=True)
    facts = {"funder": row.pk, "version": made.version, "valid_from": valid_from, "rules": len(parsed)}
    _record(row.branch_id, "rules.published", "rule_set", made.pk, facts, by, now)
    return made


@transaction.atomic
def set_sensitive(*, branch: Branch, is_on: bool, by: Actor, now: datetime) -> SensitiveSwitch:
    """Switch on or off whether a branch keeps facts about residence. What is kept already stays unread."""
    authorise(by, Permission.ELIGIBILITY_SET, branch.pk)
    switch, _new = SensitiveSwitch.objects.update_or_create(
        branch=branch,
        defaults={"is_on": is_on, "set_by_id": by.id if by.kind is ActorKind.LOGIN else None, "set_at": now},
    )
    _record(branch.pk, "sensitive.switched", "branch", branch.pk, {"is_on": is_on}, by, now)
    return switch


@transaction.atomic
def judge(
    *,
    application: Application,
    rule_set: RuleSet,
    code: str,
    answer: Answer,
    by: Actor,
    now: datetime,
    evidence: str = "",
    seen_on: date | None = None,
    due_on: date | None = None,
) -> Judgement:
    """Write down what a human says of one rule; the verdict follows from the answer and the proof seen.

    ``evidence`` is one of the proofs that the rule asks for, seen on ``seen_on``. A missing proof opens a
    step until ``due_on``. Raises JudgesOwnReferral, NotTheLatestRules, UnknownRule, ProofWithoutDay.
    """
    person = _person_to_judge(application, rule_set, by)
    today = local_day(now, application.branch.timezone)
    _refuse_old_version(application.branch, rule_set, today)
    asked = rule_called(rule_set, code, sensitive=False)
    seen = check_proof(asked, evidence, seen_on, today)
    found = verdict(answer, asked.evidence, seen)
    until = (due_on or today + timedelta(days=PROOF_DAYS)) if found is Verdict.PROOF_MISSING else None
    made = Judgement(
        person=person,
        rule_set=rule_set,
        rule_code=code,
        answer=answer.value,
        verdict=found.value,
        evidence=seen[0] if seen else "",
        seen_on=seen_on if seen else None,
        due_on=until,
        judged_by_id=by.id,
        judged_at=now,
    )
    made.save(force_insert=True)
    _record_judgement(made, application.branch_id, by, now)
    _care_for_proofs(application, person, rule_set, by, now)
    return made


@transaction.atomic
def judge_all(
    *,
    application: Application,
    rule_set: RuleSet,
    said: Mapping[str, Mapping[str, Any]],
    by: Actor,
    now: datetime,
) -> list[Judgement]:
    """Judge several rules at once (code -> the arguments of ``judge``): all of them or none."""
    return [
        judge(application=application, rule_set=rule_set, code=code, by=by, now=now, **each)
        for code, each in said.items()
    ]


def rule_called(rule_set: RuleSet, code: str, *, sensitive: bool) -> Rule:
    """Return one rule of a version. Raises UnknownRule, also where its facts belong into the other table."""
    rule = next((each for each in rules_of_set(rule_set) if each.code == code), None)
    if rule is None or rule.sensitive != sensitive:
        raise UnknownRule(code)
    return rule


def check_proof(rule: Rule, evidence: str, seen_on: date | None, today: date) -> tuple[str, ...]:
    """Return what was seen, as a tuple of none or one. Raises ProofWithoutDay, UnknownRule."""
    if not evidence:
        return ()
    if evidence not in rule.evidence:
        raise UnknownRule(evidence)
    if seen_on is None or seen_on > today:
        raise ProofWithoutDay
    return (evidence,)


def _record_judgement(made: Judgement, branch_id: int, by: Actor, now: datetime) -> None:
    facts = {
        "person": made.person_id,
        "rule_set": made.rule_set_id,
        "rule": made.rule_code,
        "verdict": made.verdict,
    }
    _record(branch_id, "eligibility.judged", "judgement", made.pk, facts, by, now)


def _person_to_judge(application: Application, rule_set: RuleSet, by: Actor) -> Person:
    """A human judges, of this branch, who did not refer the person; one judgement at a time."""
    authorise(by, Permission.ELIGIBILITY_JUDGE, application.branch_id)
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise NotAllowed(Permission.ELIGIBILITY_JUDGE)
    if application.person is None or rule_set.funder.branch_id != application.branch_id:
        raise NotVisible
    person = locked(application.person)
    if referred_by(person.pk, by):
        raise JudgesOwnReferral
    return person


def _refuse_old_version(branch: Branch, rule_set: RuleSet, today: date) -> None:
    in_force = next((row for row in current_sets(branch, today) if row.funder_id == rule_set.funder_id), None)
    if in_force is None or in_force.pk != rule_set.pk:
        raise NotTheLatestRules(in_force.version if in_force else 0)


def _care_for_proofs(
    application: Application, person: Person, rule_set: RuleSet, by: Actor, now: datetime
) -> None:
    """One step per person and funder while a proof is missing, due on the first day of those awaited."""
    key = f"{JudgingStep.PROOF}:{person.pk}:{rule_set.funder_id}"
    rows = Judgement.everywhere.filter(person=person, rule_set=rule_set).order_by("pk")
    missing = [row for row in latest(rows).values() if row.verdict == Verdict.PROOF_MISSING]
    if not missing:
        close_steps(branch=application.branch, key=key, by=by, now=now)
        return
    open_step(
        branch=application.branch,
        kind=JudgingStep.PROOF,
        key=key,
        person=person,
        text=rule_set.funder.name[:200],
        rank=RANK_PROOF,
        due_on=min(row.due_on for row in missing if row.due_on is not None),
        subject_type="application",
        subject_id=application.pk,
        by=by,
        now=now,
    )


def _record(
    branch_id: int,
    verb: str,
    subject_type: str,
    subject_id: int,
    facts: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=branch_id,
        verb=verb,
        subject_type=subject_type,
        subject_id=subject_id,
        facts=facts,
    )
