"""What a funder's table shows: two groups, indicators, and when the first duos began."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traboule.apps.indicators.funder_words import GROUPS, INDICATORS
from traboule.apps.indicators.queries.funder_tables import GROUPS as LAWFUL
from traboule.apps.indicators.queries.funder_tables import INDICATORS as OFFERED
from traboule.apps.indicators.queries.funder_tables import Wish
from traboule.kernel.indicators.groups import Group

_CHOICES = [(group.value, GROUPS[group]) for group in LAWFUL]
_DAY = {"type": "date"}


class FunderTableForm(forms.Form):
    """The choice of a table."""

    down = forms.ChoiceField(label=_("Rows by"), choices=_CHOICES, initial=Group.SEX.value)
    across = forms.ChoiceField(
        label=_("And within that, by"),
        choices=[("", pgettext_lazy("no second group", "nothing more")), *_CHOICES],
        required=False,
        help_text=_("Two groups at once make small numbers, and small numbers are hidden."),
    )
    indicators = forms.MultipleChoiceField(
        label=_("Indicators"),
        choices=[(name, INDICATORS[name]) for name in OFFERED],
        widget=forms.CheckboxSelectMultiple,
        initial=[OFFERED[0]],
        error_messages={"required": _("Choose at least one.")},
    )
    since = forms.DateField(
        label=_("First duo from"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("First duo until"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )

    @classmethod
    def start(cls) -> dict[str, Any]:
        """Return what the page begins with."""
        return {name: field.initial for name, field in cls.base_fields.items() if field.initial is not None}

    def clean(self) -> dict[str, Any]:
        """Two different groups, and a period that ends after it begins."""
        said = dict(super().clean() or {})
        if said.get("down") and said.get("down") == said.get("across"):
            self.add_error("across", _("Choose another group than above, or nothing more."))
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first one."))
        return said

    def wish(self) -> Wish:
        """Return what was chosen; the form must be valid."""
        said = self.cleaned_data
        return Wish(said["down"], said["across"], tuple(said["indicators"]), said["since"], said["until"])
