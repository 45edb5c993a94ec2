"""What the person reads about an application, and when they hear from us; never a state of the team."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application
from traboule.apps.messages.models import NextNews
from traboule.core.days import local_day

# The clock of each state, in days: after so many days without a move the team is late.
CLOCKS: dict[ApplicationState, int] = {
    ApplicationState.SENT: 3,
    ApplicationState.TALK_PLANNED: 21,
    ApplicationState.TALK_HELD: 7,
    ApplicationState.DEFERRED: 90,
}
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
    days = CLOCKS.get(ApplicationState(application.state))
    if days is None:
        return None
    day = local_day(application.moved_at, application.branch.timezone) + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


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
    rows = Application.everywhere.filter(person_id=person_id, state__in=list(CLOCKS)).select_related("branch")
    latest = rows.order_by("-moved_at").first()
    return None if latest is None else next_news_on(latest)
