"""What the person reads about an application, and when they hear from us; never a state of the team."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import OuterRef, Q, QuerySet, Subquery

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.enums_judging import DecisionState, Outcome
from traboule.apps.applications.models import Application, Decision
from traboule.apps.messages.models import Message, NextNews
from traboule.apps.people.enums import MentorState, Side
from traboule.core.days import local_day

# The clock of each state, in days: after so many days without a move the team is late.
CLOCKS: dict[ApplicationState, int] = {
    ApplicationState.SENT: 3,
    ApplicationState.TALK_PLANNED: 21,
    ApplicationState.TALK_HELD: 7,
    ApplicationState.DEFERRED: 90,
}
# A training takes some weeks; after the first news they come every week until somebody moves.
TRAINING_DAYS = 28
AGAIN = timedelta(days=7)
NEWS = "application.news"
SATURDAY = 5


class Standing(StrEnum):
    """Where somebody stands, as they read it. A page puts the code into words."""

    WRITING = "writing"
    WE_CALL = "we_call"
    TALK_SOON = "talk_soon"
    WE_THINK = "we_think"
    WELCOME = "welcome"
    LATER = "later"
    ANSWERED = "answered"
    STOPPED = "stopped"


_STANDINGS: dict[ApplicationState, Standing] = {
    ApplicationState.DRAFT: Standing.WRITING,
    ApplicationState.SENT: Standing.WE_CALL,
    ApplicationState.TALK_PLANNED: Standing.TALK_SOON,
    ApplicationState.TALK_HELD: Standing.WE_THINK,
    ApplicationState.ACCEPTED: Standing.WELCOME,
    ApplicationState.DEFERRED: Standing.LATER,
    ApplicationState.REFUSED: Standing.ANSWERED,
    ApplicationState.WITHDRAWN: Standing.STOPPED,
}


def standing(application: Application) -> Standing:
    """Return what the person reads about where they stand."""
    return _STANDINGS[ApplicationState(application.state)]


def next_news_on(application: Application) -> date | None:
    """Return the day by which the person hears from us; None where nothing is promised.

    A promise never falls on a weekend, when nobody of the team is there to keep it.
    """
    if application.state == ApplicationState.DEFERRED and (until := _put_off_until(application)) is not None:
        return until  # the day that the letter named
    days = CLOCKS.get(ApplicationState(application.state))
    if _trains(application):
        days = TRAINING_DAYS
    if days is None:
        return None
    day = local_day(application.moved_at, application.branch.timezone) + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def next_promise(application: Application) -> date | None:
    """Return the day of the news to come: the first one, or a week after the last that was sent."""
    first = next_news_on(application)
    if first is None:
        return None
    about = Message.everywhere.filter(kind=NEWS, key__contains=f":{news_event(application, first)}:")
    told = max((key.split(":")[-2] for key in about.values_list("key", flat=True)), default="")
    return date.fromisoformat(told) + AGAIN if told else first


def news_event(application: Application, first: date) -> str:
    """Name what news are about: the application as it stands since its last move."""
    return f"waits:{application.pk}:{first.isoformat()}"


def wait_for_news() -> QuerySet[Application]:
    """Return the applications to whose people a day is promised."""
    trains = Q(state=ApplicationState.ACCEPTED, side=Side.MENTOR, person__mentor__state=MentorState.NEW)
    rows = Application.everywhere.filter(Q(state__in=list(CLOCKS)) | trains, person__archived_at=None)
    rows = rows.filter(person__isnull=False, person__merged_into=None)
    return with_until(rows.select_related("branch__organisation", "person__mentor"))


def with_until(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Read with each row until when it is put off, as ``next_news_on`` asks."""
    live = Decision.everywhere.filter(
        application=OuterRef("pk"), state=DecisionState.MADE, outcome=Outcome.DEFERRED
    )
    return rows.annotate(put_off_until=Subquery(live.values("until")[:1]))


def _put_off_until(application: Application) -> date | None:
    if hasattr(application, "put_off_until"):  # read with its row
        found: date | None = application.put_off_until
        return found
    rows = Decision.everywhere.filter(application=application, state=DecisionState.MADE)
    return rows.filter(outcome=Outcome.DEFERRED).values_list("until", flat=True).first()


def _trains(application: Application) -> bool:
    """A mentor who was accepted and is not ready yet: the training lasts, and nobody waits in silence."""
    if application.state != ApplicationState.ACCEPTED or application.side != Side.MENTOR:
        return False
    mentor = getattr(application.person, "mentor", None)
    return mentor is not None and mentor.state == MentorState.NEW


def late_before(state: ApplicationState, now: datetime) -> datetime | None:
    """Return the moment before which a move into ``state`` is late by now; None without a clock."""
    days = CLOCKS.get(state)
    return None if days is None else now - timedelta(days=days)


def latest_application(person_id: int) -> Application | None:
    """Return the application that moved last, of a person."""
    rows = Application.everywhere.filter(person_id=person_id).select_related("branch")
    return rows.order_by("-moved_at", "-pk").first()


def promised_to(person_id: int) -> date | None:
    """Return the day on which a person hears from us: the clock of the pool, else that of the application."""
    waiting = NextNews.everywhere.filter(person_id=person_id).first()
    if waiting is not None:
        return waiting.next_on
    latest = wait_for_news().filter(person_id=person_id).order_by("-moved_at").first()
    return None if latest is None else next_promise(latest)
