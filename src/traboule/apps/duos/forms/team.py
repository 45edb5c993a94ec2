"""Forms of the team: what counts of a meeting, and who follows which duos."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.enums_meetings import Happened


class SettleForm(forms.Form):
    """What a coordinator heard when she asked."""

    outcome = forms.ChoiceField(label=_("What happened?"), choices=Happened.choices, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("Minutes together"), required=False, min_value=5, max_value=600)

    def clean(self) -> dict[str, Any]:
        """Minutes belong to a meeting that took place."""
        said = super().clean() or {}
        if said.get("outcome") != Happened.MET:
            said["minutes"] = None
        elif said.get("minutes") is None and "minutes" not in self.errors:
            self.add_error("minutes", gettext("Say how many minutes it was."))
        return said


class HandOverForm(forms.Form):
    """Which duos go to whom."""

    to = forms.TypedChoiceField(label=_("To whom?"), coerce=int, widget=forms.RadioSelect)
    duos = forms.TypedMultipleChoiceField(
        label=_("Which duos?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one duo.")},
    )

    def __init__(
        self,
        *args: Any,
        colleagues: Iterable[tuple[int, str]],
        duos: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(colleagues)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["duos"].choices = list(duos)  # type: ignore[attr-defined]  # a ChoiceField
