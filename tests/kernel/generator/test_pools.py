"""Generated people:

published shares, determinism, complete columns, and a realistic chance to meet somebody.
"""

import random
from collections import Counter
from collections.abc import Mapping
from math import sqrt
from statistics import median

import pytest

from tests.kernel.generator.world import OCCUPATIONS, PLACES, SECTORS, TODAY, WORLD
from traboule.kernel.generator import ASSUMPTIONS, BRANCHES, BranchPlan, People, generate
from traboule.kernel.generator import assumptions as a
from traboule.kernel.generator.draw import Draw
from traboule.kernel.generator.places import branch_of
from traboule.kernel.matching.eligibility import feasible, limits
from traboule.kernel.matching.points import points
from traboule.kernel.matching.rules import DEFAULT_RULES

SIZE = 2_000


@pytest.fixture(scope="module")
def people() -> People:
    return generate(mentors=SIZE, mentees=SIZE, seed=20261123, **WORLD)


def assert_share(count: int, of: int, expected: float) -> None:
    """Within four standard deviations of a binomial count: one run in 16,000 would fail by chance."""
    assert abs(count - of * expected) <= 4 * sqrt(of * expected * (1 - expected)) + 1


def ages(people: People, role: str) -> list[int]:
    born = [person.birth_date for person in getattr(people, role)]
    return [TODAY.year - day.year - ((TODAY.month, TODAY.day) < (day.month, day.day)) for day in born]


def test_mentees_are_18_to_33_and_mentors_50_to_75(people: People):
    assert (min(ages(people, "mentees")), max(ages(people, "mentees"))) == (18, 33)
    assert min(ages(people, "mentors")) >= 50
    assert max(ages(people, "mentors")) <= 75


def test_one_mentee_in_seven_has_no_plan(people: People):
    assert_share(sum(not person.occupations for person in people.mentees), SIZE, 1 / 7)


def test_diplomas_follow_the_annual_report(people: People):
    schooling = Counter(dict(person.groups)["schooling"] for person in people.mentees)
    assert_share(schooling["none"], SIZE, 0.36)
    assert_share(schooling["master"], SIZE, 0.28)
    assert set(schooling) == {"none", "secondary", "bachelor", "master"}


@pytest.mark.parametrize(
    ("role", "key", "read"),
    [
        ("mentees", "first_language", lambda person: person.languages[0][0]),
        ("mentees", "mentee_gender", lambda person: person.gender),
        ("mentors", "mentor_gender", lambda person: person.gender),
        ("mentors", "capacity", lambda person: str(person.capacity)),
        ("mentors", "max_km", lambda person: f"{person.max_km:.0f}"),
        ("mentees", "mentee_channel", lambda person: person.channel),
    ],
)
def test_assumed_shares_are_what_the_table_says(people: People, role: str, key: str, read):
    counts = Counter(read(person) for person in getattr(people, role))
    expected = a.shares(key)
    assert set(counts) <= set(expected)
    for name, share in expected.items():
        assert_share(counts[name], SIZE, share)


def test_generalists_and_training_follow_the_table(people: People):
    assert_share(sum(person.generalist for person in people.mentors), SIZE, a.number("generalist"))
    assert_share(sum(person.trained for person in people.mentors), SIZE, a.number("trained"))
    assert all(person.occupations or person.generalist for person in people.mentors)


def test_every_mentee_speaks_a_working_language_or_english_or_is_one_of_the_few(people: People):
    able = [any(dict(p.languages).get(code, 0) >= 3 for code in ("fr", "en")) for p in people.mentees]
    assert 0.94 < sum(able) / SIZE < 1


def test_required_columns_are_never_empty(people: People):
    for person in (*people.mentors, *people.mentees):
        assert person.postcode
        assert person.languages
        assert person.slots
        assert person.first_name
        assert person.last_name
        assert set(person.occupations) <= set(OCCUPATIONS)


def test_ids_and_addresses_are_unique_and_invented(people: People):
    everybody = (*people.mentors, *people.mentees)
    assert len({person.id for person in everybody}) == 2 * SIZE
    assert len({person.email for person in everybody}) == 2 * SIZE
    assert len({person.phone for person in everybody}) == 2 * SIZE
    assert all(person.email.isascii() and person.email.endswith("@example.org") for person in everybody)
    assert all(person.phone.startswith("+33 6 39 98 ") and len(person.phone) == 17 for person in everybody)


def test_people_live_near_their_branch_and_never_in_a_city_as_a_whole(people: People):
    codes = {person.commune for person in (*people.mentors, *people.mentees)}
    assert not codes & {"99999", "69123"}
    by_code = {place.code: place for place in PLACES}
    for person in people.mentees:
        assert by_code[person.commune].name.startswith(
            next(plan.name for plan in BRANCHES if plan.slug == person.branch)
        )


def test_names_follow_the_first_language(people: People):
    horn = {person.first_name for person in people.mentees if person.languages[0][0] == "ti"}
    assert "Selam" in horn or "Filmon" in horn
    assert len({person.last_name for person in people.mentees}) > 80


