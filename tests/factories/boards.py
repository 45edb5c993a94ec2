"""Many ended duos with a result, written as rows: what dashboards count, without the way that led there."""

from datetime import date, timedelta

from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import MenteeState, MentorState
from traboule.apps.people.models import Login, MenteeProfile, MentorProfile, Person

BEGAN = date(2025, 4, 7)


def ended_duos(
    branch: Branch, number: int, *, by: Login, began: date = BEGAN, days: int = 180, gender: str = "f"
) -> list[Duo]:
    """So many duos of their own people, closed after ``days``."""
    people = make.PersonFactory.build_batch(2 * number, branch=branch, gender=gender)
    for n, person in enumerate(people):
        person.external_id = f"{branch.slug}-{began}-{days}-{gender}-{n}-{Person.everywhere.count()}"
        person.created_at = NOW - timedelta(days=700)
    saved = Person.everywhere.bulk_create(people)
    mentees, mentors = saved[:number], saved[number:]
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(person=one, state=MenteeState.LEFT, waiting_since=began - timedelta(days=20))
        for one in mentees
    )
    MentorProfile.everywhere.bulk_create(
        MentorProfile(person=one, state=MentorState.POOL, trained_on=began) for one in mentors
    )
    return Duo.everywhere.bulk_create(
        Duo(
            branch=branch,
            mentor=mentor,
            mentee=mentee,
            state="closed",
            close_reason="completed",
            started_on=began,
            ends_on=began + timedelta(days=182),
            closed_on=began + timedelta(days=days),
            started_by=by,
            closed_by=by,
            started_at=NOW,
        )
        for mentee, mentor in zip(mentees, mentors, strict=True)
    )
