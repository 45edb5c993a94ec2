"""Eligibility as data: funders, versions of rules, every judgement ever made. Nothing is overwritten."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums_judging import AnswerState, VerdictState
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


class NotEditable(RuntimeError):
    """A version of rules and a judgement are written once; a change is a new row."""


class _WrittenOnce(Scoped):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row for the first and last time. Raises NotEditable afterwards."""
        if not self._state.adding:
            raise NotEditable(str(self))
        super().save(*args, **kwargs)


class Funder(Scoped):
    """Somebody who pays for a part of the programme in a branch, on conditions."""

    SEE = Permission.ELIGIBILITY_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="funders")
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField()

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "name"], name="funder_name_once_per_branch"),
            models.CheckConstraint(condition=~Q(name=""), name="funder_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RuleSet(_WrittenOnce):
    """One version of what a funder asks for (``kernel.funding`` reads ``rules``). Never edited in place."""

    SCOPE_PATH = "funder__branch_id"
    SEE = Permission.ELIGIBILITY_SEE

    funder = models.ForeignKey(Funder, on_delete=models.CASCADE, related_name="rule_sets")
    version = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    rules = models.JSONField(_("rules"))
    made_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="rule_sets_made"
    )
    made_at = models.DateTimeField()

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["funder", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["funder", "version"], name="rule_set_version_once_per_funder"),
            models.CheckConstraint(condition=Q(version__gte=1), name="rule_set_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.funder_id} version {self.version}"


class Judgement(_WrittenOnce):
    """What a human said of one rule about one person. The latest one counts; earlier ones are the history."""

    SCOPE_PATH = "rule_set__funder__branch_id"
    SEE = Permission.ELIGIBILITY_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="judgements")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="judgements")
    rule_code = models.CharField(_("rule"), max_length=30)
    answer = models.CharField(_("answer"), max_length=10, choices=AnswerState.choices)
    verdict = models.CharField(_("verdict"), max_length=15, choices=VerdictState.choices)
    evidence = models.CharField(_("proof seen"), max_length=120, blank=True)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    due_on = models.DateField(_("proof awaited by"), null=True, blank=True)
    judged_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="judgements_made"
    )
    judged_at = models.DateTimeField(_("judged"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=AnswerState.values), name="judgement_answer_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=VerdictState.values), name="judgement_verdict_is_legal"
            ),
            models.CheckConstraint(
                condition=(Q(evidence="") & Q(seen_on=None)) | (~Q(evidence="") & Q(seen_on__isnull=False)),
                name="judgement_proof_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["person", "rule_set", "rule_code"], name="judgement_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule_code}: {self.verdict}"


class SensitiveSwitch(models.Model):
    """Whether a branch keeps facts about residence at all. Without a row: no."""

    branch = models.OneToOneField(Branch, on_delete=models.CASCADE, related_name="sensitive_switch")
    is_on = models.BooleanField(_("switched on"), default=False)
    set_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="sensitive_switches_set"
    )
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.branch_id}: {self.is_on}"


class SensitiveFact(_WrittenOnce):
    """That a paper about residence was seen, for one rule: which kind, when, by whom. Never a copy of it."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.SENSITIVE_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sensitive_facts")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="sensitive_facts")
    rule_code = models.CharField(_("rule"), max_length=30)
    answer = models.CharField(_("answer"), max_length=10, choices=AnswerState.choices)
    verdict = models.CharField(_("verdict"), max_length=15, choices=VerdictState.choices)
    evidence = models.CharField(_("paper seen"), max_length=120, blank=True)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    written_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="sensitive_facts_written"
    )
    written_at = models.DateTimeField(_("written down"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=AnswerState.values), name="sensitive_answer_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=VerdictState.values), name="sensitive_verdict_is_legal"
            ),
        ]
        indexes = [models.Index(fields=["person", "rule_set", "rule_code"], name="sensitive_by_rule")]

    def __str__(self) -> str:
        return f"fact {self.pk}"
