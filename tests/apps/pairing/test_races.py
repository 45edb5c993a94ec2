"""Several processes reach for one place at the same instant, on the database in use."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def races() -> ModuleType:
    path = Path(__file__).resolve().parents[3] / "benchmarks" / "races.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_races", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.each_database
def test_of_four_who_reach_for_the_last_place_one_wins_and_three_read_who_and_when(
    races: ModuleType, own_database: str
) -> None:
    figures = races.measure(own_database, processes=4, races=20)
    assert figures["unexpected"] == {}
    assert races.holds(figures), figures
    assert (figures["winners"], figures["losers_who_read_who_and_when"]) == (20, 60)
