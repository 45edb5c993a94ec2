"""Whom somebody would rather not meet, in the words that were said, until and after a person was found."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Permission
from traboule.apps.people.models.logins import Login
from traboule.apps.people.models.persons import Person
from traboule.core.scope import Scoped


class NotToMeet(Scoped):
    """One wish. ``other`` is whom the words name, once somebody of the team or a full name said so.

    The words are kept where nobody fits: the one who is named may join later.
    """

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.PEOPLE_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="not_to_meet")
    words = models.CharField(_("would rather not meet"), max_length=300)
    other = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="named_in_wishes"
    )
    said_at = models.DateTimeField(_("said"))
    # None: the person themselves, on their own page.
    written_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="wishes_written"
    )

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="not_to_meet_in_words"),
            models.CheckConstraint(
                condition=Q(other=None) | ~Q(person=F("other")), name="not_to_meet_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk} of {self.person_id}"
