"""From rows to kernel profiles.

Who waits, who is ready, what was decided about pairs, with a fingerprint of each.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES, Bar
from traboule.apps.pairing.models import Proposal
from traboule.apps.pairing.queries.decisions import BrokenLock, Pair, decisions, usable_locks
from traboule.apps.people.enums import MenteeState, MentorState
from traboule.apps.people.models import Person
from traboule.kernel.matching.profiles import Mentee, Mentor, Point
from traboule.kernel.matching.rules import DEFAULT_RULES, Rules, rules_from_mapping
from traboule.reference.occupations import sectors as reference_sectors


@dataclass(frozen=True)
class Pools:
    """Everything a run may know: nothing here is a name, and nothing here is an ORM object."""

    branch_id: int
    as_of: date
    rules: Rules
    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    locks: tuple[Pair, ...]
    bars: Mapping[Pair, Bar]
    broken_locks: tuple[BrokenLock, ...] = ()

    @cached_property
    def fingerprints(self) -> dict[str, dict[str, str]]:
        """Person id → digest, by side; and one digest for the rules and for the decisions about pairs."""
        decided = sorted([*self.locks, *((*pair, bar.value) for pair, bar in self.bars.items())])
        return {
            "mentees": {person.id: fingerprint(person) for person in self.mentees},
            "mentors": {person.id: fingerprint(person) for person in self.mentors},
            "other": {"rules": self.rules.version, "decisions": _digest(decided)},
        }

    @cached_property
    def inputs_hash(self) -> str:
        return _digest([self.as_of.isoformat(), self.fingerprints])

    @cached_property
    def mentee_of(self) -> dict[str, Mentee]:
        return {person.id: person for person in self.mentees}

    @cached_property
    def mentor_of(self) -> dict[str, Mentor]:
        return {person.id: person for person in self.mentors}

    @property
    def forbids(self) -> tuple[Pair, ...]:
        """Barred pairs of people who are both in the pools, as the kernel wants them."""
        return tuple(pair for pair in self.bars if pair[0] in self.mentee_of and pair[1] in self.mentor_of)

    @property
    def places(self) -> int:
        return sum(person.capacity for person in self.mentors)


def build_profiles(branch: Branch, as_of: date) -> Pools:
    """The pools of `branch` as kernel profiles, in a fixed number of queries.

    Mentees who have an open proposal or an open duo are not in the pool; a mentor stays, with the places
    left, so that "all places taken" can be said of her.
    """
    rules = rules_of(branch)
    mentees = tuple(mentee_profile(person) for person in waiting_mentees(branch))
    mentors = tuple(mentor_profile(person) for person in ready_mentors(branch))
    bars, locks = decisions(branch)
    held, broken = usable_locks(locks, mentees, mentors, rules, as_of)
    return Pools(branch.pk, as_of, rules, mentees, mentors, held, bars, broken)


def rules_of(branch: Branch) -> Rules:
    """The branch's own rules, else the defaults. Raises RulesError for a file that no longer reads."""
    return rules_from_mapping(branch.rules) if branch.rules else DEFAULT_RULES


def sectors() -> Mapping[str, frozenset[str]]:
    """ROME code → sectors, from the reference data."""
    return reference_sectors()


def fingerprint(person: Mentee | Mentor) -> str:
    """A digest that changes when anything changes that a run reads of this person."""
    return _digest(
        {entry.name: getattr(person, entry.name) for entry in fields(person) if entry.name != "groups"}
    )


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=_plain, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Point):
        return [value.lat, value.lon, value.estimated]
    raise TypeError(type(value).__name__)


def waiting_mentees(branch: Branch) -> QuerySet[Person]:
    """Mentees of the pool without an open proposal, longest waiting first."""
    proposed = Proposal.everywhere.filter(mentee=OuterRef("pk"), state__in=OPEN_PROPOSAL_STATES)
    together = Duo.everywhere.filter(mentee=OuterRef("pk"), state__in=OPEN_DUO_STATES)
    rows = Person.everywhere.filter(branch=branch, archived_at=None, mentee__state=MenteeState.POOL)
    rows = rows.filter(~Exists(proposed), ~Exists(together))
    return rows.select_related("mentee").prefetch_related(*_WITH).order_by("mentee__waiting_since", "pk")


def ready_mentors(branch: Branch) -> QuerySet[Person]:
    """Mentors of the pool, also those whose places are all taken; `taken` counts the places taken."""
    rows = Person.everywhere.filter(branch=branch, archived_at=None, mentor__state=MentorState.POOL)
    rows = rows.select_related("mentor").prefetch_related(*_WITH)
    return rows.annotate(taken=Count("places_taken")).order_by("pk")


_WITH = ("languages", "avoids")


def mentee_profile(person: Person) -> Mentee:
    """What the kernel may know of a mentee."""
    profile = person.mentee
    return Mentee(
        **_common(person),
        occupations=tuple(profile.occupations),
        needs=frozenset(profile.needs),
        waiting_since=profile.waiting_since,
        can_wait_until=profile.can_wait_until,
        groups=tuple(sorted((str(key), str(value)) for key, value in profile.groups.items())),
    )


def mentor_profile(person: Person, *, places_left: int | None = None) -> Mentor:
    """What the kernel may know of a mentor.

    The places left are capacity less what is `taken`, unless given.
    """
    profile = person.mentor
    if places_left is None:
        places_left = max(0, profile.capacity - int(getattr(person, "taken", 0)))
    return Mentor(
        **_common(person),
        occupations=tuple(profile.occupations),
        capacity=places_left,
        years_experience=profile.years_experience,
        generalist=profile.generalist,
        strengths=frozenset(profile.strengths),
        available_from=profile.available_from,
        available_until=profile.available_until,
        trained=profile.trained_on is not None,
    )


def _common(person: Person) -> dict[str, Any]:
    point = None
    if person.latitude is not None and person.longitude is not None:
        point = Point(person.latitude, person.longitude, person.place_estimated)
    return {
        "id": str(person.pk),
        "point": point,
        "languages": tuple(sorted((spoken.code, spoken.level) for spoken in person.languages.all())),
        "slots": person.slots,
        "branch": str(person.branch_id),
        "max_km": person.max_km,
        "online": person.online,
        "interests": frozenset(person.interests),
        "dislikes": frozenset(person.dislikes),
        "way": person.way,
        "gender": person.gender or None,
        "gender_wish": person.gender_wish or None,
        "avoid": frozenset(str(avoided.other_id) for avoided in person.avoids.all()),
    }
