"""What every write of a plan has in common: who may, and the line in the audit log."""

from datetime import date, datetime

from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise

# A plan looks a little back and some years ahead; a date beyond that was mistyped.
MOST_YEARS_AHEAD = 5


class ImpossibleDate(ValueError):
    """Before the birth of the person, or years ahead; ``field`` names the date."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class WrongOrder(ValueError):
    """A date lies before the one that it must follow, or in the past; ``field`` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def may_write(person: Person, by: Actor) -> bool:
    """Return whether somebody writes on behalf of the mentee.

    She writes herself, by a link or signed in; the team writes for her. Raises NotAllowed, NotVisible.
    """
    is_other = by.kind is not ActorKind.SYSTEM and not (
        by.id is not None and Login.objects.filter(pk=by.id, person=person, is_active=True).exists()
    )
    if is_other:
        authorise(by, Permission.DUOS_WRITE, person.branch_id)
        return True
    authorise_own(person, by)
    return False


def possible(person: Person, today: date, **dates: date | None) -> None:
    """Return if each date may stand in the plan of ``person``. Raises ImpossibleDate."""
    latest = date(today.year + MOST_YEARS_AHEAD, 12, 31)
    for field, day in dates.items():
        if day is not None and (day > latest or (person.birth_date and day <= person.birth_date)):
            raise ImpossibleDate(field)


def record(
    person: Person,
    verb: str,
    by: Actor,
    now: datetime,
    *,
    for_her: bool = False,
    said: str = "",
    **facts: object,
) -> None:
    """Write one line about a plan; what the team wrote for her says how she said it."""
    on_behalf = {"on_behalf": True, "said": said} if for_her else {}
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb=f"plan.{verb}",
        subject_type="person",
        subject_id=person.pk,
        facts={"person": person.pk, **facts, **on_behalf},
    )
