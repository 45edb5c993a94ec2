"""Duos and the numbered places of mentors. What must never be false stands in the table, as a constraint."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES, CloseReason, DuoState
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


class MentorPlace(Scoped):
    """A place of a mentor while it is taken, by an open proposal or by an open duo. A free place has no row.

    Two coordinators who reach for the same last place write the same (mentor, number): the database lets one
    in.
    """

    SCOPE_PATH = "mentor__branch_id"
    SEE = Permission.DUOS_SEE

    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="places_taken")
    number = models.PositiveSmallIntegerField(_("number"))
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.UniqueConstraint(fields=("mentor", "number"), name="place_taken_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="place_numbers_start_at_one"),
        )

    def __str__(self) -> str:
        return f"place {self.number} of {self.mentor_id}"


class Duo(Scoped):
    """Mentor and mentee under an agreement.

    `place` is held while the duo is open and given back when it closes.
    """

    SEE = Permission.DUOS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="duos")
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duos_as_mentor")
    mentee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duos_as_mentee")
    place = models.OneToOneField(MentorPlace, on_delete=models.PROTECT, related_name="duo", null=True)
    state = models.CharField(_("state"), max_length=20, choices=DuoState, default=DuoState.ACTIVE)
    started_on = models.DateField(_("start"))
    ends_on = models.DateField(_("planned end"))
    started_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("recorded at"))
    paused_on = models.DateField(_("paused since"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)
    closed_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="+", null=True)
    close_reason = models.CharField(_("reason for closing"), max_length=30, choices=CloseReason, blank=True)
    # Who follows the duo; None: whoever started it. Handed over when a coordinator leaves.
    coordinator = models.ForeignKey(
        Login, on_delete=models.SET_NULL, related_name="duos_followed", null=True, blank=True
    )
    # Up to which day the meetings of the rhythm are planned; None: no rhythm yet.
    plan_reaches = models.DateField(_("planned up to"), null=True, blank=True)
    # Who of the two wants to be reminded the day before a meeting.
    remind_mentor = models.BooleanField(_("mentor is reminded the day before"), default=False)
    remind_mentee = models.BooleanField(_("mentee is reminded the day before"), default=False)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        indexes = (models.Index(fields=("branch", "state", "ends_on"), name="duo_of_branch"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=DuoState.values), name="duo_state_is_legal"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="duo_is_two_people"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("started_on")), name="duo_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(paused_on__isnull=True) | Q(paused_on__gte=F("started_on")),
                name="duo_is_paused_after_it_starts",
            ),
            models.CheckConstraint(
                # "is not null" is said first: a comparison with NULL is unknown, and an unknown check passes.
                condition=(
                    Q(state=DuoState.CLOSED, closed_on__isnull=False, closed_on__gte=F("started_on"))
                    & Q(place__isnull=True, closed_by__isnull=False, close_reason__in=CloseReason.values)
                )
                | (
                    Q(state__in=OPEN_DUO_STATES, closed_on__isnull=True)
                    & Q(place__isnull=False, closed_by__isnull=True, close_reason="")
                ),
                name="open_duo_has_a_place_closed_duo_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state=DuoState.PAUSED, paused_on__isnull=False)
                | ~Q(state=DuoState.PAUSED) & Q(paused_on__isnull=True),
                name="paused_duo_says_since_when",
            ),
            models.UniqueConstraint(
                fields=("mentee",), condition=Q(state__in=OPEN_DUO_STATES), name="one_open_duo_per_mentee"
            ),
        )

    def __str__(self) -> str:
        return f"duo {self.pk}"

    @property
    def owner(self) -> Login:
        """Who follows this duo: the coordinator it was handed to, else who started it."""
        return self.coordinator or self.started_by

    def side_of(self, person_id: int) -> str:
        """Say on which side a person stands: mentor, mentee, or nothing."""
        return {self.mentor_id: "mentor", self.mentee_id: "mentee"}.get(person_id, "")
