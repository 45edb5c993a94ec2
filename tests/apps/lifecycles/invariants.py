"""What is true after every step, looked up in the tables; docs/reference/lifecycles.md lists the names."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.enums_judging import Outcome, Reason
from traboule.apps.applications.models import Application, Decision, Talk
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.messages.models import Message
from traboule.apps.pairing.models import Proposal
from traboule.apps.people.models import MenteeProfile, MentorProfile
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.models import AuditEntry
from traboule.kernel.lifecycle import APPLICATION, DUO, PROPOSAL

OPEN = ("proposed", "mentee_said_yes")
Check = Callable[[Branch], Iterator[str]]
CHECKS: dict[str, Check] = {}
WATCHED: tuple[Any, ...] = (
    Proposal,
    Duo,
    MentorPlace,
    MenteeProfile,
    MentorProfile,
    Application,
    Talk,
    Decision,
    OpenStep,
    Message,
)


def check(do: Check) -> Check:
    CHECKS[do.__name__] = do
    return do


def broken(branch: Branch) -> list[str]:
    """Every invariant that does not hold now, with what contradicts it."""
    return [f"{name}: {flaw}" for name, do in CHECKS.items() for flaw in do(branch)]


def fingerprint() -> tuple[Any, ...]:
    """All rows that a refused act could have touched, and how many things are written in the log."""
    rows = tuple(tuple(model.everywhere.order_by("pk").values_list()) for model in WATCHED)
    return rows, AuditEntry.objects.count()


def decision_words(outcome: str, days: int, why: int, today: date) -> dict[str, Any]:
    """A decision with its reason and date, some of them wrong on purpose."""
    reason = "" if outcome == Outcome.ACCEPTED and why % 4 else list(Reason)[why % len(Reason)]
    until = today + timedelta(days=30 * days) if outcome == Outcome.DEFERRED and days else None
    return {"outcome": Outcome(outcome), "reason": str(reason), "until": until}


@check
def states_are_of_the_table(branch: Branch) -> Iterator[str]:
    for table, model in ((PROPOSAL, Proposal), (DUO, Duo), (APPLICATION, Application)):
        for state in model.everywhere.values_list("state", flat=True):
            if state not in table.states:
                yield f"{table.name} {state}"


@check
def a_mentee_has_at_most_one_open_duo(branch: Branch) -> Iterator[str]:
    found = Counter(Duo.everywhere.exclude(state="closed").values_list("mentee_id", flat=True))
    yield from (f"mentee {pk}: {number}" for pk, number in found.items() if number > 1)


@check
def a_mentee_has_at_most_one_open_proposal(branch: Branch) -> Iterator[str]:
    rows = Proposal.everywhere.filter(state__in=OPEN)
    found = Counter(rows.values_list("mentee_id", flat=True))
    yield from (f"mentee {pk}: {number}" for pk, number in found.items() if number > 1)


@check
def nobody_is_proposed_while_in_a_duo(branch: Branch) -> Iterator[str]:
    asked = set(Proposal.everywhere.filter(state__in=OPEN).values_list("mentee_id", flat=True))
    together = set(Duo.everywhere.exclude(state="closed").values_list("mentee_id", flat=True))
    yield from (f"mentee {pk}" for pk in asked & together)


@check
def no_mentor_has_more_duos_and_proposals_than_places(branch: Branch) -> Iterator[str]:
    open_duos = Duo.everywhere.exclude(state="closed").values_list("mentor_id", flat=True)
    asked = Proposal.everywhere.filter(state__in=OPEN)
    taken = Counter([*open_duos, *asked.values_list("mentor_id", flat=True)])
    for profile in MentorProfile.everywhere.filter(person__branch=branch):
        if taken[profile.person_id] > profile.capacity:
            yield f"mentor {profile.person_id}: {taken[profile.person_id]} of {profile.capacity}"


@check
def each_place_is_held_by_exactly_one_open_thing(branch: Branch) -> Iterator[str]:
    held = Counter(Duo.everywhere.exclude(place=None).values_list("place_id", flat=True))
    held += Counter(Proposal.everywhere.exclude(place=None).values_list("place_id", flat=True))
    places = set(MentorPlace.everywhere.values_list("pk", flat=True))
    yield from (f"place {pk} held {held[pk]} times" for pk in places | set(held) if held[pk] != 1)


@check
def what_is_open_holds_a_place_and_what_has_ended_none(branch: Branch) -> Iterator[str]:
    for duo in Duo.everywhere.all():
        if (duo.place_id is None) != (duo.state == "closed"):
            yield f"duo {duo.pk} {duo.state}"
    for row in Proposal.everywhere.all():
        if (row.place_id is not None) != (row.state in OPEN):
            yield f"proposal {row.pk} {row.state}"


@check
def a_mentee_is_matched_exactly_while_in_a_duo(branch: Branch) -> Iterator[str]:
    together = set(Duo.everywhere.exclude(state="closed").values_list("mentee_id", flat=True))
    for profile in MenteeProfile.everywhere.filter(person__branch=branch):
        if (profile.state == "matched") != (profile.person_id in together):
            yield f"mentee {profile.person_id} {profile.state}"


@check
def a_duo_has_two_yeses_and_one_proposal(branch: Branch) -> Iterator[str]:
    for row in Proposal.everywhere.select_related("duo"):
        two = (row.mentee_answer, row.mentor_answer) == ("yes", "yes")
        if (row.duo is not None) != (row.state == "accepted") or (row.state == "accepted") != two:
            yield f"proposal {row.pk} {row.state} {row.mentee_answer}/{row.mentor_answer}"
        if row.duo and (row.duo.mentor_id, row.duo.mentee_id) != (row.mentor_id, row.mentee_id):
            yield f"proposal {row.pk}: another duo"
    if Duo.everywhere.filter(proposal=None).exists():
        yield "a duo without a proposal"


@check
def a_human_stands_behind_each_decision(branch: Branch) -> Iterator[str]:
    verbs = (
        "duo.started",
        "duo.closed",
        "place.taken",
        "proposal.made",
        "decision.made",
        "decision.approved",
    )
    rows = AuditEntry.objects.filter(verb__in=verbs).exclude(actor_kind="login")
    yield from (f"{verb} by a machine" for verb in rows.values_list("verb", flat=True))


@check
def a_no_says_why_and_a_yes_does_not(branch: Branch) -> Iterator[str]:
    for row in Proposal.everywhere.all():
        if (row.state == "declined") != bool(row.decline_reason):
            yield f"proposal {row.pk} {row.state} {row.decline_reason}"


@check
def dates_are_in_order(branch: Branch) -> Iterator[str]:
    for duo in Duo.everywhere.all():
        days = [day for day in (duo.started_on, duo.paused_on, duo.closed_on) if day]
        if days[0] != min(days) or duo.ends_on < duo.started_on:
            yield f"duo {duo.pk}: {days}"


@check
def the_state_of_a_duo_says_pause_and_end(branch: Branch) -> Iterator[str]:
    for duo in Duo.everywhere.all():
        if (duo.paused_on is not None) != (duo.state == "paused"):
            yield f"duo {duo.pk} {duo.state} paused {duo.paused_on}"
        if (duo.closed_on is not None and bool(duo.close_reason)) != (duo.state == "closed"):
            yield f"duo {duo.pk} {duo.state} closed {duo.closed_on}"


@check
def at_most_one_decision_stands_and_it_says_the_state(branch: Branch) -> Iterator[str]:
    stands = Counter(
        Decision.everywhere.filter(state__in=["proposed", "made"]).values_list("application_id", flat=True)
    )
    yield from (f"application {pk}: {number} decisions" for pk, number in stands.items() if number > 1)
    decided = (ApplicationState.ACCEPTED, ApplicationState.DEFERRED, ApplicationState.REFUSED)
    for row in Decision.everywhere.filter(state="made").select_related("application"):
        if row.application.state in decided and row.application.state != row.outcome:
            yield f"application {row.application_id} {row.application.state} but {row.outcome}"


@check
def at_most_one_talk_is_planned(branch: Branch) -> Iterator[str]:
    planned = Counter(Talk.everywhere.filter(state="planned").values_list("application_id", flat=True))
    yield from (f"application {pk}: {number} talks" for pk, number in planned.items() if number > 1)


def broken_log(branch: Branch) -> audit.Broken | None:
    """Asked once, at the end of a life: the chain holds every earlier moment."""
    return audit.check_chain(branch.pk)