def test_dates_are_in_order(people: People):
    for mentor in people.mentors:
        if mentor.available_from and mentor.available_until:
            assert TODAY < mentor.available_from < mentor.available_until
    for mentee in people.mentees:
        assert mentee.waiting_since <= TODAY
        assert mentee.can_wait_until is None or mentee.can_wait_until > TODAY


def test_nobody_dislikes_what_they_love(people: People):
    assert not [person for person in (*people.mentors, *people.mentees) if person.interests & person.dislikes]


def test_the_same_seed_gives_the_same_people(people: People):
    assert generate(mentors=SIZE, mentees=SIZE, seed=20261123, **WORLD) == people
    assert generate(mentors=5, mentees=5, seed=20261124, **WORLD).mentees != people.mentees[:5]


def test_a_person_does_not_depend_on_how_many_are_asked_for(people: People):
    few = generate(mentors=37, mentees=11, seed=20261123, **WORLD)
    assert few.mentors == people.mentors[:37]
    assert few.mentees == people.mentees[:11]


def test_the_order_of_the_reference_tables_of_occupations_does_not_matter(people: People):
    shuffled = {**WORLD, "occupations": random.Random(1).sample(OCCUPATIONS, len(OCCUPATIONS))}
    assert generate(mentors=20, mentees=20, seed=20261123, **shuffled).mentors == people.mentors[:20]


def test_global_chance_is_left_alone():
    random.seed(1)
    before = random.getstate()
    generate(mentors=3, mentees=3, seed=0, **WORLD)
    assert random.getstate() == before


@pytest.mark.parametrize(("mentors", "mentees"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_tiny_pools_are_fine(mentors: int, mentees: int):
    found = generate(mentors=mentors, mentees=mentees, seed=1, **WORLD)
    assert (len(found.mentors), len(found.mentees)) == (mentors, mentees)


def test_five_thousand_a_side_are_fine():
    found = generate(mentors=5_000, mentees=5_000, seed=1, **WORLD)
    assert len({person.id for person in (*found.mentors, *found.mentees)}) == 10_000


def test_bad_requests_are_refused():
    with pytest.raises(ValueError, match="not negative"):
        generate(mentors=-1, mentees=0, seed=0, **WORLD)
    with pytest.raises(ValueError, match="no place within"):
        generate(mentors=1, mentees=0, seed=0, **{**WORLD, "places": PLACES[-2:]})


def test_branches_have_the_balance_of_their_plan(people: People):
    mentors, mentees = (Counter(p.branch for p in side) for side in (people.mentors, people.mentees))
    assert mentors["lyon"] == mentees["lyon"] == SIZE / 4
    assert mentors["lille"] > 2 * mentees["lille"]
    assert mentors["ile-de-france"] < 0.7 * mentees["ile-de-france"]


def test_shares_hold_at_every_length():
    for length in range(60):
        found = branch_of(length, [0.25, 0.4, 0.15, 0.2])
        for branch, share in enumerate([0.25, 0.4, 0.15, 0.2]):
            assert abs(found.count(branch) - share * length) <= 1.5


def test_a_branch_of_100_gives_most_people_a_choice():
    lyon: tuple[BranchPlan, ...] = BRANCHES[:1]
    found = generate(mentors=100, mentees=100, seed=5, branches=lyon, **WORLD)
    pools = [p.profile() for p in found.mentees], [p.profile() for p in found.mentors]
    possible = feasible(limits(*pools, DEFAULT_RULES, TODAY))
    choices = sorted(possible.sum(axis=1).tolist())
    assert 8 <= median(choices) <= 60
    assert 0 < sum(count < 5 for count in choices) < 25
    worth = points(*pools, DEFAULT_RULES, TODAY, SECTORS)[possible]
    assert 20_000 < worth.mean() < 60_000


def test_every_assumption_says_what_it_is():
    assert all(entry.text for entry in ASSUMPTIONS.values())
    assert sum(entry.is_published for entry in ASSUMPTIONS.values()) >= 8
    for key, entry in ASSUMPTIONS.items():
        if key in ("first_language", "mentee_french", "mentor_french", "max_km", "capacity", "mentee_gender"):
            assert isinstance(entry.value, Mapping)
            assert sum(entry.value.values()) == pytest.approx(1)


def test_a_figure_read_in_the_wrong_shape_is_an_error():
    with pytest.raises(TypeError):
        a.number("mentee_gender")
    with pytest.raises(TypeError):
        a.row("no_plan")
    with pytest.raises(TypeError):
        a.shares("no_plan")


def test_draws_keep_their_promises():
    draw = Draw(1, 2, 3)
    assert {draw.between(2, 4) for _ in range(200)} == {2, 3, 4}
    assert sorted(draw.several("abc", 9)) == ["a", "b", "c"]
    assert {draw.placed((0, 1, 0)) for _ in range(50)} == {1}
    assert all(50 <= draw.triangle(50, 62, 75) <= 75 for _ in range(200))
    assert Draw(1, 2, 3).share() == Draw(1, 2, 3).share() != Draw(1, 3, 2).share()
