"""The messages of the demo: sent, waiting, came back, withheld, handed to the team; and promises of news."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions.leaving import leave_step
from traboule.apps.messages.actions.receipts import record_stop
from traboule.apps.messages.actions.telling import rendered
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Beat, Message, NextNews, Wording
from traboule.apps.messages.queries.lists import WORKER
from traboule.apps.messages.queries.news import Waiting, who_waits
from traboule.apps.messages.words import said_day
from traboule.apps.people.actions.demo import DemoPeople
from traboule.apps.people.enums import Channel, Side
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, system
from traboule.kernel.calendar import next_news_on
from traboule.kernel.generator import Programme

BATCH = 500
PER_BRANCH = 60
# How the messages of a branch stand, in turn: state, why, channel (empty: the person's own).
STORIES: tuple[tuple[DeliveryState, str, str], ...] = (
    (DeliveryState.DELIVERED, "", ""),
    (DeliveryState.SENT, "", ""),
    (DeliveryState.SENT, "", Channel.EMAIL),
    (DeliveryState.WAITING, Why.QUIET_HOURS, Channel.SMS),
    (DeliveryState.DELIVERED, "", Channel.SMS),
    (DeliveryState.BOUNCED, Why.ADDRESS_REFUSED, Channel.EMAIL),
    (DeliveryState.SENT, "", ""),
    (DeliveryState.WITHHELD, Why.STOPPED, Channel.SMS),
    (DeliveryState.HANDED, "", Channel.PHONE),
    (DeliveryState.FAILED, Why.GAVE_UP, Channel.SMS),
    (DeliveryState.DELIVERED, "", ""),
    (DeliveryState.HANDED, "", Channel.LETTER),
    (DeliveryState.WITHHELD, Why.STALE, Channel.SMS),
)
STEPS_PER_BRANCH = 4


def fill_demo(loaded: DemoPeople, programme: Programme, by: Actor, now: datetime) -> None:
    """Fill the tables of this app with life; deterministic, in bulk."""
    today = programme.as_of
    for branch in loaded.branches.values():
        waiting = list(who_waits(branch))
        NextNews.everywhere.bulk_create(
            (
                NextNews(person=one.person, next_on=today + timedelta(days=1 + number % 7), asked_on=today)
                for number, one in enumerate(waiting)
            ),
            batch_size=BATCH,
        )
        shown = list(_messages(branch, waiting[:PER_BRANCH], now))
        Message.everywhere.bulk_create(shown, batch_size=BATCH)
        stuck = [row for row in shown if row.state in (DeliveryState.BOUNCED, DeliveryState.HANDED)]
        for row in stuck[:STEPS_PER_BRANCH]:
            leave_step(row, by=by, now=now)
        _somebody_said_stop(shown, now)
    Beat.objects.update_or_create(name=WORKER, defaults={"at": now})
    _own_words(loaded, now)


def _messages(branch: Branch, waiting: list[Waiting], now: datetime) -> Iterator[Message]:
    for number, one in enumerate(waiting):
        state, why, way = STORIES[number % len(STORIES)]
        person = one.person
        channel = Channel(way or person.channel)
        at = now - timedelta(days=1 + number % 12, hours=number % 6)
        is_over = state not in (DeliveryState.WAITING, DeliveryState.WITHHELD)
        day = next_news_on(at.date(), one.since)
        values: dict[str, Any] = {
            "first_name": person.first_name or person.display_name,
            "branch": branch.name,
            "day": said_day(day, person.contact_language),
        }
        kind = "pool.news" if one.side is Side.MENTEE else "pool.news_mentor"
        language = person.contact_language
        subject, body = rendered(branch=branch, kind=kind, values=values, language=language, channel=channel)
        yield Message(
            branch=branch,
            person=person,
            key=f"{person.pk}:demo:{number}:{kind}",
            kind=kind,
            channel=channel,
            address=_address(person, channel),
            language=language,
            subject=subject,
            body=body,
            state=state,
            reason=why,
            created_at=at,
            due_at=now + timedelta(hours=12) if state == DeliveryState.WAITING else at,
            sent_at=at + timedelta(minutes=2) if is_over else None,
            attempts=1 if is_over else 0,
        )


def _somebody_said_stop(rows: list[Message], now: datetime) -> None:
    """One person of each branch answered STOP to a text message: that is why the next one was withheld."""
    row = next((one for one in rows if one.reason == Why.STOPPED and one.address), None)
    if row is not None:
        at = row.created_at - timedelta(days=1)
        channel = Channel(row.channel)
        record_stop(channel=channel, address=row.address, person=row.person, by=system("sms"), now=at)


def _address(person: Person, channel: Channel) -> str:
    if channel in (Channel.SMS, Channel.PHONE):
        return person.phone
    return person.email if channel == Channel.EMAIL else ""


def _own_words(loaded: DemoPeople, now: datetime) -> None:
    Wording.everywhere.create(
        branch=loaded.branches["lyon"],
        kind="pool.news",
        language="fr",
        subject="Des nouvelles de votre recherche de mentor",
        body=(
            "Bonjour %(first_name)s,\n\nComme promis, voici de nos nouvelles. Nous cherchons encore. "
            "Vous pouvez passer nous voir le mercredi à La Duchère.\n\n"
            "Prochaines nouvelles : %(day)s.\n\nL’équipe de %(branch)s"
        ),
        sms="",
        changed_by=loaded.coordinator("lyon"),
        changed_at=now - timedelta(days=20),
    )
