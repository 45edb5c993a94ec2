"""What stands against asking somebody, how they are reached, and what we know of them already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.followups.enums import NotAsked
from traboule.apps.followups.models import FollowUp, FollowUpSetting
from traboule.apps.messages.models import Stop
from traboule.apps.messages.queries.facts import digest_of, has_stopped
from traboule.apps.outcomes.enums import STANDING, ToldBy
from traboule.apps.outcomes.models import NoOutcome, Outcome
from traboule.apps.outcomes.own_enums import Answer
from traboule.apps.people.enums import Channel, ConsentPurpose
from traboule.apps.people.models import Consent, Person
from traboule.apps.people.queries import is_landline
from traboule.kernel.followups import covers, follow_up_day

# Without these a person may not be asked after the end; who never gave the second is asked all the same.
NEEDED = (ConsentPurpose.PROGRAMME, ConsentPurpose.ALUMNI)


def months_of(branch: Branch) -> list[int]:
    """Return after how many months a branch asks."""
    row = FollowUpSetting.everywhere.filter(branch=branch).first() or FollowUpSetting(branch=branch)
    return list(row.months)


def ended_last(branch: Branch) -> QuerySet[Duo]:
    """Return the closed duos of a branch after which their mentee had no other one."""
    started_on, pk = OuterRef("started_on"), OuterRef("pk")
    later = Duo.everywhere.filter(mentee=OuterRef("mentee")).filter(_is_later(started_on, pk))
    return Duo.everywhere.filter(branch=branch, state=DuoState.CLOSED).exclude(Exists(later))


def _is_later(started_on: Any, pk: Any) -> Q:
    """Runs, or began after: of two that began on one day the one that was written down later."""
    on_that_day = Q(started_on=started_on, pk__gt=pk)
    return Q(state__in=OPEN_DUO_STATES) | Q(started_on__gt=started_on) | on_that_day


def to_open(branch: Branch, today: date) -> list[tuple[Duo, int, date]]:
    """Return duo, month and day of what is due by ``today`` and is not written down yet."""
    months = months_of(branch)
    if not months:
        return []
    ended = ended_last(branch).filter(closed_on__lte=follow_up_day(today, -min(months)))
    known = set(FollowUp.everywhere.filter(branch=branch).values_list("duo_id", "month"))
    new = [
        (pk, month, day)
        for pk, closed_on in ended.order_by("closed_on", "pk").values_list("pk", "closed_on")
        for month in sorted(set(months))
        if closed_on is not None
        and (pk, month) not in known
        and (day := follow_up_day(closed_on, month)) <= today
    ]
    people = ("branch", "mentee", "coordinator", "started_by")
    duos = Duo.everywhere.select_related(*people).in_bulk({pk for pk, _month, _day in new})
    return [(duos[pk], month, day) for pk, month, day in new]


def why_not(row: FollowUp) -> NotAsked | None:
    """Return what stands against asking a mentee, the weightiest first, or None."""
    return against_among([row]).get(row.pk)


def against_among(rows: Sequence[FollowUp]) -> dict[int, NotAsked]:
    """Return by follow-up what stands against asking, the weightiest first; five queries for any number."""
    people = {row.person_id for row in rows}
    took_back, later, stops = _took_back(people), _duos_of(people), _stops_among(rows)
    said_no = dict(
        FollowUp.everywhere.filter(person__in=people, ask_again=False, answered_at__isnull=False).values_list(
            "person", "pk"
        )
    )
    found: dict[int, NotAsked] = {}
    for row in rows:
        reasons = (
            (_is_gone(row.person), NotAsked.GONE),
            (row.person_id in took_back, NotAsked.CONSENT),
            (any(_follows(other, row.duo) for other in later.get(row.person_id, ())), NotAsked.NEW_DUO),
            (_stopped_all(row.person, stops), NotAsked.STOPPED),
            (said_no.get(row.person_id, row.pk) != row.pk, NotAsked.ASKED_NOT_TO),
        )
        why = next((why for holds, why in reasons if holds), None)
        if why is not None:
            found[row.pk] = why
    return found


def _is_gone(person: Person) -> bool:
    """Put away, merged away, or erased: then an empty row stays, so that figures are true."""
    has_a_name = bool(person.first_name or person.last_name or person.external_id)
    return person.archived_at is not None or person.merged_into_id is not None or not has_a_name


def _duos_of(people: Iterable[int]) -> dict[int, list[Duo]]:
    found: dict[int, list[Duo]] = defaultdict(list)
    for duo in Duo.everywhere.filter(mentee__in=list(people)):
        found[duo.mentee_id].append(duo)
    return found


def _follows(other: Duo, duo: Duo) -> bool:
    """Whether another duo of the same mentee runs, or came later."""
    is_later = (other.started_on, other.pk) > (duo.started_on, duo.pk)
    return other.pk != duo.pk and (other.state in OPEN_DUO_STATES or is_later)


def _took_back(people: Iterable[int]) -> set[int]:
    """Return of whom a consent that asking stands on was given once and is not in force any more."""
    rows = Consent.everywhere.filter(person__in=list(people), purpose__in=NEEDED)
    said = set(rows.values_list("person", "purpose"))
    in_force = set(rows.filter(withdrawn_at=None).values_list("person", "purpose"))
    return {person for person, _purpose in said - in_force}


def _stops_among(rows: Iterable[FollowUp]) -> set[str]:
    """Return which addresses of these people said STOP, as digests."""
    known = {digest_of(way, to) for row in rows for way, to in _addresses(row.person) if to}
    return set(Stop.objects.filter(digest__in=list(known)).values_list("digest", flat=True))


def _stopped_all(person: Person, stops: set[str]) -> bool:
    known = [digest_of(way, to) for way, to in _addresses(person) if to]
    return bool(known) and stops.issuperset(known)


def _addresses(person: Person) -> tuple[tuple[Channel, str], ...]:
    return ((Channel.SMS, person.phone), (Channel.EMAIL, person.email))


def way_to(person: Person) -> Channel | None:
    """Return how a question reaches a person: their channel, else another open address; None: by a call."""
    chosen = Channel(person.channel)
    if chosen in (Channel.LETTER, Channel.REFERRER):
        return chosen
    if chosen == Channel.PHONE:
        return None
    has_sms = bool(settings.TRABOULE_SMS_PROVIDER) and not is_landline(person.phone)
    ways = [(way, to) for way, to in _addresses(person) if to and (way != Channel.SMS or has_sms)]
    open_ways: list[Channel] = [way for way, to in ways if not has_stopped(way, to)]
    other: Channel | None = open_ways[0] if open_ways else None
    return chosen if chosen in open_ways else other


@dataclass(frozen=True, slots=True)
class Heard:
    """That we know it another way: from whom, and whether it was that they would rather not say."""

    told_by: str
    is_refusal: bool = False


def heard_of(row: FollowUp) -> Heard | None:
    """Return what was told meanwhile that covers the day of a question, or None."""
    return heard_among([row]).get(row.pk)


def heard_among(rows: Sequence[FollowUp]) -> dict[int, Heard]:
    """Return by follow-up what was told meanwhile that covers its day; two queries for any number.

    An outcome that ran on that day, told or confirmed in the month before it or later; else an answer of that
    time. "Not reached" is no answer.
    """
    people = {row.person_id for row in rows}
    told, said = defaultdict(list), defaultdict(list)
    outcomes = Outcome.everywhere.filter(person__in=people, state__in=STANDING)
    for one in outcomes.order_by("-seen_on", "-pk"):
        told[one.person_id].append(one)
    answers = NoOutcome.everywhere.filter(person__in=people, told_by=ToldBy.MENTEE)
    for answer in answers.exclude(answer=Answer.NOT_REACHED).order_by("-asked_on", "-pk"):
        said[answer.person_id].append(answer)
    found = {row.pk: _heard(row, told[row.person_id], said[row.person_id]) for row in rows}
    return {pk: heard for pk, heard in found.items() if heard is not None}


def _heard(row: FollowUp, told: Iterable[Outcome], said: Iterable[NoOutcome]) -> Heard | None:
    for one in told:
        if covers(one.starts_on, one.ends_on, one.seen_on, row.due_on):
            return Heard(one.told_by)
    for answer in said:
        if covers(answer.asked_on, None, answer.asked_on, row.due_on):
            return Heard(answer.told_by, answer.answer == Answer.RATHER_NOT)
    return None


def zone_of(branch: Branch) -> ZoneInfo:
    """Return the zone in which the days of a branch are counted."""
    return ZoneInfo(branch.timezone)


def with_all(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """Read with a follow-up what the clock and the pages ask of it."""
    people: Iterable[str] = ("branch", "person__branch", "duo__branch", "duo__coordinator", "duo__started_by")
    return rows.select_related(*people)


def open_rows(branch: Branch, **more: Any) -> QuerySet[FollowUp]:
    """Return what still waits for an answer in a branch, the oldest first."""
    rows = FollowUp.everywhere.filter(branch=branch, closed_at=None, **more)
    return with_all(rows).order_by(F("due_on").asc(), "pk")
