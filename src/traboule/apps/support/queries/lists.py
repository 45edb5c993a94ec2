"""The page of support of a branch: check-ins that are due, answers to talk about, who is away, who asks."""

from dataclasses import dataclass
from datetime import date, timedelta

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES, DuoState
from traboule.apps.people.enums import Permission
from traboule.apps.support.enums import CheckInState
from traboule.apps.support.models import Absence, AdviceCall, CheckIn, Pulse
from traboule.apps.support.queries.check_ins import needs_a_word
from traboule.core.actors import Actor
from traboule.core.permissions import authorise

SHOWN = 40
AHEAD_DAYS = 14
LATELY_DAYS = 120


@dataclass(frozen=True, slots=True)
class SupportPage:
    """What stands open in a branch; each list holds at most `SHOWN`, the most pressing first."""

    check_ins: list[CheckIn]
    check_ins_due: int
    answers: list[Pulse]
    low: set[int]
    absences: list[Absence]
    advice: list[AdviceCall]


def support_page(*, actor: Actor, branch: Branch, today: date) -> SupportPage:
    """Return the page of support of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    coming = CheckIn.everywhere.filter(
        duo__branch=branch,
        state=CheckInState.PLANNED,
        due_on__lte=today + timedelta(days=AHEAD_DAYS),
        duo__state=DuoState.ACTIVE,
    )
    with_people = coming.select_related("duo__mentee", "duo__mentor", "duo__started_by")
    answers, low = _answers(branch, today)
    advice = AdviceCall.everywhere.filter(branch=branch, answered_at=None)
    return SupportPage(
        check_ins=list(with_people.prefetch_related("sides").order_by("due_on", "pk")[:SHOWN]),
        check_ins_due=coming.filter(due_on__lte=today).count(),
        answers=answers,
        low=low,
        absences=_absences(branch, today),
        advice=list(advice.select_related("person").order_by("due_on", "pk")[:SHOWN]),
    )


def _absences(branch: Branch, today: date) -> list[Absence]:
    soon = today + timedelta(days=AHEAD_DAYS)
    rows = Absence.everywhere.filter(person__branch=branch, until_on__gte=today, from_on__lte=soon)
    return list(rows.filter(back_on=None).select_related("person").order_by("until_on", "pk")[:SHOWN])


def _answers(branch: Branch, today: date) -> tuple[list[Pulse], set[int]]:
    """The last answers, those to talk about first; and the keys of these."""
    rows = Pulse.everywhere.filter(
        duo__branch=branch,
        duo__state__in=OPEN_DUO_STATES,
        answered_at__isnull=False,
        answered_at__date__gte=today - timedelta(days=LATELY_DAYS),
    ).order_by("number", "pk")
    series: dict[tuple[int, str], list[Pulse]] = {}
    for row in rows:
        series.setdefault((row.duo_id, row.side), []).append(row)
    last = [one[-1] for one in series.values()]
    low = {one[-1].pk for one in series.values() if needs_a_word(row.mean for row in one)}
    last.sort(key=lambda row: (row.pk not in low, -(row.answered_at.timestamp() if row.answered_at else 0)))
    shown = Pulse.everywhere.filter(pk__in=[row.pk for row in last[:SHOWN]]).select_related("person")
    named = {row.pk: row for row in shown}
    return [named[row.pk] for row in last[:SHOWN]], low
