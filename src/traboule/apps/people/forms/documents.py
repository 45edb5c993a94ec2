"""Handing in a document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.core.uploads import CheckedFile, UploadRefused, check_upload

REFUSED = {
    "unknown_kind": _("Choose a PDF, a text file (DOCX, ODT) or a picture (JPG, PNG)."),
    "not_what_it_says": _("The ending of the name does not fit what is inside. Save the file anew."),
    "too_large": _("This file is larger than 10 MB. Choose a smaller one."),
    "empty": _("This file is empty."),
    "locked": _("This file is locked by a password. Save it without one."),
    "broken": _("We cannot read this file. Save it anew, or take a picture of the paper."),
    "picture_too_large": _("This picture is very large. Make it smaller first."),
    "unpacks_too_large": _("This file holds far more than it seems. Save it anew as PDF."),
    "runs_something": _("This file holds a small program. Save it as PDF."),
    "reaches_elsewhere": _("This file fetches parts from elsewhere. Save it as PDF."),
}


class CheckedFileField(forms.FileField):
    """A file that is checked and cleaned; the form holds a CheckedFile."""

    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.odt,.jpg,.jpeg,.png"})

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        """Return the cleaned file, or say in words why it is not taken."""
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return check_upload(file)
        except UploadRefused as refused:
            raise forms.ValidationError(REFUSED.get(refused.code, REFUSED["broken"])) from refused


class DocumentForm(forms.Form):
    """What it is, and the file."""

    about = forms.CharField(label=_("What it is"), max_length=120)
    file = CheckedFileField(
        label=_("File"), help_text=_("PDF, DOCX, ODT, JPG or PNG, up to 10 MB. No identity papers.")
    )
