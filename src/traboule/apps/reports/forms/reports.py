"""What a report is, and the word with which it is issued."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.forms.persons import DateInput
from traboule.apps.reports.enums import ReportKind, ReportLanguage
from traboule.apps.reports.models import ReportDraft
from traboule.apps.reports.rules import quarter_before
from traboule.core.file_fields import ReadFileField

FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
BIGGEST_MIB = 10


class DraftForm(forms.Form):
    """For whom, over which period, as of which day."""

    kind = forms.ChoiceField(
        label=_("For whom is the report?"),
        choices=[
            (ReportKind.BOARD, _("Board: one page, the way from contact to result")),
            (ReportKind.FUNDER, _("Funder: more figures, and tables by sex, age and territory")),
            (ReportKind.COLLECTIVE, _("Collective: every indicator in one table")),
        ],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    addressee = forms.CharField(
        label=_("Handed to"),
        max_length=120,
        required=False,
        help_text=_("An organisation or a body, not a person: the report stays for years."),
    )
    first = forms.DateField(label=_("First day"), widget=DateInput(), input_formats=FORMATS)
    last = forms.DateField(label=_("Last day"), widget=DateInput(), input_formats=FORMATS)
    as_of = forms.DateField(
        label=_("Figures as of"),
        widget=DateInput(),
        input_formats=FORMATS,
        help_text=_("The last day of the period, or later: then late news counts too."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=ReportLanguage.choices)

    def __init__(self, data: Any = None, *, today: date, draft: ReportDraft | None = None) -> None:
        super().__init__(data, initial=_said(draft) if draft else self.start(today))
        self.today = today

    @staticmethod
    def start(today: date) -> dict[str, Any]:
        """What stands in the form at first: the last quarter that is over."""
        first, last = quarter_before(today)
        said = {"first": first.isoformat(), "last": last.isoformat(), "as_of": last.isoformat()}
        return {"kind": ReportKind.BOARD, **said, "language": ReportLanguage.FRENCH}

    def clean(self) -> dict[str, Any]:
        """Days follow each other, and have come."""
        said: dict[str, Any] = super().clean() or {}
        first, last, as_of = (said.get(name) for name in ("first", "last", "as_of"))
        if first and last and last < first:
            self.add_error("last", _("The last day must not lie before the first."))
        elif last and as_of and as_of < last:
            self.add_error("as_of", _("The figures must not be older than the last day of the period."))
        if as_of and as_of > self.today:
            self.add_error("as_of", _("Choose today or a day that is past."))
        return said


class IssueForm(forms.Form):
    """The note that stands in the report."""

    note = forms.CharField(
        label=_("Note"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What readers should know. No name of a mentee or a mentor: it cannot be taken back."),
    )


class ReportFileForm(forms.Form):
    """A file that somebody was handed, to be held against the issued one."""

    file = ReadFileField(label=_("File of the report: PDF, XLSX, CSV or JSON"), most_mib=BIGGEST_MIB)


def _said(draft: ReportDraft) -> dict[str, Any]:
    names = ("kind", "title", "addressee", "language")
    days = {name: getattr(draft, name).isoformat() for name in ("first", "last", "as_of")}
    return {**{name: getattr(draft, name) for name in names}, **days}
