"""The whole path of everybody of a branch, from the first contact to a result; small cells are hidden.

One cube for every page that shows a part of it: two cubes would disclose together what each of them hides.
"""

from collections import defaultdict
from datetime import date

from traboule.apps.applications.queries import funnel as arrivals
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.enums import STANDING
from traboule.apps.outcomes.models import Outcome
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
    """Add completed duos and results of mentees; return who left after a duo that brought neither."""
    duos: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    gone: set[int] = set()
    columns = ("mentee", "pk", "started_on", "closed_on", "mentee__mentee__state")
    for mentee, pk, started, closed, state in Duo.everywhere.filter(branch=branch).values_list(*columns):
        duos[mentee].append((pk, started, closed))
        if state not in _STILL_HERE:
            gone.add(mentee)
    results = _results(branch)
    for mentee, rows in duos.items():
        path = _path(found, mentee, Side.MENTEE.value)
        for pk, started, closed in rows:
            if closed is not None and is_completed(started, closed):
                path.enter(COMPLETED, closed)
            for day in results.get(pk, ()):
                path.enter(RESULT, day if day >= started else None)
        if {COMPLETED, RESULT} & path.entered.keys() or any(closed is None for _, _, closed in rows):
            gone.discard(mentee)
    return frozenset(gone)


def _results(branch: Branch) -> dict[int, list[date]]:
    """Return the first days of positive outcomes by duo; an older job is no result of a duo."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = Outcome.everywhere.filter(duo__branch=branch, state__in=STANDING, kind__in=POSITIVE).order_by()
    for duo, day in rows.values_list("duo", "starts_on"):
        if duo is not None:
            found[duo].append(day)
    return found
