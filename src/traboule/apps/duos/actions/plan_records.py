"""What the mentee notes on the way: applications sent, interviews with their reminders, short jobs."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from traboule.apps.duos.actions._plan import WrongOrder, may_write, possible, record
from traboule.apps.duos.models import Interview, JobApplication, ShortJob
from traboule.apps.duos.plan_enums import Reply, Went
from traboule.apps.duos.plan_messages import say_reminders, withdraw_reminders
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.scope import locked


@transaction.atomic
def note_application(
    *,
    person: Person,
    sent_on: date,
    by: Actor,
    now: datetime,
    employer: str = "",
    rome: str = "",
    occupation: str = "",
    said: str = "",
) -> JobApplication:
    """Note an application that was sent. Raises ImpossibleDate, WrongOrder (a day to come)."""
    for_her = may_write(person, by)
    today = local_day(now, person.branch.timezone)
    possible(person, today, sent_on=sent_on)
    if sent_on > today:
        raise WrongOrder("sent_on")
    row = JobApplication.everywhere.create(
        person=person, employer=employer, rome=rome, occupation=occupation, sent_on=sent_on
    )
    record(person, "application_noted", by, now, for_her=for_her, said=said, application=row.pk)
    return row


@transaction.atomic
def note_reply(
    *,
    application: JobApplication,
    reply: Reply,
    replied_on: date | None,
    by: Actor,
    now: datetime,
    said: str = "",
) -> JobApplication:
    """Note what came back, or that nothing did yet. Raises WrongOrder: before sending, or a day to come."""
    for_her = may_write(application.person, by)
    row = locked(application)
    today = local_day(now, row.person.branch.timezone)
    day = None if reply == Reply.WAITING else replied_on or today
    if day is not None and (day < row.sent_on or day > today):
        raise WrongOrder("replied_on")
    row.reply, row.replied_on = reply, day
    row.save(update_fields=["reply", "replied_on"])
    record(
        row.person, "reply_noted", by, now, for_her=for_her, said=said, application=row.pk, reply=reply.value
    )
    return row


@transaction.atomic
def add_interview(
    *,
    person: Person,
    employer: str,
    starts_at: datetime,
    by: Actor,
    now: datetime,
    place: str = "",
    application: JobApplication | None = None,
    said: str = "",
) -> Interview:
    """Note an interview to come; both reminders are queued. Raises WrongOrder for one in the past."""
    for_her = may_write(person, by)
    possible(person, local_day(now, person.branch.timezone), starts_at=starts_at.date())
    if starts_at <= now:
        raise WrongOrder("starts_at")
    row = Interview.everywhere.create(
        person=person,
        employer=employer,
        starts_at=starts_at,
        place=place,
        application=application,
        added_at=now,
    )
    if application is not None and application.reply == Reply.WAITING:
        note_reply(application=application, reply=Reply.INTERVIEW, replied_on=None, by=by, now=now, said=said)
    record(person, "interview_added", by, now, for_her=for_her, said=said, interview=row.pk)
    say_reminders(row, by=by, now=now)
    return row


@transaction.atomic
def change_interview(
    *,
    interview: Interview,
    employer: str,
    starts_at: datetime,
    place: str,
    by: Actor,
    now: datetime,
    said: str = "",
) -> Interview:
    """Move or correct an interview: the old reminders are withdrawn, new ones queued. Raises WrongOrder."""
    for_her = may_write(interview.person, by)
    row = locked(interview)
    possible(row.person, local_day(now, row.person.branch.timezone), starts_at=starts_at.date())
    if starts_at <= now and starts_at != row.starts_at:
        raise WrongOrder("starts_at")
    withdraw_reminders(row)
    row.employer, row.starts_at, row.place = employer, starts_at, place
    row.sequence += 1
    row.save(update_fields=["employer", "starts_at", "place", "sequence"])
    record(row.person, "interview_changed", by, now, for_her=for_her, said=said, interview=row.pk)
    if not row.went:
        say_reminders(row, by=by, now=now)
    return row


@transaction.atomic
def note_went(*, interview: Interview, went: Went, by: Actor, now: datetime, said: str = "") -> Interview:
    """Note how an interview went. One that does not take place may be said before; the rest only after."""
    for_her = may_write(interview.person, by)
    row = locked(interview)
    if row.starts_at > now and went != Went.NOT_HELD:
        raise WrongOrder("went")
    row.went = went
    row.save(update_fields=["went"])
    withdraw_reminders(row)
    record(
        row.person, "interview_went", by, now, for_her=for_her, said=said, interview=row.pk, went=went.value
    )
    return row


@transaction.atomic
def save_short_job(
    *, person: Person, job: ShortJob | None, fields: dict[str, Any], by: Actor, now: datetime, said: str = ""
) -> ShortJob:
    """Note a short job, or (``job``) correct it. The duo goes on. Raises ImpossibleDate, WrongOrder."""
    for_her = may_write(person, by)
    starts_on, ends_on = fields["starts_on"], fields["ends_on"]
    possible(person, local_day(now, person.branch.timezone), starts_on=starts_on, ends_on=ends_on)
    if ends_on is not None and ends_on < starts_on:
        raise WrongOrder("ends_on")
    row = ShortJob(person=person) if job is None else locked(job)
    for name in ("work", "employer", "starts_on", "ends_on", "hours"):
        setattr(row, name, fields[name])
    row.save()
    verb = "short_job_added" if job is None else "short_job_changed"
    record(person, verb, by, now, for_her=for_her, said=said, short_job=row.pk)
    return row


@transaction.atomic
def remove_record(
    *, row: JobApplication | Interview | ShortJob, by: Actor, now: datetime, said: str = ""
) -> None:
    """Take back what was noted by mistake, with its reminders."""
    for_her = may_write(row.person, by)
    if isinstance(row, Interview):
        withdraw_reminders(row)
    kind = type(row)._meta.model_name or ""
    record(row.person, "record_removed", by, now, for_her=for_her, said=said, kind=kind, row=row.pk)
    row.delete()
