"""A partner adviser sends somebody: two short pages with the person beside them, then an application."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.applications.actions._words import end_of
from traboule.apps.applications.actions.applications import BranchClosed
from traboule.apps.applications.actions.entering import enter
from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.applications.models import Application
from traboule.apps.applications.queries.closing import takes_people
from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions import tell
from traboule.apps.partners.queries import partner_of
from traboule.apps.people.enums import ConsentPurpose, Permission, Side
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import open_step
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.scope import locked
from traboule.core.spoken import spoken_day

# The person hears from the team within a week; the step of the team is due a day before.
NEWS_DAYS = 7
STEP = "referral_received"
RECEIVED = "referral.received"


class ConsentMissing(ValueError):
    """Nobody is written down without their own yes to taking part."""


class NobodySent(NotAllowed):
    """A referral needs a human adviser."""


@transaction.atomic
def save_referral(
    *, branch: Branch, fields: Mapping[str, Any], by: Actor, now: datetime, draft: Application | None = None
) -> Application:
    """Keep the first page of a referral, so that a lost signal loses nothing.

    Raises BranchClosed; NotVisible or NotAllowed.
    """
    authorise(by, Permission.REFERRALS_MAKE, branch.pk)
    _refuse_closed(branch, now)
    login = _adviser(by)
    row = draft or Application(
        branch=branch,
        side=Side.MENTEE,
        source=Source.REFERRER,
        referred_by_id=login,
        started_at=now,
        moved_at=now,
    )
    row.answers = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()
    }
    row.language = str(fields.get("contact_language") or row.language)
    row.saved_at = now
    row.save()
    if draft is None:
        _note("application.started", row, by, now)
    return row


@transaction.atomic
def refer_person(
    *, branch: Branch, fields: Mapping[str, Any], by: Actor, now: datetime, draft: Application | None = None
) -> Application:
    """Send somebody: write the person down, send the application, tell the person who wrote them down.

    ``fields`` as in ``people.actions.add_person`` (with ``languages``), and two consents of the person:
    ``consent`` (taking part) and ``consent_news`` (the adviser may hear what became of it).
    Raises BranchClosed, ConsentMissing; NotVisible or NotAllowed.
    """
    authorise(by, Permission.REFERRALS_MAKE, branch.pk)
    _refuse_closed(branch, now)
    if not fields.get("consent"):
        raise ConsentMissing
    application = draft or save_referral(branch=branch, fields={}, by=by, now=now)
    known = {name: value for name, value in fields.items() if not name.startswith("consent")}
    purposes = [ConsentPurpose.PROGRAMME]
    if fields.get("consent_news"):
        purposes.append(ConsentPurpose.REFERRER_NEWS)
    application = locked(application)
    # What was typed lives with the person from here on, and only there.
    application.answers, application.saved_at = {}, now
    application.language = str(known.get("contact_language") or application.language)
    application.save(update_fields=["answers", "language", "saved_at"])
    facts = {"source": Source.REFERRER}
    application = enter(application, fields=known, consents=purposes, by=by, now=now, facts=facts)
    if application.person is not None:
        _tell(application, application.person, by, now)
    return application


@transaction.atomic
def drop_referral(*, draft: Application, by: Actor, now: datetime) -> None:
    """Throw a referral away that was not sent. Raises NotVisible, NotAllowed."""
    authorise(by, Permission.REFERRALS_MAKE, draft.branch_id)
    if draft.referred_by_id != _adviser(by) or draft.state != ApplicationState.DRAFT:
        raise NotAllowed(Permission.REFERRALS_MAKE)
    _note("application.dropped", draft, by, now)
    draft.delete()


def _tell(application: Application, person: Person, by: Actor, now: datetime) -> None:
    """Name the adviser, so that the message is no scam; and promise a day that the team is held to."""
    branch = application.branch
    partner = partner_of(login_id=application.referred_by_id, branch=branch)
    day = local_day(now, branch.timezone) + timedelta(days=NEWS_DAYS)
    open_step(
        branch=branch,
        kind=STEP,
        key=f"{STEP}:{application.pk}",
        person=person,
        due_on=day - timedelta(days=1),
        subject_type="application",
        subject_id=application.pk,
        by=by,
        now=now,
        rank=40,
    )
    tell(
        branch=branch,
        kind=RECEIVED,
        event=f"application:{application.pk}",
        person=person,
        values={
            "first_name": person.first_name,
            "adviser": by.name,
            "partner": partner.name if partner else branch.name,
            "branch": branch.name,
            "day": _Day(day),
        },
        not_after=end_of(day, branch.timezone),
        by=by,
        now=now,
    )


class _Day:
    """A date that is put into words in the language of the message, not of the adviser."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __str__(self) -> str:
        return spoken_day(self.day, weekday=False, year=True)


def _refuse_closed(branch: Branch, now: datetime) -> None:
    if not takes_people(branch, local_day(now, branch.timezone)):
        raise BranchClosed


def _adviser(by: Actor) -> int:
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise NobodySent(Permission.REFERRALS_MAKE)
    return by.id


def _note(verb: str, application: Application, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=application.branch_id,
        verb=verb,
        subject_type="application",
        subject_id=application.pk,
        facts={"source": application.source, "side": application.side},
    )
