"""Screening of a mentor: identity seen, references, safeguarding check. What was seen, never a copy."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.screening_enums import CheckDocument, Document, Known, ReferenceState, Trust
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Channel, Permission
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


class IdentityCheck(Scoped):
    """Somebody of the team has looked at a document; the latest one counts."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.SCREENING_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identity_checks")
    document = models.CharField(_("document"), max_length=20, choices=Document.choices)
    seen_on = models.DateField(_("seen on"))
    seen_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="identities_seen")
    noted_at = models.DateTimeField(_("noted"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-seen_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__in=Document.values), name="identity_document_is_legal"
            ),
        ]

    def __str__(self) -> str:
        return f"identity {self.person_id}"


class Reference(Scoped):
    """One person outside the programme who is asked about a mentor."""

    SEE = Permission.SCREENING_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="references")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="references")
    referee = models.CharField(_("name of the referee"), max_length=120)
    relation = models.CharField(_("how they know each other"), max_length=120, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    address = models.CharField(_("address of the referee"), max_length=254)
    language = models.CharField(_("language"), max_length=10, default="fr")
    state = models.CharField(
        _("state"), max_length=10, choices=ReferenceState.choices, default=ReferenceState.ASKED
    )
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="references_asked")
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    known = models.CharField(_("known for"), max_length=10, choices=Known.choices, blank=True)
    trust = models.CharField(_("alone with young people"), max_length=10, choices=Trust.choices, blank=True)
    text = models.TextField(_("what the referee says"), blank=True)
    may_share = models.BooleanField(_("the mentor may read it"), default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # Filled when somebody of the team took the answer down on the phone.
    taken_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.PROTECT, related_name="references_taken"
    )

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReferenceState.values), name="reference_state_is_legal"
            ),
            models.CheckConstraint(
                condition=(~Q(state="answered") & Q(answered_at=None, trust=""))
                | (Q(state="answered", answered_at__isnull=False) & Q(trust__in=Trust.values)),
                name="reference_answered_with_an_answer",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="reference_by_state")]

    def __str__(self) -> str:
        return f"reference {self.pk} ({self.state})"


class SafeguardingCheck(Scoped):
    """An extract that the person shows. That nothing stands in the way is noted; what it says, never."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.SCREENING_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="safeguarding_checks")
    document = models.CharField(_("document"), max_length=20, choices=CheckDocument.choices)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="checks_asked")
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    valid_until = models.DateField(_("counts until"), null=True, blank=True)
    noted_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.PROTECT, related_name="checks_noted"
    )
    noted_at = models.DateTimeField(_("noted"), null=True, blank=True)
    approved_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.PROTECT, related_name="checks_approved"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__in=CheckDocument.values), name="check_document_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(seen_on=None, valid_until=None, noted_by=None, noted_at=None)
                | Q(seen_on__isnull=False, noted_by__isnull=False, valid_until__gte=F("seen_on")),
                name="check_seen_by_somebody_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | (Q(noted_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("noted_by"))),
                name="check_approved_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.pk}"
