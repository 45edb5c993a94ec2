"""Dated sittings, who has a seat, who came, and what they thought of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch, Room
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.training.enums import Pace, Presence, SessionKind, Useful
from traboule.apps.training.models.modules import Module
from traboule.core.scope import Scoped


class TrainingSession(Scoped):
    """One sitting: a module, a refresher or an exchange of practice."""

    SEE = Permission.TRAINING_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="training_sessions")
    kind = models.CharField(_("kind"), max_length=10, choices=SessionKind.choices, default=SessionKind.MODULE)
    module = models.ForeignKey(
        Module, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="training_sessions"
    )
    # Somewhere that is no room of the branch: a company, a museum.
    place = models.CharField(_("place"), max_length=160, blank=True)
    # Who leads it: somebody of the list, else a name for this once.
    led_by = models.ForeignKey(
        "training.Trainer", null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions_led"
    )
    trainer = models.CharField(_("trainer"), max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=12)
    language = models.CharField(_("language"), max_length=10, default="fr")
    planned_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="training_planned"
    )
    sheet_seen_at = models.DateTimeField(_("signed sheet seen"), null=True, blank=True)
    sheet_seen_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="sheets_seen"
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    # Counts the changes that calendars must hear of.
    sequence = models.PositiveIntegerField(default=0)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SessionKind.values), name="training_session_kind_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(kind="module", module__isnull=False) | (~Q(kind="module") & Q(module=None)),
                name="training_session_module_when_initial",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="training_session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=200), name="training_session_seats_1_to_200"
            ),
        ]
        indexes = [models.Index(fields=["branch", "starts_at"], name="training_session_by_date")]

    def __str__(self) -> str:
        return self.said_title

    @property
    def said_title(self) -> str:
        """Its own title, else that of its module, else its kind."""
        return self.title or (self.module.said_title if self.module else str(self.get_kind_display()))

    @property
    def said_trainer(self) -> str:
        """Who leads it, by name."""
        return self.led_by.said_name if self.led_by else self.trainer

    @property
    def said_place(self) -> str:
        """Room and street, else what was written."""
        return f"{self.room}, {self.room.venue.address}" if self.room else self.place

    @property
    def said_access(self) -> str:
        """How to get there: what is written about the place, then about the room."""
        notes = (self.room.venue.access_notes, self.room.access_notes) if self.room else ()
        return " ".join(note for note in notes if note)


class Attendance(Scoped):
    """A numbered seat in a sitting, and whether its holder came. Two people never hold one seat."""

    SCOPE_PATH = "session__branch_id"
    SEE = Permission.TRAINING_SEE

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    seat = models.PositiveSmallIntegerField(_("seat"))
    presence = models.CharField(
        _("presence"), max_length=10, choices=Presence.choices, default=Presence.PLANNED
    )
    enrolled_at = models.DateTimeField(_("enrolled"))
    enrolled_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="enrolled"
    )
    noted_at = models.DateTimeField(_("noted"), null=True, blank=True)
    noted_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="attendances_noted"
    )
    # From the phone that marked it: sent twice, it counts once.
    client_key = models.CharField(max_length=40, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="training_seat_once"),
            models.UniqueConstraint(fields=["session", "person"], name="training_one_seat_a_person"),
            models.CheckConstraint(condition=Q(seat__gte=1, seat__lte=200), name="training_seat_1_to_200"),
            models.CheckConstraint(
                condition=Q(presence__in=Presence.values), name="training_presence_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(presence="planned", noted_at=None) | (~Q(presence="planned") & ~Q(noted_at=None)),
                name="training_presence_noted_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.seat} of {self.session_id}"


class Feedback(Scoped):
    """Three taps and one optional sentence, by the link of a message."""

    SCOPE_PATH = "attendance__session__branch_id"
    SEE = Permission.TRAINING_SEE

    attendance = models.OneToOneField(
        Attendance, on_delete=models.CASCADE, primary_key=True, related_name="feedback"
    )
    useful = models.PositiveSmallIntegerField(_("useful"), choices=Useful.choices)
    pace = models.CharField(_("pace"), max_length=10, choices=Pace.choices)
    recommends = models.BooleanField(_("would recommend it"))
    sentence = models.CharField(_("one sentence"), max_length=300, blank=True)
    given_at = models.DateTimeField(_("given"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=Q(useful__gte=1, useful__lte=3), name="feedback_useful_1_to_3"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="feedback_pace_is_legal"),
        ]

    def __str__(self) -> str:
        return f"feedback {self.attendance_id}"
