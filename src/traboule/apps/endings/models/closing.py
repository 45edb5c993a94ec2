"""Closing a duo: the talk with both, the papers, what the mentor does next and how they are."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.enums_meetings import Purpose
from traboule.apps.duos.models import Duo
from traboule.apps.endings.enums import Present, TalkState
from traboule.apps.endings.own_enums import Brought, Load, Onward, OtherRole
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


def _login() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Login, on_delete=models.SET_NULL, related_name="+", null=True)


class ClosingTalk(Scoped):
    """The last talk with both, dated from the start of the duo; its day follows the planned end."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.OneToOneField(Duo, on_delete=models.CASCADE, related_name="closing_talk")
    due_on = models.DateField(_("planned for"))
    state = models.CharField(_("state"), max_length=10, choices=TalkState, default=TalkState.PLANNED)
    raised = models.BooleanField(default=False)  # stands on the page of today
    held_on = models.DateField(_("held on"), null=True)
    present = models.CharField(_("who was there"), max_length=10, choices=Present, blank=True)
    words = models.TextField(_("what was said"), max_length=4_000, blank=True)
    written_at = models.DateTimeField(_("written down"), null=True)
    written_by = _login()

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        indexes = (models.Index(fields=("state", "due_on"), name="closing_talk_by_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=TalkState.values), name="closing_talk_state_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(state=TalkState.HELD, held_on__isnull=False, present__in=Present.values)
                | ~Q(state=TalkState.HELD) & Q(held_on__isnull=True, present=""),
                name="held_closing_talk_says_when_and_who",
            ),
        )

    def __str__(self) -> str:
        return f"closing talk of duo {self.duo_id}"


class Certificate(Scoped):
    """What a duo was, certified to one of the two: figures as of the day of issue. The paper names nobody
    else."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    side = models.CharField(_("as"), max_length=10, choices=Side)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    meetings = models.PositiveSmallIntegerField(_("meetings held"))
    minutes = models.PositiveIntegerField(_("minutes together"))
    purposes = models.JSONField(_("what for"), default=list)
    issued_on = models.DateField(_("issued on"))
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("duo", "side"), name="certificate_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="certificate_side_is_legal"),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on"), meetings__gte=1),
                name="certificate_certifies_something",
            ),
        )

    def __str__(self) -> str:
        return f"certificate {self.pk}"

    @property
    def hours(self) -> float:
        """Hours together, to the half hour below: a paper promises no minute too many."""
        return self.minutes // 30 / 2

    @property
    def said_purposes(self) -> list[str]:
        """What the meetings were for, in the reader's language."""
        return [str(Purpose(code).label) for code in self.purposes if code in Purpose.values]


def _mark(item: Brought) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(item.label, null=True)


class MentorChoice(Scoped):
    """After a duo: what it brought to the mentor, what the mentor does next, and when to ask again."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.OneToOneField(Duo, on_delete=models.CASCADE, related_name="mentor_choice")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="choices_after_duos")
    asked_at = models.DateTimeField(_("asked"))
    onward = models.CharField(_("what next"), max_length=12, choices=Onward, blank=True)
    role = models.CharField(_("other role"), max_length=12, choices=OtherRole, blank=True)
    ask_again_on = models.DateField(_("ask again on"), null=True)
    chosen_at = models.DateTimeField(_("chosen"), null=True)
    chosen_by = _login()
    asked_again_at = models.DateTimeField(_("asked again"), null=True)
    useful = _mark(Brought.USEFUL)
    skills = _mark(Brought.SKILLS)
    network = _mark(Brought.NETWORK)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        indexes = (models.Index(fields=("ask_again_on",), name="choice_by_day_to_ask"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(onward="", chosen_at__isnull=True)
                | Q(onward__in=Onward.values, chosen_at__isnull=False),
                name="choice_is_legal_and_says_when",
            ),
            models.CheckConstraint(
                condition=Q(role="") | Q(onward=Onward.OTHER_ROLE, role__in=OtherRole.values),
                name="choice_of_a_role_is_legal",
            ),
            models.CheckConstraint(
                condition=~Q(onward=Onward.REST) | Q(ask_again_on__isnull=False),
                name="who_rests_is_asked_again",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{item: None}) | Q(**{f"{item}__gte": 1, f"{item}__lte": 5}),
                    name=f"brought_{item}_1_to_5",
                )
                for item in Brought.values
            ),
        )

    def __str__(self) -> str:
        return f"choice after duo {self.duo_id}"

    @property
    def marks(self) -> dict[str, int]:
        """The sentences that were answered, by their code."""
        return {item: value for item in Brought.values if (value := getattr(self, item)) is not None}


class WellBeing(Scoped):
    """How the mentor is, asked twice in six months; the coordinator reads it, the mentee never does."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="well_being")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="well_being")
    month = models.PositiveSmallIntegerField(_("month"))
    asked_at = models.DateTimeField(_("asked"))
    load = models.CharField(_("load"), max_length=10, choices=Load, blank=True)
    hard_story = models.BooleanField(_("carries a hard story"), default=False)
    wants_talk = models.BooleanField(_("would like to talk"), default=False)
    words = models.TextField(_("in own words"), max_length=1_000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    skipped_at = models.DateTimeField(_("skipped"), null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ("month", "pk")
        constraints = (
            models.UniqueConstraint(fields=("duo", "month"), name="well_being_once_a_month"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(skipped_at=None), name="well_being_answered_or_skipped"
            ),
            models.CheckConstraint(
                condition=Q(load="") | Q(load__in=Load.values), name="well_being_load_is_legal"
            ),
        )

    def __str__(self) -> str:
        return f"well-being {self.pk}, month {self.month}"
