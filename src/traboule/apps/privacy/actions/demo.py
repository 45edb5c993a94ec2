"""Requests about data for the demo: one fresh, one pressing, one answered; and two people long gone."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.people.actions.demo import DemoPeople
from traboule.apps.people.models import Person
from traboule.apps.privacy.enums import Answer, AskedBy, IdentityCheck, RequestKind
from traboule.apps.privacy.models import LegalHold, RetentionNotice, RightsRequest
from traboule.apps.privacy.rules import KEPT_DAYS, last_day_to_answer
from traboule.core.actors import Actor

# Days ago, what, how it came, in their words, answer.
_ASKED = (
    (3, RequestKind.ACCESS, AskedBy.DOOR, "Je voudrais lire ce qui est écrit sur moi.", ""),
    (27, RequestKind.ERASE, AskedBy.PHONE, "J'ai déménagé. Effacez tout, merci.", ""),
    (50, RequestKind.CORRECT, AskedBy.SPOKEN, "Mon nom s'écrit avec deux s.", Answer.DONE),
)


def fill_demo(loaded: DemoPeople, programme: Any, by: Actor, now: datetime) -> None:
    """Write the requests of each branch, the same ones for the same programme."""
    requests: list[RightsRequest] = []
    holds: list[LegalHold] = []
    for branch in loaded.branches.values():
        people = [person for person in loaded.persons.values() if person.branch_id == branch.pk]
        chosen = sorted(people, key=lambda person: person.pk)[-5:]
        if len(chosen) < 5:
            continue
        for person, line in zip(chosen, _ASKED, strict=False):
            requests.append(_request(person, line, now))
        # Nobody heard of these two for more than two years; for one of them the law asks to wait.
        gone = [person.pk for person in chosen[3:]]
        Person.everywhere.filter(pk__in=gone).update(last_contact_at=now - timedelta(days=KEPT_DAYS + 12))
        RetentionNotice.everywhere.create(
            person=chosen[3], told_at=now - timedelta(days=9), queued_at=None, by_hand=True
        )
        until = (now + timedelta(days=90)).date()
        reason = "Contrôle du financeur en cours"
        holds.append(LegalHold(person=chosen[4], reason=reason, until=until, set_at=now))
    RightsRequest.everywhere.bulk_create(requests)
    LegalHold.everywhere.bulk_create(holds)


def _request(
    person: Person, line: tuple[int, RequestKind, AskedBy, str, str], now: datetime
) -> RightsRequest:
    days, kind, asked_by, said, answer = line
    asked_at = now - timedelta(days=days)
    return RightsRequest(
        branch=person.branch,
        person=person,
        kind=kind,
        asked_by=asked_by,
        said=said,
        asked_at=asked_at,
        due_on=last_day_to_answer(asked_at.date()),
        identity=IdentityCheck.LINK if asked_by is AskedBy.DOOR else IdentityCheck.CALLED_BACK,
        identity_at=asked_at,
        answer=answer,
        answered_at=asked_at + timedelta(days=4) if answer else None,
    )
