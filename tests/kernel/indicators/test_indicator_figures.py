"""Figures: closed windows only, unknown kept apart, two clocks two rates, nobody is never 0 %."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.calendar import months_after
from traboule.kernel.endings import renewal
from traboule.kernel.impact.attrition import bounds
from traboule.kernel.indicators import (
    SHIPPED,
    Among,
    Answer,
    Clock,
    Cohort,
    Duo,
    Facts,
    Figure,
    FollowUp,
    Grade,
    Measure,
    Mentee,
    Mentor,
    Outcome,
    Rating,
    Said,
    Verdict,
    differing,
    figure,
    without_small_numbers,
)

BEGUN, ENDED, TODAY = date(2025, 1, 6), date(2025, 7, 6), date(2026, 11, 2)
FROM_START, FROM_END = SHIPPED["positive_outcome_from_start"], SHIPPED["positive_outcome_from_end"]
STABLE, WORKED = SHIPPED["stable_job_from_end"], SHIPPED["worked_90_days"]
REACHED_LATE = FollowUp(12, Answer.REACHED, date(2026, 7, 6))


def duo(
    number: int,
    *outcomes: Outcome,
    follow_ups: tuple[FollowUp, ...] = (REACHED_LATE,),
    started: date = BEGUN,
    ended: date | None = ENDED,
    **more: object,
) -> Duo:
    said = {"mentor": number, "mentee": number, "outcomes": outcomes, "follow_ups": follow_ups, **more}
    return Duo(id=number, started_on=started, ended_on=ended, **said)  # type: ignore[arg-type]  # a shorthand


def job(starts: date, ends: date | None = None, **more: object) -> Outcome:
    return Outcome("job", starts, more.pop("known", starts), ends, **more)  # type: ignore[arg-type]  # the same


def of(definition: object, *duos: Duo, as_of: date = TODAY) -> Figure:
    return figure(definition, Facts(duos=duos), as_of)  # type: ignore[arg-type]  # the same


def verdict(definition: object, one: Duo, as_of: date = TODAY) -> Verdict:
    return of(definition, one, as_of=as_of).rows[0].verdict


def test_the_same_cohort_under_two_clocks_gives_two_labelled_rates() -> None:
    late = [duo(n, job(date(2026, 3, 1))) for n in range(4)]
    soon = [duo(n, job(date(2025, 9, 1))) for n in range(4, 10)]
    none = [duo(n) for n in range(10, 14)]
    start, end = of(FROM_START, *late, *soon, *none), of(FROM_END, *late, *soon, *none)
    assert (start.hits, start.n, start.numbers.value) == (6, 14, 6 / 14)
    assert (end.hits, end.n, end.numbers.value) == (10, 14, 10 / 14)
    assert start.label == "positive_outcome_from_start v1 (duo_start, 12 months), 2026-11-02"
    assert end.label == "positive_outcome_from_end v1 (duo_end, 12 months), 2026-11-02"
    assert differing(start, end) == tuple((n, Verdict.NO, Verdict.YES) for n in range(4))


@pytest.mark.parametrize("definition", SHIPPED.values(), ids=SHIPPED)
def test_of_nobody_a_figure_says_nobody_yet_and_never_a_number(definition: object) -> None:
    found = figure(definition, Facts(), TODAY)  # type: ignore[arg-type]  # the same
    assert (found.n, found.numbers.said) == (0, Said.NOBODY_YET)
    assert found.numbers.value is found.numbers.low is found.numbers.least is None


def test_if_nobody_is_known_the_bounds_say_anything() -> None:
    found = of(FROM_END, *(duo(n, follow_ups=()) for n in range(6)))
    assert (found.numbers.said, found.numbers.value) == (Said.NOBODY_KNOWN, None)
    assert (found.numbers.least, found.numbers.most, found.missing) == (0.0, 1.0, 6)


def test_whoever_succeeded_early_still_waits_for_the_window() -> None:
    early = duo(1, job(date(2025, 8, 1)))
    last = months_after(ENDED, 12) - timedelta(days=1)
    assert verdict(FROM_END, early, last) is Verdict.NOT_DUE
    assert verdict(FROM_END, early, last + timedelta(days=1)) is Verdict.YES


def test_what_nobody_knows_is_no_failure() -> None:
    halfway = FollowUp(6, Answer.REACHED, date(2026, 1, 6))
    assert verdict(FROM_END, duo(1)) is Verdict.NO
    assert verdict(FROM_END, duo(1, follow_ups=())) is Verdict.UNKNOWN
    assert verdict(FROM_END, duo(1, follow_ups=(halfway,))) is Verdict.UNKNOWN
    refused = FollowUp(12, Answer.REFUSED, date(2026, 7, 9))
    assert verdict(FROM_END, duo(1, follow_ups=(halfway, refused))) is Verdict.REFUSED
    lost = FollowUp(12, Answer.UNREACHABLE, date(2026, 7, 9))
    assert verdict(FROM_END, duo(1, follow_ups=(lost,))) is Verdict.UNREACHABLE


def test_an_answer_a_few_days_before_the_last_day_speaks_for_the_window() -> None:
    last = months_after(ENDED, 12) - timedelta(days=1)
    for days, expected in ((14, Verdict.NO), (15, Verdict.UNKNOWN)):
        answered = FollowUp(12, Answer.REACHED, last - timedelta(days=days))
        assert verdict(FROM_END, duo(1, follow_ups=(answered,))) is expected


def test_what_became_known_later_is_not_in_a_figure_of_an_earlier_day() -> None:
    late_news = duo(1, job(date(2025, 9, 1), known=date(2026, 9, 1)), follow_ups=())
    assert verdict(FROM_END, late_news, date(2026, 8, 31)) is Verdict.UNKNOWN
    assert verdict(FROM_END, late_news, date(2026, 9, 1)) is Verdict.YES


def test_a_job_only_said_is_neither_yes_nor_no_where_papers_are_asked_for() -> None:
    asked = replace(FROM_END, grade=Grade.DOCUMENTED)
    said = job(date(2025, 9, 1))
    assert verdict(asked, duo(1, said)) is Verdict.BELOW_GRADE
    assert verdict(asked, duo(1, said, replace(said, grade=Grade.ADMINISTRATIVE))) is Verdict.YES
    assert verdict(asked, duo(1)) is Verdict.NO


def test_a_job_from_before_the_duo_is_no_result_of_it() -> None:
    assert verdict(FROM_START, duo(1, job(date(2024, 12, 1), is_permanent=True))) is Verdict.NO


def test_a_job_that_began_in_the_duo_counts_after_its_end_if_it_still_ran() -> None:
    assert verdict(FROM_END, duo(1, job(date(2025, 5, 1), date(2025, 7, 6)))) is Verdict.YES
    assert verdict(FROM_END, duo(1, job(date(2025, 5, 1), date(2025, 7, 5)))) is Verdict.NO
    assert verdict(FROM_END, duo(1, job(date(2025, 5, 1)), follow_ups=())) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (job(date(2026, 2, 1), date(2026, 4, 30)), Verdict.YES),  # three months, and only 89 days
        (job(date(2026, 2, 1), date(2026, 4, 29)), Verdict.NO),
        (job(date(2026, 2, 1), date(2026, 2, 20), is_permanent=True), Verdict.YES),
        (job(date(2026, 5, 1)), Verdict.UNKNOWN),  # heard of in July: two months, and nobody knows the end
        (job(date(2026, 2, 1)), Verdict.YES),  # heard of in July: it has lasted
        (Outcome("training", date(2026, 2, 1), TODAY, date(2026, 9, 1)), Verdict.NO),
    ],
)
def test_a_stable_job_is_permanent_or_of_three_months(outcome: Outcome, expected: Verdict) -> None:
    assert verdict(STABLE, duo(1, outcome)) is expected


def test_ninety_days_worked_add_up_with_overlaps_once_and_with_papers() -> None:
    paper = Grade.DOCUMENTED
    one = job(date(2025, 8, 1), date(2025, 9, 14), grade=paper)  # 45 days
    two = job(date(2025, 9, 1), date(2025, 10, 28), grade=paper)  # 44 more
    last = job(date(2026, 7, 5), date(2026, 8, 30), grade=paper)  # one day in the window
    assert verdict(WORKED, duo(1, one, two)) is Verdict.NO
    assert verdict(WORKED, duo(1, one, two, last)) is Verdict.YES
    assert verdict(WORKED, duo(1, one, two, replace(last, grade=Grade.DECLARED))) is Verdict.BELOW_GRADE
    assert verdict(WORKED, duo(1, one, two, follow_ups=())) is Verdict.UNKNOWN
    open_one = job(date(2026, 6, 1), known=date(2026, 6, 1), grade=paper)
    not_heard = duo(1, open_one, follow_ups=())
    assert verdict(WORKED, not_heard) is Verdict.UNKNOWN


def test_the_last_days_of_an_open_job_that_nobody_asked_about_stay_unknown() -> None:
    """86 days are sure on the day of the answer; the ten that were left may make it 96."""
    last = months_after(ENDED, 12) - timedelta(days=1)
    answered = FollowUp(12, Answer.REACHED, last - timedelta(days=10))
    open_one = job(last - timedelta(days=95), grade=Grade.DOCUMENTED)
    measured = replace(WORKED, measure=Measure.MEAN, min_days=0)
    for definition in (WORKED, measured):
        assert verdict(definition, duo(1, open_one, follow_ups=(answered,))) is Verdict.UNKNOWN
    short = replace(open_one, ends_on=last - timedelta(days=5))
    assert verdict(WORKED, duo(1, replace(short, starts_on=last - timedelta(days=90)))) is Verdict.NO


def test_an_answer_from_before_the_window_makes_nobody_reachable() -> None:
    reachable = replace(FROM_END, among=Among.DUOS_REACHABLE)
    for day, expected in ((ENDED - timedelta(days=1), Verdict.OUTSIDE), (ENDED, Verdict.YES)):
        asked = FollowUp(6, Answer.REACHED, day)
        assert verdict(reachable, duo(1, job(date(2025, 9, 1)), follow_ups=(asked,))) is expected


def test_days_worked_can_be_a_mean_too() -> None:
    measured = replace(WORKED, measure=Measure.MEAN, min_days=0, grade=Grade.DECLARED)
    ten = duo(1, job(date(2025, 8, 1), date(2025, 8, 10)))
    found = of(measured, ten, duo(2), duo(3, follow_ups=()))
    assert (found.numbers.value, found.known, found.missing) == (5.0, 2, 1)
    assert found.numbers.least is None


def test_a_duo_in_its_last_two_weeks_has_reached_six_months() -> None:
    reach = SHIPPED["reach_six_months"]
    last = months_after(BEGUN, 6) - timedelta(days=1)
    assert verdict(reach, duo(1, ended=last - timedelta(days=14))) is Verdict.YES
    assert verdict(reach, duo(1, ended=last - timedelta(days=15))) is Verdict.NO
    assert verdict(reach, duo(1, ended=None)) is Verdict.YES
    assert verdict(reach, duo(1, ended=date(2025, 2, 1)), last) is Verdict.NOT_DUE


def test_completed_leaves_out_who_ended_early_and_reachable_who_never_answered() -> None:
    early = duo(1, job(date(2025, 9, 1)), ended=date(2025, 3, 1))
    silent = duo(2, job(date(2025, 9, 1)), follow_ups=())
    whole = duo(3, job(date(2025, 9, 1)))
    running = duo(4, ended=None)
    counts = {
        among: of(replace(FROM_START, among=among), early, silent, whole, running).n
        for among in list(Among)[:3]
    }
    assert counts == {Among.DUOS_STARTED: 4, Among.DUOS_COMPLETED: 2, Among.DUOS_REACHABLE: 3}


def test_a_clock_that_nobody_wrote_down_is_kept_apart() -> None:
    by_intake = replace(FROM_START, clock=Clock.INTAKE)
    facts = Facts(duos=(duo(1), duo(2)), mentees=(Mentee(id=1, intake_on=date(2024, 12, 1)), Mentee(id=2)))
    found = figure(by_intake, facts, TODAY)
    assert (found.n, found.count(Verdict.NO_CLOCK)) == (1, 1)


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
lives = st.lists(st.tuples(st.integers(1, 5), days, st.none() | st.integers(0, 400)), max_size=25)


@given(lives, days)
def test_mentors_again_is_the_figure_of_the_page_of_endings(
    rows: list[tuple[int, date, int | None]], today: date
) -> None:
    duos = tuple(
        Duo(
            id=n,
            mentor=who,
            mentee=n,
            started_on=day,
            ended_on=None if ran is None else day + timedelta(days=ran),
        )
        for n, (who, day, ran) in enumerate(rows)
        if day <= today
    )
    mentors = tuple(Mentor(id=n) for n in range(1, 6))
    found = figure(SHIPPED["mentors_again"], Facts(duos=duos, mentors=mentors), today)
    ended = [(one.mentor, one.ended_on) for one in duos if one.ended_on and one.ended_on <= today]
    started = {n: [one.started_on for one in duos if one.mentor == n] for n in range(1, 6)}
    expected = renewal(ended, started, today)
    assert (found.hits, found.n) == (expected.again, expected.closed)
    if expected.share:
        assert (found.numbers.value, found.numbers.low) == (expected.share.value, expected.share.low)


def test_a_follow_up_that_nobody_wrote_down_is_unknown_not_missed() -> None:
    twelve = SHIPPED["follow_up_12_months"]
    assert verdict(twelve, duo(1)) is Verdict.YES
    assert verdict(twelve, duo(1, follow_ups=(FollowUp(12, Answer.REFUSED, TODAY),))) is Verdict.NO
    assert (
        verdict(twelve, duo(1, follow_ups=(FollowUp(6, Answer.REACHED, date(2026, 7, 8)),)))
        is Verdict.UNKNOWN
    )
    assert verdict(twelve, duo(1), date(2026, 8, 5)) is Verdict.NOT_DUE
    assert verdict(twelve, duo(1), date(2026, 8, 6)) is Verdict.YES


def test_who_still_waits_stands_at_the_end_of_the_row_of_waits() -> None:
    wait = SHIPPED["days_to_match"]
    came = date(2026, 1, 1)
    matched = [Mentee(id=n, intake_on=came, matched_on=came + timedelta(days=10 * n)) for n in range(1, 5)]
    waiting = [Mentee(id=n, intake_on=came) for n in range(5, 8)]
    left = Mentee(id=9, intake_on=came, left_on=date(2026, 2, 1))
    found = figure(wait, Facts(mentees=(*matched, *waiting, left)), TODAY)
    assert (found.numbers.value, found.n, found.numbers.high) == (40.0, 7, None)
    assert found.count(Verdict.OUTSIDE, Verdict.BEYOND) == 4
    more = figure(wait, Facts(mentees=(*matched[:2], *waiting)), TODAY)
    assert (more.numbers.said, more.numbers.value) == (Said.BEYOND, None)


def test_training_before_the_first_duo() -> None:
    rule = SHIPPED["trained_before_first_duo"]
    mentors = (
        Mentor(id=1, trained_on=BEGUN), Mentor(id=2, trained_on=BEGUN + timedelta(days=1)), Mentor(id=3),
        Mentor(id=4, training_is_written=False), Mentor(id=5, trained_on=BEGUN),
    )  # fmt: skip
    found = figure(rule, Facts(duos=tuple(duo(n) for n in range(1, 5)), mentors=mentors), TODAY)
    assert [row.verdict for row in found.rows] == [
        Verdict.YES, Verdict.NO, Verdict.NO, Verdict.UNKNOWN, Verdict.OUTSIDE,
    ]  # fmt: skip


def test_hours_a_week_leave_out_the_pauses() -> None:
    eight_weeks = {"started": date(2025, 1, 6), "ended": date(2025, 3, 2)}
    met = duo(1, minutes=16 * 60, **eight_weeks)  # type: ignore[arg-type]  # the same
    rested = duo(2, minutes=16 * 60, rested_days=28, **eight_weeks)  # type: ignore[arg-type]  # the same
    found = of(SHIPPED["weekly_hours"], met, rested, duo(3))
    assert ([row.value for row in found.rows], found.missing) == ([2.0, 4.0, None], 1)
    assert found.numbers.value == 3.0


def test_satisfaction_is_that_of_one_side_and_its_bounds_are_those_of_the_scale() -> None:
    said = (
        Rating("mentee", 2, ENDED),
        Rating("mentee", 4, ENDED + timedelta(days=3)),
        Rating("mentor", 1, ENDED),
    )
    found = of(SHIPPED["satisfaction_of_mentees"], duo(1, ratings=said), duo(2))
    assert (found.numbers.value, found.numbers.least, found.numbers.most) == (4.0, 2.5, 4.5)


def test_a_cost_by_outcome_without_an_outcome_is_no_number() -> None:
    spent = [duo(n, cost_cents=100_000) for n in range(6)]
    none = of(SHIPPED["cost_per_outcome"], *spent)
    assert (none.numbers.said, none.numbers.value) == (Said.NONE_COUNTS_YET, None)
    some = of(
        SHIPPED["cost_per_outcome"], *spent[:4], duo(4, job(date(2025, 9, 1)), cost_cents=100_000), duo(5)
    )
    assert (some.numbers.value, some.missing) == (500_000.0, 1)
    assert some.numbers.least == 300_000.0
    assert of(SHIPPED["cost_per_duo"], *spent).numbers.value == 100_000.0


counts = st.tuples(*(st.integers(0, 12) for _ in range(4)))


@given(counts)
def test_a_share_keeps_its_parts_apart_and_its_bounds_are_manskis(parts: tuple[int, int, int, int]) -> None:
    yes, no, unknown, open_ones = parts
    makes = [
        *(duo(n, job(date(2025, 9, 1))) for n in range(yes)),
        *(duo(100 + n) for n in range(no)),
        *(duo(200 + n, follow_ups=()) for n in range(unknown)),
        *(duo(300 + n, started=date(2026, 9, 1), ended=None) for n in range(open_ones)),
    ]
    found = of(FROM_END, *makes)
    assert (found.hits, found.known, found.missing, found.not_due) == (yes, yes + no, unknown, open_ones)
    if yes + no:
        expected = bounds(yes, no, unknown)
        assert (found.numbers.least, found.numbers.most) == (expected.low, expected.high)
        value, low, high = found.numbers.value, found.numbers.low, found.numbers.high
        assert value is not None
        assert low is not None
        assert high is not None
        assert expected.low - 1e-12 <= value <= expected.high + 1e-12
        assert low - 1e-12 <= value <= high + 1e-12


@given(st.integers(0, 12))
def test_a_figure_of_fewer_than_the_floor_tells_nothing(number: int) -> None:
    found = without_small_numbers(of(FROM_END, *(duo(n) for n in range(number))))
    assert (found.numbers.said is Said.TOO_FEW) == (0 < number < 5)
    if 0 < number < 5:
        assert (found.counts, found.rows, found.n) == ((), (), 0)


def test_a_cohort_is_a_span_of_first_days_or_a_list() -> None:
    duos = tuple(duo(n, started=BEGUN + timedelta(days=n)) for n in range(10))
    span = Cohort(BEGUN + timedelta(days=2), BEGUN + timedelta(days=4))
    assert [row.id for row in figure(FROM_START, Facts(duos=duos), TODAY, span).rows] == [2, 3, 4]
    listed = Cohort(ids=frozenset({1, 3, 99}))
    assert [row.id for row in figure(FROM_START, Facts(duos=duos), TODAY, listed).rows] == [1, 3]
