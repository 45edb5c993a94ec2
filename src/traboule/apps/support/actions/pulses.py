"""Asking both sides how it goes between them: 30 days after the start, then every 60."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.support.actions._writing import first_name, link_to, others_of, record, say
from traboule.apps.support.actions.following import PEOPLE
from traboule.apps.support.models import Pulse, SupportSetting
from traboule.apps.support.queries.absences import away_among
from traboule.apps.support.queries.check_ins import SIDES, person_of
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.each import Apart, each_apart
from traboule.kernel.calendar import pulses_due

PULSE = "pulse.answer"
REMIND_AFTER, FORGET_AFTER = timedelta(days=4), timedelta(days=14)


def follow_pulses(branch: Branch, setting: SupportSetting, by: Actor, now: datetime) -> None:
    """Ask whoever is due and remind once; times that a sleeping clock missed are not asked one by one."""
    today = local_day(now, branch.timezone)
    first_due = today - timedelta(days=setting.pulse_first)
    running = Duo.everywhere.filter(branch=branch, state=DuoState.ACTIVE, started_on__lte=first_due)
    counted = running.annotate(last=Max("pulses__number"))
    rows = counted.values_list("pk", "started_on", "support__rested_days", "last")
    every = {"first": setting.pulse_first, "every": setting.pulse_every}
    numbers = {
        pk: number
        for pk, started_on, rested, last in rows
        if (number := pulses_due(started_on, today, rested_days=rested or 0, **every)) > (last or 0)
    }
    with each_apart() as apart:
        for duo in Duo.everywhere.filter(pk__in=numbers).select_related(*PEOPLE):
            if not away_among((duo.mentee_id, duo.mentor_id), today):
                with apart.one(duo):
                    ask_pulse(duo=duo, number=numbers[duo.pk], by=by, now=now)
        _remind(branch, apart, by, now)


@transaction.atomic
def ask_pulse(*, duo: Duo, number: int, by: Actor, now: datetime) -> list[Pulse]:
    """Ask both sides separately, each by a link of their own; doing it twice changes nothing."""
    asked = []
    for side in SIDES:
        person = person_of(duo, side)
        defaults = {"person": person, "asked_at": now}
        row, is_new = Pulse.everywhere.get_or_create(duo=duo, side=side, number=number, defaults=defaults)
        if is_new:
            _send(row, duo, "pulse.asked", by, now)
            asked.append(row)
    if asked:
        record(duo.branch_id, "duo", duo.pk, "duo.pulse_asked", by, now, number=number)
    return asked


def _send(row: Pulse, duo: Duo, kind: str, by: Actor, now: datetime) -> None:
    link = link_to(PULSE, "pulse", row.pk, duo.branch_id, now)
    other = first_name(others_of(duo, row.person_id))
    say(row.person, kind, f"pulse:{row.pk}", duo.branch, by, now, other=other, link=link)


def _remind(branch: Branch, apart: Apart, by: Actor, now: datetime) -> None:
    rows = Pulse.everywhere.filter(
        duo__branch=branch,
        duo__state=DuoState.ACTIVE,
        answered_at=None,
        skipped_at=None,
        reminded_at=None,
        asked_at__lte=now - REMIND_AFTER,
        asked_at__gt=now - FORGET_AFTER,
    )
    today = local_day(now, branch.timezone)
    found = list(rows.select_related("person", *(f"duo__{name}" for name in PEOPLE)))
    away = away_among({row.person_id for row in found}, today)
    for row in found:
        if row.person_id not in away:
            with apart.one(row):
                remind_of_pulse(pulse=row, by=by, now=now)


@transaction.atomic
def remind_of_pulse(*, pulse: Pulse, by: Actor, now: datetime) -> None:
    """Remind once; whoever answered a moment ago is left in peace."""
    still = Pulse.everywhere.filter(pk=pulse.pk, answered_at=None, skipped_at=None, reminded_at=None)
    if still.update(reminded_at=now):
        _send(pulse, pulse.duo, "pulse.reminder", by, now)
        record(pulse.duo.branch_id, "pulse", pulse.pk, "pulse.reminded", by, now)
