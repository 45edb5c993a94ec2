"""Who waits, and when they hear from us next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import NextNews
from traboule.apps.people.enums import MenteeState, MentorState, Side
from traboule.apps.people.models import MenteeProfile, MentorProfile, Person
from traboule.core.registry import ENGAGED, UNDECIDED


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in the pool: since when, until when they can wait, and what they were promised."""

    person: Person
    side: Side
    since: date | None
    until: date | None
    news: NextNews | None


def who_waits(branch: Branch) -> Iterator[Waiting]:
    """Yield everybody in the pool of a branch who waits for a duo. A mentor with a duo does not wait."""
    engaged = {person_id for source in ENGAGED for person_id in source(branch.pk)}
    here = {"person__branch": branch, "person__archived_at": None}
    mentees = MenteeProfile.everywhere.filter(**here, state=MenteeState.POOL)
    mentors = MentorProfile.everywhere.filter(**here, state=MentorState.POOL)
    seen: set[int] = set()
    for mentee in mentees.select_related("person__next_news").order_by("person_id"):
        seen.add(mentee.person_id)
        yield Waiting(
            mentee.person, Side.MENTEE, mentee.waiting_since, mentee.can_wait_until, _news(mentee.person)
        )
    for mentor in mentors.select_related("person__next_news").order_by("person_id"):
        if mentor.person_id not in engaged | seen:
            yield Waiting(
                mentor.person, Side.MENTOR, mentor.trained_on, mentor.can_wait_until, _news(mentor.person)
            )


def undecided(branch: Branch) -> set[int]:
    """Return the ids of the people about whom something is being decided."""
    return {person_id for source in UNDECIDED for person_id in source(branch.pk)}


def next_news_of(person: Person) -> NextNews | None:
    """Return the promise to one person, if they wait."""
    return NextNews.everywhere.filter(person_id=person.pk).first()


def one_who_waits(person_id: int) -> MenteeProfile | MentorProfile | None:
    """Return the profile of somebody in the pool, for the page behind a link; None for anybody else.

    Of whoever waits on both sides that of the mentee, as in ``who_waits``; a mentor with a duo does not wait.
    """
    here = {"person_id": person_id, "person__archived_at": None}
    mentee = MenteeProfile.everywhere.filter(**here, state=MenteeState.POOL).select_related("person__branch")
    if (found := mentee.first()) is not None:
        return found
    mentors = MentorProfile.everywhere.filter(**here, state=MentorState.POOL)
    mentor = mentors.select_related("person__branch").first()
    if mentor is None or any(person_id in source(mentor.person.branch_id) for source in ENGAGED):
        return None
    return mentor


def _news(person: Person) -> NextNews | None:
    return getattr(person, "next_news", None)
