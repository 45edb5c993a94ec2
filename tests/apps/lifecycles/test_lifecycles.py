"""Random lives of a branch: whatever is tried, in whatever order, what must be true stays true."""

import os
from collections.abc import Callable

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.apps.lifecycles.invariants import CHECKS
from tests.apps.lifecycles.machine import Lifecycles
from tests.house.tree import ROOT, text

Say = Callable[[str, object], None]
MACHINES = int(os.environ.get("TRABOULE_MACHINES", "4"))
STEPS = int(os.environ.get("TRABOULE_MACHINE_STEPS", "50"))
# A machine that never gets there proves nothing about what comes after.
MUST_HAPPEN = ("proposal.made", "duo.started", "duo.meetings_planned")


@pytest.mark.django_db
def test_what_must_be_true_stays_true_whatever_is_tried(record_property: Say) -> None:
    tried = settings(
        max_examples=MACHINES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # shrinking a life of 50 steps takes minutes; the steps are printed anyway
        suppress_health_check=list(HealthCheck),
    )
    Lifecycles.lived.clear()
    run_state_machine_as_test(Lifecycles, settings=tried, _min_steps=STEPS)
    assert [verb for verb in MUST_HAPPEN if not Lifecycles.lived[verb]] == []
    said = f"{MACHINES} × {STEPS} steps on {connection.vendor}, {len(CHECKS)} invariants"
    record_property("machines", said)
    record_property("lived", dict(Lifecycles.lived.most_common()))


def test_every_invariant_is_named_in_the_docs() -> None:
    page = text(ROOT / "docs" / "reference" / "lifecycles.md")
    assert [name for name in CHECKS if f"`{name}`" not in page] == []
    assert len(CHECKS) >= 12
