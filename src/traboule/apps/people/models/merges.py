"""Two records of one human: how they were joined, and who was said to be two people after all."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models.logins import Login
from traboule.apps.people.models.persons import Person
from traboule.core.scope import Scoped


class PersonMerge(Scoped):
    """One joining of two records, with every row that it changed or set aside, so that it can be undone."""

    SEE = Permission.PEOPLE_MERGE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="person_merges")
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_kept")
    dropped = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_dropped")
    # What `actions._rows` calls changes, in the order in which they were made.
    changes = models.JSONField(_("what changed"), default=list)
    merged_at = models.DateTimeField(_("joined"))
    merged_by = models.ForeignKey(
        Login, null=True, on_delete=models.SET_NULL, related_name="merges_made", verbose_name=_("joined by")
    )
    undone_at = models.DateTimeField(_("separated again"), null=True, blank=True)
    undone_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="merges_undone"
    )

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("dropped")), name="merge_is_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("merged_at")), name="merge_undone_after_it"
            ),
            models.UniqueConstraint(
                fields=["dropped"], condition=Q(undone_at=None), name="merge_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dropped_id} → {self.kept_id}"


class NotSamePerson(Scoped):
    """Somebody looked and said: these are two people. The smaller id comes first."""

    SCOPE_PATH = "first__branch_id"
    SEE = Permission.PEOPLE_MERGE

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="not_same_as_later")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="not_same_as_earlier")
    said_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_same_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="not_same_smaller_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
