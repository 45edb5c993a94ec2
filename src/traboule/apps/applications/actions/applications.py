"""Writing an application step by step, sending it, and what the team does before it decides."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.applications.actions._moves import new_step_key
from traboule.apps.applications.actions._words import tell_received, tell_resume
from traboule.apps.applications.actions.entering import enter
from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.applications.models import Application
from traboule.apps.applications.queries.closing import takes_people
from traboule.apps.applications.queries.standing import next_news_on
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import ConsentPurpose, Permission, Side
from traboule.apps.people.models import Login, Person
from traboule.apps.people.validators import search_key
from traboule.apps.steps.actions import open_step
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.links import make_link
from traboule.core.permissions import authorise
from traboule.core.scope import locked

NEW_STEP = "application.new"
NEW_RANK = 45  # worse than a long wait in the pool: nobody has spoken with this person yet
RESUME_RIGHT = "application.resume"
MINE_RIGHT = "application.mine"
DRAFT_KEPT = timedelta(days=90)
MINE_KEPT = timedelta(days=365)
MOST_SIGNS, MOST_VALUES = 1_000, 30

Answers = Mapping[str, Sequence[str]]


class AlreadySent(ValueError):
    """This application is no draft any more; carries it."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.state)
        self.application = application


class BranchClosed(ValueError):
    """This branch takes nobody any more."""


@transaction.atomic
def start_draft(
    *,
    branch: Branch,
    side: Side,
    language: str,
    by: Actor,
    now: datetime,
    source: Source = Source.SELF,
    referred_by: Login | None = None,
    owner: Login | None = None,
    person: Person | None = None,
) -> Application:
    """Begin an application; ``person`` where somebody whom the branch knows applies again.

    Raises BranchClosed; NotVisible or NotAllowed.
    """
    _authorise(branch.pk, by, referred_by)
    if not takes_people(branch, local_day(now, branch.timezone)):
        raise BranchClosed
    row = Application.everywhere.create(
        branch=branch,
        side=side,
        source=source,
        language=language,
        person=person,
        referred_by=referred_by,
        owner=owner,
        started_at=now,
        saved_at=now,
        moved_at=now,
    )
    record_application(row, "application.started", {"side": side, "source": source}, by, now)
    return row


@transaction.atomic
def save_answers(
    *, application: Application, answers: Mapping[str, Answers], by: Actor, now: datetime
) -> Application:
    """Keep what was typed in some groups, right or not; the other groups stay as they are.

    Two devices may write one draft: each save replaces its own groups only. Raises AlreadySent.
    """
    _authorise(application.branch_id, by, application.referred_by)
    row = locked(application)
    if row.state != ApplicationState.DRAFT:
        raise AlreadySent(row)
    kept = {group: _bounded(values) for group, values in answers.items()}
    row.answers = {**row.answers, **kept}
    row.saved_at = now
    _name(row)
    row.save(update_fields=["answers", "saved_at", "name", "search_key"])
    return row


@transaction.atomic
def send_application(
    *,
    application: Application,
    fields: Mapping[str, Any],
    consents: Iterable[ConsentPurpose],
    by: Actor,
    now: datetime,
) -> Application:
    """Send a draft: the person enters as new, the team gets a step with a clock, the person a message.

    ``fields`` as for ``people.actions.add_person``. Pressing twice sends once: an application that was sent
    is returned as it is. Raises AlreadyOpen, BranchClosed, IllegalMove; NotVisible or NotAllowed.
    """
    _authorise(application.branch_id, by, application.referred_by)
    row = locked(application)
    if row.sent_at is not None:
        return row
    if not takes_people(row.branch, local_day(now, row.branch.timezone)):
        raise BranchClosed
    row = enter(row, fields=fields, consents=consents, by=by, now=now)
    open_new_step(row, by, now)
    tell_received(row, _link_to_own_page(row, now), next_news_on(row), by=by, now=now)
    return row


def _link_to_own_page(row: Application, now: datetime) -> str:
    return make_link(
        right=MINE_RIGHT,
        subject_type="application",
        subject_id=row.pk,
        scope=row.branch_id,
        now=now,
        ends_at=now + MINE_KEPT,
    )


@transaction.atomic
def write_down(
    *,
    branch: Branch,
    side: Side,
    answers: Mapping[str, Answers],
    fields: Mapping[str, Any],
    consents: Iterable[ConsentPurpose],
    language: str,
    by: Actor,
    now: datetime,
    source: Source = Source.STAFF,
    referred_by: Login | None = None,
    owner: Login | None = None,
) -> Application:
    """Start, fill and send in one go: at the desk, or by a referrer with the person beside."""
    row = start_draft(
        branch=branch,
        side=side,
        language=language,
        source=source,
        referred_by=referred_by,
        owner=owner,
        by=by,
        now=now,
    )
    row = save_answers(application=row, answers=answers, by=by, now=now)
    return send_application(application=row, fields=fields, consents=consents, by=by, now=now)


@transaction.atomic
def make_resume_code(
    *, application: Application, by: Actor, now: datetime, address: str = "", channel: str = ""
) -> str:
    """Return a code with which a draft goes on on another device; with an address, send it there too.

    One message a day at most, so that nobody can fill a stranger's phone. Raises AlreadySent.
    """
    _authorise(application.branch_id, by, application.referred_by)
    row = locked(application)
    if row.state != ApplicationState.DRAFT:
        raise AlreadySent(row)
    secret = make_link(
        right=RESUME_RIGHT,
        subject_type="application",
        subject_id=row.pk,
        scope=row.branch_id,
        now=now,
        ends_at=now + DRAFT_KEPT,
    )
    row.saved_at = now
    row.save(update_fields=["saved_at"])
    if address:
        tell_resume(row, secret, address, channel, by=by, now=now)
    return secret


def open_new_step(row: Application, by: Actor, now: datetime) -> None:
    """Open, or bring up to date, the step that a sent application is for the team."""
    open_step(
        branch=row.branch,
        kind=NEW_STEP,
        key=new_step_key(row.pk),
        by=by,
        now=now,
        person=row.person,
        due_on=next_news_on(row),
        owner=row.owner,
        rank=NEW_RANK,
        subject_type="application",
        subject_id=row.pk,
    )


def _bounded(values: Answers) -> dict[str, list[str]]:
    """No form of ours is longer; a zero byte is no text on either database."""
    return {
        name: [value.replace("\x00", "")[:MOST_SIGNS] for value in list(found)[:MOST_VALUES]]
        for name, found in values.items()
    }


def _name(row: Application) -> None:
    typed = {name: found[0] for group in row.answers.values() for name, found in group.items() if found}
    row.name = f"{typed.get('first_name', '')[:80]} {typed.get('last_name', '')[:80]}".strip()
    row.search_key = search_key((row.name, typed.get("phone", ""), typed.get("email", "")))


def _authorise(branch_id: int, by: Actor, referred_by: Login | None) -> None:
    """A referrer writes the applications that bear their own name, and no other."""
    is_own = referred_by is not None and by.kind is ActorKind.LOGIN and by.id == referred_by.pk
    authorise(by, Permission.REFERRALS_MAKE if is_own else Permission.APPLICATIONS_WRITE, branch_id)


def record_application(
    row: Application, verb: str, facts: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    """Write the audit entry of what was done with an application."""
    audit.record(
        by=by,
        now=now,
        branch_id=row.branch_id,
        verb=verb,
        subject_type="application",
        subject_id=row.pk,
        facts=facts,
    )
