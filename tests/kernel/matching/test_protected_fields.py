"""What is not named in a stated wish never changes a ranking (design goal 14: 10,000 pairs).

Profiles carry no name, birth date, origin or religion at all; what they carry and must not weigh is gender,
wherever nobody states a wish, and the measured groups.
"""

import random
from dataclasses import fields, replace

import numpy as np
import pytest

from tests.kernel.matching.profile_strategies import (
    LYON,
    OCCUPATIONS,
    SECTORS,
    SKILLS,
    TODAY,
    WORDS,
)
from traboule.kernel.matching.eligibility import feasible, limits
from traboule.kernel.matching.people import match_people
from traboule.kernel.matching.points import points
from traboule.kernel.matching.profiles import ALL_SLOTS, Mentee, Mentor, Point
from traboule.kernel.matching.rules import DEFAULT_RULES

GENDERS = (None, "f", "m", "x")
GROUPS = ("language", "gender", "schooling", "neighbourhood", "religion")


def some(chance: random.Random, words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chance.sample(words, chance.randint(0, 3)))


def common(chance: random.Random, name: str, wishes: bool) -> dict[str, object]:
    return {
        "id": name,
        "point": Point(LYON.lat + chance.uniform(-0.05, 0.05), LYON.lon + chance.uniform(-0.05, 0.05)),
        "languages": (("fr", chance.randint(2, 6)), ("ar", chance.randint(1, 6))),
        "slots": chance.randint(1, ALL_SLOTS),
        "occupations": tuple(chance.sample(OCCUPATIONS, chance.randint(0, 2))),
        "interests": some(chance, WORDS),
        "dislikes": some(chance, WORDS),
        "way": tuple(chance.choice([None, 1, 2, 3, 4, 5]) for _ in range(5)),
        "gender": chance.choice(GENDERS),
        "gender_wish": chance.choice([None, None, None, "f"]) if wishes else None,
    }


def pools(seed: int, size: int, wishing: str = "") -> tuple[list[Mentee], list[Mentor]]:
    """Two pools; `wishing` is the side of which some state a wish."""
    chance = random.Random(seed)
    pool, others = [], []
    for number in range(size):
        ours = common(chance, f"e{number}", wishing == "mentees")
        theirs = common(chance, f"o{number}", wishing == "mentors")
        pool.append(Mentee(**ours, needs=some(chance, SKILLS), groups=groups(chance)))
        others.append(Mentor(**theirs, strengths=some(chance, SKILLS), generalist=chance.random() < 0.2))
    return pool, others


def groups(chance: random.Random) -> tuple[tuple[str, str], ...]:
    return tuple((name, chance.choice("abc")) for name in GROUPS)


def scrambled(
    pool: list[Mentee], others: list[Mentor], seed: int, wishing: str = ""
) -> tuple[list[Mentee], list[Mentor]]:
    """The same people with other groups, and other genders where nobody on the other side states a wish."""
    chance = random.Random(seed)
    new_pool = [replace(person, groups=groups(chance)) for person in pool]
    if wishing != "mentors":
        new_pool = [replace(person, gender=chance.choice(GENDERS)) for person in new_pool]
    if wishing != "mentees":
        others = [replace(person, gender=chance.choice(GENDERS)) for person in others]
    return new_pool, others


@pytest.mark.parametrize("wishing", ["", "mentees", "mentors"])
def test_protected_fields_never_change_a_ranking(wishing: str):
    before = pools(20261123, 100, wishing)  # 10,000 pairs
    after = scrambled(*before, 3, wishing)
    assert after != before
    matrices = [points(*people, DEFAULT_RULES, TODAY, SECTORS) for people in (before, after)]
    assert np.array_equal(*matrices)
    possible = [feasible(limits(*people, DEFAULT_RULES, TODAY)) for people in (before, after)]
    assert np.array_equal(*possible)
    assert 0.2 < possible[0].mean() < 1


def test_protected_fields_never_change_a_plan():
    pool, others = pools(7, 40)
    plans = [
        [
            (row.mentor, row.rank, row.points, row.alternatives)
            for row in match_people(
                theirs, ours, rules=DEFAULT_RULES, as_of=TODAY, sectors=SECTORS, seed=1
            ).proposals
        ]
        for ours, theirs in ((pool, others), scrambled(pool, others, 5))
    ]
    assert plans[0] == plans[1]


def test_a_profile_has_no_room_for_what_must_not_weigh():
    known = {entry.name for role in (Mentor, Mentee) for entry in fields(role)}
    unwanted = {
        "age",
        "birth",
        "email",
        "health",
        "name",
        "nationality",
        "origin",
        "phone",
        "photo",
        "religion",
    }
    assert not {field for field in known if unwanted & set(field.split("_"))}
