"""Reasons for, against and unknown; and what another choice would change for everybody."""

from dataclasses import replace

from tests.kernel.matching.profile_strategies import LYON, SECTORS, TODAY
from traboule.kernel.matching.explanation import Change, Effects, compare, force, reasons, with_decisions
from traboule.kernel.matching.people import PeopleRun, match_people
from traboule.kernel.matching.profiles import Mentee, Mentor
from traboule.kernel.matching.rules import DEFAULT_RULES
from traboule.kernel.matching.terms import Term

TRADES = ("M1101", "G1602", "K1302", "F1704")


def mentees() -> list[Mentee]:
    base = Mentee(id="", point=LYON, languages=(("fr", 4),), slots=0b111)
    return [replace(base, id=f"e{n}", occupations=(code,)) for n, code in enumerate(TRADES)]


def mentors() -> list[Mentor]:
    base = Mentor(id="", point=LYON, languages=(("fr", 6),), slots=0b111)
    return [replace(base, id=f"o{n}", occupations=(code,)) for n, code in enumerate(TRADES[:3])]


def run(**more: object) -> PeopleRun:
    return match_people(mentors(), mentees(), rules=DEFAULT_RULES, as_of=TODAY, sectors=SECTORS, **more)


def term(code: str, points: int, out_of: int = 10_000, unknown: bool = False) -> Term:
    return Term(code, points, out_of, unknown, (("relation", "other"),))


def test_reasons_are_the_strongest_distances_from_neutral():
    found = reasons(
        [term("a", 9_000), term("b", 10_000), term("c", 1_000), term("d", 5_000), term("e", 4_000)]
    )
    assert [(reason.code, reason.weight) for reason in found.in_favour] == [("b", 5_000), ("a", 4_000)]
    assert [(reason.code, reason.weight) for reason in found.against] == [("c", -4_000), ("e", -1_000)]
    assert found.unknown == ()


def test_at_most_three_reasons_a_side():
    found = reasons([term(f"t{n}", 9_000) for n in range(5)] + [term(f"u{n}", 0) for n in range(5)])
    assert (len(found.in_favour), len(found.against)) == (3, 3)


def test_what_is_unknown_stands_apart():
    found = reasons([term("interests", 5_000, unknown=True), term("seniority", 1_000, unknown=True)])
    assert [reason.code for reason in found.unknown] == ["interests", "seniority"]
    assert found.in_favour == found.against == ()


def test_a_clash_speaks_even_when_dislikes_are_half_known():
    found = reasons([term("dislikes", 2_500, unknown=True)])
    assert [reason.code for reason in found.against] == ["dislikes"]


def test_seniority_does_not_repeat_a_distant_path():
    found = reasons([term("occupation", 0), term("seniority", 0)])
    assert [reason.code for reason in found.against] == ["occupation"]


def test_forcing_a_pair_says_who_gets_whom_instead():
    found = force(run(), "e3", "o0")
    before = {row.mentee: row for row in run().proposals}
    assert [change.mentee for change in found.gains] == ["e3"]
    assert found.gains[0].mentor_before is None
    assert found.losses[0] == Change("e0", "o0", None, before["e0"].points, 0)
    assert found.unchanged == 2
    assert (found.duos_before, found.duos_after) == (3, 3)
    assert found.points_lost > 0


def test_forcing_costs_exactly_what_the_option_says():
    matched = run()
    for proposal in matched.proposals:
        for choice in proposal.alternatives:
            effects = force(matched, proposal.mentee, choice.mentor)
            assert effects.duos_before - effects.duos_after == choice.duos_lost
            assert max(0, effects.points_lost) == choice.regret
            again = match_people(
                mentors(), mentees(), rules=DEFAULT_RULES, as_of=TODAY, sectors=SECTORS,
                locks=[(proposal.mentee, choice.mentor)],
            )  # fmt: skip
            assert effects.points_after == again.plan.total_points


def test_forbidding_the_chosen_pair_changes_it():
    found = with_decisions(run(), forbids=[("e0", "o0")])
    assert "e0" in {change.mentee for change in (*found.gains, *found.losses, *found.moved)}
    assert found.points_lost >= 0


def test_a_new_lock_replaces_the_old_one():
    locked = run(locks=[("e0", "o1")])
    found = force(locked, "e0", "o0")
    assert next(change for change in found.gains if change.mentee == "e0").mentor_after == "o0"


def test_forcing_a_forbidden_pair_lifts_the_ban():
    found = force(run(forbids=[("e0", "o0")]), "e0", "o0")
    assert {change.mentee for change in found.gains} >= {"e0"}


def test_two_equal_plans_have_no_effects():
    plan = {"e0": ("o0", 5), "e1": None}
    assert compare(plan, plan) == Effects((), (), (), 2, 5, 5, 1, 1)


def test_a_mentor_at_equal_points_is_neither_gain_nor_loss():
    found = compare({"e0": ("o0", 5)}, {"e0": ("o1", 5)})
    assert [change.mentee for change in found.moved] == ["e0"]
    assert found.gains == found.losses == ()


def test_a_mentor_without_points_is_still_a_gain():
    assert len(compare({"e0": None}, {"e0": ("o1", 0)}).gains) == 1
    assert len(compare({"e0": ("o1", 0)}, {}).losses) == 1
