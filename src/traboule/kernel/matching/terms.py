"""The ten terms for one pair, readable, with the facts behind each; `points.py` does the same for thousands.

A term is worth 0 to its weight, and never falls when its input improves. A missing answer is neutral (half of
what it could bring) and flagged. Minutes of travel are not known here: the term rests on the straight line.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from traboule.kernel.matching._arrays import metres_between, steps
from traboule.kernel.matching.eligibility import DAYS, days_covered
from traboule.kernel.matching.profiles import LEVELS, WAYS, Mentee, Mentor, WayOfWorking, slot_codes
from traboule.kernel.matching.rules import TERMS, THOUSAND, OccupationScale, Rules

Sectors: TypeAlias = Mapping[str, Collection[str]]  # ROME code → NAF sectors in which it is practised
Fact: TypeAlias = int | float | str | bool | tuple[str, ...]
Facts: TypeAlias = tuple[tuple[str, Fact], ...]

HALF = THOUSAND // 2
SHARED_LADDER = (0, 600, 850, 1000)  # per mille for 0, 1, 2, 3 or more in common: the first counts most
DISLIKE_STEP = 250  # per mille for a shared dislike; taken off when one dislikes what the other loves
WAY_STEPS = 4  # furthest apart on a scale from 1 to 5


@dataclass(frozen=True, slots=True)
class Term:
    """One named part of the points, in thousandths, and what it rests on; `unknown`: an answer is missing."""

    code: str
    points: int
    out_of: int
    unknown: bool
    facts: Facts


Share: TypeAlias = tuple[int, int, bool, Facts]  # numerator, denominator, unknown, facts


@dataclass(frozen=True, slots=True)
class _Context:
    rules: Rules
    as_of: date
    sectors: Sectors


def terms_of(mentee: Mentee, mentor: Mentor, rules: Rules, as_of: date, sectors: Sectors) -> tuple[Term, ...]:
    """The ten terms of a pair in the order of TERMS; their points sum exactly to the pair's points."""
    context = _Context(rules, as_of, sectors)
    found = []
    for code in TERMS:
        weight = getattr(rules.weights, code)
        numerator, denominator, unknown, facts = _SHARES[code](mentee, mentor, context)
        found.append(Term(code, weight * numerator // denominator, weight, unknown, facts))
    return tuple(found)


def relation_of(one: str, other: str, sectors: Sectors) -> str:
    """How two ROME codes relate: one letter is the domain, three characters the family (ROME 4.0)."""
    if one == other:
        return "same_code"
    if one[:3] == other[:3]:
        return "same_family"
    if not frozenset(sectors.get(one, ())).isdisjoint(sectors.get(other, ())):
        return "shared_sector"
    return "same_domain" if one[:1] == other[:1] else "other"


def _closest(mentee: Mentee, mentor: Mentor, context: _Context) -> tuple[int, bool, Facts]:
    """Closeness per mille, whether it is unknown, and the facts."""
    scale: OccupationScale = context.rules.occupation
    if not mentee.occupations:
        relation = "no_plan_generalist" if mentor.generalist else "no_plan_other"
        return getattr(scale, relation), False, (("relation", relation),)
    if not mentor.occupations and not mentor.generalist:
        return HALF, True, (("relation", "unknown"),)
    best = scale.generalist if mentor.generalist else -1
    facts: Facts = (("relation", "generalist"),)
    for wanted in mentee.occupations:
        for done in mentor.occupations:
            relation = relation_of(wanted, done, context.sectors)
            if getattr(scale, relation) > best:
                best = getattr(scale, relation)
                facts = (("relation", relation), ("mentee_occupation", wanted), ("mentor_occupation", done))
    return best, False, facts


def _occupation(mentee: Mentee, mentor: Mentor, context: _Context) -> Share:
    """Best path over both lists; duos are matched on sector first (OECD Youth Policy Toolkit)."""
    closeness, unknown, facts = _closest(mentee, mentor, context)
    return closeness, THOUSAND, unknown, facts


def year_tenths(mentor: Mentor, full_years: int) -> int:
    """Years of experience in tenths up to the full scale; half the scale when not stated."""
    if mentor.years_experience is None:
        return full_years * 10 // 2
    return min(round(min(mentor.years_experience, 1e6) * 10), full_years * 10)


def _seniority(mentee: Mentee, mentor: Mentor, context: _Context) -> Share:
    """Years of experience as far as the path carries them; half of the scale when not stated."""
    # Only through the path: years in a distant trade earn nothing, so nobody gains a point by age alone.
    closeness, path_unknown, facts = _closest(mentee, mentor, context)
    full = context.rules.limits.seniority_full_years
    unknown = mentor.years_experience is None
    years: Facts = () if mentor.years_experience is None else (("years", mentor.years_experience),)
    numerator = year_tenths(mentor, full) * closeness
    return numerator, full * 10 * THOUSAND, unknown or path_unknown, (*years, facts[0])


def _languages(mentee: Mentee, mentor: Mentor, context: _Context) -> Share:
    """Levels and languages shared beyond the minimum (OECD: spoken languages)."""
    limits = context.rules.limits
    ours = steps(mentee.languages, limits.min_level_mentee)
    theirs = steps(mentor.languages, limits.min_level_mentor)
    shared = {code: min(step, theirs[code]) for code, step in ours.items() if code in theirs}
    surplus = max(0, sum(shared.values()) - 1)  # the first step is the hard limit
    spoken = {code: (dict(mentee.languages)[code], dict(mentor.languages)[code]) for code in shared}
    ranked = sorted(spoken, key=lambda code: (-min(spoken[code]), code))
    facts = tuple(f"{code}:{LEVELS[spoken[code][0] - 1]}:{LEVELS[spoken[code][1] - 1]}" for code in ranked)
    full = limits.languages_full_steps
    return min(surplus, full), full, False, (("shared", facts), ("count", len(facts)))


def _interests(mentee: Mentee, mentor: Mentor, _context: _Context) -> Share:
    """Interests in common (OECD; weak alone: surface similarity, Eby et al. 2013)."""
    if not (mentee.interests and mentor.interests):
        return HALF, THOUSAND, True, ()
    shared = tuple(sorted(mentee.interests & mentor.interests))
    share = SHARED_LADDER[min(len(shared), len(SHARED_LADDER) - 1)]
    return share, THOUSAND, False, (("shared", shared), ("count", len(shared)))


def _dislikes(mentee: Mentee, mentor: Mentor, _context: _Context) -> Share:
    """Shared dislikes predict longer matches better than shared interests (Raposa et al.)."""
    shared = tuple(sorted(mentee.dislikes & mentor.dislikes))
    clashes = tuple(sorted((mentee.dislikes & mentor.interests) | (mentor.dislikes & mentee.interests)))
    count = len(mentee.dislikes & mentor.interests) + len(mentor.dislikes & mentee.interests)
    share = max(0, min(THOUSAND, HALF + DISLIKE_STEP * (len(shared) - count)))
    unknown = not (mentee.dislikes and mentor.dislikes)
    return share, THOUSAND, unknown, (("shared", shared), ("clashes", clashes))


def way_gaps(one: WayOfWorking, other: WayOfWorking) -> dict[str, int]:
    """Scale → distance from 0 to 4, for the scales that both answered."""
    return {
        scale: abs(ours - theirs)
        for scale, ours, theirs in zip(WAYS, one, other, strict=True)
        if ours is not None and theirs is not None
    }


def _way_of_working(mentee: Mentee, mentor: Mentor, _context: _Context) -> Share:
    """Deep similarity is the strongest antecedent of a good relation (Eby et al. 2013)."""
    gaps = way_gaps(mentee.way, mentor.way)
    silent = len(WAYS) - len(gaps)
    near = sum(WAY_STEPS - gap for gap in gaps.values()) + silent * (WAY_STEPS // 2)
    return near, WAY_STEPS * len(WAYS), not gaps, (*gaps.items(), ("answered", len(gaps)))


def _needs(mentee: Mentee, mentor: Mentor, _context: _Context) -> Share:
    """Share of the needs that the mentor is strong in: what the duo will work on."""
    if not (mentee.needs and mentor.strengths):
        return HALF, THOUSAND, True, ()
    covered = tuple(sorted(mentee.needs & mentor.strengths))
    open_ones = tuple(sorted(mentee.needs - mentor.strengths))
    return len(covered), len(mentee.needs), False, (("covered", covered), ("uncovered", open_ones))


def _travel(mentee: Mentee, mentor: Mentor, context: _Context) -> Share:
    """Most early endings come from the side of the mentor: time and moves (STAR)."""
    zero = context.rules.limits.travel_zero_km * 1000
    online = mentee.online and mentor.online
    if mentee.point is None or mentor.point is None:
        return HALF, THOUSAND, True, (("online", online),)
    metres = metres_between(mentee.point, mentor.point)
    near = max(0, zero - metres)
    if online:
        near = max(near, zero // 2)  # a duo that meets online need not travel: never worse than neutral
    estimated = mentee.point.estimated or mentor.point.estimated
    return near, zero, False, (("metres", metres), ("estimated", estimated), ("online", online))


def _slots(mentee: Mentee, mentor: Mentor, context: _Context) -> Share:
    """Weekly slots in common: room to move a meeting (early endings over time, STAR)."""
    shared = mentee.slots & mentor.slots
    count, full = shared.bit_count(), context.rules.limits.slots_full_count
    return min(count, full), full, False, (("shared", slot_codes(shared)), ("count", count))


def horizon_share(mentor: Mentor, as_of: date) -> tuple[int, int]:
    """Numerator and denominator of the stated share of 26 weeks; an unstated end is neutral."""
    return days_covered(mentor, as_of), DAYS * (2 if mentor.available_until is None else 1)


def _horizon(_mentee: Mentee, mentor: Mentor, context: _Context) -> Share:
    """Share of 26 weeks for which the mentor says to be there (early endings, STAR)."""
    days, denominator = horizon_share(mentor, context.as_of)
    unknown = mentor.available_until is None
    return days, denominator, unknown, (("days", days), ("weeks", days // 7))


_SHARES: dict[str, Callable[[Mentee, Mentor, _Context], Share]] = {
    "occupation": _occupation,
    "seniority": _seniority,
    "languages": _languages,
    "interests": _interests,
    "dislikes": _dislikes,
    "way_of_working": _way_of_working,
    "needs": _needs,
    "travel": _travel,
    "slots": _slots,
    "horizon": _horizon,
}
