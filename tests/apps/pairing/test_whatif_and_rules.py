"""What if, side by side; and the decisions about pairs that last: keep together, keep apart."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import pairing, people
from tests.factories.pairing import REASON
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.rules import HumanNeeded
from traboule.apps.pairing import actions
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.models import MatchRun, PairRule, Proposal
from traboule.apps.pairing.queries import (
    CannotHold,
    WhatIf,
    build_profiles,
    find_pair_rule,
    matching_table,
    what_if,
)
from traboule.apps.people.actions import pause_person, resume_person
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor, system
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.matching.rules import RulesError

pytestmark = pytest.mark.django_db
LOCK, FORBID = PairRuleKind.LOCK, PairRuleKind.FORBID


class Four:
    """Selam and Paul share a trade, so do Karim and Anne; anybody could meet anybody."""

    def __init__(self, branch: Branch) -> None:
        self.selam, self.karim = people.mentee(branch), people.mentee(branch, occupations=["G1602"])
        self.paul, self.anne = people.mentor(branch), people.mentor(branch, occupations=["G1602"])


@pytest.fixture
def four(branch: Branch) -> Four:
    return Four(branch)


def ask(branch: Branch, by: Actor, **more: Any) -> WhatIf:
    return what_if(actor=by, branch=branch, as_of=TODAY, **more)


def decide(
    branch: Branch, by: Actor, kind: PairRuleKind, mentee: Person, mentor: Person, **more: Any
) -> PairRule:
    fields: dict[str, Any] = {"reason": REASON, "now": NOW} | more
    return actions.set_pair_rule(branch=branch, mentee=mentee, mentor=mentor, kind=kind, by=by, **fields)


# --- what if ----------------------------------------------------------------------------------------------


def test_forcing_a_pair_shows_who_loses_and_by_how_much(branch: Branch, ines: Actor, four: Four) -> None:
    seen = ask(branch, ines, force=(four.selam.pk, four.anne.pk))
    assert {shift.mentee.id for shift in seen.losses} == {four.selam.pk, four.karim.pk}
    assert (seen.gains, seen.moved, seen.unchanged) == ((), (), 0)
    assert (seen.duos_before, seen.duos_after) == (2, 2)
    assert sum(shift.difference for shift in seen.losses) == seen.points_after - seen.points_before < 0
    assert seen.certificate_holds


def test_forbidding_and_locking_show_the_mentors_who_are_freed_and_called(
    branch: Branch, ines: Actor
) -> None:
    mentee, good, fair = (
        people.mentee(branch),
        people.mentor(branch),
        people.mentor(branch, occupations=["G1602"]),
    )
    for seen in (
        ask(branch, ines, forbid=[(mentee.pk, good.pk)]),
        ask(branch, ines, lock=[(mentee.pk, fair.pk)]),
    ):
        assert [line.id for line in seen.mentors_freed] == [good.pk]
        assert [line.id for line in seen.mentors_called] == [fair.pk]
        (shift,) = seen.losses
        assert (shift.before and shift.before.id, shift.after and shift.after.id) == (good.pk, fair.pk)


def test_what_is_already_so_changes_nothing(branch: Branch, ines: Actor, four: Four) -> None:
    seen = ask(branch, ines, lock=[(four.selam.pk, four.paul.pk)])
    assert seen.changes_nothing
    assert seen.unchanged == 2


def test_a_question_replaces_what_was_decided_about_the_same_people(
    branch: Branch, ines: Actor, four: Four
) -> None:
    decide(branch, ines, LOCK, four.selam, four.anne)
    decide(branch, ines, FORBID, four.karim, four.anne)
    seen = ask(branch, ines, lock=[(four.selam.pk, four.paul.pk), (four.karim.pk, four.anne.pk)])
    assert {shift.mentee.id for shift in seen.gains} == {four.selam.pk, four.karim.pk}


def test_a_lock_that_no_plan_can_keep_is_refused_with_its_limits(
    branch: Branch, ines: Actor, four: Four
) -> None:
    away = people.mentor(branch, slots=0b1000)
    with pytest.raises(CannotHold) as refused:
        ask(branch, ines, force=(four.selam.pk, away.pk))
    assert (refused.value.code, refused.value.limits) == ("lock_infeasible", ("no_shared_slot",))
    assert (refused.value.mentee, refused.value.mentor) == (four.selam.pk, away.pk)
    with pytest.raises(CannotHold) as refused:
        ask(branch, ines, lock=[(four.selam.pk, four.anne.pk), (four.karim.pk, four.anne.pk)])
    assert refused.value.code == "places_full"


def test_other_weights_are_compared_by_the_same_measure(branch: Branch, ines: Actor, four: Four) -> None:
    terms = ("occupation", "seniority", "languages", "interests", "dislikes", "way_of_working", "needs")
    weights = dict.fromkeys([*terms, "travel", "slots", "horizon"], 0) | {"languages": 100}
    seen = ask(branch, ines, rules={"weights": weights})
    assert seen.points_after >= seen.points_before
    with pytest.raises(RulesError):
        ask(branch, ines, rules={"weights": {"occupation": 100}})


def test_a_question_saves_nothing(branch: Branch, ines: Actor, four: Four) -> None:
    before = list(audit.entries(branch.pk).values_list("pk", flat=True))
    ask(branch, ines, force=(four.selam.pk, four.anne.pk))
    assert [model.everywhere.count() for model in (MatchRun, PairRule, Proposal)] == [0, 0, 0]
    assert list(audit.entries(branch.pk).values_list("pk", flat=True)) == before


def test_who_is_not_in_the_pools_cannot_be_asked_about(branch: Branch, ines: Actor, four: Four) -> None:
    elsewhere = people.branch()
    with pytest.raises(NotVisible):
        ask(branch, ines, force=(four.selam.pk, people.mentor(elsewhere).pk))
    with pytest.raises(NotVisible):
        ask(branch, ines, forbid=[(four.paul.pk, four.anne.pk)])
    with pytest.raises(NotAllowed):
        ask(branch, people.actor(Role.DPO, branch))


def test_an_empty_branch_has_an_answer(branch: Branch, ines: Actor) -> None:
    assert ask(branch, ines).changes_nothing


# --- rules for pairs --------------------------------------------------------------------------------------


def test_a_lock_holds_in_the_next_run_and_is_seen_on_the_table(
    branch: Branch, ines: Actor, four: Four
) -> None:
    rule = decide(branch, ines, LOCK, four.selam, four.anne)
    pairing.run(branch, ines)
    view = matching_table(actor=ines, branch=branch, as_of=TODAY)
    card = next(card for card in view.cards if card.mentee.id == four.selam.pk)
    assert card.chosen is not None
    assert (card.chosen.mentor.id, card.chosen.is_locked) == (four.anne.pk, True)
    assert [(seen.id, seen.kind, seen.by, seen.reason, seen.broken) for seen in card.rules] == [
        (rule.pk, "lock", "Inès", REASON, ())
    ]


def test_a_forbidden_pair_is_no_option_in_the_next_run(branch: Branch, ines: Actor, four: Four) -> None:
    decide(branch, ines, FORBID, four.selam, four.paul)
    pairing.run(branch, ines)
    view = matching_table(actor=ines, branch=branch, as_of=TODAY)
    card = next(card for card in view.cards if card.mentee.id == four.selam.pk)
    assert four.paul.pk not in {option.mentor.id for option in card.options}


def test_a_newer_decision_about_a_pair_replaces_the_older(branch: Branch, ines: Actor, four: Four) -> None:
    decide(branch, ines, LOCK, four.selam, four.paul)
    later = NOW + timedelta(days=1)
    rule = decide(branch, ines, FORBID, four.selam, four.paul, now=later)
    assert list(PairRule.everywhere.all()) == [rule]
    assert (rule.kind, rule.at) == (FORBID, later)


def test_a_dropped_rule_is_gone_and_dropping_it_twice_does_nothing(
    branch: Branch, ines: Actor, four: Four
) -> None:
    rule = decide(branch, ines, FORBID, four.selam, four.paul)
    for _ in range(2):
        actions.drop_pair_rule(rule=rule, by=ines, now=NOW)
    assert not PairRule.everywhere.exists()
    verbs = [entry.verb for entry in reversed(audit.entries(branch.pk))]
    assert verbs == ["pair_rule.set", "pair_rule.dropped"]


@pytest.mark.parametrize("reason", ["", "   no     "])
def test_a_rule_needs_a_written_reason_and_a_human(
    branch: Branch, ines: Actor, four: Four, reason: str
) -> None:
    with pytest.raises(actions.MissingReason):
        decide(branch, ines, FORBID, four.selam, four.paul, reason=reason)
    with pytest.raises(HumanNeeded):
        decide(branch, system("nightly"), FORBID, four.selam, four.paul)


def test_a_lock_that_contradicts_is_refused_with_the_reason(branch: Branch, ines: Actor, four: Four) -> None:
    away = people.mentor(branch, slots=0b1000)
    with pytest.raises(actions.RuleContradicts) as refused:
        decide(branch, ines, LOCK, four.selam, away)
    assert (refused.value.code, refused.value.limits) == ("lock_infeasible", ("no_shared_slot",))
    decide(branch, ines, LOCK, four.selam, four.paul)
    with pytest.raises(actions.RuleContradicts) as refused:
        decide(branch, ines, LOCK, four.selam, four.anne)
    assert refused.value.code == "locked_twice"
    with pytest.raises(actions.RuleContradicts) as refused:
        decide(branch, ines, LOCK, four.karim, four.paul)
    assert (refused.value.code, refused.value.limits) == ("places_full", ("places_taken",))


def test_a_lock_on_somebody_who_rests_waits_and_says_so(branch: Branch, ines: Actor, four: Four) -> None:
    decide(branch, ines, LOCK, four.selam, four.anne)
    pause_person(person=four.anne, until=None, by=ines, now=NOW)
    run = pairing.run(branch, ines)
    assert run.report["certificate_holds"]
    (rule,) = matching_table(actor=ines, branch=branch, as_of=TODAY).rules
    assert rule.broken == ("mentor_not_in_pool",)
    resume_person(person=four.anne, by=ines, now=NOW)
    assert build_profiles(branch, TODAY).locks == ((str(four.selam.pk), str(four.anne.pk)),)


def test_rules_stay_in_their_branch(branch: Branch, ines: Actor, four: Four) -> None:
    elsewhere = people.branch()
    there = people.coordinator(elsewhere)
    rule = decide(branch, ines, FORBID, four.selam, four.paul)
    with pytest.raises(NotVisible):
        decide(branch, ines, FORBID, four.selam, people.mentor(elsewhere))
    with pytest.raises(NotVisible):
        actions.drop_pair_rule(rule=rule, by=there, now=NOW)
    with pytest.raises(NotVisible):
        find_pair_rule(actor=there, branch=elsewhere, pk=rule.pk)
    assert find_pair_rule(actor=ines, branch=branch, pk=rule.pk) == rule
