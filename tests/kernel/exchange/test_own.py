"""A branch's own facts in the fund's words: what is not known is not said."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from traboule.kernel.exchange.leaving import joined
from traboule.kernel.exchange.own import KEPT, Found, Taken, hours_band, row_of, steps_on
from traboule.kernel.outcomes import Span

DAY = date(2026, 6, 30)
START = date(2025, 3, 10)
NEW = Taken(id="T1", reference="p1", provider="lyon", first_name="Awa", last_name="Diallo", started_on=START)


def job(first: date, days: int | None = None, **more: Any) -> Found:
    last = None if days is None else first + timedelta(days=days - 1)
    return Found(**{"kind": "job", "span": Span(first, last, is_open=days is None), **more})


def test_of_a_person_without_more_only_what_is_known_stands_there():
    assert row_of(NEW, DAY) == {
        "unique_id": "T1", "provider_id_person": "lyon", "first_name": "Awa", "last_name": "Diallo",
        "date_started_service": START, "provider_id_baseline": "lyon",
    }  # fmt: skip


def test_every_column_that_a_row_can_have_is_one_that_the_house_keeps():
    whole = replace(
        NEW, birth_date=date(2000, 5, 1), gender="f", source="self", english=3, goal="cook",
        planned_on=date(2025, 4, 2), met=((date(2025, 4, 1), 700),), left_on=DAY, left_because="Moved away",
        outcomes=(
            job(
                date(2025, 5, 1), contract="permanent", weekly_hours=35.0,
                occupation="Cuisinier", sector="Hotels",
            ),
            Found("training", Span(date(2025, 4, 1), date(2025, 8, 30))),
            Found("volunteering", Span(date(2025, 4, 1), date(2025, 8, 30))),
        ),
    )  # fmt: skip
    row = row_of(whole, DAY)
    assert set(row) <= KEPT
    assert KEPT - set(row) == {"prior_employment"}  # the fund's own word for not known fills it


def test_words_of_the_fund_stand_for_not_known_and_give_way_to_a_fact_beside():
    row = joined(row_of(NEW, DAY), {})
    assert (row["gender"], row["prior_employment"]) == ("Prefer not to say", "Don't know")
    assert "hours_of_employment_entry" not in row
    assert joined(row_of(NEW, DAY), {"prior_employment": "Yes"})["prior_employment"] == "Yes"
    told = joined(row_of(replace(NEW, outcomes=(job(date(2025, 5, 1)),)), DAY), {})
    assert told["hours_of_employment_entry"] == "Don't know"


@pytest.mark.parametrize(
    ("hours", "band"),
    [(7, "0 to 7 hours"), (7.5, "8 to 15 hours"), (15.4, "8 to 15 hours"), (35, "31 to 48 hours"),
     (49, "49 or more hours"), (None, None)],
)  # fmt: skip
def test_hours_fall_into_one_band(hours, band):
    assert hours_band(hours) == band


def test_the_first_job_after_the_start_is_the_entry_and_an_older_one_is_none():
    before, first, second = (job(day) for day in (date(2025, 3, 1), date(2025, 7, 1), date(2025, 9, 1)))
    row = row_of(replace(NEW, outcomes=(second, before, first)), DAY)
    assert row["date_employment_entry"] == date(2025, 7, 1)
    assert "date_employment_entry" not in row_of(replace(NEW, outcomes=(before,)), DAY)


def test_work_is_sustained_if_it_runs_on_the_day_three_months_later():
    lost = replace(NEW, outcomes=(job(date(2025, 7, 1), 60, contract="fixed"),))
    assert "employment_sustainment_date" not in row_of(lost, DAY)
    again = replace(lost, outcomes=(*lost.outcomes, job(date(2025, 9, 15), 60, contract="permanent")))
    row = row_of(again, DAY)
    assert (row["employment_sustainment_date"], row["employment_sustain_status"]) == (date(2025, 10, 1), "PC")
    assert "employment_sustainment_date" not in row_of(again, date(2025, 9, 30))  # not yet


def test_terms_that_nobody_knows_are_left_empty_and_an_own_business_is_self_employment():
    row = row_of(replace(NEW, outcomes=(job(date(2025, 7, 1), contract="unknown"),)), DAY)
    assert "primary_employment_entry_status" not in row
    own = row_of(replace(NEW, outcomes=(job(date(2025, 7, 1), kind="own_business"),)), DAY)
    assert own["employment_entry_outcome_type"] == "Self-employment"
    assert own["primary_employment_entry_status"] == "SE"


def test_three_steps_make_the_outcome_on_the_way_on_the_day_of_the_third():
    met = tuple((date(2025, 4, 1) + timedelta(weeks=week), 120) for week in range(6))
    steps = (
        Found("training", Span(date(2025, 4, 1), date(2025, 8, 30))),
        Found("volunteering", Span(date(2025, 5, 1), None, is_open=True)),
    )
    person = replace(NEW, met=met, outcomes=steps)
    assert steps_on(person, DAY) == {
        "mentoring and/or coaching": date(2025, 4, 29),  # the fifth meeting makes ten hours
        "training course": date(2025, 8, 30),  # when it is done
        "Volunteering": date(2025, 5, 10),  # the tenth day
    }
    assert row_of(person, DAY)["date_intermediate_employment_outcome"] == date(2025, 8, 30)
    assert "date_intermediate_employment_outcome" not in row_of(person, date(2025, 8, 29))


def test_nothing_that_comes_after_the_day_is_told():
    person = replace(NEW, planned_on=date(2025, 4, 2), left_on=DAY, outcomes=(job(date(2025, 7, 1)),))
    row = row_of(person, date(2025, 4, 1))
    assert not [
        name for name in row if "employment_entry" in name or "last_seen" in name or "creation" in name
    ]
