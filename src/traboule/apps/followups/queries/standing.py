"""What stands against asking somebody, how they are reached, and what we know of them already."""

from collections.abc import Iterable
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
from traboule.apps.messages.queries.facts import has_stopped
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
    rows = ended_last(branch).filter(closed_on__lte=follow_up_day(today, -min(months)))
    rows = rows.select_related("branch", "mentee", "coordinator", "started_by")
    known = set(FollowUp.everywhere.filter(branch=branch).values_list("duo_id", "month"))
    return [
        (duo, month, day)
        for duo in rows.order_by("closed_on", "pk")
        for month in sorted(set(months))
        if duo.closed_on is not None
        and (duo.pk, month) not in known
        and (day := follow_up_day(duo.closed_on, month)) <= today
    ]


def why_not(row: FollowUp) -> NotAsked | None:
    """Return what stands against asking a mentee, the weightiest first, or None."""
    person = row.person
    if person.archived_at is not None or person.merged_into_id is not None or not _has_a_name(person):
        return NotAsked.GONE
    if _took_back(person):
        return NotAsked.CONSENT
    later = Duo.everywhere.filter(_is_later(row.duo.started_on, row.duo_id), mentee=person)
    if later.exclude(pk=row.duo_id).exists():
        return NotAsked.NEW_DUO
    known = [(way, to) for way, to in _addresses(person) if to]
    if known and all(has_stopped(way, to) for way, to in known):
        return NotAsked.STOPPED
    said = FollowUp.everywhere.filter(person=person, ask_again=False, answered_at__isnull=False)
    return NotAsked.ASKED_NOT_TO if said.exclude(pk=row.pk).exists() else None


def _has_a_name(person: Person) -> bool:
    """An erased person leaves an empty row, so that figures stay true."""
    return bool(person.first_name or person.last_name or person.external_id)


def _took_back(person: Person) -> bool:
    """Say whether a consent that asking stands on was given once and is not in force any more."""
    rows = Consent.everywhere.filter(person=person, purpose__in=NEEDED).values_list("purpose", "withdrawn_at")
    given = {purpose for purpose, _at in rows}
    return bool(given - {purpose for purpose, at in rows if at is None})


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
    open_ways = [way for way, to in ways if not has_stopped(way, to)]
    return chosen if chosen in open_ways else next(iter(open_ways), None)


@dataclass(frozen=True, slots=True)
class Heard:
    """That we know it another way: from whom, and whether it was that they would rather not say."""

    told_by: str
    is_refusal: bool = False


def heard_of(row: FollowUp) -> Heard | None:
    """Return what was told meanwhile that covers the day of a question, or None.

    An outcome that ran on that day, told or confirmed in the month before it or later; else an answer of that
    time. "Not reached" is no answer.
    """
    told = Outcome.everywhere.filter(person=row.person_id, state__in=STANDING).order_by("-seen_on", "-pk")
    for found in told:
        if covers(found.starts_on, found.ends_on, found.seen_on, row.due_on):
            return Heard(found.told_by)
    said = NoOutcome.everywhere.filter(person=row.person_id).exclude(answer=Answer.NOT_REACHED)
    answers = said.filter(told_by=ToldBy.MENTEE).order_by("-asked_on", "-pk")
    last = next((one for one in answers if covers(one.asked_on, None, one.asked_on, row.due_on)), None)
    return Heard(last.told_by, last.answer == Answer.RATHER_NOT) if last is not None else None


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
