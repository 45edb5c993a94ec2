"""What somebody found, the papers that prove it, and answers of those who found nothing or did not say."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.enums import EvidenceGrade, OutcomeState, PaperKind, ToldBy
from traboule.apps.outcomes.own_enums import Answer, ContractKind, OutcomeKind
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.models import StoredFile
from traboule.core.scope import Scoped

_DECIDED = [OutcomeState.VERIFIED, OutcomeState.DOUBTED]


class Outcome(Scoped):
    """One job, internship, training or other step of a mentee. Several at once are several rows.

    Without `ends_on` a permanent contract runs on; of another one the end is not known, and `seen_on` is the
    last day on which it was known to run.

    ``branch`` is where it was told. Figures count it for the branch of its ``duo``, the one that earned it,
    also when the person has moved to another branch since (``applications.actions._moving``).
    """

    SEE = Permission.OUTCOMES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="outcomes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outcomes")
    duo = models.ForeignKey(Duo, on_delete=models.PROTECT, related_name="outcomes", null=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OutcomeKind.choices)
    contract = models.CharField(_("contract"), max_length=12, choices=ContractKind.choices, blank=True)
    weekly_hours = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1, null=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True)
    seen_on = models.DateField(_("last known to run on"))
    employer = models.CharField(_("employer or school"), max_length=120, blank=True)
    occupation = models.CharField(_("occupation"), max_length=5, blank=True)
    told_by = models.CharField(_("known from"), max_length=10, choices=ToldBy.choices)
    told_at = models.DateTimeField(_("told"))
    recorded_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField(_("corrected"), null=True)
    corrected_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    grade = models.CharField(
        _("evidence"), max_length=15, choices=EvidenceGrade.choices, default=EvidenceGrade.DECLARED
    )
    state = models.CharField(
        _("state"), max_length=10, choices=OutcomeState.choices, default=OutcomeState.TOLD
    )
    decided_at = models.DateTimeField(_("looked at"), null=True)
    decided_by = models.ForeignKey(
        Login, null=True, on_delete=models.SET_NULL, related_name="outcomes_decided"
    )
    # Not blank for erasing: a doubt keeps that it had a reason, and a mark stands where the words were.
    reason = models.CharField(_("why not confirmed"), max_length=300)
    maybe_same_as = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="twins")
    joined_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    apart_from = models.JSONField(_("said to be another one than"), default=list)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["branch", "state", "told_at"], name="outcome_by_state"),
            models.Index(fields=["person", "starts_on"], name="outcome_by_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OutcomeKind.values), name="outcome_kind_is_legal"),
            models.CheckConstraint(condition=Q(state__in=OutcomeState.values), name="outcome_state_is_legal"),
            models.CheckConstraint(
                condition=Q(grade__in=EvidenceGrade.values), name="outcome_grade_is_legal"
            ),
            models.CheckConstraint(condition=Q(told_by__in=ToldBy.values), name="outcome_is_known_from"),
            models.CheckConstraint(
                condition=Q(kind="job", contract__in=ContractKind.values)
                | (~Q(kind="job") & Q(contract__in=["", *ContractKind.values])),
                name="outcome_job_says_its_contract",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="outcome_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gt=0, weekly_hours__lte=80),
                name="outcome_up_to_80_hours_a_week",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED) | Q(decided_at__isnull=False),
                name="outcome_verified_at_a_time",
            ),
            models.CheckConstraint(
                condition=(
                    Q(recorded_by__isnull=True) | Q(decided_by__isnull=True) | ~Q(recorded_by=F("decided_by"))
                )
                & (
                    Q(corrected_by__isnull=True)
                    | Q(decided_by__isnull=True)
                    | ~Q(corrected_by=F("decided_by"))
                ),
                name="outcome_verified_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="doubted") | ~Q(reason=""), name="outcome_doubted_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="joined", joined_to__isnull=False)
                | (~Q(state="joined") & Q(joined_to__isnull=True)),
                name="outcome_joined_to_another_one",
            ),
            models.CheckConstraint(
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=F("id")),
                name="outcome_is_not_joined_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"outcome {self.pk}"


class Evidence(StoredFile, Scoped):
    """One paper: checked, and drawn anew where it is a picture. Erased with the person; the outcome stays."""

    SCOPE_PATH = "outcome__branch_id"
    SEE = Permission.OUTCOMES_SEE

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="papers")
    paper = models.CharField(_("what it is"), max_length=12, choices=PaperKind.choices)
    sent_by = models.CharField(_("sent by"), max_length=10, choices=ToldBy.choices)
    added_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["stored_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(paper__in=PaperKind.values), name="evidence_kind_is_legal"),
        ]

    def __str__(self) -> str:
        return f"paper {self.pk}"

    @property
    def is_picture(self) -> bool:
        """Say whether a page can show it beside the form: a picture that we drew anew ourselves."""
        return self.kind in ("jpg", "png")


class NoOutcome(Scoped):
    """What was answered on one day without an outcome. Unknown and refused are states of their own."""

    SEE = Permission.OUTCOMES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="no_outcomes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="no_outcomes")
    duo = models.ForeignKey(Duo, on_delete=models.PROTECT, related_name="no_outcomes", null=True)
    asked_on = models.DateField(_("asked on"))
    answer = models.CharField(_("answer"), max_length=12, choices=Answer.choices)
    whys = models.JSONField(_("what makes it hard"), default=list)
    told_by = models.CharField(_("known from"), max_length=10, choices=ToldBy.choices)
    recorded_at = models.DateTimeField(_("noted"))
    recorded_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "asked_on", "told_by"], name="no_outcome_once_a_day_and_side"
            ),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="no_outcome_answer_is_legal"),
            models.CheckConstraint(
                condition=~Q(answer="not_reached") | Q(told_by="team"), name="only_the_team_did_not_reach"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
