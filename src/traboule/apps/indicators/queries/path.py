"""The whole path of everybody of a branch, from the first contact to a result; small cells are hidden.

One cube for every page that shows a part of it: two cubes would disclose together what each of them hides.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Min, Q

from traboule.apps.applications.queries import funnel as arrivals
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.enums import STANDING
from traboule.apps.pairing.queries import firsts
from traboule.apps.people.enums import MenteeState, Side
from traboule.apps.training.queries import path as training
from traboule.core.actors import Actor
from traboule.kernel.indicators import is_completed
from traboule.kernel.indicators.shipped import POSITIVE
from traboule.kernel.path import Figures, Journey, figures

COMPLETED, RESULT = "completed", "result"
DUO_OVER = "duo_over"
STEPS = (
    *(arrivals.CONTACT, arrivals.SESSION, arrivals.SENT, arrivals.TALK, arrivals.ACCEPTED),
    *(training.SCREENED, training.TRAINING, arrivals.READY, firsts.PROPOSAL, firsts.DUO, COMPLETED, RESULT),
)
# Some come without a session; mentees are not screened; some find work before the six months are over.
# Who went around a step is not counted at it.
OPTIONAL = frozenset({arrivals.SESSION, training.SCREENED, training.TRAINING, COMPLETED})
_STILL_HERE = (MenteeState.POOL, MenteeState.MATCHED)
Found = dict[tuple[int, str], arrivals.PathOf]


def figures_of_path(*, actor: Actor, branch: Branch) -> tuple[Figures, arrivals.Paths]:
    """Return the figures of every slice, and the names of their cohorts. Raises NotVisible, NotAllowed."""
    paths = arrivals.paths(actor=actor, branch=branch)
    found = paths.of
    for person, side, step, day in (
        *training.first_days(actor=actor, branch=branch),
        *firsts.first_days(actor=actor, branch=branch),
    ):
        _path(found, person, side).enter(step, day)
    over = _add_ends(found, branch)
    groups = arrivals.groups_of(paths)
    journeys = [
        Journey(path.person, path.side, path.entered, _stop(path, over), groups[path.person, path.side])
        for path in arrivals.drawn(found)
    ]
    return figures(journeys, STEPS, OPTIONAL), paths


def _path(found: Found, person: int, side: str) -> arrivals.PathOf:
    return found.setdefault((person, side), arrivals.PathOf(person, side))


def _stop(path: arrivals.PathOf, over: frozenset[int]) -> str:
    """Whoever has had a duo has not stopped before it; of mentees a duo that ended early may end the path."""
    if firsts.DUO not in path.entered:
        return path.stopped
    return DUO_OVER if path.side == Side.MENTEE and path.person in over else ""


def _add_ends(found: Found, branch: Branch) -> frozenset[int]:
    """Add duos, completed ones and results; return the mentees who left after a duo that brought neither."""
    gone, kept = set(), set()
    for mentee, mentor, started, closed, state, result in _duos(branch):
        path = _path(found, mentee, Side.MENTEE.value)
        path.enter(firsts.DUO, started)
        _path(found, mentor, Side.MENTOR.value).enter(firsts.DUO, started)
        is_complete = closed is not None and is_completed(started, closed)
        path.enter(COMPLETED, closed if is_complete else None)
        path.enter(RESULT, result)
        if closed is None or is_complete or result is not None or state in _STILL_HERE:
            kept.add(mentee)
        else:
            gone.add(mentee)
    return frozenset(gone - kept)


def _duos(branch: Branch) -> Iterable[tuple[int, int, date, date | None, str, date | None]]:
    """Return mentee, mentor, start, end, state of the mentee and first day of a positive outcome of each duo.

    An older job is no result of a duo.
    """
    counts = Q(
        outcomes__state__in=STANDING,
        outcomes__kind__in=POSITIVE,
        outcomes__starts_on__gte=F("started_on"),
    )
    rows = Duo.everywhere.filter(branch=branch).order_by()
    rows = rows.annotate(result=Min("outcomes__starts_on", filter=counts))
    return rows.values_list("mentee", "mentor", "started_on", "closed_on", "mentee__mentee__state", "result")
