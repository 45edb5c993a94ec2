"""What earlier apps ask of this one, through core's registry."""

from django.db.models import Q

from traboule.apps.duos.actions.agreements_demo import agreements_of_the_demo
from traboule.apps.duos.actions.calendar import one_calendar_address
from traboule.apps.duos.actions.calendar_demo import calendars_of_the_demo
from traboule.apps.duos.actions.demo_meetings import fill_demo
from traboule.apps.duos.actions.meeting_ticks import tick_meetings
from traboule.apps.duos.actions.plan_demo import fill_plans
from traboule.apps.duos.actions.plan_merging import settle_two_plans
from traboule.apps.duos.duo_kinds import register_kinds as register_duo_kinds
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.meeting_kinds import register_kinds as register_meeting_kinds
from traboule.apps.duos.models import Duo
from traboule.apps.duos.plan_kinds import register_kinds as register_plan_kinds
from traboule.apps.duos.queries import open_steps
from traboule.apps.duos.queries.agreements import open_steps as agreement_steps
from traboule.apps.duos.queries.plan_rows import export_goals
from traboule.core.registry import ENGAGED, ON_DEMO, ON_EXPORT, ON_MERGE, ON_TICK, OPEN_STEPS, STILL_OPEN

OPEN_DUO = "open_duo"


def register() -> None:
    """Answer the hooks."""
    STILL_OPEN.register("duos", still_open)
    OPEN_STEPS.register("duos", open_steps)
    ENGAGED.register("duos", engaged)
    ON_DEMO.register("duos.meetings", fill_demo)
    ON_TICK.register("duos.meetings", tick_meetings)
    register_meeting_kinds()
    ON_MERGE.register("duos.plan", settle_two_plans)
    ON_MERGE.register("duos.calendar", one_calendar_address)
    ON_DEMO.register("duos.calendar", calendars_of_the_demo)
    ON_DEMO.register("duos.plan", fill_plans)
    ON_EXPORT.register("duos.plan", export_goals)
    register_plan_kinds()
    OPEN_STEPS.register("duos.agreements", agreement_steps)
    ON_DEMO.register("duos.agreements", agreements_of_the_demo)
    register_duo_kinds()


def still_open(person_id: int) -> list[str]:
    """An open duo stands in the way of leaving, on either side."""
    theirs = Q(mentee_id=person_id) | Q(mentor_id=person_id)
    busy = Duo.everywhere.filter(theirs, state__in=OPEN_DUO_STATES).exists()
    return [OPEN_DUO] if busy else []


def engaged(branch_id: int) -> set[int]:
    """Mentors with a running duo do not wait for one."""
    rows = Duo.everywhere.filter(branch_id=branch_id, state__in=OPEN_DUO_STATES)
    return set(rows.values_list("mentor_id", flat=True))
