"""The day on which mentors were screened and began the training, for the path in figures."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from traboule.apps.applications.queries.screening import Screened, screened
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.models import MentorProfile
from traboule.apps.training.enums import Presence
from traboule.apps.training.models import Attendance, ConditionWaiver
from traboule.apps.training.queries.modules import kernel_rules
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.readiness import Condition, Rules

SCREENED, TRAINING = "screened", "training"


def first_days(*, actor: Actor, branch: Branch) -> Iterator[tuple[int, str, str, date]]:
    """Yield (person, side, step, day) of the two steps that only mentors take."""
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    zone = ZoneInfo(branch.timezone)
    mentors = MentorProfile.everywhere.filter(person__branch=branch).values("person")
    let_go, began = _moments(branch, zone)
    rules = kernel_rules(branch)
    for person, seen in screened(mentors).items():  # type: ignore[arg-type]  # a subquery, not a thousand ids
        day = _screened_on(person, seen, rules, let_go)
        if day is not None:
            yield person, Side.MENTOR.value, SCREENED, day
    for person, day in began.items():
        yield person, Side.MENTOR.value, TRAINING, day


def _moments(branch: Branch, zone: ZoneInfo) -> tuple[dict[tuple[int, str], date], dict[int, date]]:
    """Return what was let go and when, and the first half-day of each mentor; two tables in one query."""
    seats = Attendance.everywhere.filter(
        person__branch=branch, presence=Presence.PRESENT, session__module__isnull=False
    )
    waivers = ConditionWaiver.everywhere.filter(person__branch=branch)
    rows = (
        seats.order_by()
        .annotate(what=Value(TRAINING, output_field=CharField()), at=F("session__starts_at"))
        .values_list("person", "what", "at")
        .union(
            waivers.order_by()
            .annotate(what=Cast("condition", CharField()), at=F("waived_at"))
            .values_list("person", "what", "at"),
            all=True,
        )
    )
    let_go: dict[tuple[int, str], date] = {}
    began: dict[int, date] = {}
    for person, what, at in rows:
        day = at.astimezone(zone).date()
        if what == TRAINING:
            began[person] = min(day, began.get(person, day))
        else:
            let_go[person, what] = day
    return let_go, began


def _screened_on(
    person: int, seen: Screened, rules: Rules, let_go: dict[tuple[int, str], date]
) -> date | None:
    """Return the day on which the last of the three parts was done or let go; a lapsed check was done."""
    references = sorted(seen.references_on)
    days = [seen.identity_on or let_go.get((person, Condition.IDENTITY))]
    if rules.references:
        enough = references[rules.references - 1] if len(references) >= rules.references else None
        days.append(enough or let_go.get((person, Condition.REFERENCES)))
    if rules.safeguarding:
        days.append(seen.check_on or let_go.get((person, Condition.SAFEGUARDING)))
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
