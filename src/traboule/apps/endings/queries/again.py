"""Who starts again, what it brought to mentors, and who rests until when: figures of a branch."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.endings.models import MentorChoice
from traboule.apps.endings.own_enums import Brought, Onward
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.endings import RENEWAL_MONTHS, SMALLEST_GROUP, Renewal, renewal


def renewal_of(*, actor: Actor, branch: Branch, today: date, months: int = RENEWAL_MONTHS) -> Renewal:
    """Return how many mentors of a branch started again after their first duo."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = Duo.objects.visible_to(actor).filter(branch=branch)
    ended = rows.filter(state=DuoState.CLOSED, closed_on__isnull=False).values_list("mentor_id", "closed_on")
    started: dict[int, list[date]] = defaultdict(list)
    for mentor, day in rows.values_list("mentor_id", "started_on"):
        started[mentor].append(day)
    return renewal([(mentor, day) for mentor, day in ended if day], started, today, months)


@dataclass(frozen=True, slots=True)
class Answers:
    """The mean of one sentence, None where fewer than five mentors answered it."""

    item: Brought
    number: int
    mean: float | None


def brought_of(*, actor: Actor, branch: Branch) -> list[Answers]:
    """Return what duos brought to the mentors of a branch; a mentor with several duos counts by the mean."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = MentorChoice.objects.visible_to(actor).filter(duo__branch=branch).order_by()
    found = []
    for item in Brought:
        per_mentor = rows.filter(**{f"{item}__isnull": False}).values("person").annotate(mean=Avg(item.value))
        means = [float(row["mean"]) for row in per_mentor]
        enough = len(means) >= SMALLEST_GROUP
        found.append(Answers(item, len(means), sum(means) / len(means) if enough else None))
    return found


def chosen_of(*, actor: Actor, branch: Branch) -> dict[str, int]:
    """Return how many chose what, by the latest choice of each duo; "" counts those who have not answered."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = MentorChoice.objects.visible_to(actor).filter(duo__branch=branch).order_by()
    counted = dict(rows.values_list("onward").annotate(number=Count("pk")))
    return {code: counted.get(code, 0) for code in (*Onward.values, "")}


def resting_of(*, actor: Actor, branch: Branch) -> "QuerySet[MentorChoice]":
    """Return the mentors who named a day to be asked again, the next one first."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    rows = MentorChoice.objects.visible_to(actor).filter(duo__branch=branch, ask_again_on__isnull=False)
    return rows.select_related("person").order_by("ask_again_on", "pk")
