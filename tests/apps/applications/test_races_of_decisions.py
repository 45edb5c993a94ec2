"""Several coordinators decide about one application at once: one wins, the others read who and when."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.applications.actions.decisions import decide
from traboule.apps.applications.actions.errors_judging import AlreadyDecided
from traboule.apps.applications.enums_judging import Outcome, Reason
from traboule.apps.applications.models import Application, Decision
from traboule.apps.messages.models import Message
from traboule.core.actors import Actor

AT_ONCE, ROUNDS = 4, 5


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_four_who_decide_at_once_one_wins_and_three_read_who_and_when() -> None:
    lyon = make.branch(name="Lyon")
    team = [make.coordinator(lyon, name=f"Coordinator {number}") for number in range(AT_ONCE)]
    for _round in range(ROUNDS):
        row, gate = app.application(lyon), Barrier(AT_ONCE)

        def act(by: Actor, pk: int = row.pk, gate: Barrier = gate) -> str:
            try:
                found = Application.everywhere.select_related("branch").get(pk=pk)
                gate.wait()
                decide(application=found, outcome=Outcome.REFUSED, reason=Reason.AGE, by=by, now=NOW)
            except AlreadyDecided as earlier:
                return f"lost to {earlier.who}" if earlier.at == NOW else "wrong"
            finally:
                connection.close()
            return "won"

        with ThreadPoolExecutor(AT_ONCE) as pool:
            said = sorted(pool.map(act, team))
        winner = Decision.everywhere.get(application=row).decided_by
        assert said == [f"lost to {winner}"] * (AT_ONCE - 1) + ["won"]
        assert Message.everywhere.filter(person=row.person).count() == 1
