"""When a duo meets and what both say of it. What must never be false is a constraint."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.enums_meetings import (
    Agreement,
    Because,
    Happened,
    How,
    MeetingState,
    Source,
    Teller,
    Through,
    WhyMissed,
)
from traboule.apps.duos.models.duos import Duo
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.scope import Scoped
from traboule.kernel.rhythm import LONGEST, MINUTES, SHORTEST


class DuoRhythm(Scoped):
    """From the day `since` on: weekly at a local time, or free (no weekday). Earlier versions stay."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="rhythms")
    since = models.DateField(_("from"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True)
    at = models.TimeField(_("time"), null=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=MINUTES)
    how = models.CharField(_("how"), max_length=10, choices=How, default=How.IN_PERSON)
    place = models.CharField(_("place"), max_length=120, blank=True)
    set_by = models.ForeignKey(Login, on_delete=models.SET_NULL, related_name="+", null=True)
    set_at = models.DateTimeField(_("written down"))

    class Meta:
        verbose_name = _("rhythm of a duo")
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.UniqueConstraint(fields=("duo", "since"), name="rhythm_once_a_day"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, at__isnull=True)
                | Q(weekday__isnull=False, weekday__lte=6, at__isnull=False),
                name="rhythm_has_weekday_and_time_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="rhythm_length_is_plausible"
            ),
            models.CheckConstraint(condition=Q(how__in=How.values), name="rhythm_how_is_known"),
        )

    def __str__(self) -> str:
        return f"rhythm of {self.duo_id} since {self.since}"


class Meeting(Scoped):
    """One meeting of a duo, planned or not. `slot_week` is the Monday of the week it fills in the rhythm.

    `uid` and `sequence` are for calendars: each change of time, place or state counts the sequence on.
    `met_minutes` is what counts; `agreement` says how well the words of both sides fit.
    """

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="meetings")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField(_("planned for"))
    minutes = models.PositiveSmallIntegerField(_("planned minutes"), default=MINUTES)
    how = models.CharField(_("how"), max_length=10, choices=How, default=How.IN_PERSON)
    place = models.CharField(_("place"), max_length=120, blank=True)
    source = models.CharField(_("planned by"), max_length=12, choices=Source)
    slot_week = models.DateField(_("week of the rhythm"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    changed_at = models.DateTimeField(_("changed"))
    cancelled_because = models.CharField(_("why cancelled"), max_length=10, choices=Because, blank=True)
    moved_to = models.OneToOneField(
        "self", on_delete=models.SET_NULL, related_name="moved_from", null=True, blank=True
    )
    met_minutes = models.PositiveSmallIntegerField(_("minutes together"), null=True)
    agreement = models.CharField(_("agreement"), max_length=10, choices=Agreement, blank=True)
    settled_by = models.ForeignKey(Login, on_delete=models.SET_NULL, related_name="+", null=True)
    asked_mentor_at = models.DateTimeField(_("mentor asked for the log"), null=True)
    asked_mentee_at = models.DateTimeField(_("mentee asked for the log"), null=True)

    class Meta:
        verbose_name = _("meeting")
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        indexes = (
            models.Index(fields=("duo", "planned_at"), name="meeting_of_duo"),
            models.Index(
                fields=("planned_at",), condition=Q(state=MeetingState.PLANNED), name="meeting_planned"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("duo", "slot_week"),
                condition=Q(slot_week__isnull=False),
                name="meeting_once_a_week_of_the_rhythm",
            ),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_is_legal"),
            models.CheckConstraint(
                condition=Q(
                    state=MeetingState.HELD,
                    met_minutes__isnull=False,
                    met_minutes__gte=SHORTEST,
                    met_minutes__lte=LONGEST,
                )
                | (~Q(state=MeetingState.HELD) & Q(met_minutes__isnull=True)),
                name="only_a_held_meeting_has_minutes",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.CANCELLED, cancelled_because__in=Because.values)
                | (~Q(state=MeetingState.CANCELLED) & Q(cancelled_because="")),
                name="a_cancelled_meeting_says_why",
            ),
            models.CheckConstraint(
                condition=Q(moved_to__isnull=True) | Q(state=MeetingState.MOVED),
                name="only_a_moved_meeting_leads_on",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="meeting_length_is_plausible"
            ),
            models.CheckConstraint(condition=Q(how__in=How.values), name="meeting_how_is_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="meeting_source_is_known"),
        )

    def __str__(self) -> str:
        return f"meeting {self.pk} of {self.duo_id}"


class MeetingLog(Scoped):
    """What one side says of one meeting. A correction is a new row; the row before keeps `replaced_at`.

    `client_key` comes from the form: the same log sent twice, or sent again by a phone that was offline, is
    one row.
    """

    SCOPE_PATH = "meeting__duo__branch_id"
    SEE = Permission.DUOS_SEE

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="logs")
    side = models.CharField(_("who says it"), max_length=12, choices=Teller)
    outcome = models.CharField(_("what happened"), max_length=10, choices=Happened)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)
    served = models.JSONField(_("what it was for"), default=list)
    next_steps = models.JSONField(_("next steps"), default=list)
    next_text = models.CharField(_("next step in words"), max_length=200, blank=True)
    why_missed = models.CharField(_("why it was missed"), max_length=10, choices=WhyMissed, blank=True)
    through = models.CharField(_("how it came in"), max_length=10, choices=Through)
    client_key = models.CharField(max_length=64, unique=True)
    said_by = models.ForeignKey(Login, on_delete=models.SET_NULL, related_name="+", null=True)
    said_at = models.DateTimeField(_("said"))
    replaced_at = models.DateTimeField(_("replaced"), null=True)

    class Meta:
        verbose_name = _("log of a meeting")
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "side"), condition=Q(replaced_at=None), name="one_word_per_side"
            ),
            models.CheckConstraint(condition=Q(side__in=Teller.values), name="log_side_is_known"),
            models.CheckConstraint(condition=~Q(client_key=""), name="log_has_a_client_key"),
            models.CheckConstraint(
                condition=Q(
                    outcome=Happened.MET,
                    minutes__isnull=False,
                    minutes__gte=SHORTEST,
                    minutes__lte=LONGEST,
                    why_missed="",
                )
                | Q(outcome=Happened.MOVED, minutes__isnull=True, why_missed="")
                | Q(outcome=Happened.MISSED, minutes__isnull=True),
                name="log_says_minutes_only_if_they_met",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(replaced_at__gte=F("said_at")),
                name="log_is_replaced_after_it_was_said",
            ),
        )

    def __str__(self) -> str:
        return f"{self.side} of meeting {self.meeting_id}"
