"""Points: integers, exact sums, bounds, and no term that falls when its input improves."""

from dataclasses import replace
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.matching.profile_strategies import (
    LANGUAGES,
    LYON,
    OCCUPATIONS,
    SECTORS,
    SKILLS,
    TODAY,
    WORDS,
    mentees,
    mentors,
    points_on_earth,
)
from traboule.kernel.matching._arrays import metre_matrix, metres_between, unit_vectors
from traboule.kernel.matching.points import TERMS, Term, points, terms_of
from traboule.kernel.matching.profiles import SLOTS, Mentee, Mentor, Point
from traboule.kernel.matching.rules import DEFAULT_RULES, TOTAL, rules_from_mapping
from traboule.kernel.matching.terms import relation_of

OTHER_RULES = rules_from_mapping(
    {
        "weights": dict.fromkeys(TERMS, 10),
        "occupation": {"shared_sector": 0.633, "generalist": 0.5},
        "limits": {
            "min_level_mentee": "A2",
            "min_level_mentor": "C1",
            "travel_zero_km": 7,
            "seniority_full_years": 11,
            "languages_full_steps": 3,
            "slots_full_count": 7,
        },
    }
)


def terms(mentee: Mentee, mentor: Mentor) -> dict[str, Term]:
    return {term.code: term for term in terms_of(mentee, mentor, DEFAULT_RULES, TODAY, SECTORS)}


def term(code: str, mentee: Mentee, mentor: Mentor) -> Term:
    return terms(mentee, mentor)[code]


@given(st.lists(mentees(), max_size=5), st.lists(mentors(), max_size=5), st.booleans())
def test_one_pair_and_the_matrix_agree(pool: list[Mentee], others: list[Mentor], changed: bool):
    rules = OTHER_RULES if changed else DEFAULT_RULES
    matrix = points(pool, others, rules, TODAY, SECTORS)
    assert matrix.dtype == np.int64
    for row, mentee in enumerate(pool):
        for column, mentor in enumerate(others):
            found = terms_of(mentee, mentor, rules, TODAY, SECTORS)
            assert sum(each.points for each in found) == matrix[row, column]


@given(mentees(), mentors())
def test_terms_stay_within_their_weight_and_sum_to_at_most_100(mentee: Mentee, mentor: Mentor):
    found = terms_of(mentee, mentor, DEFAULT_RULES, TODAY, SECTORS)
    assert tuple(each.code for each in found) == TERMS
    assert all(0 <= each.points <= each.out_of for each in found)
    assert sum(each.out_of for each in found) == TOTAL
    assert all(type(each.points) is int for each in found)


@given(mentees(), mentors(), st.sampled_from(WORDS))
def test_one_more_shared_interest_never_lowers(mentee: Mentee, mentor: Mentor, word: str):
    plain = [replace(p, interests=p.interests - {word} | {"chess"}) for p in (mentee, mentor)]
    richer = [replace(p, interests=p.interests | {word}) for p in plain]
    assert term("interests", *richer).points >= term("interests", *plain).points


@given(mentees(), mentors(), st.sampled_from(WORDS))
def test_one_more_shared_dislike_never_lowers(mentee: Mentee, mentor: Mentor, word: str):
    plain = [
        replace(p, dislikes=p.dislikes - {word}, interests=p.interests - {word}) for p in (mentee, mentor)
    ]
    richer = [replace(p, dislikes=p.dislikes | {word}) for p in plain]
    assert term("dislikes", *richer).points >= term("dislikes", *plain).points


@given(mentees(), mentors(), st.sampled_from(WORDS))
def test_one_clash_less_never_lowers(mentee: Mentee, mentor: Mentor, word: str):
    lover = replace(mentor, interests=mentor.interests | {word}, dislikes=mentor.dislikes - {word})
    milder, hater = (
        replace(mentee, dislikes=words) for words in (mentee.dislikes - {word}, mentee.dislikes | {word})
    )
    assert term("dislikes", milder, lover).points >= term("dislikes", hater, lover).points


@given(mentees(), mentors(), st.sampled_from(LANGUAGES), st.booleans())
def test_one_language_level_more_never_lowers(mentee: Mentee, mentor: Mentor, code: str, of_mentor: bool):
    person: Mentee | Mentor = mentor if of_mentor else mentee
    spoken = dict(person.languages)
    better = replace(person, languages=tuple({**spoken, code: min(6, spoken.get(code, 0) + 1)}.items()))
    pair = (mentee, better) if of_mentor else (better, mentor)
    assert term("languages", *pair).points >= term("languages", mentee, mentor).points  # type: ignore[arg-type]  # one of each


