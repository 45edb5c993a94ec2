"""The figures of benchmarks/merge.py hold on the database in use: rows restored, races with one winner."""

import pytest

from benchmarks.merge import holds, measure


@pytest.mark.each_database
@pytest.mark.slow
def test_every_row_comes_back_and_of_four_who_join_two_records_one_wins(own_database: str) -> None:
    figures = measure(own_database, merges=5)
    assert holds(figures), figures
    assert figures["losers_who_read_who"] == 3 * figures["races"]
