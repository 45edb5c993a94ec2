"""How close the path of each mentee is to that of each mentor, over their lists of occupations."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from traboule.kernel.matching._arrays import Words, flags
from traboule.kernel.matching.profiles import Mentee, Mentor
from traboule.kernel.matching.rules import OccupationScale
from traboule.kernel.matching.terms import HALF, Sectors


def closeness(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], scale: OccupationScale, sectors: Sectors
) -> NDArray[np.int16]:
    """(mentees, mentors) closeness of the paths per mille: best over both lists of occupations."""
    wanted = sorted({code for person in mentees for code in person.occupations})
    done = sorted({code for person in mentors for code in person.occupations})
    between = _code_closeness(wanted, done, scale, sectors)
    row_of, column_of = ({code: place for place, code in enumerate(codes)} for codes in (wanted, done))
    to_codes = np.full((len(mentees), len(done)), -1, dtype=np.int16)  # mentee → best for each mentor code
    for number, mentee in enumerate(mentees):
        if mentee.occupations and done:
            to_codes[number] = between[[row_of[code] for code in mentee.occupations]].max(axis=0)
    best = np.full((len(mentees), len(mentors)), -1, dtype=np.int16)
    for number, mentor in enumerate(mentors):
        if mentor.occupations:
            best[:, number] = to_codes[:, [column_of[code] for code in mentor.occupations]].max(axis=1)
    generalist = flags([person.generalist for person in mentors])
    best[:, generalist] = np.maximum(best[:, generalist], scale.generalist)
    best[:, flags([not (p.occupations or p.generalist) for p in mentors])] = HALF
    undecided = flags([not person.occupations for person in mentees])
    best[undecided] = np.where(generalist, scale.no_plan_generalist, scale.no_plan_other)
    return best


def _code_closeness(
    wanted: Sequence[str], done: Sequence[str], scale: OccupationScale, sectors: Sectors
) -> NDArray[np.int16]:
    """(wanted, done) closeness of two lists of distinct ROME codes per mille."""
    relation = np.full((len(wanted), len(done)), scale.other, dtype=np.int16)
    ours, theirs = np.array(wanted, dtype=str), np.array(done, dtype=str)
    if not relation.size:
        return relation
    shared = Words.of([sectors.get(code, ()) for code in wanted], [sectors.get(code, ()) for code in done])
    relation[ours.astype("U1")[:, None] == theirs.astype("U1")[None, :]] = scale.same_domain
    relation[shared.block(slice(0, len(wanted))) > 0] = scale.shared_sector
    relation[ours.astype("U3")[:, None] == theirs.astype("U3")[None, :]] = scale.same_family
    relation[ours[:, None] == theirs[None, :]] = scale.same_code
    return relation
