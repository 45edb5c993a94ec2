"""The figures of benchmarks/merge.py hold on the database in use: rows restored, races with one winner."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings


@pytest.fixture(scope="module")
def merge() -> ModuleType:
    path = Path(__file__).resolve().parents[3] / "benchmarks" / "merge.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_merge", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_every_row_comes_back_and_of_four_who_join_two_records_one_wins(merge: ModuleType) -> None:
    database, races = settings.DATABASES["default"], merge._races()
    if database["ENGINE"].endswith("sqlite3"):
        place = races.sqlite_url()
    else:
        who = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        place = races.postgres_url(f"postgres://{who}@{database['HOST']}:{database['PORT'] or 5432}/postgres")
    with place as url:
        figures = merge.measure(url, merges=5)
    assert merge.holds(figures), figures
    assert figures["losers_who_read_who"] == 3 * figures["races"]
