"""Whatever the kernel says, a coordinator reads a short sentence in her language."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from traboule.apps.pairing.enums import Bar
from traboule.kernel.matching.eligibility import Limit
from traboule.kernel.matching.explanation import reasons
from traboule.kernel.matching.people import FORBIDDEN, NO_MENTORS
from traboule.kernel.matching.points import TERMS
from traboule.kernel.matching.profiles import Mentee, Mentor, Point
from traboule.kernel.matching.rules import DEFAULT_RULES
from traboule.kernel.matching.terms import terms_of
from traboule.web.coordinator import obstacles, sentences, wording

DAY = date(2026, 11, 23)
WORDS = st.frozensets(st.sampled_from(["cinema", "football", "jardin", "cuisine", "bruit"]), max_size=4)
ANSWER = st.none() | st.integers(1, 5)
COMMON = {
    "point": st.none() | st.builds(Point, st.floats(45.6, 45.9), st.floats(4.7, 5.0), st.booleans()),
    "languages": st.lists(
        st.tuples(st.sampled_from(["fr", "ar", "ti", "en"]), st.integers(1, 6)), max_size=3
    ).map(lambda found: tuple(dict(found).items())),
    "slots": st.integers(0, 2**21 - 1),
    "occupations": st.lists(st.sampled_from(["M1101", "G1602", "N1103", "M1203", "Z9999"]), max_size=2).map(
        tuple
    ),
    "online": st.booleans(),
    "interests": WORDS,
    "dislikes": WORDS,
    "way": st.tuples(ANSWER, ANSWER, ANSWER, ANSWER, ANSWER),
}
NEEDS = st.frozensets(
    st.sampled_from(["cv", "interview", "network", "project", "admin", "digital", "french"])
)
MENTEES = st.builds(Mentee, id=st.just("1"), needs=NEEDS, **COMMON)
MENTORS = st.builds(
    Mentor,
    id=st.just("2"),
    years_experience=st.none() | st.floats(0, 45),
    generalist=st.booleans(),
    strengths=NEEDS,
    available_until=st.none() | st.dates(DAY, date(2028, 1, 1)),
    **COMMON,
)


@given(mentee=MENTEES, mentor=MENTORS, language=st.sampled_from(["fr", "en"]))
def test_every_reason_of_every_pair_is_one_short_sentence(
    mentee: Mentee, mentor: Mentor, language: str
) -> None:
    found = reasons(terms_of(mentee, mentor, DEFAULT_RULES, DAY, {}), top=10)
    with translation.override(language):
        said = [
            *(sentences.reason(item.code, "for", item.facts) for item in found.in_favour),
            *(sentences.reason(item.code, "against", item.facts) for item in found.against),
            *(sentences.reason(item.code, "unknown", item.facts) for item in found.unknown),
        ]

    assert all(said)
    assert not [text for text in said if "%(" in text or text.endswith(".") or "_" in text]
    assert not [text for text in said if text[0].islower()]


@pytest.mark.parametrize("code", [*Limit, *Bar, NO_MENTORS, FORBIDDEN])
def test_every_obstacle_has_a_sentence_and_something_that_would_lift_it(code: str) -> None:
    assert obstacles.limit(str(code)) != str(code)
    assert obstacles.lift(str(code))


def test_every_term_has_a_name_and_a_word_for_its_missing_answer() -> None:
    assert [sentences.term_name(code) for code in TERMS if sentences.term_name(code) == code] == []
    assert [code for code in TERMS if sentences.reason(code, "unknown") == code] == []


def test_a_code_that_nobody_knows_is_shown_and_not_hidden() -> None:
    assert sentences.reason("new_term", "for") == "new_term"
    assert obstacles.limit("new_limit") == "new_limit"


@pytest.mark.parametrize(
    ("code", "side", "facts", "english"),
    [
        ("travel", "for", {"metres": 2_300, "estimated": False, "online": False}, "2 km apart"),
        ("travel", "against", {"metres": 14_100, "estimated": True, "online": False}, "About 14 km apart"),
        (
            "travel",
            "for",
            {"metres": 400, "estimated": False, "online": False},
            "Same neighbourhood, or nearly",
        ),
        (
            "slots",
            "for",
            {"shared": ("tue-am", "thu-eve"), "count": 2},
            "Both free: Tuesday morning and Thursday evening",
        ),
        (
            "slots",
            "against",
            {"shared": ("wed-pm",), "count": 1},
            "One free time in common: Wednesday afternoon",
        ),
        ("slots", "for", {"shared": ("mon-am",) * 5, "count": 5}, "5 free times in common"),
        ("interests", "against", {"shared": (), "count": 0}, "No interest in common"),
        (
            "needs",
            "for",
            {"covered": ("cv", "interview"), "uncovered": ()},
            "Can help with: CV and job interviews",
        ),
        ("needs", "against", {"covered": (), "uncovered": ("network",)}, "Not a strength: network"),
        ("languages", "against", {"shared": ("fr:B1:C2",), "count": 1}, "Only French in common, at level B1"),
        (
            "languages",
            "for",
            {"shared": ("fr:C1:C2", "ar:C2:B2"), "count": 2},
            "Both speak French and Arabic",
        ),
        ("horizon", "against", {"days": 84, "weeks": 12}, "There for 12 of the 26 weeks"),
        ("seniority", "for", {"years": 31.0, "relation": "same_code"}, "31 years of work"),
        (
            "dislikes",
            "against",
            {"shared": (), "clashes": ("football",)},
            "One likes what the other dislikes: football",
        ),
        ("way_of_working", "for", {"pace": 0, "humour": 1, "answered": 2}, "Similar ways: pace and humour"),
        ("way_of_working", "against", {"pace": 3, "answered": 1}, "Different ways: pace"),
    ],
)
def test_facts_are_said_as_people_say_them(
    code: str, side: sentences.Side, facts: dict[str, object], english: str
) -> None:
    with translation.override("en"):
        assert sentences.reason(code, side, facts) == english


def test_lists_name_three_things_and_count_the_rest() -> None:
    with translation.override("en"):
        assert wording.few(["a", "b", "c"]) == "a, b and c"
        assert wording.few(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"


@pytest.mark.parametrize(
    ("thousandths", "english", "french"),
    [(3_200, "3.2", "3,2"), (82_000, "82", "82"), (0, "0", "0"), (-1_450, "−1.4", "−1,4"), (40, "0", "0")],
)
def test_points_are_written_in_the_readers_notation(thousandths: int, english: str, french: str) -> None:
    with translation.override("en"):
        assert wording.points(thousandths) == english
    with translation.override("fr"):
        assert wording.points(thousandths).replace(".", ",") == french
