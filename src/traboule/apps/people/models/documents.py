"""A document that a person shared: a CV, a letter. Never a paper that only proves who somebody is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Permission
from traboule.apps.people.models.logins import Login
from traboule.apps.people.models.persons import Person
from traboule.core.models import StoredFile
from traboule.core.scope import Scoped


class PersonDocument(StoredFile, Scoped):
    """One checked file with a word on what it is; goes with the person."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.NOTES_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="documents")
    about = models.CharField(_("what it is"), max_length=120)
    added_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-stored_at", "-pk"]

    def __str__(self) -> str:
        return f"document {self.pk}"
