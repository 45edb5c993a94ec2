"""A request to join, as mentor or as mentee."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


class Application(Scoped):
    """What somebody wrote, step by step; ``person`` is there from the moment it is sent."""

    SEE = Permission.APPLICATIONS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="applications"
    )
    side = models.CharField(_("as"), max_length=10, choices=Side.choices)
    state = models.CharField(
        _("state"), max_length=20, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.SELF)
    # The login of the partner adviser who registered this person; eligibility is never judged by them.
    referred_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    owner = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications_owned"
    )
    language = models.CharField(_("language"), max_length=10, default="fr")
    # {group: {field: [what was typed]}}: also what is not right yet, so that nothing is lost.
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    # As typed, so that a draft without a person can be found and called by its name.
    name = models.CharField(_("name"), max_length=170, blank=True)
    search_key = models.CharField(max_length=400, blank=True, editable=False)
    # Why it was withdrawn or opened again, in the words of the team.
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    started_at = models.DateTimeField(_("started"))
    saved_at = models.DateTimeField(_("saved"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    moved_at = models.DateTimeField(_("in this state since"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="application_side_is_legal"),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="application_state_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(person__isnull=False, sent_at__isnull=False),
                name="application_sent_has_a_person",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gte=F("started_at")),
                name="application_sent_after_it_was_started",
            ),
            models.UniqueConstraint(
                fields=["person", "side"],
                condition=Q(state__in=["sent", "talk_planned", "talk_held", "deferred"]),
                name="application_one_open_per_person_and_side",
            ),
        ]
        indexes = [models.Index(fields=["branch", "state", "moved_at"], name="application_by_state")]

    def __str__(self) -> str:
        return f"application {self.pk} ({self.state})"