@given(mentees(), mentors(), st.integers(0, len(SLOTS) - 1))
def test_one_more_shared_slot_never_lowers(mentee: Mentee, mentor: Mentor, bit: int):
    richer = replace(mentee, slots=mentee.slots | 1 << bit), replace(mentor, slots=mentor.slots | 1 << bit)
    assert term("slots", *richer).points >= term("slots", mentee, mentor).points


@given(mentees(), mentors(), st.sampled_from(SKILLS))
def test_one_more_needed_strength_never_lowers(mentee: Mentee, mentor: Mentor, skill: str):
    plain = replace(mentor, strengths=mentor.strengths - {skill} | {"singing"})
    stronger = replace(plain, strengths=plain.strengths | {skill})
    assert term("needs", mentee, stronger).points >= term("needs", mentee, plain).points


@given(mentees(), mentors(), points_on_earth, points_on_earth)
def test_a_nearer_home_never_lowers(mentee: Mentee, mentor: Mentor, one: Point, other: Point):
    home = mentor.point or LYON
    near, far = sorted((one, other), key=lambda point: metres_between(point, home))
    here, there, settled = (
        replace(mentee, point=near),
        replace(mentee, point=far),
        replace(mentor, point=home),
    )
    assert term("travel", here, settled).points >= term("travel", there, settled).points


@given(mentees(), mentors(), st.floats(0, 60), st.floats(0, 60))
def test_more_years_never_lower(mentee: Mentee, mentor: Mentor, one: float, other: float):
    fewer, more = (replace(mentor, years_experience=years) for years in sorted((one, other)))
    assert term("seniority", mentee, more).points >= term("seniority", mentee, fewer).points


@given(mentees(), mentors(), st.sampled_from(OCCUPATIONS))
def test_one_more_occupation_never_lowers(mentee: Mentee, mentor: Mentor, code: str):
    plain = replace(mentor, occupations=mentor.occupations or ("K1302",))
    wider = replace(plain, occupations=(*plain.occupations, code))
    for name in ("occupation", "seniority"):
        assert term(name, mentee, wider).points >= term(name, mentee, plain).points


def answering(person: Mentee, scale: int, answer: int) -> Mentee:
    return replace(person, way=(*person.way[:scale], answer, *person.way[scale + 1 :]))


@given(mentees(), mentors(), st.integers(0, 4), st.integers(1, 5), st.integers(1, 5))
def test_a_closer_way_of_working_never_lowers(
    mentee: Mentee, mentor: Mentor, scale: int, one: int, other: int
):
    theirs = mentor.way[scale] or 3
    partner = replace(mentor, way=(*mentor.way[:scale], theirs, *mentor.way[scale + 1 :]))
    closer, further = sorted((one, other), key=lambda answer: abs(answer - theirs))
    near, far = (term("way_of_working", answering(mentee, scale, way), partner) for way in (closer, further))
    assert near.points >= far.points


@given(mentees(), mentors(), st.integers(1, 60))
def test_a_later_end_never_lowers(mentee: Mentee, mentor: Mentor, more: int):
    end = mentor.available_until or TODAY
    shorter, longer = (replace(mentor, available_until=end + timedelta(days=days)) for days in (0, more))
    assert term("horizon", mentee, longer).points >= term("horizon", mentee, shorter).points


