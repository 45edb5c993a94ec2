"""Who was erased (a number, no more), who stands in, who may not be erased yet, who was told."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.privacy.enums import EraseReason
from traboule.core.scope import Scoped


class ErasureEntry(Scoped):
    """One line of the erasure ledger. It is replayed after an older copy of the database is restored."""

    SEE = Permission.RIGHTS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="erasures")
    # The number that the person had; no link, because nobody is there any more.
    number = models.BigIntegerField(_("number"), unique=True)
    reason = models.CharField(_("why"), max_length=10, choices=EraseReason.choices)
    erased_at = models.DateTimeField(_("erased"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-erased_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=EraseReason.values), name="erasure_reason_is_legal"
            ),
        ]

    def __str__(self) -> str:
        return f"erased {self.number}"


class StandIn(Scoped):
    """An empty person on whom rows hang that only count: a duo that ended, an application that was decided.

    Nothing says in whose place it stands.
    """

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.RIGHTS_SEE

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="stand_in")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"

    def __str__(self) -> str:
        return f"stand-in {self.person_id}"


class LegalHold(Scoped):
    """Why the data of a person may not be erased yet, and until when."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.RIGHTS_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(_("why"), max_length=200)
    until = models.DateField(_("until"))
    set_at = models.DateTimeField(_("since"))
    set_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_at__gte=F("set_at")),
                name="hold_lifted_after_it_was_set",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class RetentionNotice(Scoped):
    """That a person is told that the data go soon: written, and when it reached them.

    ``told_at`` stays empty until the message was sent, or the team did it ``by_hand``: only then do the
    thirty days run.
    """

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.RIGHTS_SEE

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="retention_notice")
    queued_at = models.DateTimeField(_("message written"), null=True, blank=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    by_hand = models.BooleanField(_("told by the team"), default=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=False) | Q(queued_at__isnull=False),
                name="notice_is_written_or_told",
            ),
            models.CheckConstraint(
                condition=Q(by_hand=False) | Q(told_at__isnull=False), name="notice_by_hand_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"
