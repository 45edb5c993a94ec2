"""A branch that closes: from when, whom to ask, and what each person who is still here was told and said."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums import ClosingAnswer
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


class BranchClosing(Scoped):
    """That a branch takes nobody from a day on; undone only while nobody was told."""

    SEE = Permission.TEAM_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="closings")
    closes_on = models.DateField(_("closes on"))
    # The human whom people can ask; every open step without an owner goes to them.
    contact = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="closings_of")
    decided_by = models.ForeignKey(
        Login, null=True, on_delete=models.SET_NULL, related_name="closings_decided"
    )
    decided_at = models.DateTimeField(_("decided"))
    told_at = models.DateTimeField(_("people were told"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["branch"], condition=Q(undone_at=None), name="branch_closes_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(told_at=None), name="closing_undone_only_before_telling"
            ),
        ]

    def __str__(self) -> str:
        return f"closing {self.pk}"


class ClosingPerson(Scoped):
    """One person who was told that the branch closes, and what they said."""

    SCOPE_PATH = "closing__branch_id"
    SEE = Permission.TEAM_SEE

    closing = models.ForeignKey(BranchClosing, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="closings")
    told_at = models.DateTimeField(_("told"))
    answer = models.CharField(_("answer"), max_length=5, choices=ClosingAnswer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    moved_to = models.ForeignKey(
        Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="people_from_closings"
    )

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["closing", "person"], name="closing_tells_each_person_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_at__gte=F("told_at"))),
                name="closing_answer_says_when",
            ),
            # Nobody changes branch without their own yes.
            models.CheckConstraint(
                condition=Q(moved_to=None) | Q(answer="yes"), name="closing_moves_only_who_said_yes"
            ),
        ]

    def __str__(self) -> str:
        return f"closing {self.closing_id}: {self.person_id}"
