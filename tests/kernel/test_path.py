"""The path in figures: counts that add up, days that are honest, small cells that nobody can work out."""

import time
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.kernel.path import EVERY, Figures, Journey, _equations, figures, quantile
from traboule.kernel.small_numbers import SMALLEST

STEPS = ("contact", "sent", "talk", "ready")
START = date(2026, 1, 10)


def journey(
    person: int,
    last: int,
    *,
    side: str = "mentee",
    month: int = 0,
    stopped: str = "",
    pace: int = 3,
    groups: tuple[str, ...] = (),
) -> Journey:
    first = START + timedelta(days=31 * month)
    entered = {step: first + timedelta(days=pace * n) for n, step in enumerate(STEPS[: last + 1])}
    return Journey(person, side, entered, stopped, groups)


JOURNEYS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["mentor", "mentee"]),
        st.integers(0, 4),
        st.sampled_from(["", "left", "refused"]),
        st.sampled_from([(), ("session:1",), ("session:2", "way:self"), ("way:partner-7",)]),
    ),
    max_size=80,
).map(
    lambda rows: [
        journey(n, a, side=b, month=c, stopped=d, groups=e) for n, (a, b, c, d, e) in enumerate(rows)
    ]
)


def belongs(one: Journey, cohort: str) -> bool:
    """Whether somebody is of a cohort, worked out anew."""
    first = min(one.entered.values())
    family, _, name = cohort.partition(":")
    if name == "none":
        return not any(group.startswith(f"{family}:") for group in one.groups)
    quarter = f"{first.year}-Q{1 + (first.month - 1) // 3}"
    return cohort in ("", first.strftime("%Y-%m"), quarter, *one.groups)


def shown(found: Figures, side: str, cohort: str, what: str, step: str, reason: str = "") -> int | None:
    return found.shown.get((side, cohort, what, step, reason), 0)


def test_a_plain_example() -> None:
    found = figures(
        [journey(n, 3) for n in range(10)] + [journey(n, 1, stopped="refused") for n in range(10, 16)], STEPS
    )
    contact, sent, talk, ready = found.of()
    assert (contact.reached, sent.reached, talk.reached, ready.reached) == (16, 16, 10, 10)
    assert (sent.stopped, sent.reasons, ready.here) == (6, (("refused", 6),), 10)
    assert (talk.median, talk.p90, talk.timed) == (3, 3, 10)
    assert contact.median is None


def test_who_skipped_a_step_reached_it_all_the_same() -> None:
    people = [Journey(n, "mentor", {"contact": START, "ready": START}) for n in range(6)]
    assert [step.reached for step in figures(people, STEPS).of()] == [6, 6, 6, 6]


def test_who_went_around_an_optional_step_is_not_counted_at_it() -> None:
    both = [Journey(n, "mentor", {"contact": START, "talk": START, "ready": START}) for n in range(6)]
    around = [
        Journey(n, "mentor", {"contact": START, "ready": START + timedelta(days=3)}) for n in range(6, 11)
    ]
    found = figures([*both, *around], ("contact", "talk", "ready"), {"talk"}).of()
    assert [step.reached for step in found] == [11, 6, 11]
    assert (found[2].timed, found[2].p90) == (11, 3)


def test_one_who_went_around_an_optional_step_does_not_stand_out() -> None:
    both = [Journey(n, "mentor", {"contact": START, "talk": START, "ready": START}) for n in range(9)]
    found = figures(
        [*both, Journey(9, "mentor", {"contact": START, "ready": START})],
        ("contact", "talk", "ready"),
        {"talk"},
    ).of()
    assert [step.reached for step in found] == [10, None, 10]


def test_nobody_gives_empty_figures() -> None:
    assert [step.reached for step in figures([], STEPS).of()] == [0, 0, 0, 0]
    assert figures([], STEPS).cohorts == ()


