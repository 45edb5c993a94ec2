"""Who leads the sittings, and the papers that go with a module."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.partners.models import Partner
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.training.models.modules import Module
from traboule.core.models import StoredFile
from traboule.core.scope import Scoped


class Trainer(Scoped):
    """Somebody who leads half-days: a person of the branch, somebody of a partner, or a free name."""

    SEE = Permission.TRAINING_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="trainers")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="trains_as"
    )
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="trainers"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="", email="") | (Q(person=None) & ~Q(name="")),
                name="trainer_is_a_person_or_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.said_name

    @property
    def said_name(self) -> str:
        """The name of the person, else the free one."""
        return self.person.display_name if self.person else self.name

    @property
    def first_name(self) -> str:
        """How a message begins."""
        return self.person.first_name if self.person else self.name.split(" ")[0]


class ModuleMaterial(StoredFile, Scoped):
    """A checked file of a module: for who leads it and for who has a seat in it."""

    SCOPE_PATH = "module__branch_id"
    SEE = Permission.TRAINING_SEE

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="materials")
    about = models.CharField(_("what it is"), max_length=120)
    added_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["about", "pk"]

    def __str__(self) -> str:
        return f"material {self.pk}"
