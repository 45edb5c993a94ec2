"""What is true after every step, looked up in the tables; docs/reference/lifecycles.md lists the names."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.enums_judging import Outcome, Reason
from traboule.apps.applications.models import Application, Decision, Talk
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo, DuoRhythm, Meeting, MeetingLog, MentorPlace
from traboule.apps.endings.models import Certificate, ClosingTalk, EndWord, Extension, MentorChoice
from traboule.apps.messages.models import Message
from traboule.apps.pairing.models import Proposal
from traboule.apps.people.models import MenteeProfile, MentorProfile
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.days import local_day
from traboule.core.models import AuditEntry
from traboule.kernel.lifecycle import APPLICATION, DUO, MEETING, PROPOSAL

STATE_OF = {"met": "held", "missed": "missed", "moved": "moved"}
OPEN = ("proposed", "mentee_said_yes")
Check = Callable[[Branch, datetime], Iterator[str]]
CHECKS: dict[str, Check] = {}
WATCHED: tuple[Any, ...] = (
    Proposal,
    Duo,
    MentorPlace,
    DuoRhythm,
    Meeting,
    MeetingLog,
    MenteeProfile,
    MentorProfile,
    Application,
    Talk,
    Decision,
    OpenStep,
    Message,
    Extension,
    EndWord,
    ClosingTalk,
    MentorChoice,
    Certificate,
)


def check(do: Check) -> Check:
    CHECKS[do.__name__] = do
    return do


def broken(branch: Branch, now: datetime) -> list[str]:
    """Every invariant that does not hold now, with what contradicts it."""
    return [f"{name}: {flaw}" for name, do in CHECKS.items() for flaw in do(branch, now)]


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
def states_are_of_the_table(branch: Branch, now: datetime) -> Iterator[str]:
    for table, model in ((PROPOSAL, Proposal), (DUO, Duo), (APPLICATION, Application), (MEETING, Meeting)):
        for state in model.everywhere.values_list("state", flat=True):
            if state not in table.states:
                yield f"{table.name} {state}"


@check
def a_mentee_has_at_most_one_open_duo(branch: Branch, now: datetime) -> Iterator[str]:
    found = Counter(Duo.everywhere.exclude(state="closed").values_list("mentee_id", flat=True))
    yield from (f"mentee {pk}: {number}" for pk, number in found.items() if number > 1)


@check
def a_mentee_has_at_most_one_open_proposal(branch: Branch, now: datetime) -> Iterator[str]:
    rows = Proposal.everywhere.filter(state__in=OPEN)
    found = Counter(rows.values_list("mentee_id", flat=True))
    yield from (f"mentee {pk}: {number}" for pk, number in found.items() if number > 1)


@check
def nobody_is_proposed_while_in_a_duo(branch: Branch, now: datetime) -> Iterator[str]:
    asked = set(Proposal.everywhere.filter(state__in=OPEN).values_list("mentee_id", flat=True))
    together = set(Duo.everywhere.exclude(state="closed").values_list("mentee_id", flat=True))
    yield from (f"mentee {pk}" for pk in asked & together)


@check
def no_mentor_has_more_duos_and_proposals_than_places(branch: Branch, now: datetime) -> Iterator[str]:
    open_duos = Duo.everywhere.exclude(state="closed").values_list("mentor_id", flat=True)
    asked = Proposal.everywhere.filter(state__in=OPEN)
    taken = Counter([*open_duos, *asked.values_list("mentor_id", flat=True)])
    for profile in MentorProfile.everywhere.filter(person__branch=branch):
        if taken[profile.person_id] > profile.capacity:
            yield f"mentor {profile.person_id}: {taken[profile.person_id]} of {profile.capacity}"


@check
def each_place_is_held_by_exactly_one_open_thing(branch: Branch, now: datetime) -> Iterator[str]:
    held = Counter(Duo.everywhere.exclude(place=None).values_list("place_id", flat=True))
    held += Counter(Proposal.everywhere.exclude(place=None).values_list("place_id", flat=True))
    places = set(MentorPlace.everywhere.values_list("pk", flat=True))
    yield from (f"place {pk} held {held[pk]} times" for pk in places | set(held) if held[pk] != 1)


@check
def what_is_open_holds_a_place_and_what_has_ended_none(branch: Branch, now: datetime) -> Iterator[str]:
    for duo in Duo.everywhere.all():
        if (duo.place_id is None) != (duo.state == "closed"):
            yield f"duo {duo.pk} {duo.state}"
    for row in Proposal.everywhere.all():
        if (row.place_id is not None) != (row.state in OPEN):
            yield f"proposal {row.pk} {row.state}"


@check
def a_mentee_is_matched_exactly_while_in_a_duo(branch: Branch, now: datetime) -> Iterator[str]:
    together = set(Duo.everywhere.exclude(state="closed").values_list("mentee_id", flat=True))
    for profile in MenteeProfile.everywhere.filter(person__branch=branch):
        if (profile.state == "matched") != (profile.person_id in together):
            yield f"mentee {profile.person_id} {profile.state}"


@check
def a_duo_has_two_yeses_and_one_proposal(branch: Branch, now: datetime) -> Iterator[str]:
    for row in Proposal.everywhere.select_related("duo"):
        two = (row.mentee_answer, row.mentor_answer) == ("yes", "yes")
        if (row.duo is not None) != (row.state == "accepted") or (row.state == "accepted") != two:
            yield f"proposal {row.pk} {row.state} {row.mentee_answer}/{row.mentor_answer}"
        if row.duo and (row.duo.mentor_id, row.duo.mentee_id) != (row.mentor_id, row.mentee_id):
            yield f"proposal {row.pk}: another duo"
    if Duo.everywhere.filter(proposal=None).exists():
        yield "a duo without a proposal"


@check
def a_human_stands_behind_each_decision(branch: Branch, now: datetime) -> Iterator[str]:
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
def a_no_says_why_and_a_yes_does_not(branch: Branch, now: datetime) -> Iterator[str]:
    for row in Proposal.everywhere.all():
        if (row.state == "declined") != bool(row.decline_reason):
            yield f"proposal {row.pk} {row.state} {row.decline_reason}"


@check
def dates_are_in_order(branch: Branch, now: datetime) -> Iterator[str]:
    for duo in Duo.everywhere.all():
        days = [day for day in (duo.started_on, duo.paused_on, duo.closed_on) if day]
        if days[0] != min(days) or duo.ends_on < duo.started_on:
            yield f"duo {duo.pk}: {days}"


@check
def the_state_of_a_duo_says_pause_and_end(branch: Branch, now: datetime) -> Iterator[str]:
    for duo in Duo.everywhere.all():
        if (duo.paused_on is not None) != (duo.state == "paused"):
            yield f"duo {duo.pk} {duo.state} paused {duo.paused_on}"
        if (duo.closed_on is not None and bool(duo.close_reason)) != (duo.state == "closed"):
            yield f"duo {duo.pk} {duo.state} closed {duo.closed_on}"


@check
def at_most_one_decision_stands_and_it_says_the_state(branch: Branch, now: datetime) -> Iterator[str]:
    stands = Counter(
        Decision.everywhere.filter(state__in=["proposed", "made"]).values_list("application_id", flat=True)
    )
    yield from (f"application {pk}: {number} decisions" for pk, number in stands.items() if number > 1)
    decided = (ApplicationState.ACCEPTED, ApplicationState.DEFERRED, ApplicationState.REFUSED)
    for row in Decision.everywhere.filter(state="made").select_related("application"):
        if row.application.state in decided and row.application.state != row.outcome:
            yield f"application {row.application_id} {row.application.state} but {row.outcome}"


@check
def at_most_one_talk_is_planned(branch: Branch, now: datetime) -> Iterator[str]:
    planned = Counter(Talk.everywhere.filter(state="planned").values_list("application_id", flat=True))
    yield from (f"application {pk}: {number} talks" for pk, number in planned.items() if number > 1)


@check
def a_meeting_has_at_most_one_word_of_each_side(branch: Branch, now: datetime) -> Iterator[str]:
    said = Counter(MeetingLog.everywhere.filter(replaced_at=None).values_list("meeting_id", "side"))
    yield from (f"meeting {pk}: {side} {number} times" for (pk, side), number in said.items() if number > 1)


@check
def what_counts_of_a_meeting_is_what_was_said_or_settled(branch: Branch, now: datetime) -> Iterator[str]:
    for meeting in Meeting.everywhere.exclude(agreement="settled").prefetch_related("logs"):
        words = {log.side: log for log in meeting.logs.all() if log.replaced_at is None}
        outcomes = {log.outcome for log in words.values()}
        least = min((log.minutes for log in words.values() if log.minutes is not None), default=None)
        counts = STATE_OF[min(outcomes)] if len(outcomes) == 1 else "planned"
        if words and counts != meeting.state:
            yield f"meeting {meeting.pk} {meeting.state}, said {sorted(outcomes)}"
        if meeting.state == "held" and meeting.met_minutes != least:
            yield f"meeting {meeting.pk}: {meeting.met_minutes} minutes, said {least}"


@check
def no_meeting_counts_before_the_start_or_after_the_end(branch: Branch, now: datetime) -> Iterator[str]:
    for meeting in Meeting.everywhere.filter(state="held").select_related("duo__branch"):
        day = local_day(meeting.planned_at, meeting.duo.branch.timezone)
        if day < meeting.duo.started_on:
            yield f"meeting {meeting.pk} on {day}, the duo began {meeting.duo.started_on}"


@check
def no_duo_that_rests_has_a_meeting_ahead(branch: Branch, now: datetime) -> Iterator[str]:
    ahead = Meeting.everywhere.filter(state="planned", planned_at__gt=now, logs=None)
    for meeting in ahead.exclude(duo__state="active").select_related("duo"):
        yield f"meeting {meeting.pk} ahead in a {meeting.duo.state} duo"


@check
def a_moved_meeting_leads_to_one_other_of_the_same_duo(branch: Branch, now: datetime) -> Iterator[str]:
    for meeting in Meeting.everywhere.exclude(moved_to=None).select_related("moved_to"):
        onward = meeting.moved_to.duo_id == meeting.duo_id and meeting.moved_to_id > meeting.pk
        if meeting.state != "moved" or not onward:
            yield f"meeting {meeting.pk} {meeting.state} to {meeting.moved_to_id}"


@check
def a_week_of_the_rhythm_is_filled_once(branch: Branch, now: datetime) -> Iterator[str]:
    rows = Meeting.everywhere.exclude(slot_week=None).values_list("duo_id", "slot_week")
    yield from (f"duo {duo}, week of {week}" for (duo, week), number in Counter(rows).items() if number > 1)


@check
def an_agreed_extension_has_two_yeses_and_moved_the_end(branch: Branch, now: datetime) -> Iterator[str]:
    for row in Extension.everywhere.filter(state="agreed").select_related("duo"):
        if not (row.mentee_says and row.mentor_says) or row.duo.ends_on < row.new_end:
            yield f"extension {row.pk}: {row.mentee_says}/{row.mentor_says}, ends {row.duo.ends_on}"


@check
def only_a_running_duo_is_asked_to_go_on_and_once_at_a_time(branch: Branch, now: datetime) -> Iterator[str]:
    asked = list(Extension.everywhere.filter(state="asked").select_related("duo"))
    yield from (f"duo {row.duo_id} is closed" for row in asked if row.duo.state == "closed")
    found = Counter(row.duo_id for row in asked)
    yield from (f"duo {pk} asked {number} times" for pk, number in found.items() if number > 1)


@check
def why_it_ended_is_said_once_a_side_and_after_the_end(branch: Branch, now: datetime) -> Iterator[str]:
    for row in EndWord.everywhere.select_related("duo"):
        theirs = row.duo.mentor_id if row.side == "mentor" else row.duo.mentee_id
        if row.duo.state != "closed" or row.person_id != theirs or (row.said_at and not row.reasons):
            yield f"word {row.pk} of {row.side}, duo {row.duo.state}"


@check
def a_closing_talk_waits_for_a_running_duo_only(branch: Branch, now: datetime) -> Iterator[str]:
    waiting = ClosingTalk.everywhere.filter(state="planned", duo__state="closed")
    yield from (f"talk {pk}" for pk in waiting.values_list("pk", flat=True))


@check
def what_comes_next_is_asked_after_the_end(branch: Branch, now: datetime) -> Iterator[str]:
    for row in MentorChoice.everywhere.select_related("duo"):
        if row.duo.state != "closed" or (row.onward == "rest" and row.ask_again_on is None):
            yield f"choice {row.pk} {row.onward}, duo {row.duo.state}"


@check
def a_paper_certifies_an_ended_duo_that_met(branch: Branch, now: datetime) -> Iterator[str]:
    for row in Certificate.everywhere.select_related("duo"):
        if row.duo.state != "closed" or not row.meetings or not row.minutes:
            yield f"certificate {row.pk}: {row.meetings} meetings, duo {row.duo.state}"


@check
def who_comes_first_is_not_in_a_duo(branch: Branch, now: datetime) -> Iterator[str]:
    rows = MenteeProfile.everywhere.exclude(comes_first_since=None).filter(state__in=["matched", "left"])
    yield from (f"mentee {pk}" for pk in rows.values_list("person_id", flat=True))


def broken_log(branch: Branch) -> audit.Broken | None:
    """Asked once, at the end of a life: the chain holds every earlier moment."""
    return audit.check_chain(branch.pk)
