"""Match runs, proposals and rules for pairs.

A decision always names the human who took it and the reason written.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.pairing.enums import (
    OPEN_PROPOSAL_STATES,
    Answer,
    AnswerVia,
    DeclineReason,
    PairRuleKind,
    ProposalState,
)
from traboule.apps.pairing.validators import SHORTEST_REASON
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


def _login(*, null: bool = False) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(Login, on_delete=models.PROTECT, related_name="+", null=null)


def _a_reason_is_written(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=GreaterThanOrEqual(Length(Trim("reason")), SHORTEST_REASON), name=name
    )


def _says_when_and_who(answer: str) -> models.CheckConstraint:
    """Somebody of the team wrote an answer down, or the person gave it by the link of a message."""
    at, by, via = f"{answer}_at", f"{answer}_by", f"{answer}_via"
    return models.CheckConstraint(
        condition=Q(**{answer: "", f"{at}__isnull": True, f"{by}__isnull": True, via: ""})
        | (~Q(**{answer: ""}) & Q(**{f"{at}__isnull": False, f"{by}__isnull": False, via: ""}))
        | (~Q(**{answer: ""}) & Q(**{f"{at}__isnull": False, f"{by}__isnull": True, via: AnswerVia.LINK})),
        name=f"{answer}_says_when_and_who",
    )


class MatchRun(Scoped):
    """One computation over the pools of a branch. It proposes nothing: it is what a coordinator looks at."""

    SEE = Permission.TABLE_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="match_runs")
    rules_version = models.CharField(_("version of the rules"), max_length=100)
    as_of = models.DateField(_("day of the computation"))
    seed = models.BigIntegerField(_("seed"), default=0)
    inputs_hash = models.CharField(_("fingerprint of the inputs"), max_length=64)
    inputs = models.JSONField(_("fingerprints, by person"), default=dict)
    report = models.JSONField(_("report with the verdict of the verifier"), default=dict)
    created_at = models.DateTimeField(_("computed at"))
    # Null when the system computed at night: a run decides nothing.
    by = _login(null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        indexes = (models.Index(fields=("branch", "-created_at"), name="latest_run_of_branch"),)
        get_latest_by = "created_at"

    def __str__(self) -> str:
        return f"match run {self.pk}"


class RunMentee(Scoped):
    """What a run found for one mentee.

    The order on the page and, without an option, which limits stood in the way.
    """

    SCOPE_PATH = "run__branch_id"
    SEE = Permission.TABLE_SEE

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="mentees")
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(_("place in the order of waiting"))
    urgent = models.BooleanField(_("past the waiting ceiling"), default=False)
    reason = models.CharField(_("code of the reason without a mentor"), max_length=40, blank=True)
    limits = models.JSONField(_("mentors per limit, and the nearest ones"), default=dict)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.UniqueConstraint(fields=("run", "mentee"), name="mentee_once_per_run"),
            models.UniqueConstraint(fields=("run", "position"), name="position_once_per_run"),
        )

    def __str__(self) -> str:
        return f"mentee {self.mentee_id} in run {self.run_id}"


class RunOption(Scoped):
    """One of up to three mentors whom a run shows for a mentee, with its reasons and its price for others."""

    SCOPE_PATH = "run__branch_id"
    SEE = Permission.TABLE_SEE

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="options")
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(_("place among the options"))
    points = models.IntegerField(_("points, in thousandths"))
    terms = models.JSONField(_("terms, which sum to the points"), default=list)
    reasons = models.JSONField(_("codes of the reasons for, against and unknown"), default=dict)
    regret = models.BigIntegerField(_("points that the whole plan loses, in thousandths"), default=0)
    duos_lost = models.PositiveSmallIntegerField(_("duos that the whole plan loses"), default=0)
    # Null: not computed with the run (very large pools); asked for when somebody looks.
    changes = models.JSONField(_("who would get whom instead"), default=list, null=True)
    is_chosen = models.BooleanField(_("in the plan"), default=False)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.UniqueConstraint(fields=("run", "mentee", "rank"), name="option_rank_once"),
            models.UniqueConstraint(fields=("run", "mentee", "mentor"), name="option_mentor_once"),
            models.UniqueConstraint(
                fields=("run", "mentee"), condition=Q(is_chosen=True), name="one_chosen_option_per_mentee"
            ),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=3), name="three_options_at_most"),
            models.CheckConstraint(condition=Q(regret__gte=0), name="option_regret_is_a_loss"),
        )

    def __str__(self) -> str:
        return f"option {self.rank} of mentee {self.mentee_id} in run {self.run_id}"


class Proposal(Scoped):
    """One pair that a coordinator suggests, with the written reason and all that stood on the screen."""

    SEE = Permission.PROPOSALS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="proposals")
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="proposals")
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposals_as_mentor")
    mentee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposals_as_mentee")
    place = models.OneToOneField(MentorPlace, on_delete=models.PROTECT, related_name="proposal", null=True)
    duo = models.OneToOneField(Duo, on_delete=models.PROTECT, related_name="proposal", null=True)
    state = models.CharField(_("state"), max_length=20, choices=ProposalState, default=ProposalState.PROPOSED)
    reason = models.TextField(_("reason of the coordinator"))
    options_shown = models.JSONField(_("options that stood on the screen"), default=list)
    proposed_by = _login()
    proposed_at = models.DateTimeField(_("proposed at"))
    told_at = models.DateTimeField(_("somebody was told at"), null=True)
    told_by = _login(null=True)
    mentee_answer = models.CharField(_("answer of the mentee"), max_length=3, choices=Answer, blank=True)
    mentee_answer_at = models.DateTimeField(_("answer of the mentee at"), null=True)
    mentee_answer_by = _login(null=True)
    mentee_answer_via = models.CharField(_("way of the answer"), max_length=4, choices=AnswerVia, blank=True)
    mentor_answer = models.CharField(_("answer of the mentor"), max_length=3, choices=Answer, blank=True)
    mentor_answer_at = models.DateTimeField(_("answer of the mentor at"), null=True)
    mentor_answer_by = _login(null=True)
    mentor_answer_via = models.CharField(_("way of the answer"), max_length=4, choices=AnswerVia, blank=True)
    decline_reason = models.CharField(_("reason for no"), max_length=30, choices=DeclineReason, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = _login(null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        indexes = (models.Index(fields=("branch", "state", "proposed_at"), name="proposal_of_branch"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="proposal_state_is_legal"
            ),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="proposal_is_two_people"),
            _a_reason_is_written("proposal_has_a_written_reason"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_PROPOSAL_STATES, place__isnull=False)
                | (~Q(state__in=OPEN_PROPOSAL_STATES) & Q(place__isnull=True)),
                name="open_proposal_holds_a_place",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.ACCEPTED, duo__isnull=False)
                | (~Q(state=ProposalState.ACCEPTED) & Q(duo__isnull=True)),
                name="accepted_proposal_has_its_duo",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.PROPOSED, mentee_answer="", mentor_answer="")
                | Q(state=ProposalState.MENTEE_SAID_YES, mentee_answer=Answer.YES, mentor_answer="")
                | Q(state=ProposalState.ACCEPTED, mentee_answer=Answer.YES, mentor_answer=Answer.YES)
                | Q(state=ProposalState.DECLINED, mentee_answer=Answer.NO, mentor_answer="")
                | Q(state=ProposalState.DECLINED, mentee_answer=Answer.YES, mentor_answer=Answer.NO)
                | Q(state=ProposalState.UNDONE, mentee_answer="", mentor_answer=""),
                name="proposal_answers_agree_with_its_state",
            ),
            _says_when_and_who("mentee_answer"),
            _says_when_and_who("mentor_answer"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.DECLINED, decline_reason__in=DeclineReason.values)
                | (~Q(state=ProposalState.DECLINED) & Q(decline_reason="")),
                name="a_no_has_a_coded_reason",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True, mentee_answer="")
                | Q(told_at__isnull=False, told_by__isnull=False, told_at__gte=F("proposed_at")),
                name="who_answered_was_told",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ProposalState.UNDONE,
                    undone_at__isnull=False,
                    undone_by__isnull=False,
                    told_at__isnull=True,
                )
                | (~Q(state=ProposalState.UNDONE) & Q(undone_at__isnull=True, undone_by__isnull=True)),
                name="nothing_told_is_ever_undone",
            ),
            models.CheckConstraint(
                condition=Q(mentor_answer_at__isnull=True) | Q(mentor_answer_at__gte=F("mentee_answer_at")),
                name="the_mentee_answers_first",
            ),
            models.UniqueConstraint(
                fields=("mentee",),
                condition=Q(state__in=OPEN_PROPOSAL_STATES),
                name="one_open_proposal_per_mentee",
            ),
        )

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class ProposalLetter(Scoped):
    """What one of the two reads of a proposal by the link of a message: chosen by a coordinator, dated."""

    SCOPE_PATH = "proposal__branch_id"
    SEE = Permission.PROPOSALS_SEE

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="letters")
    side = models.CharField(_("who reads"), max_length=10, choices=Side)
    # [{"code": …, facts}]: said in the language of the reader (enums.Shared).
    shared = models.JSONField(_("what is told about the other person"), default=list)
    own_words = models.CharField(_("in our own words"), max_length=200, blank=True)
    sent_by = _login()
    sent_at = models.DateTimeField(_("sent at"))
    opened_at = models.DateTimeField(_("opened at"), null=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True)
    talk_at = models.DateTimeField(_("asked to talk first at"), null=True)
    rather_not = models.TextField(_("whom I would rather not meet"), max_length=500, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.UniqueConstraint(fields=("proposal", "side"), name="one_letter_per_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="letter_side_is_known"),
        )

    def __str__(self) -> str:
        return f"letter to the {self.side} of {self.proposal_id}"


class PairRule(Scoped):
    """Keep two people together or apart in every run, until somebody drops the rule.

    The reason is for the staff.
    """

    SEE = Permission.TABLE_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="pair_rules")
    mentee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("decision"), max_length=10, choices=PairRuleKind)
    reason = models.TextField(_("reason of the coordinator"))
    by = _login()
    at = models.DateTimeField(_("decided at"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=PairRuleKind.values), name="pair_rule_kind_is_legal"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="pair_rule_is_two_people"),
            _a_reason_is_written("pair_rule_has_a_written_reason"),
            models.UniqueConstraint(fields=("mentee", "mentor"), name="one_rule_per_pair"),
            models.UniqueConstraint(
                fields=("mentee",), condition=Q(kind=PairRuleKind.LOCK), name="one_lock_per_mentee"
            ),
        )

    def __str__(self) -> str:
        return f"pair rule {self.pk}"
