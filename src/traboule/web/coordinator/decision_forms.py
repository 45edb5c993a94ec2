"""Forms of a decision: a reason in the coordinator's own words, an answer, weights for a trial."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from traboule.apps.pairing.enums import Answer, DeclineReason
from traboule.apps.pairing.validators import LONGEST_REASON, SHORTEST_REASON
from traboule.kernel.matching.rules import DEFAULT_RULES, TERMS, THOUSAND, Rules
from traboule.web.coordinator.sentences import TERM_NAMES


class ReasonForm(forms.Form):
    """Why this decision. What was typed stays in the field whatever goes wrong."""

    reason = forms.CharField(
        label=_("Your reason, in your own words"),
        help_text=_("One sentence is enough. The team reads it; the two people do not."),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={
            "required": _("Write your reason: a duo is the decision of a person."),
            "min_length": ngettext_lazy(
                "Write a little more: at least %(limit_value)d sign.",
                "Write a little more: at least %(limit_value)d signs.",
                "limit_value",
            ),
        },
    )


class AnswerForm(forms.Form):
    """Yes, or no with its reason."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    decline_reason = forms.ChoiceField(
        label=_("If no: why?"),
        help_text=_("A no does no harm. “Did not say why” is a full answer."),
        choices=[("", "—"), *DeclineReason.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A no needs its reason; a yes has none."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("answer") == Answer.NO and not found.get("decline_reason"):
            self.add_error("decline_reason", _("Choose the reason for the no."))
        if found.get("answer") == Answer.YES:
            found["decline_reason"] = ""
        return found


class WeightsForm(forms.Form):
    """What each reason may be worth in one trial: whole points, which together make 100."""

    def __init__(self, *args: Any, rules: Rules = DEFAULT_RULES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in TERMS:
            self.fields[code] = forms.IntegerField(
                label=str(TERM_NAMES[code]),
                min_value=0,
                max_value=100,
                initial=round(getattr(rules.weights, code) / THOUSAND),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse weights that do not make 100, and say by how much."""
        found: dict[str, Any] = super().clean() or {}
        total = sum(found.get(code) or 0 for code in TERMS)
        if not self.errors and total != 100:
            self.add_error(
                None, _("Together the weights make 100; now they make %(total)s.") % {"total": total}
            )
        return found
