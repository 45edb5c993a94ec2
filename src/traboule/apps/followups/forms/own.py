"""What a mentee taps on the second page: roughly since when, how many hours; all may be left out."""

# said to: everybody

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.followups.actions.answering import WITH_HOURS
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.own_enums import Hours, Leads, Now, Since


class MoreForm(forms.Form):
    """Three questions at most, each with a few choices to tap; no typing."""

    leads = forms.ChoiceField(
        label=_("What kind?"), choices=Leads.choices, widget=forms.RadioSelect, required=False
    )
    since = forms.ChoiceField(
        label=_("For how long, roughly?"), choices=Since.choices, widget=forms.RadioSelect, required=False
    )
    hours = forms.TypedChoiceField(
        label=_("About how many hours a week?"),
        choices=Hours.choices,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, row: FollowUp, **kw: Any) -> None:
        first = {"leads": row.leads, "since": row.since, "hours": row.hours}
        super().__init__(*args, **{"initial": first, **kw})
        if row.now != Now.TRAINING:
            del self.fields["leads"]
        if row.now not in WITH_HOURS:
            del self.fields["hours"]

    def said(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "leads": self.cleaned_data.get("leads") or "",
            "since": self.cleaned_data.get("since") or "",
            "hours": self.cleaned_data.get("hours"),
        }
