"""Eligibility: versions, judgements that are never overwritten, own referrals, facts kept apart."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions import eligibility, sensitive
from traboule.apps.applications.actions.errors_judging import (
    FunderNameTaken,
    JudgesOwnReferral,
    NotTheLatestRules,
    ProofWithoutDay,
    SensitiveOff,
    UnknownRule,
)
from traboule.apps.applications.models import Judgement, SensitiveFact
from traboule.apps.applications.models.eligibility import NotEditable
from traboule.apps.applications.queries.eligibility import eligibility_of, funders_of, history_of
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor, system
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.funding import Answer, Hint, Standing, Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon")


@pytest.fixture
def director(lyon: Branch) -> Actor:
    return make.actor(Role.DIRECTOR, lyon)


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon)


def judge(of: Any, rules: Any, by: Actor, code: str = "agrees", **said: Any) -> Judgement:
    said.setdefault("answer", Answer.YES)
    return eligibility.judge(application=of, rule_set=rules, code=code, by=by, now=NOW, **said)


def test_a_person_counts_for_one_funder_and_not_for_another(
    lyon: Branch, director: Actor, claire: Actor
) -> None:
    plan = app.rules(lyon, director, name="Plan", rows=[app.RULES[2]])
    impact = app.rules(lyon, director, name="Impact", rows=[app.RULES[2]])
    of = app.application(lyon)
    judge(of, plan, claire)
    judge(of, impact, claire, answer=Answer.NO)
    found = eligibility_of(actor=claire, application=of, today=TODAY)
    assert {card.funder.name: card.standing for card in found} == {
        "Impact": Standing.DOES_NOT_COUNT,
        "Plan": Standing.COUNTS,
    }


def test_suggestions_stand_beside_the_question_and_answer_nothing(
    lyon: Branch, director: Actor, claire: Actor
) -> None:
    rules = app.rules(lyon, director)
    of = app.application(lyon)  # born in 2000, lives in 69: both rules look met
    (card,) = eligibility_of(actor=claire, application=of, today=TODAY)
    said = {line.rule.code: (line.verdict, line.hint) for line in card.lines}
    assert said["age"] == (Verdict.NOT_ASKED, Hint.LOOKS_MET)
    assert card.standing is Standing.QUESTIONS_OPEN
    judge(of, rules, claire, "age", answer=Answer.NO)
    (card,) = eligibility_of(actor=claire, application=of, today=TODAY)
    assert (card.lines[0].verdict, card.lines[0].hint) == (Verdict.NOT_MET, Hint.LOOKS_MET)


def test_a_missing_proof_opens_a_step_and_the_proof_closes_it(
    lyon: Branch, director: Actor, claire: Actor
) -> None:
    rules, of = app.rules(lyon, director), app.application(lyon)
    first = judge(of, rules, claire, "age", due_on=TODAY + timedelta(days=5))
    judge(of, rules, claire, "place", due_on=TODAY + timedelta(days=9))
    step = OpenStep.everywhere.get(closed_at=None)
    assert (first.verdict, step.kind, step.due_on) == (
        "proof_missing",
        "eligibility.proof",
        TODAY + timedelta(days=5),
    )
    judge(of, rules, claire, "age", evidence="ID", seen_on=TODAY)
    step.refresh_from_db()
    assert step.due_on == TODAY + timedelta(days=9)
    judge(of, rules, claire, "place", evidence="Lease", seen_on=TODAY)
    assert not OpenStep.everywhere.filter(closed_at=None).exists()


def test_judgements_are_added_and_never_overwritten(lyon: Branch, director: Actor, claire: Actor) -> None:
    rules, of = app.rules(lyon, director), app.application(lyon)
    first = judge(of, rules, claire, "age")
    judge(of, rules, claire, "age", evidence="ID", seen_on=TODAY)
    assert [row.verdict for row in history_of(actor=claire, application=of)] == ["met", "proof_missing"]
    first.verdict = "met"
    with pytest.raises(NotEditable):
        first.save()


def test_rules_are_changed_by_a_new_version_only(lyon: Branch, director: Actor, claire: Actor) -> None:
    old, of = app.rules(lyon, director), app.application(lyon)
    judge(of, old, claire)
    new = eligibility.publish_rules(
        funder=old.funder, rules=app.RULES[:2], valid_from=TODAY, by=director, now=NOW
    )
    assert (old.version, new.version) == (1, 2)
    old.rules = []
    with pytest.raises(NotEditable):
        old.save()
    with pytest.raises(NotTheLatestRules) as newer:
        judge(of, old, claire)
    assert newer.value.version == 2
    (card,) = eligibility_of(actor=claire, application=of, today=TODAY)
    assert (card.rule_set.pk, card.standing) == (new.pk, Standing.QUESTIONS_OPEN)


def test_a_version_to_come_does_not_hold_yet(lyon: Branch, director: Actor, claire: Actor) -> None:
    now = app.rules(lyon, director)
    eligibility.publish_rules(
        funder=now.funder, rules=app.RULES[:1], valid_from=TODAY + timedelta(days=1), by=director, now=NOW
    )
    (row,) = funders_of(actor=claire, branch=lyon, today=TODAY)
    assert row.rule_set == now
    assert row.coming is not None
    judge(app.application(lyon), now, claire)


def test_nobody_judges_somebody_they_referred_themselves(
    lyon: Branch, director: Actor, claire: Actor
) -> None:
    rules = app.rules(lyon, director)
    of = app.application(lyon, referred_by=Login.objects.get(pk=claire.id))
    with pytest.raises(JudgesOwnReferral):
        judge(of, rules, claire)
    # Not through a second application of the same person either.
    again = app.application(lyon, person=of.person, state="refused")
    with pytest.raises(JudgesOwnReferral):
        judge(again, rules, claire)
    assert judge(of, rules, make.coordinator(lyon)).verdict == "met"


def test_only_humans_with_the_permission_judge(lyon: Branch, director: Actor) -> None:
    rules, of = app.rules(lyon, director), app.application(lyon)
    for nobody in (system("nightly"), make.actor(Role.REFERRER, lyon)):
        with pytest.raises(NotAllowed):
            judge(of, rules, nobody)
    with pytest.raises(NotVisible):
        judge(of, rules, make.coordinator(make.branch()))


def test_a_proof_is_one_that_is_asked_for_and_was_seen_on_a_day_gone_by(
    lyon: Branch, director: Actor, claire: Actor
) -> None:
    rules, of = app.rules(lyon, director), app.application(lyon)
    for seen_on in (None, TODAY + timedelta(days=1)):
        with pytest.raises(ProofWithoutDay):
            judge(of, rules, claire, "age", evidence="ID", seen_on=seen_on)
    with pytest.raises(UnknownRule):
        judge(of, rules, claire, "age", evidence="A photo", seen_on=TODAY)
    with pytest.raises(UnknownRule):
        judge(of, rules, claire, "no_such_rule")


def test_rules_of_another_branch_are_out_of_reach(lyon: Branch, claire: Actor) -> None:
    lille = make.branch()
    rules = app.rules(lille, make.actor(Role.DIRECTOR, lille))
    with pytest.raises(NotVisible):
        judge(app.application(lyon), rules, claire)


def test_the_summary_counts_people_and_open_proofs(lyon: Branch, director: Actor, claire: Actor) -> None:
    rules = app.rules(lyon, director, rows=app.RULES[1:])
    for place in ({"evidence": "Lease", "seen_on": TODAY}, {}, {"answer": Answer.NO}):
        of = app.application(lyon)
        judge(of, rules, claire)
        judge(of, rules, claire, "place", **place)
    (row,) = funders_of(actor=claire, branch=lyon, today=TODAY)
    assert row.counts == {Standing.COUNTS: 1, Standing.PROOF_OPEN: 1, Standing.DOES_NOT_COUNT: 1}
    assert row.open_proofs == 1
    with pytest.raises(FunderNameTaken):
        eligibility.add_funder(branch=lyon, name="Plan", by=director, now=NOW)


# --- facts about residence -------------------------------------------------------------------------------


def test_facts_about_residence_are_off_until_a_branch_switches_them_on(lyon: Branch, director: Actor) -> None:
    rules, of = app.rules(lyon, director, rows=[app.STAY]), app.application(lyon)
    said = {"application": of, "rule_set": rules, "code": "stay", "answer": Answer.YES}
    for act in (
        lambda: sensitive.read_sensitive(application=of, by=director, now=NOW),
        lambda: sensitive.write_sensitive(**said, by=director, now=NOW),
    ):
        with pytest.raises(SensitiveOff):
            act()
    eligibility.set_sensitive(branch=lyon, is_on=True, by=director, now=NOW)
    fact = sensitive.write_sensitive(
        **said, evidence="Permit", seen_on=date(2026, 3, 1), by=director, now=NOW
    )
    assert fact.verdict == "met"


def test_each_reading_is_written_down_and_the_log_does_not_hold_the_fact(
    lyon: Branch, director: Actor
) -> None:
    rules, of = app.rules(lyon, director, rows=[app.STAY]), app.application(lyon)
    eligibility.set_sensitive(branch=lyon, is_on=True, by=director, now=NOW)
    sensitive.write_sensitive(
        application=of, rule_set=rules, code="stay", answer=Answer.NO, by=director, now=NOW
    )
    for _time in range(2):
        ((_set, _rule, fact),) = sensitive.read_sensitive(application=of, by=director, now=NOW)
        assert fact is not None
        assert fact.verdict == "not_met"
    lines = AuditEntry.objects.filter(verb__startswith="sensitive.", subject_type="person")
    assert sorted(lines.values_list("verb", flat=True)) == [
        "sensitive.read",
        "sensitive.read",
        "sensitive.written",
    ]
    assert all("not_met" not in str(line.facts) and "'no'" not in str(line.facts) for line in lines)


def test_a_coordinator_neither_reads_nor_writes_what_is_kept_apart(
    lyon: Branch, director: Actor, claire: Actor
) -> None:
    rules, of = app.rules(lyon, director, rows=[*app.RULES, app.STAY]), app.application(lyon)
    eligibility.set_sensitive(branch=lyon, is_on=True, by=director, now=NOW)
    with pytest.raises(NotAllowed):
        sensitive.read_sensitive(application=of, by=claire, now=NOW)
    with pytest.raises(NotAllowed):
        sensitive.write_sensitive(
            application=of, rule_set=rules, code="stay", answer=Answer.YES, by=claire, now=NOW
        )
    with pytest.raises(UnknownRule):  # not through the ordinary table either
        judge(of, rules, claire, "stay")
    (card,) = eligibility_of(actor=claire, application=of, today=TODAY)
    assert [rule.code for rule in card.apart] == ["stay"]
    assert "stay" not in [line.rule.code for line in card.lines]
    assert SensitiveFact.everywhere.count() == 0
