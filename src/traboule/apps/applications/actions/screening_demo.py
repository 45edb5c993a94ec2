"""The invented screening of the demo: references of every fate, checks in order, awaited, and lapsed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application, IdentityCheck, Reference, SafeguardingCheck
from traboule.apps.applications.screening_enums import (
    CheckDocument,
    Document,
    Known,
    ReferenceState,
    ScreeningStep,
    Trust,
)
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Channel, Side
from traboule.apps.people.models import Login, Person
from traboule.apps.steps.models import OpenStep

REFEREES = (
    ("Jeanne Roux", "a travaillé dix ans avec elle ou lui"),
    ("Paul Girard", "voisin et ami d’association"),
    ("Samia Kaci", "présidente du club de randonnée"),
    ("Luc Besson-Martin", "ancien directeur"),
    ("Élise Noël", "bénévole au même endroit"),
)
WORDS = (
    "Une personne patiente, qui tient parole.",
    "Je lui confierais mes propres enfants.",
    "Très à l’écoute, parfois un peu bavard.",
)
CHECK_DAYS = 730
# What became of the two references of those under way, in turn: state, trust, days ago.
FATES: tuple[tuple[tuple[ReferenceState, Trust | None, int], ...], ...] = (
    ((ReferenceState.ANSWERED, Trust.YES, 60), (ReferenceState.ANSWERED, Trust.YES, 55)),
    ((ReferenceState.ANSWERED, Trust.YES, 70), (ReferenceState.ANSWERED, Trust.YES, 66)),
    ((ReferenceState.ANSWERED, Trust.YES, 12), (ReferenceState.ASKED, None, 6)),
    ((ReferenceState.CALL, None, 3), (ReferenceState.ANSWERED, Trust.YES, 8)),
    ((ReferenceState.EXPIRED, None, 24), (ReferenceState.ASKED, None, 2)),
    ((ReferenceState.ANSWERED, Trust.BESIDE, 4), (ReferenceState.ANSWERED, Trust.YES, 9)),
    ((ReferenceState.ASKED, None, 11), (ReferenceState.WITHDRAWN, None, 15)),
    (),
)


def screen(
    *,
    branch: Branch,
    new: Sequence[Person],
    ready: Sequence[Person],
    login: Login,
    second: Login,
    now: datetime,
) -> None:
    """Write the screening of mentors under way and of those who are ready."""
    _accept([*new[:12], *ready[:20]], branch, login, now)
    IdentityCheck.everywhere.bulk_create(
        IdentityCheck(
            person=person,
            document=(Document.ID_CARD, Document.PASSPORT, Document.RESIDENCE)[at % 3],
            seen_on=(now - timedelta(days=30 + at)).date(),
            seen_by=login,
            noted_at=now - timedelta(days=30 + at),
        )
        for at, person in enumerate([*new[:7], *ready[:20]])
    )
    _references(branch, new, ready, login, now)
    _checks(new, ready, login, second, now)


def _accept(people: Sequence[Person], branch: Branch, login: Login, now: datetime) -> None:
    ids = [person.pk for person in people]
    known = Application.everywhere.filter(person__in=ids, side=Side.MENTOR)
    known.update(state=ApplicationState.ACCEPTED, decided_at=now - timedelta(days=40))
    have = set(known.values_list("person", flat=True))
    Application.everywhere.bulk_create(
        Application(
            branch=branch,
            person=person,
            side=Side.MENTOR,
            state=ApplicationState.ACCEPTED,
            owner=login,
            started_at=now - timedelta(days=61),
            saved_at=now - timedelta(days=60),
            sent_at=now - timedelta(days=60),
            decided_at=now - timedelta(days=40),
            moved_at=now - timedelta(days=40),
        )
        for person in people
        if person.pk not in have
    )


def _references(
    branch: Branch, new: Sequence[Person], ready: Sequence[Person], login: Login, now: datetime
) -> None:
    fates = [(person, FATES[at % len(FATES)]) for at, person in enumerate(new[:12])]
    fates += [(person, FATES[0]) for person in ready[:20]]
    rows = [
        _reference(branch, person, fate, number + at, login, now)
        for at, (person, both) in enumerate(fates)
        for number, fate in enumerate(both)
    ]
    saved = Reference.everywhere.bulk_create(rows)
    kinds = {
        ReferenceState.CALL: (ScreeningStep.REFERENCE_CALL, "reference.call"),
        ReferenceState.EXPIRED: (ScreeningStep.REFERENCE_EXPIRED, "reference.expired"),
    }
    OpenStep.everywhere.bulk_create(
        OpenStep(
            branch=branch,
            person=row.person,
            kind=kinds[ReferenceState(row.state)][0],
            key=f"{kinds[ReferenceState(row.state)][1]}:{row.pk}",
            rank=40,
            text=row.referee,
            subject_type="reference",
            subject_id=row.pk,
            opened_at=now - timedelta(days=2),
            due_on=now.date(),
        )
        for row in saved
        if row.state in kinds
    )


def _reference(
    branch: Branch,
    person: Person,
    fate: tuple[ReferenceState, Trust | None, int],
    at: int,
    login: Login,
    now: datetime,
) -> Reference:
    state, trust, days = fate
    name, relation = REFEREES[at % len(REFEREES)]
    asked = now - timedelta(days=days)
    return Reference(
        branch=branch,
        person=person,
        referee=name,
        relation=relation,
        channel=Channel.EMAIL,
        address=f"referee{at}@example.org",
        state=state,
        asked_at=asked,
        asked_by=login,
        reminders=sum(days >= after for after in (5, 10)) if state == ReferenceState.ASKED else 0,
        known=Known.OVER_FIVE if trust else "",
        trust=trust or "",
        text=WORDS[at % len(WORDS)] if trust else "",
        may_share=bool(trust) and at % 2 == 0,
        answered_at=asked + timedelta(days=2) if trust else None,
    )


def _checks(
    new: Sequence[Person], ready: Sequence[Person], login: Login, second: Login, now: datetime
) -> None:
    # How many days ago the extract was seen: the second mentor under way has a lapsed one.
    seen = [(new[0], 50), (new[1], CHECK_DAYS + 3)] if len(new) > 1 else []
    seen += [(person, CHECK_DAYS - 40 if at == 0 else 100 + at) for at, person in enumerate(ready[:20])]
    rows = [_check(person, days, login, second, now) for person, days in seen]
    awaited = [
        SafeguardingCheck(
            person=person,
            document=CheckDocument.FR_BULLETIN_3,
            asked_at=now - timedelta(days=9),
            asked_by=login,
        )
        for person in new[2:5]
    ]
    # Seen, and waiting for the second look.
    rows += [_check(person, 1, login, None, now) for person in new[5:6]]
    SafeguardingCheck.everywhere.bulk_create([*rows, *awaited])


def _check(person: Person, days: int, login: Login, second: Login | None, now: datetime) -> SafeguardingCheck:
    seen = now - timedelta(days=days)
    return SafeguardingCheck(
        person=person,
        document=CheckDocument.FR_BULLETIN_3,
        asked_at=seen - timedelta(days=14),
        asked_by=login,
        seen_on=seen.date(),
        valid_until=(seen + timedelta(days=CHECK_DAYS)).date(),
        noted_by=login,
        noted_at=seen,
        approved_by=second,
        approved_at=seen + timedelta(hours=4) if second else None,
    )
