"""A branch as it is now, read once for a page: people, pools, decisions, and who took what meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Q

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import MentorPlace
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES, ProposalState
from traboule.apps.pairing.models import MatchRun, PairRule, Proposal
from traboule.apps.pairing.queries.decisions import decisions
from traboule.apps.pairing.queries.profiles import Pools, is_ready, people_at_hand, pools_of, waits
from traboule.apps.pairing.queries.views import MapPlace, PersonLine, RuleView, Taken, person_line
from traboule.apps.people.models import Person


@dataclass
class Present:
    """The branch as it is now."""

    as_of: date
    people: dict[int, Person]
    pools: Pools
    rules: list[PairRule]
    proposals: list[Proposal]
    places: list[MentorPlace]

    @cached_property
    def _lines(self) -> dict[int, PersonLine]:
        return {}

    def line(self, person_id: int) -> PersonLine:
        if person_id not in self._lines:
            self._lines[person_id] = person_line(self.people[person_id], self.as_of)
        return self._lines[person_id]

    def known(self, person_id: int | None) -> PersonLine | None:
        return None if person_id is None or person_id not in self.people else self.line(person_id)

    @cached_property
    def open_proposal_of(self) -> dict[int, Proposal]:
        return {row.mentee_id: row for row in self.proposals if row.state in OPEN_PROPOSAL_STATES}

    @cached_property
    def rules_of_mentee(self) -> dict[int, tuple[RuleView, ...]]:
        found: dict[int, list[RuleView]] = {}
        for rule in self.rule_views:
            found.setdefault(rule.mentee.id, []).append(rule)
        return {mentee: tuple(rules) for mentee, rules in found.items()}

    @cached_property
    def taken_by(self) -> dict[int, Taken]:
        """Mentor → who took her latest place."""
        return {place.mentor_id: Taken(str(place.taken_by), place.taken_at) for place in self.places}

    @cached_property
    def rule_views(self) -> tuple[RuleView, ...]:
        broken = {(lock.mentee, lock.mentor): lock.limits for lock in self.pools.broken_locks}
        return tuple(
            RuleView(
                id=rule.pk,
                kind=rule.kind,
                mentee=person_line(rule.mentee, self.as_of),
                mentor=person_line(rule.mentor, self.as_of),
                reason=rule.reason,
                by=str(rule.by),
                at=rule.at,
                broken=broken.get((str(rule.mentee_id), str(rule.mentor_id)), ()),
            )
            for rule in self.rules
        )

    def followed(self, run: MatchRun | None) -> frozenset[str]:
        """People about whom the run's own choice was proposed since."""
        if run is None:
            return frozenset()
        own = [row for row in self.proposals if row.run_id == run.pk and _was_chosen(row)]
        return frozenset(str(person) for row in own for person in (row.mentee_id, row.mentor_id))

    def map_places(self) -> tuple[MapPlace, ...]:
        found: dict[str, MapPlace] = {}
        for person in self.people.values():
            mentee, mentor = waits(person), is_ready(person) and str(person.pk) in self._ready_ids
            if person.latitude is None or person.longitude is None or not (mentee or mentor):
                continue
            key = person.commune_code or person.postcode
            place = found.get(key) or MapPlace(
                commune=person.commune_name,
                commune_code=person.commune_code,
                latitude=person.latitude,
                longitude=person.longitude,
                estimated=person.place_estimated,
                mentees=0,
                mentors=0,
            )
            found[key] = replace(
                place, mentees=place.mentees + int(mentee), mentors=place.mentors + int(mentor)
            )
        return tuple(sorted(found.values(), key=lambda place: (place.commune, place.commune_code)))

    @cached_property
    def _ready_ids(self) -> frozenset[str]:
        return frozenset(mentor.id for mentor in self.pools.mentors if mentor.capacity > 0)


def _was_chosen(proposal: Proposal) -> bool:
    """Whether the mentor proposed is the one whom the run chose, by what stood on the screen."""
    return any(
        option["is_chosen"] and option["mentor_id"] == proposal.mentor_id for option in proposal.options_shown
    )


def present(branch: Branch, as_of: date, run: MatchRun | None) -> Present:
    people = people_at_hand(branch, run)
    with_people = ("mentee__mentee", "mentee__mentor", "mentor__mentor", "mentor__mentee", "by")
    rules = PairRule.everywhere.filter(branch=branch).select_related(*with_people).order_by("at", "pk")
    known = {person.pk: person for person in people}
    kept = [_with_people_at_hand(rule, known) for rule in rules]
    proposals = Proposal.everywhere.filter(branch=branch).select_related("proposed_by")
    followed = Q(run=run, state=ProposalState.ACCEPTED) if run is not None else Q(pk__in=[])
    return Present(
        as_of=as_of,
        people=known,
        pools=pools_of(branch, as_of, people, decisions(branch, sorted(kept, key=lambda rule: rule.pk))),
        rules=kept,
        proposals=list(proposals.filter(Q(state__in=OPEN_PROPOSAL_STATES) | followed)),
        places=list(
            MentorPlace.everywhere.filter(mentor__branch=branch)
            .select_related("taken_by")
            .order_by("taken_at", "pk")
        ),
    )


def _with_people_at_hand(rule: PairRule, known: Mapping[int, Person]) -> PairRule:
    """The same rule on the people that are already read, with their languages: no query per rule."""
    rule.mentee = _or_bare(known.get(rule.mentee_id), rule.mentee)
    rule.mentor = _or_bare(known.get(rule.mentor_id), rule.mentor)
    return rule


def _or_bare(person: Person | None, otherwise: Person) -> Person:
    """`person`, or the other with no languages shown: somebody of an old rule who left the table."""
    if person is not None:
        return person
    otherwise._prefetched_objects_cache = {"languages": ()}  # type: ignore[attr-defined]  # Django's own name
    return otherwise
