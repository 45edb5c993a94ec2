"""Information sessions, who booked, who came. A place is a number that the database gives away once."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums import HOLDS_A_PLACE, Audience, BookingState, Presence
from traboule.apps.applications.models.applications import Application
from traboule.apps.branches.models import Branch, Room
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


class InfoSession(Scoped):
    """A dated meeting where people hear what the programme is; in a room or behind an address, or both."""

    SEE = Permission.SESSIONS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="info_sessions")
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="info_sessions"
    )
    online_url = models.URLField(_("address to join online"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    places = models.PositiveSmallIntegerField(_("places"))
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices, default=Audience.BOTH)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    hint = models.CharField(_("good to know"), max_length=300, blank=True)
    is_open = models.BooleanField(_("shown to the public"), default=True)
    # Counts the changes that calendars must hear of.
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.CharField(_("why it is cancelled"), max_length=300, blank=True)
    # When those who did not come were told of the next dates.
    followed_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="info_session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=1000), name="info_session_has_1_to_1000_places"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="info_session_audience_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(online_url=""), name="info_session_is_somewhere"
            ),
        ]
        indexes = [models.Index(fields=["branch", "starts_at"], name="info_session_by_start")]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.cancelled_at is not None


class Booking(Scoped):
    """Somebody who wants to come. ``place`` is held while it is booked or offered, and given back after."""

    SCOPE_PATH = "session__branch_id"
    SEE = Permission.SESSIONS_SEE

    session = models.ForeignKey(InfoSession, on_delete=models.CASCADE, related_name="bookings")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="session_bookings"
    )
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="session_bookings"
    )
    side = models.CharField(_("as"), max_length=10, choices=Side.choices, blank=True)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=10, default="fr")
    state = models.CharField(_("state"), max_length=10, choices=BookingState.choices)
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    made_at = models.DateTimeField(_("made"))
    changed_at = models.DateTimeField(_("in this state since"))
    offer_ends_at = models.DateTimeField(_("the offer ends"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    uid = models.UUIDField(default=uuid4, editable=False, unique=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "place"], condition=Q(place__isnull=False), name="session_place_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*HOLDS_A_PLACE], place__isnull=False, place__gte=1)
                | (~Q(state__in=[*HOLDS_A_PLACE]) & Q(place__isnull=True)),
                name="booking_holds_a_place_while_it_counts",
            ),
            models.CheckConstraint(condition=Q(state__in=BookingState.values), name="booking_state_is_legal"),
            models.CheckConstraint(
                condition=~Q(state=BookingState.OFFERED) | Q(offer_ends_at__isnull=False),
                name="booking_offer_has_an_end",
            ),
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(state__in=["booked", "offered", "waiting"]),
                name="booking_once_per_person_and_session",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "state", "changed_at"], name="booking_by_state"),
            models.Index(fields=["state", "offer_ends_at"], name="booking_by_offer"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """First and last name as they were given."""
        return f"{self.first_name} {self.last_name}".strip()


class Attendance(Scoped):
    """Whether somebody came. ``client_key`` is from the phone that marked it: sent twice, it counts once."""

    SCOPE_PATH = "booking__session__branch_id"
    SEE = Permission.SESSIONS_SEE

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="attendance")
    state = models.CharField(_("attendance"), max_length=10, choices=Presence.choices)
    marked_at = models.DateTimeField(_("marked at"))
    marked_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="attendances_marked"
    )
    received_at = models.DateTimeField()
    client_key = models.CharField(max_length=40, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Presence.values), name="attendance_state_is_legal"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.state}"
