"""What became of each planned contact, as the kernel's indicators reckon with it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from traboule.apps.branches.models import Branch
from traboule.apps.followups.enums import FollowUpState
from traboule.apps.followups.models import FollowUp as Row
from traboule.apps.followups.queries.standing import zone_of
from traboule.apps.outcomes.enums import ToldBy
from traboule.core.days import local_day
from traboule.kernel.indicators.facts import Answer, FollowUp

_SAYS = {
    FollowUpState.REACHED: Answer.REACHED,
    FollowUpState.REFUSED: Answer.REFUSED,
    FollowUpState.UNREACHABLE: Answer.UNREACHABLE,
}


def answers_of(branches: Collection[Branch], until: date = date.max) -> Mapping[int, tuple[FollowUp, ...]]:
    """Return the follow-ups of branches up to ``until`` by duo (id), by month: one query, no name.

    ``on`` is the day of the answer, else of the last try, else of the day it was due. Known another way is
    reached where the mentee told it; from somebody else it is unknown, because nobody reached the person.
    Who is still asked, or is not asked at all, is unknown. What became known after ``until`` is unknown too,
    so that a past day can be worked out again. Whoever calls has authorised.
    """
    zones = {branch.pk: str(zone_of(branch)) for branch in branches}
    found: dict[int, list[FollowUp]] = defaultdict(list)
    rows = Row.everywhere.filter(branch__in=branches, due_on__lte=until)
    for row in rows.order_by("duo_id", "month", "pk"):
        fact = _fact(row, zones[row.branch_id], until)
        if fact.on <= until:
            found[row.duo_id].append(fact)
    return {duo: tuple(facts) for duo, facts in found.items()}


def _fact(row: Row, zone: str, until: date) -> FollowUp:
    at = row.answered_at or row.closed_at
    on = local_day(at, zone) if at is not None else None
    if on is not None and on <= until:
        return FollowUp(row.month, _answer(row), on)
    tries = [local_day(one, zone) for one in (row.asked_at, row.tried_at) if one is not None]
    return FollowUp(
        row.month, Answer.UNKNOWN, max((day for day in tries if day <= until), default=row.due_on)
    )


def _answer(row: Row) -> Answer:
    if row.state == FollowUpState.HEARD:
        return Answer.REACHED if row.heard_from == ToldBy.MENTEE else Answer.UNKNOWN
    return _SAYS.get(FollowUpState(row.state), Answer.UNKNOWN)
