"""What the team fills in: a call, and when a branch asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.followups.actions.settings import MOST_MONTHS, MOST_TIMES
from traboule.apps.followups.enums import CallResult
from traboule.apps.followups.own_enums import Hours, Leads, Now, Since

AGAIN = [("", _("not asked")), ("yes", _("Yes")), ("no", _("No"))]


class CallForm(forms.Form):
    """What came of a call; the answers only where somebody told them."""

    result = forms.ChoiceField(
        label=_("What came of the call?"), choices=CallResult.choices, widget=forms.RadioSelect
    )
    what = forms.ChoiceField(
        label=_("What is the person doing now?"), choices=[("", "–"), *Now.choices], required=False
    )
    leads = forms.ChoiceField(
        label=_("If it is a training: what kind?"), choices=[("", "–"), *Leads.choices], required=False
    )
    since = forms.ChoiceField(
        label=_("For how long, roughly?"), choices=[("", "–"), *Since.choices], required=False
    )
    hours = forms.TypedChoiceField(
        label=_("About how many hours a week?"),
        choices=[("", "–"), *Hours.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    ask_again = forms.ChoiceField(label=_("May we ask again later?"), choices=AGAIN, required=False)

    def clean(self) -> dict[str, Any]:
        """An answer says what the person does; nothing else carries one."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        told = found.get("result") == CallResult.ANSWERED
        if told and not found.get("what") and "what" not in self.errors:
            self.add_error("what", _("Choose what the person is doing now."))
        if found.get("result") and not told and found.get("what"):
            self.add_error(
                "what", _("This goes with “The person told us” only. Choose that, or leave this empty.")
            )
        return found

    def said(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        again = {"yes": True, "no": False}.get(data.get("ask_again") or "")
        names = ("what", "leads", "since", "hours")
        more = {name: data.get(name) or ("" if name != "hours" else None) for name in names}
        return {"result": CallResult(data["result"]), "ask_again": again, **more}


class MonthsForm(forms.Form):
    """After how many months a branch asks."""

    months = forms.CharField(
        label=_("Ask after these months"),
        max_length=40,
        help_text=_("Numbers, separated by commas: 6, 12, 18. Counted from the end of the last duo."),
    )

    def clean_months(self) -> list[int]:
        """Return the months as numbers, each once."""
        try:
            months = sorted({int(part) for part in self.cleaned_data["months"].replace(";", ",").split(",")})
        except ValueError:
            raise forms.ValidationError(_("Write numbers, separated by commas.")) from None
        if months[0] < 1 or months[-1] > MOST_MONTHS:
            raise forms.ValidationError(_("Months go from 1 to 60."))
        if len(months) > MOST_TIMES:
            raise forms.ValidationError(_("Ask six times at most."))
        return months
