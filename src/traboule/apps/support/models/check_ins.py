"""Check-ins of the coordinator with each of the two, and the short scale on how it goes between them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Permission, Readers, Side
from traboule.apps.people.models import Login, Person
from traboule.apps.support.enums import CheckInState, Item
from traboule.core.languages import EVERYBODY
from traboule.core.scope import Scoped
from traboule.kernel.calendar import CHECK_IN_MONTHS, PULSE_EVERY_DAYS, PULSE_FIRST_DAYS


def default_months() -> list[int]:
    """Return the months of the programme as it is published."""
    return list(CHECK_IN_MONTHS)


class SupportSetting(Scoped):
    """How a branch follows its duos; without a row the published rhythm holds and nobody is named lead."""

    SEE = Permission.DUOS_SEE

    branch = models.OneToOneField(Branch, on_delete=models.CASCADE, related_name="support_setting")
    months = models.JSONField(_("months of the check-ins"), default=default_months)
    pulse_first = models.PositiveSmallIntegerField(_("first question after, days"), default=PULSE_FIRST_DAYS)
    pulse_every = models.PositiveSmallIntegerField(_("then every, days"), default=PULSE_EVERY_DAYS)
    concern_lead = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("lead")
    )

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=Q(pulse_first__gte=7, pulse_every__gte=14), name="pulse_not_every_day"
            )
        ]

    def __str__(self) -> str:
        return f"support in {self.branch_id}"


class QuestionSet(Scoped):
    """The three questions of one month in one language, as a branch words them."""

    SEE = Permission.DUOS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="check_in_questions")
    month = models.PositiveSmallIntegerField(_("month"))
    language = models.CharField(_("language"), max_length=10)
    questions = models.JSONField(_("questions"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["branch", "month", "language"], name="questions_once"),
            models.CheckConstraint(
                condition=Q(language__in=EVERYBODY), name="questions_in_a_language_of_ours"
            ),
        ]

    def __str__(self) -> str:
        return f"month {self.month} {self.language}"


class DuoSupport(Scoped):
    """That a duo is followed, and how many days it has rested: pauses move what was still to come."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.OneToOneField(Duo, on_delete=models.CASCADE, related_name="support")
    planned_at = models.DateTimeField(_("planned"))
    rested_days = models.PositiveIntegerField(_("days of rest"), default=0)
    resting_since = models.DateField(_("rests since"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"

    def __str__(self) -> str:
        return f"support of duo {self.duo_id}"


class CheckIn(Scoped):
    """A planned contact of the coordinator with both people of a duo. `alarm`: see `calendar.lateness`."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="check_ins")
    month = models.PositiveSmallIntegerField(_("month"))
    due_on = models.DateField(_("planned for"))
    state = models.CharField(_("state"), max_length=10, choices=CheckInState, default=CheckInState.PLANNED)
    alarm = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(_("over since"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="check_in_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["duo", "month"], name="check_in_once_a_month"),
            models.CheckConstraint(
                condition=Q(state__in=CheckInState.values), name="check_in_state_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(state="planned", closed_at=None)
                | (~Q(state="planned") & Q(closed_at__isnull=False)),
                name="check_in_over_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk}, month {self.month}"


class CheckInSide(Scoped):
    """What one of the two said at a check-in; the other never reads it.

    `held_by` is empty when the person wrote it through a link. Staff may choose that the person reads along.
    """

    SCOPE_PATH = "check_in__duo__branch_id"
    SEE = Permission.DUOS_SEE

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="sides")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_ins")
    side = models.CharField(_("as"), max_length=10, choices=Side)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answers = models.JSONField(_("answers"), default=list, blank=True)
    readers = models.CharField(_("who reads it"), max_length=10, choices=Readers, default=Readers.STAFF)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    held_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_in", "side"], name="check_in_side_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="check_in_side_is_legal"),
            models.CheckConstraint(
                condition=Q(readers__in=Readers.values), name="check_in_readers_are_legal"
            ),
            models.CheckConstraint(
                condition=Q(held_by=None) | Q(held_at__isnull=False), name="check_in_held_by_has_its_instant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of check-in {self.check_in_id}"


def _mark(item: Item) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(item.label, null=True, blank=True)


class Pulse(Scoped):
    """Four short sentences, 1 to 5, asked of one side; the other side never sees them."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="pulses")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pulses")
    side = models.CharField(_("as"), max_length=10, choices=Side)
    number = models.PositiveSmallIntegerField(_("which time"))
    asked_at = models.DateTimeField(_("asked"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    skipped_at = models.DateTimeField(_("skipped"), null=True, blank=True)
    trust = _mark(Item.TRUST)
    heard = _mark(Item.HEARD)
    useful = _mark(Item.USEFUL)
    go_on = _mark(Item.GO_ON)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["number", "side"]
        constraints = [
            models.UniqueConstraint(fields=["duo", "side", "number"], name="pulse_once_a_time"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="pulse_side_is_legal"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(skipped_at=None), name="pulse_answered_or_skipped"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("asked_at")),
                name="pulse_answered_after_it_was_asked",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{item: None}) | Q(**{f"{item}__gte": 1, f"{item}__lte": 5}),
                    name=f"pulse_{item}_1_to_5",
                )
                for item in Item.values
            ),
        ]

    def __str__(self) -> str:
        return f"pulse {self.number} of {self.side} of duo {self.duo_id}"

    @property
    def marks(self) -> dict[str, int]:
        """The sentences that were answered, by their code."""
        return {item: value for item in Item.values if (value := getattr(self, item)) is not None}

    @property
    def mean(self) -> float | None:
        """The mean of what was answered, or None."""
        marks = self.marks
        return sum(marks.values()) / len(marks) if marks else None
