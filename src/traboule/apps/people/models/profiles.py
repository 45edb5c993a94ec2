"""What a person brings as a mentor or looks for as a mentee."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import MenteeState, MentorState, Permission
from traboule.apps.people.models.persons import Person
from traboule.core.scope import Scoped


class MentorProfile(Scoped):
    """A person as mentor."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.PEOPLE_SEE

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="mentor")
    state = models.CharField(_("state"), max_length=10, choices=MentorState.choices, default=MentorState.NEW)
    capacity = models.PositiveSmallIntegerField(_("places"), default=1)
    years_experience = models.FloatField(_("years of experience"), null=True, blank=True)
    generalist = models.BooleanField(_("generalist"), default=False)
    strengths = models.JSONField(_("strengths"), default=list, blank=True)
    occupations = models.JSONField(_("occupations"), default=list, blank=True)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    available_until = models.DateField(_("available until"), null=True, blank=True)
    trained_on = models.DateField(_("trained on"), null=True, blank=True)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MentorState.values), name="mentor_state_is_legal"),
            models.CheckConstraint(
                condition=Q(capacity__gte=0, capacity__lte=50), name="mentor_capacity_0_to_50"
            ),
            models.CheckConstraint(
                condition=Q(years_experience=None) | Q(years_experience__gte=0, years_experience__lte=80),
                name="mentor_experience_0_to_80_years",
            ),
            models.CheckConstraint(
                condition=Q(available_from=None)
                | Q(available_until=None)
                | Q(available_until__gte=F("available_from")),
                name="mentor_available_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(paused_until=None) | Q(state=MentorState.PAUSED),
                name="mentor_pause_date_only_when_paused",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="mentor_by_state")]

    def __str__(self) -> str:
        return f"mentor {self.person_id}"


class MenteeProfile(Scoped):
    """A person as mentee. Without occupations there is no plan yet."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.PEOPLE_SEE

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="mentee")
    state = models.CharField(_("state"), max_length=10, choices=MenteeState.choices, default=MenteeState.NEW)
    needs = models.JSONField(_("needs"), default=list, blank=True)
    occupations = models.JSONField(_("occupations"), default=list, blank=True)
    waiting_since = models.DateField(_("waiting since"), null=True, blank=True)
    can_wait_until = models.DateField(_("can wait until"), null=True, blank=True)
    groups = models.JSONField(_("groups"), default=dict, blank=True)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    # Her mentor changed: she is served first until she is in a duo again, or leaves.
    comes_first_since = models.DateField(_("comes first since"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MenteeState.values), name="mentee_state_is_legal"),
            models.CheckConstraint(
                condition=Q(waiting_since=None)
                | Q(can_wait_until=None)
                | Q(can_wait_until__gte=F("waiting_since")),
                name="mentee_waiting_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state=MenteeState.POOL) | Q(waiting_since__isnull=False),
                name="mentee_in_the_pool_waits_since_a_date",
            ),
            models.CheckConstraint(
                condition=Q(paused_until=None) | Q(state=MenteeState.PAUSED),
                name="mentee_pause_date_only_when_paused",
            ),
        ]
        indexes = [models.Index(fields=["state", "waiting_since"], name="mentee_by_state_and_wait")]

    def __str__(self) -> str:
        return f"mentee {self.person_id}"
