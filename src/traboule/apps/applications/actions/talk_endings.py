"""A talk that is not needed any more: its application was answered, or two of one human became one."""

from datetime import datetime, timedelta

from django.utils import translation

from traboule.apps.applications.actions.talk_messages import (
    ANSWER_TALK,
    SAY_A_DATE,
    names_in,
    say_when,
    tell_about,
    tell_date,
    withdraw_dates,
)
from traboule.apps.applications.actions.talks import drop_talk, hold_again, record
from traboule.apps.applications.enums_judging import TalkState
from traboule.apps.applications.models import Application, Decision, Talk
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Message
from traboule.core.actors import Actor
from traboule.core.languages import interface
from traboule.core.links import withdraw_links
from traboule.core.models import Link

CALLED_OFF, ONE_IS_ENOUGH = "talk.called_off", "talk.one_is_enough"
# As the letter about a decision: what is taken back within this time was never said.
NEWS_WAITS = timedelta(hours=1)
# Nobody sets out in vain: the news of a talk that is near does not wait.
ON_THE_WAY = timedelta(hours=3)
_NOT_SAID = (DeliveryState.WAITING, DeliveryState.WITHHELD)


def call_off(*, application: Application, kind: str, by: Actor, now: datetime) -> None:
    """Close the planned talk of an application that goes no further, and tell the person.

    Its reminders are withheld, its link opens nothing. Who never heard of the talk is told nothing.
    """
    talk = Talk.everywhere.filter(application=application, state=TalkState.PLANNED).first()
    if talk is None:
        return
    about = Message.everywhere.filter(kind="talk.planned", key__contains=f":talk:{talk.pk}:")
    nobody_heard = about.filter(state=DeliveryState.WAITING).exists()
    drop_talk(application=application, by=by, now=now, keeps_offers=True)
    if nobody_heard or talk.starts_at <= now:
        return
    due_at = now if talk.starts_at <= now + ON_THE_WAY else now + NEWS_WAITS
    person = application.person
    with translation.override(interface(person.contact_language if person else "")):
        values = {**names_in(talk), "when": say_when(talk)}
    event = f"talk:{talk.pk}:{talk.moves}:off:{now:%Y-%m-%dT%H:%M:%S}"
    tell_about(talk, kind, event, values, by, now, due_at=due_at, not_after=talk.starts_at)


def put_back(*, decision: Decision, by: Actor, now: datetime) -> bool:
    """A decision is taken back: the talk that it called off holds again. False where it cannot.

    It cannot once it would have begun, or once the person was told that it does not take place.
    """
    rows = Talk.everywhere.filter(application_id=decision.application_id)
    if rows.filter(state=TalkState.PLANNED).exists():
        return True
    closed_at = decision.decided_at
    talk = rows.filter(state=TalkState.CANCELLED, closed_at=closed_at).first()
    if talk is None:
        return False
    news = Message.everywhere.filter(kind=CALLED_OFF, key__contains=f":talk:{talk.pk}:{talk.moves}:off:")
    news.filter(state=DeliveryState.WAITING).update(state=DeliveryState.WITHHELD, reason=Why.DECISION_UNDONE)
    if talk.starts_at <= now or news.exclude(state__in=_NOT_SAID).exists():
        return False
    Message.everywhere.filter(
        kind__in=SAY_A_DATE,
        state=DeliveryState.WITHHELD,
        reason=Why.WITHDRAWN,
        key__contains=f":talk:{talk.pk}:{talk.moves}:",
    ).update(state=DeliveryState.WAITING, reason="")
    links = Link.objects.filter(right=ANSWER_TALK, subject_type="talk", subject_id=str(talk.pk))
    links.filter(withdrawn_at=closed_at).update(withdrawn_at=None)
    hold_again(talk, closed_at)
    record(talk, "talk.put_back", by, now, {"decision": decision.pk})
    return True


def say_it_holds(talk: Talk, by: Actor, now: datetime) -> None:
    """Two records are two again, and the person was told already that this talk is not needed: it is."""
    news = Message.everywhere.filter(kind=ONE_IS_ENOUGH, key__contains=f":talk:{talk.pk}:{talk.moves}:off:")
    if talk.starts_at <= now or not news.exclude(state__in=_NOT_SAID).exists():
        return
    withdraw_links(subject_type="talk", subject_id=talk.pk, now=now, right=ANSWER_TALK)
    withdraw_dates(talk)
    talk.moves += 1  # the same date is said anew: what was said before it does not count any more
    talk.save(update_fields=["moves"])
    tell_date(talk, "talk.planned", by, now)
