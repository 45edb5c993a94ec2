"""The path by groups: only lawful ones, nobody small, chance counted, and what cannot be said is said."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.kernel.indicators import SHIPPED, Figure, Row, Verdict, of_rows
from traboule.kernel.indicators.fairness import (
    SOURCES,
    Aspect,
    Comparison,
    GroupRate,
    Heard,
    fairness,
    turned,
)
from traboule.kernel.indicators.groups import REFUSED, Group, GroupRefused, Why, lawful, person
from traboule.kernel.indicators.intervals import newcombe
from traboule.kernel.indicators.release import Person

TODAY = date(2026, 11, 2)
FINDS = SHIPPED["positive_outcome_from_end"]
Y, N, U = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def made(**groups: dict[Verdict, int]) -> tuple[Figure, dict[Person, str]]:
    rows: list[Row] = []
    values: dict[Person, str] = {}
    for value, numbers in groups.items():
        for verdict, number in numbers.items():
            for _ in range(number):
                row = Row(len(rows), verdict)
                rows.append(row)
                values[person(FINDS, row.id)] = value if value != "blank" else ""
    return of_rows(FINDS, TODAY, rows), values


def by_sex(**groups: dict[Verdict, int]) -> Comparison:
    figure, values = made(**groups)
    return fairness({"finds": figure}, {Group.SEX: values})[0]


def row_of(found: Comparison, value: str) -> GroupRate:
    return next(row for row in found.rows if row.value == value)


def test_a_clear_difference_is_said_with_its_interval() -> None:
    found = row_of(by_sex(f={Y: 30, N: 70}, m={Y: 60, N: 40}), "f")
    assert (found.heard, found.n, found.yes) == (Heard.DIFFERS, 100, 30)
    assert found.difference == newcombe(30, 100, 60, 100)
    assert found.share is not None
    assert found.share.value == 0.3


def test_no_difference_seen_is_not_said_to_be_equality() -> None:
    found = by_sex(f={Y: 30, N: 30}, m={Y: 32, N: 28})
    assert {row.heard for row in found.rows} == {Heard.NOT_SEEN}
    assert all(
        row.difference is not None and row.difference.low < 0 < row.difference.high for row in found.rows
    )


def test_a_difference_that_the_unknown_could_explain_is_said_to_be_that() -> None:
    found = by_sex(f={Y: 30, N: 70, U: 100}, m={Y: 60, N: 40})
    assert {row.heard for row in found.rows} == {Heard.UNKNOWN_COULD_EXPLAIN}


def test_groups_under_ten_are_not_compared_and_under_five_not_shown() -> None:
    found = by_sex(a={Y: 5}, b={Y: 30, N: 30}, c={Y: 25, N: 35})
    assert row_of(found, "a").heard is Heard.TOO_FEW
    assert row_of(found, "a").difference is None
    small = by_sex(a={Y: 3}, b={Y: 30, N: 30}, c={Y: 25, N: 35})
    assert (row_of(small, "a").heard, row_of(small, "a").n) == (Heard.HIDDEN, None)


def test_nobody_else_to_compare_with() -> None:
    assert row_of(by_sex(f={Y: 30, N: 30}), "f").heard is Heard.NO_REST


def test_whose_group_is_not_written_down_is_counted_and_not_compared() -> None:
    found = by_sex(f={Y: 30, N: 70}, m={Y: 60, N: 40}, blank={Y: 10, N: 10})
    unknown = row_of(found, "")
    assert (unknown.heard, unknown.n, unknown.p) == (Heard.NOT_WRITTEN, 20, None)
    assert row_of(found, "f").difference == newcombe(30, 100, 60, 100)


def test_many_comparisons_raise_the_bar_and_two_groups_are_one_comparison() -> None:
    figure, values = made(f={Y: 40, N: 60}, m={Y: 56, N: 44})
    alone = fairness({"finds": figure}, {Group.SEX: values})[0]
    among = fairness({f"figure {n}": figure for n in range(3)}, {Group.SEX: values})
    bare = newcombe(40, 100, 56, 100).p
    assert [row.p for row in alone.rows] == [bare, bare]
    assert alone.rows[0].heard is Heard.DIFFERS
    assert [row.p for found in among for row in found.rows] == pytest.approx([3 * bare] * 6)
    assert {row.heard for found in among for row in found.rows} == {Heard.NOT_SEEN}


numbers = st.fixed_dictionaries({Y: st.integers(0, 25), N: st.integers(0, 25), U: st.integers(0, 9)})


@settings(max_examples=25, deadline=None)
@given(numbers, numbers, numbers)
def test_what_is_hidden_does_not_follow_from_a_share_or_a_difference(
    a: dict[Verdict, int], b: dict[Verdict, int], c: dict[Verdict, int]
) -> None:
    found = by_sex(a=a, b=b, c=c)
    shown = found.table.shown
    for row in found.rows:
        parts = [shown[f"{row.value}|{part}"] for part in ("n", "yes", "no", "missing")]
        assert [row.n, row.yes, row.no, row.missing] == parts
        assert not [number for number in parts if number is not None and 0 < number < 5]
        if row.share is not None:
            assert None not in parts
        if row.difference is not None:
            assert None not in [shown[f"not {row.value}|{part}"] for part in ("n", "yes", "no", "missing")]


def test_turned_figures_change_yes_and_no_over_and_keep_the_unknown() -> None:
    figure, _ = made(f={Y: 3, N: 5, U: 2})
    other = turned(figure)
    assert (other.hits, other.known, other.missing) == (5, 8, 2)
    assert turned(other) == figure


def test_each_aspect_of_the_path_reads_a_shipped_share() -> None:
    assert set(SOURCES) == set(Aspect)
    assert all(name in SHIPPED and SHIPPED[name].measure == "share" for name, _ in SOURCES.values())


def test_a_figure_that_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        fairness({"hours": of_rows(SHIPPED["weekly_hours"], TODAY, [])}, {Group.SEX: {}})


@pytest.mark.parametrize("name", [*REFUSED, "Country of birth", "RELIGION"])
def test_unlawful_groups_are_refused_by_name(name: str) -> None:
    with pytest.raises(GroupRefused, match="possible: sex, age_band") as refused:
        lawful(name)
    assert (refused.value.name, refused.value.why is Why.NOT_KNOWN) == (name, False)


def test_what_is_not_on_the_list_is_refused_too_and_what_is_passes() -> None:
    with pytest.raises(GroupRefused) as refused:
        lawful("shoe size")
    assert refused.value.why is Why.NOT_KNOWN
    assert [lawful(group.value) for group in Group] == list(Group)
    assert lawful("Age band") is Group.AGE_BAND
    assert not set(REFUSED) & set(Group)
