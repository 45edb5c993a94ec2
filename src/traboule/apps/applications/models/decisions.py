"""Accept, put off, refuse: who decided what, why, who agreed, and when the letter leaves."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums_judging import DecisionState, Outcome, Reason
from traboule.apps.applications.models.applications import Application
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.scope import Scoped

LIVE = (DecisionState.PROPOSED, DecisionState.MADE)


class Decision(Scoped):
    """One decision about one application; at most one of them is live at a time."""

    SEE = Permission.APPLICATIONS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="decisions")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    state = models.CharField(_("state"), max_length=10, choices=DecisionState.choices)
    reason = models.CharField(_("why"), max_length=20, choices=Reason.choices, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    sentence = models.CharField(_("a sentence of your own"), max_length=400, blank=True)
    # Where the application and the person stood, so that taking the decision back leads there again.
    state_before = models.CharField(max_length=20)
    person_before = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions_made"
    )
    decided_at = models.DateTimeField(_("decided"))
    approved_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions_approved"
    )
    approved_at = models.DateTimeField(_("agreed by a second person"), null=True, blank=True)
    letter = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    letter_due_at = models.DateTimeField(_("letter leaves"), null=True, blank=True)
    undone_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions_undone"
    )
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_is_legal"),
            models.CheckConstraint(
                condition=Q(state__in=DecisionState.values), name="decision_state_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(outcome="accepted") | (Q(reason__in=Reason.values) & ~Q(reason="")),
                name="decision_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="deferred", until__isnull=False)
                | (~Q(outcome="deferred") & Q(until=None)),
                name="decision_put_off_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(decided_by=None) | ~Q(approved_by=F("decided_by")),
                name="decision_approved_by_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["proposed", "made"]),
                name="decision_one_live_per_application",
            ),
        ]
        indexes = [models.Index(fields=["branch", "state", "decided_at"], name="decision_by_state")]

    def __str__(self) -> str:
        return f"decision {self.pk} ({self.outcome}, {self.state})"
