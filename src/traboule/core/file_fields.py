"""A file that is read and not kept: refused by its size before it is read. What is kept: ``uploads``."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ReadFileField(forms.FileField):
    """A file of at most ``most_mib`` MiB. An empty one passes: whoever reads it says what is missing."""

    def __init__(self, *, most_mib: int, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)
        self.most_mib = most_mib

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file, or say in words that it is too large."""
        file = super().clean(data, initial)
        if file and file.size > self.most_mib * 1024 * 1024:
            raise forms.ValidationError(
                _("This file is larger than %(limit)s MiB."),
                code="too_large",
                params={"limit": self.most_mib},
            )
        return file
