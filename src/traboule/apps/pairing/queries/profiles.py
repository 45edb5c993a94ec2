"""From rows to kernel profiles.

Who waits, who is ready, what was decided about pairs, with a fingerprint of each.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES, Bar
from traboule.apps.pairing.models import MatchRun, Proposal, RunMentee, RunOption
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
    """The pools of `branch` as kernel profiles, in five queries however many people there are.

    Mentees who have an open proposal or an open duo are not in the pool; a mentor stays, with the places
    left, so that "all places taken" can be said of her.
    """
    return pools_of(branch, as_of, people_at_hand(branch), decisions(branch))


def pools_of(
    branch: Branch, as_of: date, people: Iterable[Person], decided: tuple[dict[Pair, Bar], tuple[Pair, ...]]
) -> Pools:
    """The pools among `people` (as `people_at_hand` reads them), longest waiting first."""
    kept = list(people)
    waiting = sorted((person for person in kept if waits(person)), key=waiting_order)
    mentees = tuple(mentee_profile(person) for person in waiting)
    mentors = tuple(mentor_profile(person) for person in kept if is_ready(person))
    rules = rules_of(branch)
    bars, locks = decided
    held, broken = usable_locks(locks, mentees, mentors, rules, as_of)
    return Pools(branch.pk, as_of, rules, mentees, mentors, held, bars, broken)


def people_at_hand(branch: Branch, run: MatchRun | None = None) -> list[Person]:
    """Everybody in the pools of `branch`, and everybody whom `run` showed, in three queries, by id.

    Each comes with what `as_known` adds.
    """
    in_pool = Q(mentee__state=MenteeState.POOL) | Q(mentor__state=MentorState.POOL)
    wanted = in_pool & Q(archived_at=None)
    if run is not None:
        shown = RunOption.everywhere.filter(run=run).values("mentor")
        wanted |= Q(pk__in=RunMentee.everywhere.filter(run=run).values("mentee")) | Q(pk__in=shown)
    return list(as_known(Person.everywhere.filter(wanted, branch=branch)).order_by("pk"))


def as_known(rows: QuerySet[Person]) -> QuerySet[Person]:
    """`rows` with profiles, languages and avoids loaded, `taken` (places taken) and `engaged`.

    A mentee is engaged in an open proposal or duo.
    """
    proposed = Proposal.everywhere.filter(mentee=OuterRef("pk"), state__in=OPEN_PROPOSAL_STATES)
    together = Duo.everywhere.filter(mentee=OuterRef("pk"), state__in=OPEN_DUO_STATES)
    places = MentorPlace.everywhere.filter(mentor=OuterRef("pk")).order_by().values("mentor")
    known = rows.select_related("mentor", "mentee").annotate(
        engaged=Exists(proposed) | Exists(together),
        taken=Coalesce(Subquery(places.annotate(n=Count("pk")).values("n")), 0),
    )
    return known.prefetch_related("languages", "avoids")


def waits(person: Person) -> bool:
    """In the pool as a mentee, and free."""
    mentee = getattr(person, "mentee", None)
    in_pool = mentee is not None and mentee.state == MenteeState.POOL and person.archived_at is None
    return in_pool and not getattr(person, "engaged", False)


def is_ready(person: Person) -> bool:
    """In the pool as a mentor, also with all places taken."""
    mentor = getattr(person, "mentor", None)
    return mentor is not None and mentor.state == MentorState.POOL and person.archived_at is None


def waiting_order(person: Person) -> tuple[bool, date, int]:
    """Whose mentor changed first, then the longest wait; the id settles a tie."""
    mentee = person.mentee
    return mentee.comes_first_since is None, mentee.waiting_since or date.max, person.pk


def rules_of(branch: Branch) -> Rules:
    """The branch's own rules, else the defaults. Raises RulesError for a file that no longer reads."""
    return rules_from_mapping(branch.rules) if branch.rules else DEFAULT_RULES


def sectors() -> Mapping[str, frozenset[str]]:
    """ROME code → sectors, from the reference data."""
    return reference_sectors()


def fingerprint(person: Mentee | Mentor) -> str:
    """A digest that changes when anything changes that a run reads of this person."""
    return _digest(
        {
            entry.name: value
            for entry in fields(person)
            # `comes_first` speaks only when it is so: runs that were stored before it existed still hold.
            if entry.name != "groups"
            and ((value := getattr(person, entry.name)) or entry.name != "comes_first")
        }
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
        comes_first=profile.comes_first_since is not None,
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
