"""What goes along when a person moves to another branch; for actions, which ask the person first."""

from datetime import datetime

from traboule.apps.applications.actions.applications import open_new_step
from traboule.apps.applications.actions.talks import drop_talk
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application, BranchClosing
from traboule.apps.applications.queries.applications import OPEN_STATES
from traboule.apps.branches.models import Branch
from traboule.apps.people.models import Person, RoleGrant
from traboule.apps.privacy.models import RightsRequest
from traboule.apps.steps.enums import Closing
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import system
from traboule.core.models import Link
from traboule.core.registry import ON_LEAVE

CLOCK = system("closing of a branch")
# What is settled where it came about, by whoever can be asked about the branch that closes: money, and what
# became of a duo. An outcome counts for the branch of its duo, whose rows stay; so does who looks at it.
SETTLED_THERE = ("expenseclaim", "outcome", "followup")


def move_to_branch(*, person: Person, to: Branch, now: datetime) -> Person:
    """Move a locked person: places and dates here are given back, what is open is begun anew there.

    Duos that are over, and what was told of them or is still asked about them, stay with the branch that they
    were of: figures count them there, and an issued report stays true.
    """
    old = person.branch
    for give_back in ON_LEAVE:
        give_back(person, now)
    rows = list(Application.everywhere.filter(person=person, branch=old, state__in=OPEN_STATES))
    for row in rows:
        drop_talk(application=row, by=CLOCK, now=now)
    steps = OpenStep.everywhere.filter(branch=old, person=person, closed_at=None)
    contact = BranchClosing.everywhere.filter(branch=old, undone_at=None).values_list("contact", flat=True)
    steps.filter(subject_type__in=SETTLED_THERE, owner=None).update(owner_id=contact.first())
    steps.exclude(subject_type__in=SETTLED_THERE).update(closed_at=now, closing=Closing.DROPPED)
    taken = Person.everywhere.filter(branch=to, external_id=person.external_id).exclude(external_id="")
    if taken.exists():  # the same id means somebody else there
        person.external_id = ""
    person.branch = to
    person.save(update_fields=["branch", "external_id"])
    for row in rows:
        _take_along(row, to, now)
    RightsRequest.everywhere.filter(person=person, answer="").update(branch=to)
    RoleGrant.objects.filter(login__person=person, branch=old, role__in=["mentor", "mentee"]).update(
        branch=to
    )
    # The links of their messages go on opening what they opened.
    mine = Link.objects.filter(scope=old.pk, subject_type="person", subject_id=str(person.pk))
    mine.update(scope=to.pk)
    return person


def _take_along(row: Application, to: Branch, now: datetime) -> None:
    row.refresh_from_db()
    old, row.branch, row.owner = row.branch, to, None
    row.save(update_fields=["branch", "owner"])
    Link.objects.filter(scope=old.pk, subject_type="application", subject_id=str(row.pk)).update(scope=to.pk)
    if row.state == ApplicationState.SENT:
        open_new_step(row, CLOCK, now)
