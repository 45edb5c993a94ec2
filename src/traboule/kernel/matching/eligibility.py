"""Hard limits: each has a name, and every one that fails is named. Nothing here is traded against points.

Sources: shared language and availability, trained mentors (eight half-days before the first duo): OECD Youth
Policy Toolkit; distance, wishes, vetoes and branches: the design's list of what coordinators never overrule.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from traboule.kernel.matching._arrays import (
    Bools,
    Ints,
    blocks,
    flags,
    metre_matrix,
    metres_between,
    numbers,
    reach,
    shared_steps,
    steps,
    unit_vectors,
)
from traboule.kernel.matching.profiles import Mentee, Mentor
from traboule.kernel.matching.rules import Rules

WEEKS = 26  # a duo meets for six months
DAYS = WEEKS * 7


class Limit(StrEnum):
    """Why two people cannot be proposed to each other."""

    NO_SHARED_LANGUAGE = "no_shared_language"  # at working level on both sides
    NO_SHARED_SLOT = "no_shared_slot"
    TOO_FAR = "too_far"  # for one of the two, unless both meet online
    PLACE_UNKNOWN = "place_unknown"  # for one of the two, unless both meet online
    NOT_TRAINED = "mentor_not_trained"
    NO_PLACE_LEFT = "places_taken"
    MENTOR_AWAY = "mentor_away"  # on each day of the 26 weeks from as_of
    WISH_NOT_MET = "wish_not_met"  # a stated wish; an unknown gender does not meet it
    TO_AVOID = "to_avoid"  # veto, family, neighbour, earlier duo; named by either side
    OTHER_BRANCH = "other_branch"


def why_not(mentee: Mentee, mentor: Mentor, rules: Rules, as_of: date) -> tuple[Limit, ...]:
    """Every limit that fails for this pair, in the order of `Limit`; empty when the pair is feasible."""
    ours = steps(mentee.languages, rules.limits.min_level_mentee)
    theirs = steps(mentor.languages, rules.limits.min_level_mentor)
    online = mentee.online and mentor.online
    places = mentee.point, mentor.point
    known = [point for point in places if point is not None]
    far = len(known) == 2 and metres_between(*known) > min(reach(mentee.max_km), reach(mentor.max_km))
    branches = mentee.branch, mentor.branch
    failing = {
        Limit.NO_SHARED_LANGUAGE: not ours.keys() & theirs.keys(),
        Limit.NO_SHARED_SLOT: not mentee.slots & mentor.slots,
        Limit.TOO_FAR: far and not online,
        Limit.PLACE_UNKNOWN: len(known) < 2 and not online,
        Limit.NOT_TRAINED: not mentor.trained,
        Limit.NO_PLACE_LEFT: mentor.capacity == 0,
        Limit.MENTOR_AWAY: days_covered(mentor, as_of) == 0,
        Limit.WISH_NOT_MET: any(
            wish is not None and wish != gender
            for wish, gender in ((mentee.gender_wish, mentor.gender), (mentor.gender_wish, mentee.gender))
        ),
        Limit.TO_AVOID: mentor.id in mentee.avoid or mentee.id in mentor.avoid,
        Limit.OTHER_BRANCH: None not in branches and mentee.branch != mentor.branch,
    }
    return tuple(limit for limit in Limit if failing[limit])


def days_covered(mentor: Mentor, as_of: date) -> int:
    """Days of the 26 weeks from `as_of` on which the mentor is available, 0 to 182."""
    last = as_of + timedelta(days=DAYS - 1)
    start = as_of if mentor.available_from is None else max(as_of, mentor.available_from)
    end = last if mentor.available_until is None else min(last, mentor.available_until)
    return max(0, (end - start).days + 1)


def limits(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], rules: Rules, as_of: date
) -> dict[Limit, Bools]:
    """Limit → (mentees, mentors) booleans, True where it fails (read-only where one row is repeated)."""
    shape = len(mentees), len(mentors)
    far, unknown = _places(mentees, mentors)
    bits, other_bits = numbers([p.slots for p in mentees]), numbers([p.slots for p in mentors])
    away = flags([days_covered(person, as_of) == 0 for person in mentors])
    return {
        Limit.NO_SHARED_LANGUAGE: shared_steps(mentees, mentors, rules.limits) == 0,
        Limit.NO_SHARED_SLOT: (bits[:, None] & other_bits[None, :]) == 0,
        Limit.TOO_FAR: far,
        Limit.PLACE_UNKNOWN: unknown,
        Limit.NOT_TRAINED: np.broadcast_to(~flags([person.trained for person in mentors]), shape),
        Limit.NO_PLACE_LEFT: np.broadcast_to(flags([person.capacity == 0 for person in mentors]), shape),
        Limit.MENTOR_AWAY: np.broadcast_to(away, shape),
        Limit.WISH_NOT_MET: _wishes(mentees, mentors),
        Limit.TO_AVOID: _avoided(mentees, mentors),
        Limit.OTHER_BRANCH: _branches(mentees, mentors),
    }


def feasible(failing: dict[Limit, Bools]) -> Bools:
    """(mentees, mentors) True where no limit fails."""
    matrices = list(failing.values())
    anything = matrices[0].copy()
    for matrix in matrices[1:]:
        anything |= matrix
    return ~anything


def _places(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> tuple[Bools, Bools]:
    ours, theirs = unit_vectors(mentees), unit_vectors(mentors)
    known = flags([person.point is not None for person in mentees])
    other_known = flags([person.point is not None for person in mentors])
    online, other_online = flags([p.online for p in mentees]), flags([p.online for p in mentors])
    limit = numbers([reach(person.max_km) for person in mentees])
    other_limit = numbers([reach(person.max_km) for person in mentors])
    far = np.zeros((len(mentees), len(mentors)), dtype=np.bool_)
    unknown = np.zeros_like(far)
    for rows in blocks(len(mentees)):
        in_person = ~(online[rows, None] & other_online[None, :])
        both = known[rows, None] & other_known[None, :]
        smaller = np.minimum(limit[rows, None], other_limit[None, :])
        far[rows] = (metre_matrix(ours[rows], theirs) > smaller) & both & in_person
        unknown[rows] = ~both & in_person
    return far, unknown


def _codes(values: Sequence[str | None], numbering: dict[str, int]) -> Ints:
    """Small integers for words, -1 for None."""
    return numbers([-1 if value is None else numbering.setdefault(value, len(numbering)) for value in values])


def _wishes(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Bools:
    numbering: dict[str, int] = {}
    wish = _codes([p.gender_wish for p in mentees], numbering)
    gender = _codes([p.gender for p in mentees], numbering)
    other_wish = _codes([p.gender_wish for p in mentors], numbering)
    other_gender = _codes([p.gender for p in mentors], numbering)
    ours = (wish[:, None] >= 0) & (wish[:, None] != other_gender[None, :])
    theirs = (other_wish[None, :] >= 0) & (other_wish[None, :] != gender[:, None])
    return np.asarray(ours | theirs)


def _avoided(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Bools:
    rows: dict[str, list[int]] = {}
    columns: dict[str, list[int]] = {}
    for number, mentee in enumerate(mentees):
        rows.setdefault(mentee.id, []).append(number)
    for number, mentor in enumerate(mentors):
        columns.setdefault(mentor.id, []).append(number)
    matrix = np.zeros((len(mentees), len(mentors)), dtype=np.bool_)
    for number, mentee in enumerate(mentees):
        for name in mentee.avoid:
            matrix[number, columns.get(name, [])] = True
    for number, mentor in enumerate(mentors):
        for name in mentor.avoid:
            matrix[rows.get(name, []), number] = True
    return matrix


def _branches(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Bools:
    numbering: dict[str, int] = {}
    ours = _codes([p.branch for p in mentees], numbering)
    theirs = _codes([p.branch for p in mentors], numbering)
    return np.asarray((ours[:, None] >= 0) & (theirs[None, :] >= 0) & (ours[:, None] != theirs[None, :]))
