"""What the demo has only a few of, in numbers that fill every list of the way in.

    python -m benchmarks.crowd_way_in      fills the database of DATABASE_URL, which holds the demo

Rows are written in bulk, as the actions would have left them, without their audit entries and messages.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from benchmarks.load import ADVISER

PLACES, PARTNERS, TRAINERS, FUNDERS = 40, 60, 30, 8
PAST_SESSIONS, COMING_SESSIONS, BOOKINGS = 150, 40, 20
PAST_TRAININGS, COMING_TRAININGS, SEATS = 200, 60, 8
REQUESTS, LONG_GONE, PROPOSALS, SENT, TWINS = 400, 400, 800, 400, 60
OUTCOMES = 1200
FOLLOW_UPS, LATER_MONTHS = 1200, (24, 30, 36, 42)


def fill(now: datetime) -> dict[str, int]:
    """Fill every branch of the demo that has people; return how many rows of each kind there are."""
    from traboule.apps.branches.models import Branch
    from traboule.apps.people.models import Person

    for branch in Branch.objects.filter(slug__in=("lyon", "lille", "marseille", "ile-de-france")):
        people = list(
            Person.everywhere.filter(branch=branch, archived_at=None).select_related("mentee").order_by("pk")
        )
        rooms = places(branch)
        sessions(branch, rooms, people, now)
        trainings(branch, rooms, now)
        rights(branch, people, now)
        proposals(branch, now)
        partners(branch, now)
        twins(people, now)
        outcomes(branch, people, now)
        follow_ups(branch, now)
    return counts()


def places(branch: Any) -> list[Any]:
    from traboule.apps.branches.models import Room, Venue

    venues = Venue.everywhere.bulk_create(
        Venue(branch=branch, name=f"Maison {n}", address=f"{n} rue de la Foule", postcode="69009")
        for n in range(PLACES)
    )
    return list(
        Room.everywhere.bulk_create(
            Room(venue=venue, name=name, capacity=30) for venue in venues for name in ("Salle 1", "Salle 2")
        )
    )


def sessions(branch: Any, rooms: list[Any], people: list[Any], now: datetime) -> None:
    """Information sessions of three years, full, with who came; and those of the months to come."""
    from traboule.apps.applications.models import Attendance, Booking, InfoSession

    starts = [now - timedelta(days=7 * n + 1) for n in range(PAST_SESSIONS)]
    starts += [now + timedelta(days=3 * n + 1) for n in range(COMING_SESSIONS)]
    rows = InfoSession.everywhere.bulk_create(
        InfoSession(
            branch=branch,
            room=rooms[n % len(rooms)],
            starts_at=at,
            ends_at=at + timedelta(hours=2),
            places=BOOKINGS + 5,
            created_at=now,
            followed_up_at=now if at < now else None,
        )
        for n, at in enumerate(starts)
    )
    booked = Booking.everywhere.bulk_create(
        (
            Booking(
                session=row,
                person=(person := people[(n * BOOKINGS + seat) % len(people)]),
                side="mentee",
                first_name=person.first_name,
                last_name=person.last_name,
                state="booked",
                place=seat + 1,
                made_at=now,
                changed_at=now,
            )
            for n, row in enumerate(rows)
            for seat in range(BOOKINGS)
        ),
        batch_size=1000,
    )
    came = (row for row in booked if row.session.starts_at < now)
    Attendance.everywhere.bulk_create(
        (
            Attendance(
                booking=row, state="missed" if row.place == 3 else "came", marked_at=now, received_at=now
            )
            for row in came
        ),
        batch_size=1000,
    )


def trainings(branch: Any, rooms: list[Any], now: datetime) -> None:
    from traboule.apps.people.models import Person
    from traboule.apps.training.models import Attendance, Module, Trainer, TrainingSession

    modules = list(Module.everywhere.filter(branch=branch))
    Trainer.everywhere.bulk_create(
        Trainer(branch=branch, name=f"Odile {n}", added_at=now) for n in range(TRAINERS)
    )
    starts = [now - timedelta(days=4 * n + 1) for n in range(PAST_TRAININGS)]
    starts += [now + timedelta(days=2 * n + 1) for n in range(COMING_TRAININGS)]
    rows = TrainingSession.everywhere.bulk_create(
        TrainingSession(
            branch=branch,
            module=modules[n % len(modules)],
            starts_at=at,
            ends_at=at + timedelta(hours=3),
            room=rooms[n % len(rooms)],
        )
        for n, at in enumerate(starts)
    )
    mentors = list(Person.everywhere.filter(branch=branch, mentor__isnull=False).order_by("pk"))
    Attendance.everywhere.bulk_create(
        (
            Attendance(
                session=row,
                person=mentors[(n * SEATS + seat) % len(mentors)],
                seat=seat + 1,
                enrolled_at=now,
                noted_at=now if row.starts_at < now else None,
                presence="present" if row.starts_at < now else "planned",
            )
            for n, row in enumerate(rows)
            for seat in range(SEATS)
        ),
        batch_size=1000,
    )


def rights(branch: Any, people: list[Any], now: datetime) -> None:
    """Requests of people, a tenth of them open; and people of whom nobody heard for years."""
    from traboule.apps.people.models import MenteeProfile, Person
    from traboule.apps.privacy.models import RetentionNotice, RightsRequest
    from traboule.apps.privacy.rules import KEPT_DAYS

    RightsRequest.everywhere.bulk_create(
        RightsRequest(
            branch=branch,
            person=people[n % len(people)],
            kind="access",
            asked_by="door",
            asked_at=now - timedelta(days=n + 1),
            due_on=(now + timedelta(days=30 - n)).date(),
            identity="link",
            identity_at=now,
            answer="" if n % 10 == 0 else "done",
            answered_at=None if n % 10 == 0 else now,
        )
        for n in range(REQUESTS)
    )
    gone = MenteeProfile.everywhere.filter(person__branch=branch, person__retention_notice=None)
    gone = gone.exclude(state="matched").order_by("pk").values_list("pk", flat=True)[:LONG_GONE]
    Person.everywhere.filter(pk__in=list(gone)).update(last_contact_at=now - timedelta(days=KEPT_DAYS + 20))
    RetentionNotice.everywhere.bulk_create(
        RetentionNotice(person_id=pk, told_at=now - timedelta(days=5)) for pk in list(gone)[::2]
    )


def proposals(branch: Any, now: datetime) -> None:
    """Proposals that a mentee declined, over two years."""
    from traboule.apps.pairing.models import MatchRun, Proposal, RunOption
    from traboule.apps.people.models import RoleGrant

    run = MatchRun.everywhere.filter(branch=branch).order_by("-pk").first()
    assert run is not None
    grants = RoleGrant.objects.filter(branch=branch, role="coordinator").order_by("pk")
    by = grants.values_list("login", flat=True).first()
    options = RunOption.everywhere.filter(run=run).order_by("pk").values_list("mentor_id", "mentee_id")
    Proposal.everywhere.bulk_create(
        (
            Proposal(
                branch=branch,
                run=run,
                mentor_id=mentor,
                mentee_id=mentee,
                state="declined",
                reason="Ils ont plusieurs intérêts en commun.",
                proposed_by_id=by,
                proposed_at=(at := now - timedelta(days=1 + n % 700)),
                told_at=at,
                told_by_id=by,
                mentee_answer="no",
                mentee_answer_at=at,
                mentee_answer_by_id=by,
                decline_reason="schedule",
            )
            for n, (mentor, mentee) in enumerate(islice(options, PROPOSALS))
        ),
        batch_size=500,
    )


def partners(branch: Any, now: datetime) -> None:
    """Partners; in the branch of the demo's adviser also the people whom she sent."""
    from traboule.apps.applications.models import Application, Funder, RuleSet
    from traboule.apps.partners.models import Partner, Referrer

    Partner.everywhere.bulk_create(
        Partner(branch=branch, name=f"Association {n}", created_at=now) for n in range(PARTNERS)
    )
    funders = Funder.everywhere.bulk_create(
        Funder(branch=branch, name=f"Financeur {n}", created_at=now) for n in range(FUNDERS)
    )
    rules = [{"code": "agrees", "kind": "question", "sentence": "Accepte d’être rappelé."}]
    RuleSet.everywhere.bulk_create(
        RuleSet(funder=row, version=1, valid_from=now.date() - timedelta(days=9), rules=rules, made_at=now)
        for row in funders
    )
    advisers = Referrer.everywhere.filter(partner__branch=branch, login__name=ADVISER)
    adviser = advisers.values_list("login", flat=True).first()
    if adviser is not None:
        rows = Application.everywhere.filter(branch=branch, side="mentee", person__isnull=False)
        chosen: Iterable[int] = rows.order_by("-pk").values_list("pk", flat=True)[:SENT]
        Application.everywhere.filter(pk__in=list(chosen)).update(referred_by=adviser, source="referrer")


