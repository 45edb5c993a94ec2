"""The clock of this app: run by the worker, safe to run twice and after days asleep."""

from datetime import datetime

from traboule.apps.branches.models import Branch
from traboule.apps.support.actions.concerns import remind_of_concerns
from traboule.apps.support.actions.following import follow_check_ins
from traboule.apps.support.actions.pulses import follow_pulses
from traboule.apps.support.actions.substitutions import end_due_substitutions
from traboule.apps.support.queries.settings import setting_of
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.core.each import each_apart

CLOCK = system("clock of support")


def tick_support(now: datetime) -> None:
    """Plan, ask, remind, raise and end what is due at ``now``, branch by branch."""
    with each_apart() as apart:
        for branch in Branch.objects.select_related("organisation").order_by("pk"):
            with apart.one(branch):
                _tick_branch(branch, now)


def _tick_branch(branch: Branch, now: datetime) -> None:
    setting, today = setting_of(branch), local_day(now, branch.timezone)
    with each_apart() as apart:
        with apart.one("check-ins"):
            follow_check_ins(branch, setting, CLOCK, now)
        with apart.one("pulses"):
            follow_pulses(branch, setting, CLOCK, now)
        with apart.one("substitutions"):
            end_due_substitutions(branch.pk, today, CLOCK, now)
        with apart.one("concerns"):
            remind_of_concerns(branch, CLOCK, now)
