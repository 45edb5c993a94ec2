"""A trainer with a free name, and a paper of a module."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from traboule.apps.partners.models import Partner
from traboule.apps.people.forms.documents import CheckedFileField


class TrainerForm(forms.Form):
    """Somebody who is no person of the branch."""

    name = forms.CharField(label=_("Name"), max_length=120)
    partner: Any = forms.ModelChoiceField(
        label=_("Of a partner"), queryset=None, required=False, empty_label=_("No partner")
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The link to their half-days goes there.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="fr")

    def __init__(self, *args: Any, branch: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above; for the type checker
        field.queryset = Partner.everywhere.filter(branch=branch, is_active=True)


class MaterialForm(forms.Form):
    """What it is, and the file."""

    about = forms.CharField(label=_("What it is"), max_length=120)
    file = CheckedFileField(label=_("File"), help_text=_("PDF, DOCX, ODT, JPG or PNG, up to 10 MB."))
