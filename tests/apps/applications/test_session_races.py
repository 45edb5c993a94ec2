"""Eight processes book the last place of fifty sessions at the same instant, on this database."""

import pytest

from benchmarks.databases import postgres_server, postgres_url, sqlite_url
from benchmarks.session_races import holds, measure


@pytest.mark.slow
@pytest.mark.own_databases
def test_the_last_place_goes_once_on_sqlite_and_the_others_wait() -> None:
    with sqlite_url() as url:
        figures = measure(url, processes=8, races=50)
    assert holds(figures), figures


@pytest.mark.slow
@pytest.mark.own_databases
def test_the_last_place_goes_once_on_postgresql_and_the_others_wait() -> None:
    server = postgres_server()
    if server is None:
        pytest.skip("no PostgreSQL at hand")
    with postgres_url(server) as url:
        figures = measure(url, processes=8, races=50)
    assert holds(figures), figures
