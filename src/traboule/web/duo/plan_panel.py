"""What my place shows of the plan: what comes next, and the way in."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.apps.duos.queries import plan as queries
from traboule.apps.duos.queries.plan_next import next_dated_thing, next_dated_things
from traboule.apps.people.enums import Side
from traboule.kernel.plans import Dated
from traboule.web.duo.panels import Panel, Standing
from traboule.web.duo.plan_words import Next, next_words

TEMPLATE = "duo/plan_panel.html"


@dataclass(frozen=True, slots=True)
class PlanPanel:
    """Title, what comes next or what to say instead, and where to go."""

    title: str
    open: str
    href: str
    next: Next | None = None
    says: str = ""
    ideas: str = ""
    sent_href: str = ""


def plan_panel(standing: Standing) -> Panel | None:
    """Show the mentee her plan, and the mentor what she shows of it; a substitute sees nothing of it."""
    if standing.is_substitute:
        return None
    if standing.side == Side.MENTOR:
        return Panel(TEMPLATE, _of_mentor(standing))
    has_ideas = standing.at_hand.idea
    return Panel(TEMPLATE, _of_mentee(standing.person, standing.today, has_ideas=has_ideas))


def plan_after(person: Any, today: Any) -> list[Panel]:
    """The plan stays hers without a duo: shown to whoever has one."""
    if getattr(person, "mentee", None) is None or not queries.has_plan(person.pk):
        return []
    return [Panel(TEMPLATE, _of_mentee(person, today))]


def _of_mentee(person: Any, today: Any, *, has_ideas: bool = True) -> PlanPanel:
    ideas = queries.ideas_waiting(person) if has_ideas else 0
    said = ngettext("%(count)s idea of your mentor", "%(count)s ideas of your mentor", ideas) % {
        "count": ideas
    }
    return PlanPanel(
        title=_("My plan"),
        open=_("Open my plan"),
        href="?plan=home",
        next=next_words(next_dated_thing(person.pk, today)),
        says=_("One small step with a day is enough."),
        ideas=said if ideas else "",
        sent_href="?plan=sent",
    )


def _of_mentor(standing: Standing) -> PlanPanel:
    mentee = standing.duo.mentee
    choice = queries.choice_of_page(mentee)
    kinds = [Dated.MILESTONE] * choice.shows_goals + [Dated.INTERVIEW] * choice.shows_applications
    kinds += [Dated.JOB_ENDS] * choice.shows_jobs
    things = next_dated_things([mentee.pk], standing.today, kinds=kinds)
    thing = things.get(mentee.pk)
    return PlanPanel(
        title=_("The plan of %(name)s") % {"name": mentee.first_name},
        open=_("See the plan"),
        href=f"?plan=home&of={standing.duo.pk}",
        next=next_words(thing, of_mentor=True),
        says=_("Ask at your next meeting: what comes next?"),
    )
