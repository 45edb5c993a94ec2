"""Days under contract, the grade of papers, and whether two tellings are one, by what must hold for all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.outcomes import (
    AnswerFact,
    DuoFacts,
    OutcomeFact,
    Sameness,
    Span,
    Told,
    Window,
    days_worked,
    grade_of,
    longest_contract_days,
    months_window,
    same_employer,
    sameness,
)

DAY = date(2026, 3, 2)
LATER = DAY + timedelta(days=900)
days = st.integers(-60, 460).map(lambda n: DAY + timedelta(days=n))
spans = st.builds(
    Span, starts_on=days, ends_on=st.none() | days, is_open=st.booleans(), seen_on=st.none() | days
)
windows = st.builds(
    lambda first, length: Window(first, first + timedelta(days=length)), days, st.integers(0, 400)
)


def by_hand(spans: list[Span], window: Window, as_of: date) -> int:
    """Count day by day: the window's own days, each once, if some contract holds it."""
    held = set()
    for number in range(window.days):
        day = window.first + timedelta(days=number)
        for span in spans:
            last = span.ends_on
            if last is None:
                last = as_of if span.is_open else span.seen_on or span.starts_on
            if span.starts_on <= day <= last and day <= as_of:
                held.add(day)
    return len(held)


@given(st.lists(spans, max_size=6), windows, days)
def test_days_are_those_of_a_calendar_with_crosses(found: list[Span], window: Window, as_of: date) -> None:
    assert days_worked(found, window, as_of) == by_hand(found, window, as_of)


@given(st.lists(spans, max_size=6), windows, days)
def test_no_window_holds_more_days_than_it_has(found: list[Span], window: Window, as_of: date) -> None:
    assert 0 <= days_worked(found, window, as_of) <= window.days


@given(st.lists(spans, max_size=6), windows, days, st.randoms(use_true_random=False))
def test_the_order_of_contracts_and_a_second_telling_change_nothing(
    found: list[Span], window: Window, as_of: date, chance: object
) -> None:
    mixed = [*found, *found]
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' own source of chance
    assert days_worked(mixed, window, as_of) == days_worked(found, window, as_of)


@given(st.lists(spans, max_size=5), spans, windows, days)
def test_one_contract_more_never_takes_a_day_away_and_adds_its_own_at_most(
    found: list[Span], more: Span, window: Window, as_of: date
) -> None:
    before, alone = days_worked(found, window, as_of), days_worked([more], window, as_of)
    assert before <= days_worked([*found, more], window, as_of) <= before + alone


@given(st.lists(spans, max_size=5), windows, days, st.integers(0, 90))
def test_a_later_day_of_looking_never_counts_less(
    found: list[Span], window: Window, as_of: date, more: int
) -> None:
    assert days_worked(found, window, as_of) <= days_worked(found, window, as_of + timedelta(days=more))


def test_first_and_last_day_count_and_the_window_leaves_the_day_after_it_out() -> None:
    one_day = Span(DAY, DAY)
    assert days_worked([one_day], Window(DAY, DAY + timedelta(1)), LATER) == 1
    assert days_worked([one_day], Window(DAY - timedelta(1), DAY), LATER) == 0
    assert months_window(date(2026, 1, 1), 12).days == 365
    assert months_window(date(2025, 8, 31), 6).after == date(2026, 2, 28)


def test_short_contracts_add_up_and_overlaps_count_once() -> None:
    found = [
        Span(date(2026, 1, 5), date(2026, 1, 24)),  # 20 days
        Span(date(2026, 1, 20), date(2026, 2, 21)),  # 33 days, 5 of them counted already
        Span(date(2026, 3, 1), date(2026, 4, 30)),  # 61 days
    ]
    assert days_worked(found, months_window(date(2026, 1, 1), 12), LATER) == 109


def test_an_end_that_nobody_knows_counts_up_to_the_day_it_was_last_seen() -> None:
    window = months_window(DAY, 12)
    seen = Span(DAY, None, seen_on=DAY + timedelta(days=9))
    assert days_worked([seen], window, LATER) == 10
    assert days_worked([Span(DAY, None, is_open=True)], window, DAY + timedelta(days=29)) == 30
    announced = Span(DAY + timedelta(5), None, seen_on=DAY)  # told before it began, and never again
    assert days_worked([announced], window, LATER) == 0


