"""Readiness: each condition by name, and more of a good thing never makes anybody less ready."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.readiness import (
    NEVER_WAIVED,
    NOTICE_DAYS,
    SAFEGUARDS,
    Condition,
    Facts,
    Rules,
    Standing,
    Waiver,
    check_ends_soon,
    conditions,
    is_ready,
)

TODAY = date(2026, 3, 2)
ASKED = Rules()
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))
PAST = st.dates(min_value=date(2025, 1, 1), max_value=TODAY)
WAIVER = st.builds(Waiver, on=PAST, by=st.just("Claire"), reason=st.just("known for years"))
RULES = st.builds(Rules, references=st.integers(0, 4), modules=st.integers(0, 10), safeguarding=st.booleans())
FACTS = st.builds(
    Facts,
    accepted_on=st.none() | PAST,
    identity_on=st.none() | PAST,
    references_on=st.lists(PAST, max_size=4),
    check_on=st.none() | PAST,
    check_until=st.none() | DAYS,
    modules=st.dictionaries(st.integers(1, 10), PAST, max_size=10),
    profile_lacks=st.lists(st.sampled_from(["languages", "availability"]), unique=True),
    waivers=st.dictionaries(st.sampled_from([str(c) for c in Condition]), WAIVER, max_size=3),
)


def complete(**changes: object) -> Facts:
    facts: dict[str, object] = {
        "accepted_on": TODAY,
        "identity_on": TODAY,
        "references_on": (TODAY, TODAY),
        "check_on": TODAY,
        "check_until": TODAY + timedelta(days=400),
        "modules": dict.fromkeys(range(1, 9), TODAY),
    }
    return Facts(**(facts | changes))  # type: ignore[arg-type]  # mixed values


def open_ones(facts: Facts, rules: Rules = ASKED, today: date = TODAY) -> list[str]:
    return [state.condition for state in conditions(facts, rules, today) if state.is_open]


def test_somebody_with_everything_is_ready() -> None:
    assert open_ones(complete()) == []
    assert is_ready(conditions(complete(), Rules(), TODAY))


def test_nobody_is_ready_of_nothing() -> None:
    assert open_ones(Facts(profile_lacks=("languages",))) == [str(condition) for condition in Condition]
    assert not is_ready(())


def test_each_missing_part_is_named_alone() -> None:
    assert open_ones(complete(accepted_on=None)) == ["application"]
    assert open_ones(complete(identity_on=None)) == ["identity"]
    assert open_ones(complete(references_on=(TODAY,))) == ["references"]
    assert open_ones(complete(modules={1: TODAY})) == ["modules"]
    assert open_ones(complete(profile_lacks=("languages",))) == ["profile"]


def test_a_check_counts_on_its_last_day_and_not_on_the_next() -> None:
    facts = complete(check_until=TODAY)
    assert open_ones(facts) == []
    assert open_ones(facts, today=TODAY + timedelta(days=1)) == ["safeguarding"]


def test_a_country_without_a_check_is_asked_for_none() -> None:
    facts = complete(check_on=None, check_until=None)
    assert open_ones(facts, Rules(safeguarding=False)) == []
    assert "safeguarding" not in [c.condition for c in conditions(facts, Rules(safeguarding=False), TODAY)]


def test_what_was_let_go_says_by_whom_and_why() -> None:
    waiver = Waiver(TODAY, "Claire", "has trained mentors for ten years")
    facts = complete(modules={}, waivers={"modules": waiver})
    state = next(s for s in conditions(facts, Rules(), TODAY) if s.condition is Condition.MODULES)
    assert (state.standing, state.waiver, state.have, state.need) == (Standing.WAIVED, waiver, 0, 8)


def test_an_empty_profile_is_never_let_go() -> None:
    waiver = Waiver(TODAY, "Claire", "no time")
    assert open_ones(complete(profile_lacks=("languages",), waivers={"profile": waiver})) == ["profile"]
    assert frozenset({Condition.PROFILE}) == NEVER_WAIVED


def test_a_condition_is_met_since_the_day_on_which_enough_had_come() -> None:
    days = {number: TODAY - timedelta(days=number) for number in range(1, 11)}
    state = next(
        s for s in conditions(complete(modules=days), Rules(), TODAY) if s.condition is Condition.MODULES
    )
    assert state.since == TODAY - timedelta(days=3)  # the eighth of ten, from the first on


def test_a_check_ends_soon_from_sixty_days_before_until_its_last_day() -> None:
    assert [
        check_ends_soon(TODAY + timedelta(days=d), TODAY) for d in (-1, 0, NOTICE_DAYS, NOTICE_DAYS + 1)
    ] == [
        False,
        True,
        True,
        False,
    ]
    assert not check_ends_soon(None, TODAY)


def test_every_country_says_how_old_a_document_may_be_and_how_long_it_counts() -> None:
    assert {code: (g.document, g.age_days < g.valid_days) for code, g in SAFEGUARDS.items()} == {
        "FR": ("fr_bulletin_3", True),
        "BE": ("be_extract_596_2", True),
    }


@given(FACTS, RULES, st.integers(1, 10), PAST)
def test_attending_once_more_never_makes_anybody_less_ready(
    facts: Facts, rules: Rules, number: int, day: date
) -> None:
    more = Facts(
        **{name: getattr(facts, name) for name in Facts.__slots__}
        | {"modules": {number: day, **facts.modules}}
    )
    before, after = set(open_ones(facts, rules)), set(open_ones(more, rules))
    assert after <= before


@given(FACTS, RULES, PAST)
def test_one_more_good_reference_never_makes_anybody_less_ready(
    facts: Facts, rules: Rules, day: date
) -> None:
    more = Facts(
        **{name: getattr(facts, name) for name in Facts.__slots__}
        | {"references_on": (*facts.references_on, day)}
    )
    assert set(open_ones(more, rules)) <= set(open_ones(facts, rules))


@given(FACTS, RULES, DAYS)
def test_waiting_never_makes_anybody_more_ready(facts: Facts, rules: Rules, later: date) -> None:
    first, last = sorted((TODAY, later))
    assert set(open_ones(facts, rules, first)) <= set(open_ones(facts, rules, last))


@given(FACTS, RULES)
def test_asking_for_less_never_makes_anybody_less_ready(facts: Facts, rules: Rules) -> None:
    less = Rules(max(0, rules.references - 1), max(0, rules.modules - 1), safeguarding=False)
    assert set(open_ones(facts, less)) <= set(open_ones(facts, rules))
