"""Tokens of the demo: one in use, one forgotten, one stopped. Nobody learns their secrets."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.access.actions.tokens import make_token, note_use, stop_token
from traboule.apps.access.enums import Purpose
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor
from traboule.core.days import local_day

BRANCH = "lyon"
DASHBOARD = "Traboule, tableau de bord de l’équipe"
FUNDER = "Métropole de Lyon, suivi des subventions"
EVALUATOR = "Bureau d’étude Saône, évaluation 2025"


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Make tokens of Lyon by the real actions."""
    branch, director = loaded.branches.get(BRANCH), loaded.logins.get("agnes")
    if branch is None or director is None:
        return
    who = actor_of(director)
    for receiver, purpose, ago, last in (
        (DASHBOARD, Purpose.OWN, 200, 160),
        (FUNDER, Purpose.FUNDER, 90, 250),
        (EVALUATOR, Purpose.EVALUATOR, 300, 30),
    ):
        made = now - timedelta(days=ago)
        last_day = local_day(now + timedelta(days=last), branch.timezone)
        token, _ = make_token(
            branch=branch, purpose=purpose, receiver=receiver, last_day=last_day, by=who, now=made
        )
        if receiver == DASHBOARD:
            note_use(token=token, now=now - timedelta(days=1))
        if receiver == EVALUATOR:
            note_use(token=token, now=now - timedelta(days=120))
            stop_token(token=token, by=who, now=now - timedelta(days=100))
