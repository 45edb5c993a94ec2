"""Filters of the list of applications; a reason; an owner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.people.enums import Side


class ApplicationFilterForm(forms.Form):
    """Nothing is required; ``filters()`` gives the keywords of ``queries.applications_of``."""

    text = forms.CharField(label=_("Search"), max_length=80, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", pgettext_lazy("state of an application", "open")),
            *ApplicationState.choices,
            ("all", _("All")),
        ],
        required=False,
    )
    side = forms.ChoiceField(label=_("As"), choices=[("", _("All")), *Side.choices], required=False)
    source = forms.ChoiceField(label=_("Came"), choices=[("", _("All")), *Source.choices], required=False)
    owner = forms.ChoiceField(label=_("Who looks after it"), required=False)
    late = forms.BooleanField(label=_("Late only"), required=False)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All")), ("0", _("Nobody")), *owners]

    def filters(self) -> dict[str, Any]:
        """Return the filters that are valid; a wrong one is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReasonForm(forms.Form):
    """Why; for the team, in a few words."""

    reason = forms.CharField(
        label=_("Why?"), max_length=300, help_text=_("Only the team reads this."), widget=forms.Textarea
    )


class OwnerForm(forms.Form):
    """Who looks after an application."""

    owner = forms.ChoiceField(label=_("Who looks after it"), required=False)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Nobody")), *owners]
