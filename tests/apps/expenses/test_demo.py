"""The invented expenses and groups of the demo: people at all stages, the same from the same people."""

from types import SimpleNamespace

import pytest

from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.expenses.actions import demo as expenses_demo
from traboule.apps.expenses.models import ExpenseClaim, ReimbursementBatch
from traboule.apps.people.enums import Role
from traboule.apps.steps.models import OpenStep
from traboule.apps.support.actions import exchange_demo
from traboule.apps.support.models import Gathering, GatheringInvitation, PeerGroup
from traboule.core.actors import system

pytestmark = pytest.mark.django_db


def test_a_branch_of_the_demo_has_expenses_and_groups_at_all_stages() -> None:
    lyon = make.branch(slug="lyon")
    mentors = [make.mentor(lyon) for _ in range(22)]
    claire = make.login(Role.COORDINATOR, lyon)
    pair.duo(make.mentee(lyon), mentors[0], make.coordinator(lyon))
    loaded = SimpleNamespace(
        branches={"lyon": lyon}, coordinator=lambda slug: claire, logins={"agnes": make.login(Role.DIRECTOR)}
    )
    programme = SimpleNamespace(as_of=TODAY)
    for fill in (expenses_demo.fill_demo, exchange_demo.fill_demo):
        fill(loaded, programme, system("demo"), NOW)
    states = set(ExpenseClaim.everywhere.values_list("state", flat=True))
    assert states == {"sent", "approved", "paid", "waived", "refused", "asked_back"}
    assert ReimbursementBatch.everywhere.get().paid_at is not None
    assert (PeerGroup.everywhere.count(), Gathering.everywhere.count()) == (3, 7)
    assert set(GatheringInvitation.everywhere.values_list("answer", flat=True)) == {
        "comes",
        "cannot",
        "waiting",
    }
    assert OpenStep.everywhere.filter(kind="exchange.none_planned").count() == 1
