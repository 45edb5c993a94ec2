"""Hypothesis strategies for people: small vocabularies, so that everything meets and is sometimes missing."""

from datetime import date, timedelta

from hypothesis import strategies as st

from traboule.kernel.matching.profiles import ALL_SLOTS, Mentee, Mentor, Point

TODAY = date(2026, 11, 23)
LANGUAGES = ("fr", "en", "ar", "ti")
OCCUPATIONS = ("M1101", "M1102", "M1203", "G1602", "G1603", "F1704", "K1302")
SECTORS = {
    "M1101": frozenset({"46"}),
    "M1203": frozenset({"69"}),
    "G1602": frozenset({"56"}),
    "F1704": frozenset({"43", "46"}),
}
WORDS = ("cooking", "football", "reading", "noise", "early hours", "meetings")
SKILLS = ("cv", "interview", "network", "project", "admin", "digital", "french")
LYON = Point(45.7578, 4.832)

points_on_earth = st.builds(
    Point, st.floats(45.5, 46.0), st.floats(4.5, 5.2), st.booleans()
) | st.sampled_from([LYON, Point(48.85, 2.35), Point(-33.9, 151.2)])
days = st.integers(-400, 400).map(lambda shift: TODAY + timedelta(days=shift))
words = st.frozensets(st.sampled_from(WORDS), max_size=4)


def _common(role: str) -> dict[str, st.SearchStrategy]:
    other = "e" if role == "o" else "o"
    return {
        "id": st.integers(0, 999).map(lambda number: f"{role}{number}"),
        "point": st.none() | points_on_earth,
        "languages": st.dictionaries(st.sampled_from(LANGUAGES), st.integers(1, 6), max_size=3).map(
            lambda spoken: tuple(spoken.items())
        ),
        "slots": st.integers(0, ALL_SLOTS),
        "occupations": st.lists(st.sampled_from(OCCUPATIONS), max_size=3, unique=True).map(tuple),
        "branch": st.sampled_from([None, "lyon", "lille"]),
        "max_km": st.floats(0, 60) | st.integers(0, 60).map(float),
        "online": st.booleans(),
        "interests": words,
        "dislikes": words,
        "way": st.tuples(*[st.none() | st.integers(1, 5)] * 5),
        "gender": st.sampled_from([None, "f", "m", "x"]),
        "gender_wish": st.sampled_from([None, None, "f", "m", "x"]),
        "avoid": st.frozensets(st.integers(0, 999).map(lambda number: f"{other}{number}"), max_size=3),
    }


def mentors() -> st.SearchStrategy[Mentor]:
    return st.builds(
        Mentor,
        **_common("o"),
        capacity=st.integers(0, 3),
        years_experience=st.none() | st.floats(0, 60),
        generalist=st.booleans(),
        strengths=st.frozensets(st.sampled_from(SKILLS), max_size=5),
        available_from=st.none() | days,
        available_until=st.none() | days,
        trained=st.booleans(),
    )


def mentees() -> st.SearchStrategy[Mentee]:
    return st.builds(
        Mentee,
        **_common("e"),
        needs=st.frozensets(st.sampled_from(SKILLS), max_size=4),
        waiting_since=st.none() | days,
        can_wait_until=st.none() | days,
        groups=st.just(()),
    )