def twins(people: list[Any], now: datetime) -> None:
    """Second records of people, the names in another order."""
    from traboule.apps.people.actions._writing import refresh_search_key
    from traboule.apps.people.models import Person

    rows = []
    for one in people[:TWINS]:
        twin = Person(
            branch_id=one.branch_id,
            first_name=one.last_name,
            last_name=one.first_name,
            birth_date=one.birth_date,
            phone=one.phone,
            created_at=now,
            last_contact_at=now,
        )
        refresh_search_key(twin)
        rows.append(twin)
    Person.everywhere.bulk_create(rows)


def outcomes(branch: Any, people: list[Any], now: datetime) -> None:
    """What mentees found in three years, every third still to verify."""
    from traboule.apps.outcomes.models import Outcome

    mentees = [person for person in people if hasattr(person, "mentee")]
    Outcome.everywhere.bulk_create(
        Outcome(
            branch=branch,
            person=mentees[n % len(mentees)],
            kind="job" if n % 4 else "training",
            contract="fixed" if n % 4 else "",
            starts_on=(day := now.date() - timedelta(days=n % 1000)),
            ends_on=day + timedelta(days=90),
            seen_on=day,
            employer=f"Atelier {n}",
            told_by="mentee",
            told_at=now - timedelta(days=n % 1000),
            state="verified" if n % 3 else "told",
            decided_at=now if n % 3 else None,
        )
        for n in range(OUTCOMES)
    )


