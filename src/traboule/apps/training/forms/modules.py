"""A module, what the branch asks, and a condition that somebody lets go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.training.enums import ModuleKind


class ModuleForm(forms.Form):
    """Title, goal, material."""

    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("Empty: the title that came with it.")
    )
    goal = forms.CharField(
        label=_("Goal, in one sentence"),
        max_length=200,
        required=False,
        help_text=_("What mentors can do afterwards."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ModuleKind.choices, widget=forms.RadioSelect)
    material = forms.CharField(
        label=_("Material"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    link = forms.URLField(label=_("Link to the material"), required=False, assume_scheme="https")

    def __init__(self, *args: object, needs_title: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        if needs_title:
            self.fields["title"].required = True
            self.fields["title"].help_text = ""


class RuleForm(forms.Form):
    """How much is asked before a mentor is ready."""

    modules = forms.IntegerField(label=_("Half-days attended"), min_value=0, max_value=40)
    references = forms.IntegerField(label=_("References that say yes"), min_value=0, max_value=5)
    safeguarding = forms.BooleanField(label=_("A safeguarding check"), required=False)
    exchange_days = forms.IntegerField(
        label=_("Days between two exchanges of practice"), min_value=7, max_value=366
    )


class WaiverForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("The team reads this. It stays with the file."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
