"""Documents that a person shared."""

from django.db.models import QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person, PersonDocument
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise


def documents_of(*, actor: Actor, person: Person) -> QuerySet[PersonDocument]:
    """Return the documents of a person, the latest first."""
    authorise(actor, Permission.NOTES_SEE, person.branch_id)
    return PersonDocument.objects.visible_to(actor).filter(person=person).select_related("added_by")


def find_document(
    *, actor: Actor, branch: Branch, person: int, pk: int, permission: Permission = Permission.NOTES_SEE
) -> PersonDocument:
    """Return one document. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = PersonDocument.objects.visible_to(actor, permission).filter(person__branch=branch, person=person)
    found = rows.select_related("person").filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found
