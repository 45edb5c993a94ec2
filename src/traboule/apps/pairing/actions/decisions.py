"""What a coordinator decides: propose a pair, say that somebody was told, undo while nobody was."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import MenteeAlreadyInDuo, free_place, hold_people, take_place
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.duos.rules import human
from traboule.apps.pairing.actions._shared import local_day, locked, record
from traboule.apps.pairing.actions.errors import (
    AlreadyTold,
    MenteeAlreadyProposed,
    MissingReason,
    NotEligible,
    NotInThePool,
    NotOfThisRun,
)
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES
from traboule.apps.pairing.models import MatchRun, Proposal, RunOption
from traboule.apps.pairing.queries.decisions import MENTEE_NOT_IN_POOL, MENTOR_NOT_IN_POOL, bar_of
from traboule.apps.pairing.queries.profiles import mentee_profile, mentor_profile, rules_of
from traboule.apps.pairing.validators import written_reason
from traboule.apps.people.enums import MenteeState, MentorState, Permission
from traboule.apps.people.models import MenteeProfile, MentorProfile, Person
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.lifecycle import PROPOSAL
from traboule.kernel.matching.eligibility import why_not


@transaction.atomic
def propose(
    *, branch: Branch, mentee: Person, mentor: Person, reason: str, run: MatchRun, by: Actor, now: datetime
) -> Proposal:
    """Suggest one pair, with the coordinator's own written reason; takes a place of the mentor.

    `run` is what stood on the screen: its options for this mentee are stored with the decision, also when
    another mentor is proposed. Raises MissingReason, NotOfThisRun, NotInThePool, MenteeAlreadyInDuo,
    MenteeAlreadyProposed, PlaceTaken, NoCapacity, NotEligible (every limit that fails).
    """
    authorise(by, Permission.PROPOSALS_MAKE, branch.pk)
    login = human(by)
    text = written_reason(reason)
    if text is None:
        raise MissingReason
    if {mentee.branch_id, mentor.branch_id} != {branch.pk}:
        raise NotVisible
    if run.branch_id != branch.pk:
        raise NotOfThisRun
    _refuse_if_not_waiting(mentee, mentor)
    place = take_place(mentor=mentor, by=by, now=now)
    _refuse_if_not_eligible(branch, mentee, mentor, local_day(branch, now))
    proposal = Proposal.everywhere.create(
        branch=branch,
        run=run,
        mentor=mentor,
        mentee=mentee,
        place=place,
        state=PROPOSAL.first,
        reason=text,
        options_shown=_options_shown(run, mentee),
        proposed_by_id=login,
        proposed_at=now,
    )
    facts = {"mentee": mentee.pk, "mentor": mentor.pk, "run": run.pk, "place": place.number}
    record(proposal, "proposal.made", by, now, facts)
    return proposal


@transaction.atomic
def mark_told(*, proposal: Proposal, by: Actor, now: datetime) -> Proposal:
    """One of the two has heard of it.

    From now on it is answered, not undone. Telling twice keeps the first time.
    """
    authorise(by, Permission.PROPOSALS_ANSWER, proposal.branch_id)
    login = human(by)
    proposal = locked(proposal)
    PROPOSAL.after(proposal.state, "undo")  # only what could still be undone can be told
    if proposal.told_at is not None:
        return proposal
    proposal.told_at, proposal.told_by_id = now, login
    proposal.save(update_fields=("told_at", "told_by"))
    record(proposal, "proposal.told", by, now, {})
    return proposal


@transaction.atomic
def undo_proposal(*, proposal: Proposal, by: Actor, now: datetime) -> Proposal:
    """Take the decision back and free the place. Raises AlreadyTold once somebody has heard, IllegalMove."""
    authorise(by, Permission.PROPOSALS_MAKE, proposal.branch_id)
    login = human(by)
    proposal = locked(proposal)
    if proposal.told_at is not None:
        raise AlreadyTold(str(proposal.told_by), proposal.told_at)
    proposal.state = PROPOSAL.after(proposal.state, "undo")
    place, proposal.place = proposal.place, None
    proposal.undone_at, proposal.undone_by_id = now, login
    proposal.save(update_fields=("state", "place", "undone_at", "undone_by"))
    if place is not None:
        free_place(place=place, by=by, now=now)
    record(proposal, "proposal.undone", by, now, {"mentee": proposal.mentee_id, "mentor": proposal.mentor_id})
    return proposal


def _refuse_if_not_waiting(mentee: Person, mentor: Person) -> None:
    """Hold both people and both profiles, the mentor's first; both must be in the pool and not archived."""
    archived = {person.pk for person in hold_people(mentor.pk, mentee.pk) if person.archived_at is not None}
    ready = MentorProfile.everywhere.select_for_update().filter(person=mentor, state=MentorState.POOL)
    waits = MenteeProfile.everywhere.select_for_update().filter(person=mentee, state=MenteeState.POOL)
    missing = []
    if not list(ready) or mentor.pk in archived:
        missing.append(MENTOR_NOT_IN_POOL)
    if not list(waits) or mentee.pk in archived:
        missing.append(MENTEE_NOT_IN_POOL)
    _refuse_if_busy(mentee)  # before "not in the pool": who was faster is the better answer
    if missing:
        raise NotInThePool(missing)


def _refuse_if_busy(mentee: Person) -> None:
    duo = Duo.everywhere.filter(mentee=mentee, state__in=OPEN_DUO_STATES).select_related("started_by").first()
    if duo is not None:
        raise MenteeAlreadyInDuo(str(duo.started_by), duo.started_at)
    rows = Proposal.everywhere.filter(mentee=mentee, state__in=OPEN_PROPOSAL_STATES)
    earlier = rows.select_related("proposed_by").first()
    if earlier is not None:
        raise MenteeAlreadyProposed(str(earlier.proposed_by), earlier.proposed_at, earlier.pk)


def _refuse_if_not_eligible(branch: Branch, mentee: Person, mentor: Person, day: date) -> None:
    """Ask the kernel again about the two as they are now; the place is already held, so it counts as left."""
    rows = Person.everywhere.select_related("mentee", "mentor").prefetch_related("languages", "avoids")
    fresh = {person.pk: person for person in rows.filter(pk__in=[mentee.pk, mentor.pk])}
    mentee_now, mentor_now = mentee_profile(fresh[mentee.pk]), mentor_profile(fresh[mentor.pk], places_left=1)
    codes = [limit.value for limit in why_not(mentee_now, mentor_now, rules_of(branch), day)]
    bar = bar_of(branch, mentee.pk, mentor.pk)
    if bar is not None:
        codes.append(bar.value)
    if codes:
        raise NotEligible(codes)


def _options_shown(run: MatchRun, mentee: Person) -> list[dict[str, Any]]:
    rows = RunOption.everywhere.filter(run=run, mentee=mentee).order_by("rank")
    names = ("mentor_id", "rank", "points", "regret", "duos_lost", "is_chosen", "terms")
    return [dict(row) for row in rows.values(*names)]
