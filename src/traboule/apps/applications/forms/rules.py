"""The rules of a funder as a form: one group of fields per rule, two empty ones at the end."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traboule.apps.applications.enums_judging import RuleKinds
from traboule.apps.people.enums import Level
from traboule.apps.people.forms.persons import DateInput
from traboule.kernel.funding import RuleKind, RulesBroken, parse_rules

EXTRA = 2
SPOKEN = [("", "–"), ("fr", _("French")), ("en", _("English")), ("nl", _("Dutch"))]


class FunderForm(forms.Form):
    """A new funder."""

    name = forms.CharField(label=_("Name of the funder"), max_length=120)


class ValidFromForm(forms.Form):
    """From when on a version holds."""

    valid_from = forms.DateField(label=_("Holds from"), widget=DateInput())


class OneRuleForm(forms.Form):
    """One rule in plain fields. Emptying its sentence drops it."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    sentence = forms.CharField(
        label=_("The rule, as one would say it"),
        max_length=300,
        required=False,
        help_text=_("Example: lives in the Lyon area."),
    )
    kind = forms.ChoiceField(label=_("What it asks"), choices=RuleKinds.choices, initial=RuleKinds.QUESTION)
    low = forms.IntegerField(label=_("From age"), min_value=0, max_value=120, required=False)
    high = forms.IntegerField(label=_("To age"), min_value=0, max_value=120, required=False)
    places = forms.CharField(
        label=pgettext_lazy("where we meet", "Places"),
        max_length=1000,
        required=False,
        help_text=_("Codes of departements or communes, with spaces: 69 38193."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=SPOKEN, required=False)
    level = forms.TypedChoiceField(
        label=_("At least"), coerce=int, empty_value=None, required=False, choices=[("", "–"), *Level.choices]
    )
    evidence = forms.CharField(
        label=_("Proofs that count"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line; one of them is enough. Empty: your word is enough."),
    )

    def clean(self) -> dict[str, Any]:
        """What the kind of rule asks for has to be there."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or not found.get("sentence", "").strip():
            return found
        try:
            parse_rules([self.row("rule")])
        except RulesBroken as broken:
            field, words = _FLAWS.get(broken.code, ("sentence", _("This rule cannot be read.")))
            self.add_error(field, words)
        return found

    def row(self, fallback: str) -> dict[str, Any]:
        """Return the rule as plain data; ``fallback`` is its code where it has none yet."""
        said = self.cleaned_data
        kind = said["kind"]
        ages, spoken = kind == RuleKind.AGE, kind == RuleKind.LANGUAGE
        return {
            "code": said["code"] or fallback,
            "kind": kind,
            "sentence": said["sentence"].strip(),
            "evidence": [line.strip() for line in said["evidence"].splitlines() if line.strip()],
            "low": said["low"] if ages else None,
            "high": said["high"] if ages else None,
            "places": re.split(r"[\s,;]+", said["places"].strip()) if kind == RuleKind.TERRITORY else [],
            "language": said["language"] if spoken else "",
            "level": said["level"] if spoken else None,
        }


_FLAWS = {
    "no_ages": ("low", _("From which age, or up to which one?")),
    "ages": ("high", _("The second age is the higher one.")),
    "no_places": ("places", _("Which places?")),
    "places": ("places", _("A code has two to five digits or letters.")),
    "no_language": ("language", _("Which language, and how well?")),
    "evidence": ("evidence", _("Eight proofs at most, each on a short line.")),
    "no_sentence": ("sentence", _("Say the rule in one sentence.")),
}
OneRuleFormSet = forms.formset_factory(OneRuleForm, extra=EXTRA, max_num=20, absolute_max=25)


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """Return the rules of a valid form set as plain data; each new one gets a code that no other has."""
    kept = [form for form in formset if form.cleaned_data.get("sentence", "").strip()]
    taken = {form.cleaned_data["code"] for form in kept}
    rows = []
    for form in kept:
        number = 1
        while f"rule_{number}" in taken:
            number += 1
        row = form.row(f"rule_{number}")
        taken.add(row["code"])
        rows.append(row)
    return rows


def initial_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return plain rules as the form shows them."""
    return [
        {**row, "places": " ".join(row.get("places") or ()), "evidence": "\n".join(row.get("evidence") or ())}
        for row in rows
    ]