def test_the_quantile_is_a_value_that_somebody_had() -> None:
    assert quantile((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 0.5) == 5
    assert quantile((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 0.9) == 9
    assert quantile((7,), 0.9) == 7


@settings(max_examples=150)
@given(JOURNEYS)
def test_no_number_from_one_to_four_is_ever_shown(people: list[Journey]) -> None:
    found = figures(people, STEPS)
    assert [n for n in found.shown.values() if n is not None and 0 < n < SMALLEST] == []


@settings(max_examples=150)
@given(JOURNEYS)
def test_what_is_hidden_cannot_be_worked_out_by_a_subtraction(people: list[Journey]) -> None:
    found = figures(people, STEPS)
    sides = sorted({one.side for one in people})
    for total, *parts in _equations(found.shown, STEPS, sides, found.cohorts):  # type: ignore[arg-type]  # only the keys are read
        gone = [cell for cell in (total, *parts) if found.shown.get(cell, 0) is None]
        if len(gone) == 1:  # a sum of one part says nothing new: total and part are both hidden or neither
            raise AssertionError(f"{gone[0]} follows from {total}")


@settings(max_examples=150)
@given(JOURNEYS)
def test_what_is_shown_is_true_and_adds_up(people: list[Journey]) -> None:
    found = figures(people, STEPS)
    for side in ("mentor", "mentee", EVERY):
        for cohort in (*found.cohorts, EVERY):
            mine = [one for one in people if side in (one.side, EVERY) and belongs(one, cohort)]
            for step in found.of(side, cohort):
                true = sum(step.step in one.entered for one in mine)
                assert step.reached in (None, true)
            gone = [step.reached for step in found.of(side, cohort) if step.reached is not None]
            assert gone == sorted(gone, reverse=True)


@given(JOURNEYS, st.randoms(use_true_random=False))
def test_the_order_of_the_people_changes_nothing(people: list[Journey], chance: object) -> None:
    mixed = list(people)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' own random
    assert figures(mixed, STEPS) == figures(people, STEPS)


def test_a_month_of_a_few_does_not_follow_from_all_the_others() -> None:
    people = [journey(n, 0, month=0) for n in range(20)] + [journey(n, 0, month=1) for n in range(20, 23)]
    found = figures(people, STEPS)
    assert shown(found, "mentee", "2026-02", "reached", "contact") is None
    others = [
        shown(found, "mentee", "2026-01", "reached", "contact"),
        shown(found, "mentee", EVERY, "reached", "contact"),
    ]
    assert None in others


def test_each_family_of_cohorts_holds_everybody_once() -> None:
    people = [journey(n, 2, month=n % 7, groups=("way:self",) if n % 2 else ()) for n in range(140)]
    found = figures(people, STEPS)
    assert found.family("quarter") == ("2026-Q1", "2026-Q2", "2026-Q3")
    assert found.family("way") == ("way:none", "way:self")
    for family in ("month", "quarter", "way"):
        parts = [shown(found, EVERY, cohort, "reached", "talk") for cohort in found.family(family)]
        assert sum(number or 0 for number in parts) == 140


def test_a_month_of_a_few_does_not_follow_from_its_quarter() -> None:
    people = [journey(n, 0, month=0) for n in range(20)] + [journey(n, 0, month=1) for n in range(20, 23)]
    people += [journey(n, 0, month=3) for n in range(23, 43)]
    found = figures(people, STEPS)
    assert shown(found, "mentee", "2026-02", "reached", "contact") is None
    around = ("2026-01", "2026-Q1")
    assert None in [shown(found, "mentee", cohort, "reached", "contact") for cohort in around]


def test_the_figures_of_a_large_branch_are_worked_out_while_somebody_waits() -> None:
    people = [
        journey(
            n, n % 4, side=("mentor", "mentee")[n % 2], month=n % 36, stopped=("", "left", "refused")[n % 3],
            groups=(f"session:{n % 26}", f"way:partner-{n % 22}"),
        )
        for n in range(12_000)
    ]  # fmt: skip
    begun = time.process_time()
    found = figures(people, STEPS)
    assert time.process_time() - begun < 3
    assert len(found.cohorts) == 36 + 12 + 26 + 22
