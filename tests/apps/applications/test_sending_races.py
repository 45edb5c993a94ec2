"""Several devices at the same instant, on the database in use: nothing is lost, nothing is sent twice."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

from tests.apps.applications.sending_race import DRAFTS

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def places() -> ModuleType:
    """Databases that are gone afterwards, as the benchmark of races makes them."""
    spec = importlib.util.spec_from_file_location("places_of_races", ROOT / "benchmarks" / "races.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.each_database
def test_four_devices_lose_no_group_and_send_each_application_once(places: ModuleType) -> None:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        place = places.sqlite_url()
    else:
        who = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        place = places.postgres_url(
            f"postgres://{who}@{database['HOST']}:{database['PORT'] or 5432}/postgres"
        )
    with place as url:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("sending_race.py"))],
            env={
                **os.environ,
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "traboule.config.settings.test",
                "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2_000:]
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures.pop("troubles") == []
    assert figures == dict.fromkeys(figures, DRAFTS)
