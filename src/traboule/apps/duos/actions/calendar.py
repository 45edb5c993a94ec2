"""The secret address of somebody's meetings: made, made anew, stopped; by its owner or by the team."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from traboule.apps.duos.actions._meetings import login_of
from traboule.apps.duos.models import CalendarFeed
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.links import ALPHABET, digest_of
from traboule.core.scope import locked

LENGTH = 26  # 31^26 is about 2^128: the address is asked for every few hours, for months


class AddressThere(Exception):
    """Somebody has made an address meanwhile: a second press makes no second one."""


@transaction.atomic
def make_feed(*, person: Person, instead_of: int | None, by: Actor, now: datetime) -> str:
    """Make the calendar address of a person and return its secret, the only time that anybody sees it.

    `instead_of` is the address that stood on the page (None: there was none); it stops in the same moment.
    Raises AddressThere if another one stands now, NotAllowed.
    """
    _authorise(person, by)
    before = _live(locked(person))
    if (before.pk if before is not None else None) != instead_of:
        raise AddressThere
    if before is not None:
        before.stopped_at = now
        before.save(update_fields=["stopped_at"])
    secret = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    feed = CalendarFeed.everywhere.create(
        person=person, digest=digest_of(secret), made_at=now, made_by_id=login_of(by)
    )
    verb = "calendar.made" if before is None else "calendar.renewed"
    _record(feed, verb, by, now)
    return secret


@transaction.atomic
def stop_feed(*, person: Person, by: Actor, now: datetime) -> bool:
    """Stop the calendar address of a person; return whether there was one. Raises NotAllowed."""
    _authorise(person, by)
    feed = _live(locked(person))
    if feed is None:
        return False
    feed.stopped_at = now
    feed.save(update_fields=["stopped_at"])
    _record(feed, "calendar.stopped", by, now)
    return True


def note_read(*, feed: CalendarFeed, content: str, now: datetime) -> CalendarFeed:
    """Write down that a calendar has read, once a day, and when the content was another one than before."""
    fields = []
    day = local_day(now, feed.person.branch.timezone)
    if feed.read_on != day:
        feed.read_on = day
        fields.append("read_on")
    if feed.shown != content:
        # Dates in HTTP know whole seconds: two changes within one are told apart all the same.
        at = now.replace(microsecond=0)
        feed.shown_at = at if feed.shown_at is None else max(at, feed.shown_at + timedelta(seconds=1))
        feed.shown = content
        fields += ["shown", "shown_at"]
    if fields:
        feed.save(update_fields=fields)
    return feed


def one_calendar_address(kept_id: int, dropped_id: int, by: Actor, now: datetime) -> None:
    """When two records become one, the address of the kept record stays."""
    live = CalendarFeed.everywhere.filter(stopped_at=None)
    if live.filter(person=kept_id).exists():
        live.filter(person=dropped_id).delete()


def _live(person: Person) -> CalendarFeed | None:
    return CalendarFeed.everywhere.select_for_update().filter(person=person, stopped_at=None).first()


def _authorise(person: Person, by: Actor) -> None:
    if not by.may(Permission.DUOS_WRITE, person.branch_id):
        authorise_own(person, by)


def _record(feed: CalendarFeed, verb: str, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=feed.person.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=feed.person_id,
        facts={"feed": feed.pk},
    )