def follow_ups(branch: Any, now: datetime) -> None:
    """What mentees were asked after every duo of the branch, month after month, in every state."""
    from traboule.apps.duos.models import Duo
    from traboule.apps.followups.models import FollowUp

    over = {"closed_at": now, "done_at": now}
    states: tuple[dict[str, Any], ...] = (
        {"state": "to_call", "asked_at": now},
        {"state": "reached", "now": "job", "answered_at": now, **over},
        {"state": "refused", **over},
        {"state": "unreachable", "closed_at": now},
        {"state": "not_asked", "why_not": "consent", "closed_at": now},
    )
    duos = list(Duo.everywhere.filter(branch=branch).order_by("pk")[: FOLLOW_UPS // len(LATER_MONTHS)])
    FollowUp.everywhere.bulk_create(
        FollowUp(
            branch=branch,
            person_id=duo.mentee_id,
            duo=duo,
            month=month,
            due_on=now.date() - timedelta(days=n % 600),
            **states[n % len(states)],
        )
        for month in LATER_MONTHS
        for n, duo in enumerate(duos)
    )


def counts() -> dict[str, int]:
    from django.apps import apps

    names = (
        *("people.Person", "applications.Application", "applications.Booking", "applications.Judgement"),
        *("training.TrainingSession", "pairing.Proposal", "privacy.RightsRequest", "partners.Partner"),
        *("outcomes.Outcome", "followups.FollowUp"),
    )
    return {name: apps.get_model(name)._base_manager.count() for name in names}


if __name__ == "__main__":
    import django

    django.setup()
    from django.db import transaction

    with transaction.atomic():
        print(json.dumps(fill(datetime.now(UTC))))
