"""The figures of benchmarks/merge.py hold on the database in use: rows restored, races with one winner."""

import pytest
from django.conf import settings

from benchmarks.databases import postgres_url, sqlite_url
from benchmarks.merge import holds, measure


@pytest.mark.each_database
@pytest.mark.slow
def test_every_row_comes_back_and_of_four_who_join_two_records_one_wins() -> None:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        place = sqlite_url()
    else:
        who = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        place = postgres_url(f"postgres://{who}@{database['HOST']}:{database['PORT'] or 5432}/postgres")
    with place as url:
        figures = measure(url, merges=5)
    assert holds(figures), figures
    assert figures["losers_who_read_who"] == 3 * figures["races"]
