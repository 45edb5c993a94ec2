"""Eight processes book the last place of fifty sessions at the same instant, on the database in use."""

import pytest

from benchmarks.session_races import holds, measure


@pytest.mark.slow
@pytest.mark.each_database
def test_the_last_place_goes_once_and_the_others_wait(own_database: str) -> None:
    figures = measure(own_database, processes=8, races=50)
    assert holds(figures), figures
