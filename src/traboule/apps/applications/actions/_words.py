"""What people are told about their application."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.models import Application
from traboule.apps.messages.actions.telling import tell
from traboule.apps.messages.kinds import Kind, register_kind
from traboule.apps.messages.models import Message
from traboule.apps.messages.words import said_day
from traboule.apps.people.enums import Channel
from traboule.core.actors import Actor
from traboule.core.links import address_of

RESUME = "application.resume"
RECEIVED = "application.received"


def register_kinds() -> None:
    """Add the kinds of message of applications."""
    example = {"first_name": "Selam", "branch": "Lyon", "link": "https://…", "day": "…"}
    register_kind(
        Kind(
            code=RESUME,
            title=_("Go on with an application"),
            subject=_("Your application is saved"),
            body=_(
                "Hello %(first_name)s,\n\nyour application is saved. Go on when you like:\n%(link)s\n\n"
                "You did not ask for this? Then do nothing: it is deleted after 90 days."
            ),
            sms=_("%(first_name)s, go on with your application here: %(link)s"),
            urgent=True,
            example=example,
        )
    )
    register_kind(
        Kind(
            code=RECEIVED,
            title=_("An application has arrived"),
            subject=_("We have your application"),
            body=_(
                "Hello %(first_name)s,\n\nwe have your application. Thank you.\n"
                "You hear from us by %(day)s.\n\n"
                "Here you see where things stand. You can also stop there, or change what you agreed to:\n"
                "%(link)s\n\nThe team of %(branch)s"
            ),
            sms=_("%(first_name)s, we have your application. News by %(day)s. See: %(link)s"),
            example=example,
        )
    )


def say_day(day: date | None, language: str) -> str:
    """Write a day as people say it, in the language of the reader."""
    return "" if day is None else said_day(day, language)


def end_of(day: date, timezone: str) -> datetime:
    """Return when a day is over in a branch: what promises something for that day is stale then."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=ZoneInfo(timezone))


def first_name_of(row: Application) -> str:
    """Return what to call somebody who has perhaps not sent anything yet."""
    if row.person is not None:
        return row.person.first_name
    typed = row.answers.get("who", {}).get("first_name") or [""]
    return str(typed[0]).strip()[:80]


def tell_resume(
    row: Application, secret: str, address: str, channel: str, *, by: Actor, now: datetime
) -> Message | None:
    """Send the link with which a draft goes on; one a day."""
    return tell(
        branch=row.branch,
        kind=RESUME,
        event=f"draft:{row.pk}:{now.date().isoformat()}",
        values={
            "first_name": first_name_of(row),
            "link": address_of(secret),
            "branch": row.branch.name,
            "day": "",
        },
        address=address,
        channel=Channel(channel) if channel in Channel.values else Channel.EMAIL,
        language=row.language,
        by=by,
        now=now,
    )


def tell_received(
    row: Application, secret: str, day: date | None, *, by: Actor, now: datetime
) -> Message | None:
    """Say that an application has arrived, and by when there is news."""
    if row.person is None:
        return None
    return tell(
        branch=row.branch,
        kind=RECEIVED,
        event=f"application:{row.pk}",
        values={
            "first_name": row.person.first_name,
            "link": address_of(secret),
            "day": say_day(day, row.person.contact_language),
            "branch": row.branch.name,
        },
        person=row.person,
        by=by,
        now=now,
        not_after=None if day is None else end_of(day, row.branch.timezone),
    )
