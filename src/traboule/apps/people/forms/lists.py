"""Filters of the list of people."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import MenteeState, MentorState, Side
from traboule.reference import languages


class PeopleFilterForm(forms.Form):
    """Nothing is required; ``filters()`` gives the keywords of ``queries.people_list``."""

    text = forms.CharField(label=_("Search"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Who"), choices=[("", _("Everybody")), *Side.choices], required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    archived = forms.BooleanField(label=_("Archived"), required=False)

    def __init__(self, *args: Any, communes: list[tuple[str, str]], spoken: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locale = get_language() or "fr"
        names = sorted(((code, languages.name(code, locale)) for code in spoken), key=lambda pair: pair[1])
        states = {**dict(MentorState.choices), **dict(MenteeState.choices)}
        self._choices("state", list(states.items()))
        self._choices("commune", communes)
        self._choices("language", names)

    def filters(self) -> dict[str, Any]:
        """Return the filters that are valid; a wrong one is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("All")), *choices]
