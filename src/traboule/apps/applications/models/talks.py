"""The coordinator's talk: its guide, when and where it is held, and what each assessor wrote down."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums_judging import TalkState, TalkWay
from traboule.apps.applications.models.applications import Application
from traboule.apps.branches.models import Branch, ProgrammeVersion
from traboule.apps.people.enums import Gender, Permission, Readers, Side, Way
from traboule.apps.people.models import Login
from traboule.core.scope import Scoped

SCALES = tuple(f"way_{way}" for way in Way.values)


class TalkGuide(models.Model):
    """The questions of a talk for one side, in order; without a row the shipped guide is used."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="talk_guides")
    side = models.CharField(_("as"), max_length=10, choices=Side.choices)
    questions = models.JSONField(_("questions"))
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "side"], name="talk_guide_one_per_version_and_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="talk_guide_side_is_legal"),
        ]

    def __str__(self) -> str:
        return f"guide {self.version_id} {self.side}"


class BranchGuide(Scoped):
    """One version of the questions that a branch asks on one side; the latest is asked, all are kept."""

    SEE = Permission.TALKS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="talk_guides")
    side = models.CharField(_("as"), max_length=10, choices=Side.choices)
    number = models.PositiveIntegerField(_("version"))
    questions = models.JSONField(_("questions"))
    made_at = models.DateTimeField(_("written"))
    made_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="guides_written"
    )

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "side", "number"], name="branch_guide_number_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="branch_guide_side_is_legal"),
            models.CheckConstraint(condition=Q(number__gte=1), name="branch_guide_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"guide {self.side} {self.number} of {self.branch_id}"


class Talk(Scoped):
    """One talk about one application; a moved talk keeps its row, a missed one is followed by another."""

    SEE = Permission.TALKS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="talks")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="talks")
    state = models.CharField(_("state"), max_length=10, choices=TalkState.choices, default=TalkState.PLANNED)
    starts_at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    way = models.CharField(_("how"), max_length=10, choices=TalkWay.choices, default=TalkWay.PLACE)
    where = models.CharField(_("where"), max_length=200, blank=True)
    # Who holds it, and who forms a second view where two are wished.
    host = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="talks_held"
    )
    second = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="talks_seconded"
    )
    planned_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="talks_planned"
    )
    planned_at = models.DateTimeField(_("planned"))
    moves = models.PositiveSmallIntegerField(_("times moved"), default=0)
    wish = models.CharField(_("wish for another date"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("over since"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("brought together"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TalkState.values), name="talk_state_is_legal"),
            models.CheckConstraint(condition=Q(way__in=TalkWay.values), name="talk_way_is_legal"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=240), name="talk_minutes_5_to_240"
            ),
            models.CheckConstraint(
                condition=Q(state="planned", closed_at=None)
                | (~Q(state="planned") & Q(closed_at__isnull=False)),
                name="talk_over_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None) | Q(state="held"), name="talk_agreed_only_when_held"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="planned"), name="talk_one_planned_per_application"
            ),
        ]
        indexes = [models.Index(fields=["branch", "state", "starts_at"], name="talk_by_state")]

    def __str__(self) -> str:
        return f"talk {self.pk} ({self.state})"


class TalkSlot(Scoped):
    """Another date that the team offers for a talk. Two people may be offered one; the first has it."""

    SCOPE_PATH = "talk__branch_id"
    SEE = Permission.TALKS_SEE

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="slots")
    host = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="talk_slots"
    )
    starts_at = models.DateTimeField(_("when"))
    offered_at = models.DateTimeField(_("offered"))
    taken_at = models.DateTimeField(_("chosen"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "starts_at"], name="talk_slot_offered_once"),
            models.UniqueConstraint(
                fields=["host", "starts_at"],
                condition=Q(taken_at__isnull=False),
                name="talk_slot_taken_by_one",
            ),
        ]

    def __str__(self) -> str:
        return f"slot {self.pk} of talk {self.talk_id}"


def _scale(label: Any) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    limits = [MinValueValidator(1), MaxValueValidator(5)]
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=limits)


class TalkNotes(Scoped):
    """What one assessor wrote down about one talk; a draft until ``finished_at`` is set."""

    SCOPE_PATH = "talk__branch_id"
    SEE = Permission.TALKS_SEE

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="notes")
    assessor = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="talk_notes")
    readers = models.CharField(_("who reads it"), max_length=10, choices=Readers.choices)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    way_pace = _scale(_("pace"))
    way_directness = _scale(_("directness"))
    way_listening = _scale(_("listening"))
    way_structure = _scale(_("structure"))
    way_humour = _scale(_("humour"))
    gender_wish = models.CharField(_("wishes to meet"), max_length=1, choices=Gender.choices, blank=True)
    would_not_meet = models.CharField(_("would rather not meet"), max_length=300, blank=True)
    can_wait_until = models.DateField(_("can wait until"), null=True, blank=True)
    # What was said that the profile says otherwise, by the name of its field (queries.talk_profile).
    profile = models.JSONField(_("for the profile"), default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(_("started"))
    saved_at = models.DateTimeField(_("saved"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "assessor"], name="talk_notes_one_per_assessor"),
            models.CheckConstraint(
                condition=Q(readers__in=Readers.values), name="talk_notes_readers_chosen_first"
            ),
            models.CheckConstraint(
                condition=Q(gender_wish__in=["", *Gender.values]), name="talk_notes_gender_wish_is_known"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
                    name=f"talk_notes_{name}_1_to_5",
                )
                for name in SCALES
            ),
        ]

    def __str__(self) -> str:
        return f"notes {self.pk} of talk {self.talk_id}"

    @property
    def scales(self) -> dict[str, int | None]:
        """The five scales by the name of their field."""
        return {name: getattr(self, name) for name in SCALES}
