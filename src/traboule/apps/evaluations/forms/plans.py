"""The steps of a plan: the question, then columns or a published rate, then why it changes."""

import csv
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.evaluations.enums import GradeChoice, methods_of
from traboule.apps.evaluations.models import EvaluationPlan
from traboule.apps.evaluations.models.plans import MOST_LOOKS, RATE_UNIT
from traboule.kernel.grades import TOTALS

MOST_COVARIATES = 30


class QuestionForm(forms.Form):
    """What one wants to know, about whom, against what."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=300,
        help_text=_("For example: do more mentees have a job one year later than without a mentor?"),
    )
    who = forms.CharField(
        label=_("Who took part"),
        max_length=300,
        help_text=_("For example: all mentees whose duo began in 2025."),
    )
    grade = forms.ChoiceField(
        label=_("What do you compare with?"),
        choices=GradeChoice.choices,
        widget=forms.RadioSelect,
        help_text=_("The grade says how much the answer is worth. Choose the highest that you can have."),
    )


class ColumnsForm(forms.Form):
    """Names of the columns as they stand in the file, the method, and how often one looks."""

    outcome = forms.CharField(
        label=_("Column of the outcome"),
        max_length=80,
        help_text=_("What should change: 1 or 0 (has a job, has none), or a number (days worked)."),
    )
    treatment = forms.CharField(
        label=_("Column of who took part"),
        max_length=80,
        required=False,
        help_text=_("1 for those who took part, 0 for the others. Totals need none."),
    )
    covariates = forms.CharField(
        label=_("Columns of what was known before"),
        max_length=1000,
        help_text=_(
            "Separated by commas: age, years of school, months in the country. Numbers, except for totals."
        ),
    )
    followed = forms.CharField(
        label=_("Column of who was followed"),
        max_length=80,
        required=False,
        help_text=_(
            "1 where somebody found out what became of the person, 0 where not. Without such a column an "
            "empty outcome says it."
        ),
    )
    method = forms.ChoiceField(
        label=_("Method"),
        widget=forms.RadioSelect,
        help_text=_("If you do not know, leave the first one."),
    )
    looks = forms.IntegerField(
        label=_("How often will you look at the data?"),
        min_value=1,
        max_value=MOST_LOOKS,
        initial=1,
        help_text=_(
            "Each look is a chance to be wrong. The first looks must therefore pass a stricter limit."
        ),
    )

    def __init__(self, data: Any = None, *, plan: EvaluationPlan) -> None:
        methods = methods_of(plan.grade)
        begin = {
            "outcome": plan.outcome,
            "treatment": plan.treatment,
            "covariates": ", ".join(plan.covariates),
            "followed": plan.followed,
            "method": plan.method or methods[0][0],
            "looks": plan.looks,
        }
        super().__init__(data, initial=begin)
        self.fields["method"].choices = methods  # type: ignore[attr-defined]  # a choice field

    def clean_covariates(self) -> list[str]:
        """Return the names one by one."""
        line = " ".join(self.cleaned_data["covariates"].split())
        names = [name.strip() for name in next(csv.reader([line], skipinitialspace=True), [])]
        names = [name for name in names if name]
        if not names:
            raise forms.ValidationError(_("Name at least one column."))
        if len(names) > MOST_COVARIATES:
            raise forms.ValidationError(_("At most %(limit)s columns."), params={"limit": MOST_COVARIATES})
        if long := next((name for name in names if len(name) > 80), ""):
            raise forms.ValidationError(_("This name is too long: %(name)s"), params={"name": long[:80]})
        return names

    def clean(self) -> dict[str, Any]:
        """Each column stands for one thing only; rows say who took part, totals need no such column."""
        said = dict(super().clean() or {})
        if said.get("method") == TOTALS:
            said |= {"treatment": "", "followed": ""}
        elif not said.get("treatment"):
            self.add_error("treatment", _("Which column says who took part?"))
        single = [said.get(name, "") for name in ("outcome", "treatment", "followed")]
        names = [*single, *said.get("covariates", [])]
        folded = [name.casefold() for name in names if name]
        if twice := next((name for name in folded if folded.count(name) > 1), ""):
            self.add_error(
                "covariates",
                forms.ValidationError(_("This column is named twice: %(name)s"), params={"name": twice}),
            )
        return said

    def values(self) -> dict[str, Any]:
        """Return the fields of ``describe_plan``."""
        return dict(self.cleaned_data)


class RateForm(forms.Form):
    """The outcome in words, and the rate with its source."""

    outcome = forms.CharField(
        label=_("What is counted"),
        max_length=80,
        help_text=_("For example: has a job of three months or more, one year later."),
    )
    rate = forms.DecimalField(
        label=_("Published rate, in per cent"), min_value=0, max_value=100, decimal_places=2, localize=True
    )
    rate_n = forms.IntegerField(
        label=_("How many people stand behind it?"), min_value=1, max_value=100_000_000, required=False
    )
    rate_source = forms.CharField(
        label=_("Where it is published"), max_length=300, help_text=_("Author, title, year, page.")
    )

    def __init__(self, data: Any = None, *, plan: EvaluationPlan) -> None:
        rate = None if plan.rate is None else plan.rate * 100 / RATE_UNIT
        begin = {
            "outcome": plan.outcome,
            "rate": rate,
            "rate_n": plan.rate_n,
            "rate_source": plan.rate_source,
        }
        super().__init__(data, initial=begin)

    def values(self) -> dict[str, Any]:
        """Return the fields of ``describe_plan``; the rate in ten-thousandths."""
        said = dict(self.cleaned_data)
        return said | {"rate": int(said["rate"] * RATE_UNIT / 100)}


class AmendForm(forms.Form):
    """Why a plan changes."""

    reason = forms.CharField(
        label=_("Why does the plan change?"),
        max_length=300,
        help_text=_("Whoever reads a result reads this too."),
    )