@given(mentees(), mentors())
def test_a_missing_answer_is_neutral_and_flagged(mentee: Mentee, mentor: Mentor):
    blank = Mentee(id="e", occupations=mentee.occupations or ("M1101",))
    other = Mentor(id="o")
    for code, each in terms(blank, other).items():
        if code in ("slots", "languages"):  # required answers: without them no pair is feasible
            assert (each.points, each.unknown) == (0, False)
        elif code == "seniority":  # half of the years, as far as the unknown path (half) carries
            assert (each.points, each.unknown) == (each.out_of // 4, True)
        else:
            assert (each.points, each.unknown) == (each.out_of // 2, True)
    for code in ("interests", "needs", "travel"):
        for pair in ((blank, mentor), (mentee, other)):
            silent = term(code, *pair)
            assert (silent.points, silent.unknown) == (silent.out_of // 2, True)


def test_the_path_ranks_code_family_sector_domain_other():
    paths = ["M1101", "M1102", "F1704", "M1203", "K1302"]
    relations = [relation_of("M1101", code, SECTORS) for code in paths]
    assert relations == ["same_code", "same_family", "shared_sector", "same_domain", "other"]
    mentee = Mentee(id="e", occupations=("M1101",))
    earned = [term("occupation", mentee, Mentor(id="o", occupations=(code,))).points for code in paths]
    assert earned == sorted(earned, reverse=True)
    assert len(set(earned)) == 5


def test_no_plan_yet_goes_to_a_generalist():
    mentee = Mentee(id="e")
    generalist = term("occupation", mentee, Mentor(id="o", generalist=True))
    specialist = term("occupation", mentee, Mentor(id="o", occupations=("M1101",)))
    assert generalist.points == generalist.out_of
    assert specialist.points < specialist.out_of // 2
    assert not generalist.unknown


def test_years_in_a_distant_trade_earn_nothing():
    mentee = Mentee(id="e", occupations=("M1101",))
    distant, same = (Mentor(id="o", occupations=(code,), years_experience=40) for code in ("K1302", "M1101"))
    assert term("seniority", mentee, distant).points == 0
    assert term("seniority", mentee, same).points == 8_000


def test_a_shared_dislike_helps_and_a_clash_harms():
    mentee = Mentee(id="e", dislikes=frozenset({"noise"}))
    alike = term("dislikes", mentee, Mentor(id="o", dislikes=frozenset({"noise"})))
    clash = term("dislikes", mentee, Mentor(id="o", interests=frozenset({"noise"})))
    assert clash.points < clash.out_of // 2 < alike.points
    assert dict(clash.facts)["clashes"] == ("noise",)


def test_the_facts_name_what_the_points_rest_on():
    mentee = Mentee(id="e", point=LYON, languages=(("fr", 3), ("ar", 6)), occupations=("M1101",), slots=0b111)
    mentor = Mentor(id="o", point=Point(45.766, 4.8795, estimated=True), languages=(("ar", 4), ("fr", 6)),
                    occupations=("K1302", "M1102"), slots=0b110)  # fmt: skip
    facts = {code: dict(each.facts) for code, each in terms(mentee, mentor).items()}
    assert facts["occupation"] == {
        "relation": "same_family", "mentee_occupation": "M1101", "mentor_occupation": "M1102"
    }  # fmt: skip
    assert facts["languages"]["shared"] == ("ar:C2:B2", "fr:B1:C2")
    assert facts["slots"]["shared"] == ("mon-pm", "mon-eve")
    assert facts["travel"]["estimated"] is True
    assert 3_600 < facts["travel"]["metres"] < 3_900
    assert facts["horizon"] == {"days": 182, "weeks": 26}


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(-4, 4), st.floats(-4, 4))
def test_distances_follow_the_haversine(lat: float, lon: float, up: float, along: float):
    one, other = Point(lat, lon), Point(lat + up, max(-180.0, min(180.0, lon + along)))
    first, second = radians(one.lat), radians(other.lat)
    half = sin((second - first) / 2) ** 2
    half += cos(first) * cos(second) * sin(radians(other.lon - one.lon) / 2) ** 2
    assert metres_between(one, other) == pytest.approx(2 * 6_371_008.8 * asin(sqrt(half)), abs=1.5)


@given(st.lists(mentees(), min_size=1, max_size=4), st.lists(mentors(), min_size=1, max_size=40))
def test_distances_are_the_same_metre_alone_and_in_a_matrix(pool: list[Mentee], others: list[Mentor]):
    matrix = metre_matrix(unit_vectors(pool), unit_vectors(others))
    for row, mentee in enumerate(pool):
        for column, mentor in enumerate(others):
            if mentee.point and mentor.point:
                assert matrix[row, column] == metres_between(mentee.point, mentor.point)


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 2), (2, 0), (300, 1)])
def test_pools_of_any_size_give_a_matrix(rows: int, columns: int):
    people = [Mentee(id="e")] * rows, [Mentor(id="o")] * columns
    assert points(*people, DEFAULT_RULES, TODAY, SECTORS).shape == (rows, columns)
