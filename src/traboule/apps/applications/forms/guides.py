"""The questions of a talk as a form: one group of fields per question, in the languages of the team."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.guide_rows import (
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    in_languages,
    new_code,
    row_of,
)
from traboule.apps.applications.talk_guide import SECTIONS, Question
from traboule.core.languages import STAFF

EXTRA = 2
SAID_IN = {"fr": _("In French"), "en": _("In English"), "nl": _("In Dutch")}


class QuestionForm(forms.Form):
    """One question. Emptying its words drops it; what was answered to it stays readable."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=99, required=False)
    section = forms.ChoiceField(label=_("Part of the talk"), choices=list(SECTIONS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in STAFF:
            self.fields[f"text_{language}"] = forms.CharField(
                label=SAID_IN[language],
                max_length=LONGEST_QUESTION,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )
        for language in STAFF:
            self.fields[f"hint_{language}"] = forms.CharField(
                label=SAID_IN[language],
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"lang": language}),
            )

    def clean(self) -> dict[str, Any]:
        """A hint alone is no question; a code is never typed by hand."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        code = found.get("code") or ""
        if code and not code.isidentifier():
            found["code"] = ""
        if not self.is_empty() and not self.said("text"):
            self.add_error(f"text_{STAFF[0]}", _("Say the question in one language at least."))
        return found

    def is_empty(self) -> bool:
        """Say whether nothing at all was written."""
        return not self.said("text") and not self.said("hint")

    def said(self, kind: str) -> dict[str, str]:
        """Return what was written, by language; empty ones left out."""
        values = {language: self.cleaned_data.get(f"{kind}_{language}", "").strip() for language in STAFF}
        return {language: words for language, words in values.items() if words}

    @property
    def texts(self) -> list[forms.BoundField]:
        """The fields of the question itself."""
        return [self[f"text_{language}"] for language in STAFF]

    @property
    def hints(self) -> list[forms.BoundField]:
        """The fields of what helps to write the answer down."""
        return [self[f"hint_{language}"] for language in STAFF]


QuestionFormSet = forms.formset_factory(
    QuestionForm, extra=EXTRA, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS + EXTRA
)


def initial_of(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Return questions as the form shows them."""
    rows = []
    for place, question in enumerate(questions, 1):
        texts, hints = in_languages(question.text), in_languages(question.hint)
        row: dict[str, Any] = {"code": question.code, "section": question.section, "place": place}
        row |= {f"text_{language}": words for language, words in texts.items()}
        rows.append(row | {f"hint_{language}": words for language, words in hints.items()})
    return rows


def rows_of(formset: Any, side: str, taken: Iterable[str]) -> list[dict[str, Any]]:
    """Return a valid form set as plain data, in the order of the places; a new question gets a new code."""
    kept = [form for form in formset if form.cleaned_data and form.said("text")]
    kept.sort(key=lambda form: form.cleaned_data.get("place") or MOST_QUESTIONS + EXTRA)
    used, rows = set(taken), []
    seen: set[str] = set()
    for form in kept:
        code = form.cleaned_data["code"]
        if not code or code in seen:
            code = new_code(used)
        used.add(code)
        seen.add(code)
        said = form.cleaned_data
        rows.append(row_of(code, said["section"], form.said("text"), form.said("hint"), side))
    return rows
