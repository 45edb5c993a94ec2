"""`traboule worker`: one round, the jobs of the apps, and a clean end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories import people as make
from traboule.apps.messages.models import Beat, Message, NextNews
from traboule.cli.worker import run_round
from traboule.core.registry import ON_TICK


@pytest.fixture
def broken_job() -> Iterator[None]:
    def always_breaks(now: datetime) -> None:
        raise ZeroDivisionError

    before = dict(ON_TICK._handlers)
    ON_TICK._handlers.clear()
    ON_TICK.register("broken", always_breaks)
    for key, job in before.items():
        ON_TICK.register(key, job)
    yield
    ON_TICK._handlers.clear()
    ON_TICK._handlers.update(before)


@pytest.mark.django_db
def test_a_round_gives_dates_to_those_who_wait_and_sends_what_is_due() -> None:
    now = timezone.now()
    selam = make.mentee(make.branch(), waiting_since=now.date())
    sent, trouble = run_round(now=now + timedelta(days=8))
    assert trouble == ""
    assert sent == len(mail.outbox) >= 1
    assert NextNews.everywhere.filter(person=selam).exists()
    assert Beat.objects.get(name="worker").trouble == ""


@pytest.mark.django_db
def test_a_job_that_breaks_stops_no_other_and_is_written_down(broken_job: None) -> None:
    selam = make.mentee(make.branch())
    _sent, trouble = run_round(now=timezone.now())
    assert "ZeroDivisionError" in trouble
    assert NextNews.everywhere.filter(person=selam).exists()
    assert Message.everywhere.exists()
    assert "ZeroDivisionError" in Beat.objects.get(name="worker").trouble


@pytest.mark.slow
def test_the_worker_ends_cleanly_when_it_is_told_to(own_database: str) -> None:
    environment = {**os.environ, "DATABASE_URL": own_database}
    environment["DJANGO_SETTINGS_MODULE"] = "traboule.config.settings.test"
    traboule = [sys.executable, "-c", "from traboule.cli.main import main; main()"]
    once = subprocess.run(
        [*traboule, "worker", "--once"], env=environment, capture_output=True, text=True, check=False
    )
    assert (once.returncode, once.stdout.count("0 messages")) == (0, 1)
    with subprocess.Popen(
        [*traboule, "worker"], env=environment, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert "runs" in running.stdout.readline()
        time.sleep(1)
        running.send_signal(signal.SIGTERM)
        assert "stopped" in running.communicate(timeout=30)[0]
    assert running.returncode == 0
