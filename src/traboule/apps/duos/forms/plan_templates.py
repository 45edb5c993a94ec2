"""The goals that a branch offers, and how a mentee said what the team writes for her."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.models import PlanTemplate

LONGEST_STEP = 200
MOST_STEPS = 12
SAID = [("phone", _("By phone")), ("met", _("When we met")), ("written", _("In a message"))]


class TemplateForm(forms.Form):
    """One goal: its title, and its milestones, one a line."""

    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("Empty: the title that came with it.")
    )
    steps = forms.CharField(
        label=_("Milestones, one on each line"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Empty: the milestones that came with it, in every language."),
    )
    days = forms.IntegerField(label=_("Days between two milestones"), min_value=1, max_value=180, initial=14)
    is_offered = forms.BooleanField(label=_("Offered to mentees"), required=False, initial=True)

    def __init__(self, *args: Any, template: PlanTemplate | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if template is None or template.kind == "own":
            self.fields["title"].required = True
            self.fields["title"].help_text = ""
            self.fields["steps"].help_text = ""

    def clean_steps(self) -> str:
        """At most a dozen, each short enough for a milestone."""
        lines = [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > MOST_STEPS:
            raise forms.ValidationError(_("At most 12 milestones."))
        if any(len(line) > LONGEST_STEP for line in lines):
            raise forms.ValidationError(_("One line is too long: 200 signs at most."))
        return "\n".join(lines)


class SaidForm(forms.Form):
    """How the mentee said it: the team writes into a plan only what she said."""

    said = forms.ChoiceField(label=_("How did the mentee say it?"), choices=SAID, widget=forms.RadioSelect)
