"""A match run over people: every mentee gets a proposal with its reasons, or the reason why not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.matching.profile_strategies import LYON, SECTORS, TODAY, mentees, mentors
from traboule.kernel.matching import ContradictoryDecision
from traboule.kernel.matching.eligibility import Limit, why_not
from traboule.kernel.matching.people import PeopleRun, UnknownPersonError, match_people
from traboule.kernel.matching.points import points
from traboule.kernel.matching.profiles import Mentee, Mentor
from traboule.kernel.matching.rules import DEFAULT_RULES


def mentee(name: str, **changed: object) -> Mentee:
    return replace(Mentee(id=name, point=LYON, languages=(("fr", 4),), slots=0b111), **changed)


def mentor(name: str, **changed: object) -> Mentor:
    return replace(Mentor(id=name, point=LYON, languages=(("fr", 6),), slots=0b111), **changed)


def run(mentors: list[Mentor], mentees: list[Mentee], **more: object) -> PeopleRun:
    return match_people(mentors, mentees, rules=DEFAULT_RULES, as_of=TODAY, sectors=SECTORS, **more)


def pairs(found: PeopleRun) -> dict[str, str | None]:
    return {row.mentee: row.mentor for row in found.proposals}


BUYER, NURSE = mentor("anne", occupations=("M1101",)), mentor("paul", occupations=("K1302",))
SELAM, KARIM = mentee("selam", occupations=("M1101",)), mentee("karim", occupations=("K1302",))


def test_everybody_meets_the_mentor_of_their_trade():
    found = run([BUYER, NURSE], [SELAM, KARIM])
    assert pairs(found) == {"selam": "anne", "karim": "paul"}
    assert found.unmatched_mentors == ()
    assert found.plan.certificate_holds
    first = found.proposals[0]
    assert (first.rank, first.feasible, first.reason) == (1, 2, None)
    assert sum(term.points for term in first.terms) == first.points
    assert [choice.mentor for choice in first.alternatives] == ["paul"]
    assert first.alternatives[0].duos_lost == 0
    assert first.alternatives[0].regret == found.plan.total_points - (
        found.proposals[0].alternatives[0].points + found.proposals[1].alternatives[0].points
    )


def test_the_rank_counts_mentors_with_strictly_more_points():
    found = run([BUYER, NURSE, mentor("zoe", occupations=("M1101",))], [SELAM], forbids=[("selam", "anne")])
    assert pairs(found) == {"selam": "zoe"}
    assert found.proposals[0].rank == 1
    found = run([BUYER, NURSE], [SELAM], locks=[("selam", "paul")])
    assert found.proposals[0].rank == 2


def test_the_order_of_the_rows_does_not_matter():
    people = [mentee(f"e{number}") for number in range(6)]
    others = [mentor(f"o{number}") for number in range(4)]
    assert pairs(run(others, people, seed=7)) == pairs(run(others[::-1], people[::-1], seed=7))


def test_somebody_past_the_ceiling_comes_first():
    late = mentee("late", waiting_since=TODAY - timedelta(days=30))
    recent = replace(SELAM, waiting_since=TODAY - timedelta(days=29))
    found = run([BUYER], [recent, late])
    assert pairs(found) == {"selam": None, "late": "anne"}
    assert [row.urgent for row in found.proposals] == [False, True]


@pytest.mark.parametrize(
    ("others", "person", "decisions", "reason"),
    [
        ([], SELAM, {}, "no_mentors"),
        ([BUYER], SELAM, {"forbids": [("selam", "anne")]}, "forbidden"),
        ([mentor("a", capacity=0)], SELAM, {}, "places_taken"),
        ([mentor("a", slots=0), mentor("b", trained=False), mentor("c", slots=0)], SELAM, {},
         "no_shared_slot"),
        ([mentor("a", slots=0, trained=False), mentor("b", trained=False, capacity=0)], SELAM, {},
         "mentor_not_trained"),
        ([mentor("a", slots=0, trained=False), mentor("b", branch="lille"), mentor("c", slots=0, capacity=0)],
         replace(SELAM, branch="lyon"), {}, "other_branch"),
    ],
)  # fmt: skip
def test_an_unmatched_mentee_reads_the_limit_that_stops_most(
    others: list[Mentor], person: Mentee, decisions: dict[str, object], reason: str
):
    found = run(others, [person], **decisions)
    assert found.proposals[0].reason == reason
    assert found.proposals[0].mentor is None
    assert found.proposals[0].terms == ()


def test_a_feasible_mentee_who_loses_reads_that_places_are_taken():
    found = run([BUYER], [SELAM, KARIM])
    assert pairs(found) == {"selam": "anne", "karim": None}
    assert found.proposals[1].reason == "places_taken"
    assert found.proposals[1].feasible == 1


def test_a_decision_about_nobody_is_refused():
    with pytest.raises(UnknownPersonError) as caught:
        run([BUYER], [SELAM], locks=[("selam", "nobody")])
    assert (caught.value.role, caught.value.person) == ("mentor", "nobody")
    with pytest.raises(UnknownPersonError):
        run([BUYER], [SELAM], forbids=[("nobody", "anne")])


def test_a_lock_on_a_pair_that_cannot_meet_is_a_contradiction():
    with pytest.raises(ContradictoryDecision):
        run([mentor("anne", trained=False)], [SELAM], locks=[("selam", "anne")])


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 2), (2, 0)])
def test_empty_pools_are_an_answer(rows: int, columns: int):
    found = run([mentor(f"o{n}") for n in range(columns)], [mentee(f"e{n}") for n in range(rows)])
    assert len(found.proposals) == rows
    assert len(found.unmatched_mentors) == columns
    assert found.plan.pairs == 0


def test_progress_names_the_stages():
    heard: list[str] = []
    run([BUYER], [SELAM], progress=lambda stage, _share: heard.append(stage))
    assert heard[:2] == ["limits", "points"]


def named(people: list[Mentee] | list[Mentor]) -> list:
    return [replace(person, id=f"{type(person).__name__}{place}") for place, person in enumerate(people)]


@settings(max_examples=40)
@given(st.lists(mentees(), max_size=5), st.lists(mentors(), max_size=5))
def test_a_run_keeps_limits_and_says_true_numbers(pool: list[Mentee], others: list[Mentor]):
    pool, others = named(pool), named(others)
    found = run(others, pool)
    matrix = points(pool, others, DEFAULT_RULES, TODAY, SECTORS)
    seats = dict.fromkeys([person.id for person in others], 0)
    for row, proposal in enumerate(found.proposals):
        possible = [
            column
            for column, other in enumerate(others)
            if not why_not(pool[row], other, DEFAULT_RULES, TODAY)
        ]
        assert proposal.feasible == len(possible)
        if proposal.mentor is None:
            assert proposal.reason in {"no_mentors", *Limit}
            continue
        column = [person.id for person in others].index(proposal.mentor)
        seats[proposal.mentor] += 1
        assert column in possible
        assert proposal.points == matrix[row, column] == sum(term.points for term in proposal.terms)
        better = [other for other in possible if matrix[row, other] > proposal.points]
        assert proposal.rank == 1 + len(better)
        assert proposal.mentor not in [choice.mentor for choice in proposal.alternatives]
    assert all(seats[person.id] <= person.capacity for person in others)
