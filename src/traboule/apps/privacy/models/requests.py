"""What people ask about their data, with a clock of one month."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.privacy.enums import Answer, AskedBy, IdentityCheck, RequestKind
from traboule.core.scope import Scoped


class RightsRequest(Scoped):
    """One request. ``person`` is empty once that person is erased; the line stays, as proof of the answer."""

    SEE = Permission.RIGHTS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="rights_requests")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="rights_requests"
    )
    kind = models.CharField(_("what they ask"), max_length=10, choices=RequestKind.choices)
    asked_by = models.CharField(_("how it came"), max_length=10, choices=AskedBy.choices)
    said = models.TextField(_("in their words"), max_length=2_000, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    due_on = models.DateField(_("answer by"))
    taken_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    identity = models.CharField(
        _("how we know who asks"), max_length=12, choices=IdentityCheck.choices, blank=True
    )
    identity_at = models.DateTimeField(_("identity checked"), null=True, blank=True)
    identity_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answer_text = models.TextField(_("what we answered"), max_length=2_000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RequestKind.values), name="rights_request_kind_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_at__gte=F("asked_at"))),
                name="rights_request_answer_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["branch", "due_on"], condition=Q(answer=""), name="rights_request_open_by_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
