"""The panels talk, eligibility and decision on the page of an application."""

from typing import Any

from traboule.apps.applications.queries.decisions import live_decision, ready_to_accept
from traboule.apps.applications.queries.talks import talks_about
from traboule.apps.people.enums import Permission
from traboule.kernel.lifecycle import APPLICATION
from traboule.web.access import Here
from traboule.web.coordinator import judging_words as words
from traboule.web.coordinator.eligibility import cards_of
from traboule.web.coordinator.panels import Panel


def talk(here: Here, application: Any) -> Panel | None:
    """The talks so far and the next act; nothing before the application is sent."""
    if application.person_id is None or not here.may(Permission.TALKS_SEE):
        return None
    rows = talks_about(actor=here.actor, application=application)
    may_plan = here.may(Permission.TALKS_WRITE) and APPLICATION.allows(application.state, "plan_talk")
    context = {
        "here": here,
        "application": application,
        "rows": [(row, *words.say_talk(row)) for row in rows],
        "may_plan": may_plan and not any(row.state == "planned" for row in rows),
    }
    return Panel("talk", "judging/panel_talk.html", context)


def eligibility(here: Here, application: Any) -> Panel | None:
    """Where the person stands with each funder."""
    if application.person_id is None or not here.may(Permission.ELIGIBILITY_SEE):
        return None
    context = {"here": here, "application": application, "cards": cards_of(here, application)}
    return Panel("eligibility", "judging/panel_eligibility.html", context)


def decision(here: Here, application: Any) -> Panel | None:
    """What was decided, or what is still missing."""
    if application.person_id is None or not here.may(Permission.APPLICATIONS_SEE):
        return None
    live = live_decision(application)
    may_decide = here.may(Permission.APPLICATIONS_DECIDE)
    is_open = live is None and APPLICATION.allows(application.state, "refuse")
    context = {
        "here": here,
        "application": application,
        "live": live,
        "said": words.say_decision(live) if live else None,
        "lacking": words.say_lacking(ready_to_accept(application)) if is_open else [],
        "is_open": is_open,
        "may_decide": may_decide,
    }
    return Panel("decision", "judging/panel_decision.html", context)
