"""Messages of a gathering: the invitation with its link, and the word that it does not take place."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation

from traboule.apps.messages.actions import tell
from traboule.apps.people.models import Person
from traboule.apps.support.exchange_enums import GatheringAnswer
from traboule.apps.support.models import Gathering, GatheringInvitation
from traboule.core.actors import Actor
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link
from traboule.core.spoken import spoken_day

ANSWER_RIGHT, SUBJECT = "exchange.answer", "gatheringinvitation"


def invite(gathering: Gathering, people: Iterable[Person], by: Actor, now: datetime) -> None:
    """Invite whoever is not invited yet, each by a message with their own link."""
    for person in people:
        row, is_new = GatheringInvitation.everywhere.get_or_create(
            gathering=gathering, person=person, defaults={"invited_at": now}
        )
        if is_new:
            _say(gathering, person, "exchange.invited", by, now, link=_link(row, gathering, now))


def tell_cancelled(gathering: Gathering, by: Actor, now: datetime) -> None:
    """Tell who was invited and did not say no that it does not take place."""
    rows = GatheringInvitation.everywhere.filter(gathering=gathering).select_related("person")
    for row in rows.exclude(answer=GatheringAnswer.CANNOT):
        _say(gathering, row.person, "exchange.cancelled", by, now)


def _link(row: GatheringInvitation, gathering: Gathering, now: datetime) -> str:
    secret = make_link(
        right=ANSWER_RIGHT,
        subject_type=SUBJECT,
        subject_id=row.pk,
        scope=gathering.group.branch_id,
        now=now,
        ends_at=gathering.ends_at,
    )
    return address_of(secret)


def _say(gathering: Gathering, person: Person, kind: str, by: Actor, now: datetime, link: str = "") -> None:
    at = gathering.starts_at.astimezone(ZoneInfo(gathering.group.branch.timezone))
    with translation.override(interface(person.contact_language)):
        day = spoken_day(at.date(), weekday=False, year=True)
    tell(
        branch=gathering.group.branch,
        kind=kind,
        event=f"gathering:{gathering.pk}",
        values={
            "first_name": person.first_name,
            "day": day,
            "hour": f"{at:%H:%M}",
            "place": gathering.said_place,
            "branch": gathering.group.branch.name,
            "link": link,
        },
        by=by,
        now=now,
        person=person,
        not_after=gathering.starts_at,
    )
