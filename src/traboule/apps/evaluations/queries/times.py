"""How long it took: from the start of a duo to a first job, and to its end; numbers only, nobody by name."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.followups.queries.facts import answers_of
from traboule.apps.outcomes.enums import STANDING
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.own_enums import OutcomeKind
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.indicators.facts import Answer

BROKE_UP, FOUND_WORK, COMPLETED = 1, 2, 3
ENDS = {CloseReason.FOUND_WORK: FOUND_WORK, CloseReason.COMPLETED: COMPLETED}


@dataclass(frozen=True, slots=True)
class Times:
    """Days from the start of each duo to what happened first, and what: 0 where it is watched no longer.

    ``began``: the year of each start.
    """

    days: tuple[int, ...]
    kinds: tuple[int, ...]
    began: tuple[int, ...]


def times_of(*, actor: Actor, branch: Branch, today: date) -> tuple[Times, Times]:
    """Return the times to a first job (kind 1) and to the end of the duo (``BROKE_UP`` and its rivals).

    A duo that runs is watched until ``today``. For a job, a closed one is watched until its end, or until
    the mentee was last reached. Raises NotVisible (404), NotAllowed (403).
    """
    authorise(actor, Permission.EVALUATIONS_SEE, branch.pk)
    duos = list(Duo.everywhere.filter(branch=branch, started_on__lte=today).order_by("started_on", "pk"))
    jobs, heard = _first_jobs(branch, today), _last_heard(branch, today)
    to_job = [_to_job(duo, jobs[duo.pk], heard.get(duo.pk), today) for duo in duos]
    to_end = [_to_end(duo, today) for duo in duos]
    began = tuple(duo.started_on.year for duo in duos)
    return _together(to_job, began), _together(to_end, began)


def _together(found: list[tuple[int, int]], began: tuple[int, ...]) -> Times:
    return Times(tuple(days for days, _ in found), tuple(kind for _, kind in found), began)


def _first_jobs(branch: Branch, today: date) -> dict[int | None, list[date]]:
    rows = Outcome.everywhere.filter(duo__branch=branch, kind=OutcomeKind.JOB, state__in=STANDING)
    found: dict[int | None, list[date]] = defaultdict(list)
    for duo, day in rows.filter(starts_on__lte=today).order_by("starts_on").values_list("duo", "starts_on"):
        found[duo].append(day)
    return found


def _last_heard(branch: Branch, today: date) -> dict[int, date]:
    return {
        duo: max(days)
        for duo, said in answers_of([branch], today).items()
        if (days := [one.on for one in said if one.answer is Answer.REACHED])
    }


def _to_job(duo: Duo, jobs: list[date], heard: date | None, today: date) -> tuple[int, int]:
    """A job from before the duo is none that it led to."""
    first = next((day for day in jobs if day >= duo.started_on), None)
    if first is not None:
        return (first - duo.started_on).days, 1
    last = today if duo.closed_on is None else max(duo.closed_on, heard or duo.closed_on)
    return (min(last, today) - duo.started_on).days, 0


def _to_end(duo: Duo, today: date) -> tuple[int, int]:
    if duo.closed_on is None or duo.closed_on > today:
        return (today - duo.started_on).days, 0
    return (duo.closed_on - duo.started_on).days, ENDS.get(CloseReason(duo.close_reason), BROKE_UP)
