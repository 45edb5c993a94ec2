"""Several devices at the same instant, on the database in use: nothing is lost, nothing is sent twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apps.applications.sending_race import DRAFTS

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.each_database
def test_four_devices_lose_no_group_and_send_each_application_once(own_database: str) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("sending_race.py"))],
        env={
            **os.environ,
            "DATABASE_URL": own_database,
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
