"""The mentees of a branch with what a fund's records ask for, as far as it is held (kernel.exchange.own)."""

from collections import defaultdict
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.crypto import salted_hmac

from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.enums_meetings import MeetingState
from traboule.apps.duos.models import Duo, Goal, Meeting
from traboule.apps.outcomes.enums import OutcomeState
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.queries.outcomes import span_of
from traboule.apps.partners.enums import PartnerKind
from traboule.apps.partners.models import Referrer
from traboule.apps.people.enums import MenteeState, Permission, Side
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.exchange.own import Found, Taken
from traboule.reference import languages, occupations
from traboule.reference.text import fold

ENGLISH = "en"
_LEVELS = range(1, 7)


def pseudonym(branch_id: int, person_id: int) -> str:
    """A name that stays the same from export to export, and that nobody can turn back without our key."""
    return f"T{salted_hmac(f'rtof:{branch_id}', str(person_id), algorithm='sha256').hexdigest()[:15]}".upper()


def fund_people(
    *, actor: Actor, branch: Branch, since: date | None = None, until: date | None = None
) -> list[Taken]:
    """Return mentees who began from ``since`` to ``until``, oldest first; joined and erased records apart.

    Only outcomes that a second person verified are in it. A fixed number of queries, whatever the number of
    people. Raises NotVisible, NotAllowed: it takes names out, so whoever asks may export people.
    """
    authorise(actor, Permission.PEOPLE_EXPORT, branch.pk)
    authorise(actor, Permission.OUTCOMES_SEE, branch.pk)
    people = list(
        Person.everywhere.filter(branch=branch, mentee__isnull=False, merged_into=None)
        .select_related("mentee")
        .order_by("pk")
    )
    held = _Held(branch)
    found = [held.taken(person) for person in people]
    return [one for one in found if _in_period(one.started_on, since, until)]


def _in_period(day: date | None, since: date | None, until: date | None) -> bool:
    """Without a day nobody knows: then it stands among those who are left out, with the reason."""
    return day is None or ((since is None or day >= since) and (until is None or day <= until))


class _Held:
    """Everything about the mentees of a branch, by person."""

    def __init__(self, branch: Branch) -> None:
        self.branch, self.zone = branch, ZoneInfo(branch.timezone)
        self.applications = self._applications()
        self.duos: dict[int, list[Duo]] = defaultdict(list)
        for duo in Duo.everywhere.filter(branch=branch).order_by("started_on", "pk"):
            self.duos[duo.mentee_id].append(duo)
        self.met: dict[int, list[tuple[date, int]]] = defaultdict(list)
        meetings = Meeting.everywhere.filter(duo__branch=branch, state=MeetingState.HELD)
        for person, at, minutes in meetings.values_list("duo__mentee", "planned_at", "met_minutes"):
            self.met[person].append((at.astimezone(self.zone).date(), minutes or 0))
        self.outcomes: dict[int, list[Found]] = defaultdict(list)
        rows = Outcome.everywhere.filter(branch=branch, state=OutcomeState.VERIFIED)
        for row in rows.order_by("starts_on", "pk"):
            self.outcomes[row.person_id].append(_found(row))
        self.plans: dict[int, date] = {}
        goals = Goal.everywhere.filter(person__branch=branch).order_by("added_at")
        for person, at in goals.values_list("person", "added_at"):
            self.plans.setdefault(person, at.astimezone(self.zone).date())

    def _applications(self) -> dict[int, Application]:
        rows = Application.everywhere.filter(
            branch=self.branch, side=Side.MENTEE, state=ApplicationState.ACCEPTED, person__isnull=False
        )
        found: dict[int, Application] = {}
        for row in rows.order_by("decided_at", "pk"):
            found.setdefault(row.person_id or 0, row)
        advisers = {row.referred_by_id for row in found.values() if row.referred_by_id}
        places = Referrer.everywhere.filter(login__in=advisers, partner__branch=self.branch)
        self.kinds = dict(places.values_list("login", "partner__kind"))
        return found

    def taken(self, person: Person) -> Taken:
        application = self.applications.get(person.pk)
        duos = self.duos.get(person.pk, [])
        answers = application.answers if application else {}
        left_on, because = self._left(person, duos)
        return Taken(
            id=pseudonym(self.branch.pk, person.pk),
            reference=person.external_id or str(person.pk),
            provider=self.branch.slug,
            first_name=person.first_name,
            last_name=person.last_name,
            birth_date=person.birth_date,
            gender=person.gender,
            started_on=self._started(application, duos),
            source=self._source(application),
            english=_level_of(answers.get("live", {})),
            goal=_said(answers.get("work", {}), "occupations"),
            planned_on=self.plans.get(person.pk),
            met=tuple(sorted(self.met.get(person.pk, ()))),
            outcomes=tuple(self.outcomes.get(person.pk, ())),
            left_on=left_on,
            left_because=because,
        )

    def _started(self, application: Application | None, duos: list[Duo]) -> date | None:
        """The day of the acceptance, or the first duo where that was earlier or nothing else is written."""
        days = [duo.started_on for duo in duos[:1]]
        if application is not None and application.decided_at is not None:
            days.append(application.decided_at.astimezone(self.zone).date())
        return min(days, default=None)

    def _source(self, application: Application | None) -> str:
        """How they came; of those whom the team wrote down nobody knows."""
        if application is None or application.source == Source.STAFF:
            return ""
        if application.source == Source.SELF:
            return "self"
        is_association = self.kinds.get(application.referred_by_id or 0) == PartnerKind.ASSOCIATION
        return "association" if is_association else "referrer"

    def _left(self, person: Person, duos: list[Duo]) -> tuple[date | None, str]:
        """The last contact of somebody who left, and why the last duo ended, in English as the fund reads."""
        if person.mentee.state != MenteeState.LEFT:
            return None, ""
        code = duos[-1].close_reason if duos else ""
        with translation.override("en"):
            because = str(CloseReason(code).label) if code else ""
        return person.last_contact_at.astimezone(self.zone).date(), because


def _found(row: Outcome) -> Found:
    occupation = occupations.get(row.occupation) if row.occupation else None
    return Found(
        kind=row.kind,
        span=span_of(row),
        contract=row.contract,
        weekly_hours=float(row.weekly_hours) if row.weekly_hours is not None else None,
        occupation=occupation.label_fr if occupation else "",
        sector=occupations.DOMAINS[occupation.domain]["en"] if occupation else "",
    )


def _said(group: Any, name: str) -> str:
    """The first thing that was typed into a question, whatever the shape of an old row."""
    values = group.get(name) if isinstance(group, dict) else None
    first = next(iter(values), "") if isinstance(values, list) else ""
    return str(first).strip()


def _level_of(group: Any) -> int | None:
    """How well English was spoken when the person applied, if English is among what was written."""
    for number in range(1, 5):
        said, level = _said(group, f"language_{number}"), _said(group, f"level_{number}")
        if level.isdecimal() and int(level) in _LEVELS and _is_english(said):
            return int(level)
    return None


def _is_english(said: str) -> bool:
    return bool(said) and (languages.canonical(said) == ENGLISH or fold(said) in _english_names())


@cache
def _english_names() -> frozenset[str]:
    return frozenset(fold(languages.name(ENGLISH, locale)) for locale in languages.LOCALES)