def test_the_longest_contract_is_measured_by_itself() -> None:
    found = [Span(DAY, DAY + timedelta(29)), Span(DAY, DAY + timedelta(91)), Span(DAY, DAY - timedelta(3))]
    assert longest_contract_days(found, LATER) == 92
    assert longest_contract_days([], LATER) == 0


@given(st.lists(st.sampled_from(["contract", "payslip", "attestation", "office", "other"])))
def test_a_grade_is_that_of_the_strongest_paper(papers: list[str]) -> None:
    expected = "administrative" if "office" in papers else "documented" if papers else "declared"
    assert grade_of(papers) == expected


names = st.sampled_from(["Café de l’Étoile", "CAFE DE L'ETOILE", "Etoile SARL", "Garage du Pont", "", "SAS"])
told = st.builds(
    Told, kind=st.sampled_from(["job", "training"]), starts_on=days, ends_on=st.none() | days, employer=names
)


@given(told, told)
def test_sameness_is_the_same_from_both_sides_and_never_across_kinds(one: Told, other: Told) -> None:
    assert sameness(one, other) == sameness(other, one)
    assert one.kind == other.kind or sameness(one, other) == Sameness.NO


@given(told)
def test_whatever_is_told_twice_is_flagged(one: Told) -> None:
    assert sameness(one, one) != Sameness.NO


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Café de l’Étoile", "CAFE DE L'ETOILE", True),
        ("Boulangerie du Marché, Lyon", "SARL Boulangerie du Marche", True),
        ("Garage du Pont", "Café de l’Étoile", False),
        ("Garage du Pont", "", None),
    ],
)
def test_a_firm_is_known_in_spite_of_accents_case_and_legal_form(
    one: str, other: str, expected: bool | None
) -> None:
    assert same_employer(one, other) is expected


@pytest.mark.parametrize(
    ("apart", "employers", "expected"),
    [
        (2, ("Garage du Pont", "GARAGE DU PONT"), Sameness.LIKELY),
        (25, ("Garage du Pont", "GARAGE DU PONT"), Sameness.POSSIBLE),
        (120, ("Garage du Pont", "GARAGE DU PONT"), Sameness.NO),  # the next contract at the same firm
        (9, ("Garage du Pont", ""), Sameness.POSSIBLE),
        (20, ("Garage du Pont", ""), Sameness.NO),
        (0, ("Garage du Pont", "Transports Martin"), Sameness.POSSIBLE),
        (1, ("Garage du Pont", "Transports Martin"), Sameness.NO),
    ],
)
def test_two_tellings_are_compared_by_firm_and_first_day(
    apart: int, employers: tuple[str, str], expected: Sameness
) -> None:
    one = Told("job", DAY, DAY + timedelta(days=60), employers[0])
    other = Told("job", DAY + timedelta(days=apart), DAY + timedelta(days=apart + 60), employers[1])
    assert sameness(one, other) == expected


def facts(*answers: AnswerFact, found: tuple[OutcomeFact, ...] = ()) -> DuoFacts:
    return DuoFacts(1, 1, 2, 3, "closed", "completed", DAY, DAY, DAY, found, answers)


def test_unknown_refused_and_not_reached_are_three_things_and_none_is_a_failure() -> None:
    asked = DAY + timedelta(days=30)
    assert facts().known(LATER) == "unknown"
    assert facts(AnswerFact(asked, "rather_not")).known(LATER) == "refused"
    assert facts(AnswerFact(asked, "not_reached")).known(LATER) == "not_reached"
    assert (
        facts(AnswerFact(asked, "nothing_yet"), AnswerFact(LATER, "not_reached")).known(LATER)
        == "nothing_yet"
    )
    assert facts(AnswerFact(LATER, "nothing_yet")).known(asked) == "unknown"


def test_an_outcome_outweighs_an_answer_from_the_day_it_is_told() -> None:
    job = OutcomeFact(7, "job", "fixed", 35.0, DAY, None, False, DAY, "declared", "told", DAY + timedelta(40))
    known = facts(AnswerFact(DAY + timedelta(30), "nothing_yet"), found=(job,))
    assert known.known(DAY + timedelta(35)) == "nothing_yet"
    assert known.known(DAY + timedelta(40)) == "outcome"
