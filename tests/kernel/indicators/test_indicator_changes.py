"""Frozen figures: the same bytes again; and every reason why a figure is another one than last time."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.kernel.indicators import (
    SHIPPED,
    Answer,
    Duo,
    Facts,
    Figure,
    FollowUp,
    Mentee,
    Mentor,
    Outcome,
    Rating,
    Verdict,
    figure,
    without_small_numbers,
)
from traboule.kernel.indicators.changes import Change, Why, changes
from traboule.kernel.indicators.frozen import Frozen, Unreadable, thaw

TODAY = date(2026, 11, 2)
FINDS = SHIPPED["positive_outcome_from_end"]
days = st.dates(date(2024, 1, 1), date(2026, 10, 1))


@st.composite
def duos(draw: st.DrawFn) -> Duo:
    started = draw(days)
    ended = draw(st.none() | st.integers(0, 300).map(lambda n: started + timedelta(days=n)))
    outcomes = draw(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 90)), max_size=2))
    answers = draw(st.lists(st.tuples(st.sampled_from(Answer), st.integers(100, 900)), max_size=2))
    return Duo(
        id=draw(st.integers(0, 10_000)),
        mentor=draw(st.integers(0, 3)),
        mentee=draw(st.integers(0, 3)),
        started_on=started,
        ended_on=ended,
        outcomes=tuple(
            Outcome("job", started + timedelta(days=a), started + timedelta(days=a + b)) for a, b in outcomes
        ),
        follow_ups=tuple(FollowUp(12, answer, started + timedelta(days=n)) for answer, n in answers),
        ratings=tuple(Rating("mentee", n, started) for n in draw(st.lists(st.integers(1, 5), max_size=1))),
        minutes=draw(st.none() | st.integers(0, 6000)),
        cost_cents=draw(st.none() | st.integers(0, 10**6)),
    )


cohorts = st.lists(duos(), max_size=12, unique_by=lambda one: one.id)


def every(found: list[Duo], as_of: date = TODAY) -> dict[str, Figure]:
    mentees = tuple(
        Mentee(id=n, intake_on=date(2025, 1, n + 1), matched_on=date(2025, 2, 1)) for n in range(4)
    )
    facts = Facts(duos=tuple(found), mentors=tuple(Mentor(id=n) for n in range(4)), mentees=mentees)
    return {name: figure(definition, facts, as_of) for name, definition in SHIPPED.items()}


@settings(max_examples=30, deadline=None)
@given(cohorts)
def test_frozen_figures_read_back_and_give_the_same_bytes(found: list[Duo]) -> None:
    figures = every(found) | {"small": without_small_numbers(every(found)["weekly_hours"])}
    frozen = Frozen(figures)
    assert thaw(frozen.data).figures == figures
    assert thaw(frozen.data).data == frozen.data
    assert Frozen(dict(reversed(figures.items()))).fingerprint == frozen.fingerprint


def test_rows_in_another_order_give_the_same_bytes() -> None:
    made = [
        Duo(id=n, mentor=n, mentee=n, started_on=date(2025, 1, 1), ended_on=date(2025, 7, 1))
        for n in range(9)
    ]
    assert Frozen(every(made)).data == Frozen(every(made[::-1])).data


def altered(change: Mapping[str, object]) -> bytes:
    raw = json.loads(Frozen({"a": every([])["weekly_hours"]}).data)
    return json.dumps(raw | change, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no frozen figures"),
        (b"\xff\xfe", "no frozen figures"),
        (b"[]", "no frozen figures"),
        (b"[" * 100_000, "no frozen figures"),
        (altered({"format": 2}), "format 2; expected 1"),
        (altered({"figures": [1]}), "no frozen figures"),
        (altered({"figures": {"a": {"definition": {}, "rows": []}}}), "missing"),
        (altered({}) + b" ", "not written as this house writes"),
        (altered({}).replace(b'"months":0', b'"months":9'), "fingerprint"),
        (altered({}).replace(b"2026-11-02", b"2026-13-02"), "no frozen figures"),
        (altered({"figures": float("nan")}), "no frozen figures"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        thaw(data)


def duo(number: int, *, ended: date = date(2025, 7, 6), **more: object) -> Duo:
    answered = FollowUp(12, Answer.REACHED, ended + timedelta(days=366))
    base = Duo(
        id=number, mentor=number, mentee=number, started_on=ended - timedelta(days=182), ended_on=ended,
        follow_ups=(answered,),
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]  # a shorthand of the tests


WORK = (Outcome("job", date(2025, 9, 1), date(2025, 9, 1), date(2026, 1, 1)),)


def of(*found: Duo, as_of: date = TODAY) -> dict[str, Figure]:
    return {"finds": figure(FINDS, Facts(duos=found), as_of)}


def change(before: dict[str, Figure], after: dict[str, Figure]) -> Change:
    (found,) = changes(before, after)
    return found


def test_nothing_changed_says_so() -> None:
    figures = of(duo(1), duo(2, outcomes=WORK))
    assert change(figures, figures).whys == ()
    later = of(duo(1), duo(2, outcomes=WORK), as_of=TODAY + timedelta(days=30))
    assert change(figures, later).whys == ()


def test_a_new_figure_and_one_that_is_gone() -> None:
    figures = of(duo(1))
    assert (change({}, figures).whys, change(figures, {}).whys) == ((Why.NEW,), (Why.GONE,))


def test_another_definition_is_the_only_reason_and_says_which_fields() -> None:
    second = replace(FINDS, version=2, months=18)
    after = {"finds": figure(second, Facts(duos=(duo(1),)), TODAY)}
    found = change(of(duo(1), duo(2)), after)
    assert found.whys == (Why.DEFINITION,)
    assert found.fields == (("months", "12", "18"), ("version", "1", "2"))


def test_each_reason_is_taken_in_one_after_the_other() -> None:
    late_end = date(2025, 10, 20)
    before = of(duo(1), duo(2, outcomes=WORK), duo(3), duo(5, ended=late_end), as_of=date(2026, 10, 1))
    after = of(
        duo(1, outcomes=WORK), duo(2, outcomes=WORK), duo(4, outcomes=WORK), duo(5, ended=late_end)
    )  # fmt: skip
    found = change(before, after)
    assert found.whys == (Why.CORRECTED, Why.LEFT, Why.LATE, Why.DUE)
    moved = [(row.id, row.before, row.after) for step in found.steps for row in step.rows]
    assert moved == [
        (1, Verdict.NO, Verdict.YES),
        (3, Verdict.NO, None),
        (4, None, Verdict.YES),
        (5, None, Verdict.NO),
    ]
    assert [step.numbers.value for step in found.steps] == [2 / 3, 1.0, 1.0, 0.75]
    assert found.after is not None
    assert found.steps[-1].numbers == found.after.numbers


def test_an_end_that_was_written_down_late_is_no_new_window() -> None:
    running = duo(1, ended=date(2025, 7, 6))
    found = change(of(replace(running, ended_on=None), as_of=date(2026, 10, 1)), of(running))
    assert found.whys == (Why.LATE,)


@settings(max_examples=30, deadline=None)
@given(cohorts, cohorts, st.integers(0, 400))
def test_the_reasons_together_lead_from_one_figure_to_the_next(
    one: list[Duo], other: list[Duo], later: int
) -> None:
    before, after = every(one, TODAY - timedelta(days=later)), every(other)
    for found in changes(before, after):
        assert found.before is not None
        assert found.after is not None
        if found.steps:
            assert found.steps[-1].numbers == found.after.numbers
        else:
            assert found.before.numbers == found.after.numbers
        ids = [row.id for step in found.steps for row in step.rows]
        assert len(ids) == len(set(ids))
