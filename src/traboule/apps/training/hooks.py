"""What earlier apps and core ask of this one, through core's registry, and what it says to people."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.messages.kinds import Kind, register_kind
from traboule.apps.people.models import Person
from traboule.apps.training.actions import demo_papers
from traboule.apps.training.actions.changing import remind_of_half_days
from traboule.apps.training.actions.demo import fill_demo
from traboule.apps.training.actions.exchange import tick_exchange_due
from traboule.apps.training.actions.readiness import tick_training
from traboule.apps.training.actions.sessions import call_off_from, give_back_seats
from traboule.apps.training.models import Attendance, ConditionWaiver, Declaration, Trainer
from traboule.core.actors import system
from traboule.core.links import withdraw_links
from traboule.core.registry import ON_CLOSE, ON_DEMO, ON_ERASE, ON_EXPORT, ON_LEAVE, ON_TICK

_EXAMPLE = {
    "first_name": "Anne",
    "title": "Job interviews",
    "day": "9 December 2026",
    "hour": "14:00",
    "place": "La Duchère",
    "where": "La Duchère\nRing twice.",
    "branch": "Lyon",
    "who": "Claire Vasseur",
    "link": "https://example.org/l/abc/",
}


def register() -> None:
    """Answer the hooks and register the kinds of message."""
    ON_ERASE.register("training", erase)
    ON_EXPORT.register("training", export)
    ON_DEMO.register("training", fill_demo)
    ON_DEMO.register("training.papers", demo_papers.fill)
    ON_TICK.register("training", tick)
    ON_LEAVE.register("training", leave)
    ON_CLOSE.register("training", close)
    for kind in _kinds():
        register_kind(kind)


def tick(now: datetime) -> None:
    """Say who may be declared ready, whose check ends, who misses the exchange; checks that end end."""
    tick_training(by=system("clock"), now=now)
    tick_exchange_due(by=system("clock"), now=now)
    remind_of_half_days(by=system("clock"), now=now)


def close(branch: Branch, closes_on: date, now: datetime) -> None:
    """A branch that closes calls off the half-days of that day and after; who has a seat is told."""
    call_off_from(branch=branch, day=closes_on, by=system("clock"), now=now)


def leave(person: Person, now: datetime) -> None:
    """Whoever stops gives their coming seats back: others wait for one."""
    give_back_seats(person=person, by=system("clock"), now=now)


def erase(person_id: int, now: datetime) -> None:
    """Delete what the training holds about a person; their links open nothing any more."""
    rows = Attendance.everywhere.filter(person=person_id)
    for pk in rows.values_list("pk", flat=True):
        withdraw_links(subject_type="attendance", subject_id=pk, now=now)
    withdraw_links(subject_type="person", subject_id=person_id, now=now, right="training.enrol")
    rows.delete()
    led = Trainer.everywhere.filter(person=person_id)
    for pk in led.values_list("pk", flat=True):
        withdraw_links(subject_type="trainer", subject_id=pk, now=now)
    led.delete()
    ConditionWaiver.everywhere.filter(person=person_id).delete()
    Declaration.everywhere.filter(person=person_id).delete()


def export(person_id: int) -> Mapping[str, Any]:
    """What a person may read about their training."""
    seats = Attendance.everywhere.filter(person=person_id).select_related("session__module", "feedback")
    return {
        "attendances": [
            {
                "title": seat.session.said_title,
                "starts_at": seat.session.starts_at.isoformat(),
                "presence": seat.presence,
                "sentence": seat.feedback.sentence if hasattr(seat, "feedback") else "",
            }
            for seat in seats
        ],
        "waivers": list(ConditionWaiver.everywhere.filter(person=person_id).values("condition", "reason")),
        "declared_ready": [
            at.isoformat()
            for at in Declaration.everywhere.filter(person=person_id).values_list("declared_at", flat=True)
        ],
    }


def _kinds() -> tuple[Kind, ...]:
    return (*_dates(), *_changes(), *_leading(), *_afterwards())


def _dates() -> tuple[Kind, ...]:
    return (
        Kind(
            "training.choose",
            _("Training: choose dates"),
            _("Choose your training dates"),
            _(
                "Hello %(first_name)s,\n\nthe training has half-days. Choose the dates that suit you:"
                "\n\n%(link)s\n\nUntil soon,\nthe team in %(branch)s"
            ),
            _("%(first_name)s, choose your training dates: %(link)s"),
            example=_EXAMPLE,
        ),
        Kind(
            "training.enrolled",
            _("Training: seat confirmed"),
            _("Your seat: %(title)s, %(day)s"),
            _(
                "Hello %(first_name)s,\n\nyour seat is kept: %(title)s.\n\n%(day)s, %(hour)s\n%(where)s\n\n"
                "If you cannot come, tell us. Somebody else will be glad.\n\nThe team in %(branch)s"
            ),
            _("%(first_name)s, your seat is kept: %(day)s, %(hour)s, %(place)s"),
            example=_EXAMPLE,
        ),
        Kind(
            "training.cancelled",
            _("Training: cancelled"),
            _("Cancelled: %(title)s, %(day)s"),
            _(
                "Hello %(first_name)s,\n\nwe have to cancel %(title)s on %(day)s, %(hour)s.\n\n"
                "You will hear of a new date.\n\nWe are sorry,\nthe team in %(branch)s"
            ),
            _("%(first_name)s, the half-day on %(day)s, %(hour)s is cancelled. A new date follows."),
            example=_EXAMPLE,
        ),
    )


def _changes() -> tuple[Kind, ...]:
    return (
        Kind(
            "training.changed",
            _("Training: another time or place"),
            _("Changed: %(title)s, %(day)s"),
            _(
                "Hello %(first_name)s,\n\n%(title)s has changed. This holds now:\n\n%(day)s, %(hour)s\n"
                "%(where)s\n\nYour seat is kept. If you cannot come, tell us.\n\nThe team in %(branch)s"
            ),
            _("%(first_name)s, your half-day has changed: %(day)s, %(hour)s, %(place)s"),
            example=_EXAMPLE,
        ),
        Kind(
            "training.reminder",
            _("Training: reminder"),
            _("Soon: %(title)s, %(day)s"),
            _(
                "Hello %(first_name)s,\n\nwe look forward to seeing you: %(title)s.\n\n%(day)s, %(hour)s\n"
                "%(where)s\n\nIf you cannot come, tell us. Somebody else will be glad.\n\n"
                "The team in %(branch)s"
            ),
            _("%(first_name)s, we look forward to seeing you: %(day)s, %(hour)s, %(place)s"),
            example=_EXAMPLE,
        ),
    )


def _leading() -> tuple[Kind, ...]:
    return (
        Kind(
            "training.agenda",
            _("Training: the half-days you lead"),
            _("The half-days that you lead"),
            _(
                "Hello %(first_name)s,\n\nhere are the half-days that you lead, and who comes:\n\n%(link)s"
                "\n\nThank you,\nthe team in %(branch)s"
            ),
            _("%(first_name)s, the half-days that you lead: %(link)s"),
            example=_EXAMPLE,
        ),
        Kind(
            "training.led_changed",
            _("Training: another time or place, to who leads it"),
            _("Changed: %(title)s, %(day)s"),
            _(
                "Hello %(first_name)s,\n\nthe half-day that you lead has changed: %(title)s. This holds now:"
                "\n\n%(day)s, %(hour)s\n%(where)s\n\nIf this does not suit you, call us.\n\n"
                "Thank you,\nthe team in %(branch)s"
            ),
            _("%(first_name)s, the half-day that you lead has changed: %(day)s, %(hour)s, %(place)s"),
            example=_EXAMPLE,
        ),
        Kind(
            "training.led_cancelled",
            _("Training: cancelled, to who leads it"),
            _("Cancelled: %(title)s, %(day)s"),
            _(
                "Hello %(first_name)s,\n\nthe half-day that you lead does not take place: %(title)s, on "
                "%(day)s, %(hour)s. Those who had a seat know it.\n\nWe call you about a new date.\n\n"
                "Thank you,\nthe team in %(branch)s"
            ),
            _("%(first_name)s, the half-day that you lead on %(day)s, %(hour)s does not take place."),
            example=_EXAMPLE,
        ),
    )


def _afterwards() -> tuple[Kind, ...]:
    return (
        Kind(
            "training.feedback",
            _("Training: how was it?"),
            _("How was it: %(title)s?"),
            _(
                "Hello %(first_name)s,\n\nthank you for coming. Three taps help us:\n\n%(link)s\n\n"
                "The team in %(branch)s"
            ),
            _("%(first_name)s, thank you for coming. Three taps help us: %(link)s"),
            example=_EXAMPLE,
        ),
        Kind(
            "training.missed",
            _("Training: catch up"),
            _("We missed you: %(title)s"),
            _(
                "Hello %(first_name)s,\n\nwe missed you at %(title)s. Here are the next dates:\n\n%(link)s"
                "\n\nThe team in %(branch)s"
            ),
            _("%(first_name)s, we missed you. The next dates: %(link)s"),
            example=_EXAMPLE,
        ),
        Kind(
            "training.ready",
            _("Training: ready"),
            _("You are ready"),
            _(
                "Hello %(first_name)s,\n\nyour training is done. Thank you for the time you gave.\n\n"
                "Now we look for a young person who suits you. You will hear from us.\n\n"
                "%(who)s, %(branch)s"
            ),
            _("%(first_name)s, your training is done. Now we look for a young person who suits you."),
            example=_EXAMPLE,
        ),
    )
