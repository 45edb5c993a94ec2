"""Inviting somebody, giving a role."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Role
from traboule.core.languages import STAFF


class RoleForm(forms.Form):
    """One role out of those that the reader may give (``queries.grantable_roles``)."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(role.value, role.label) for role in roles]


class InviteForm(RoleForm):
    """Name, e-mail address, language and role of somebody new in the team."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    locale = forms.ChoiceField(
        label=_("Language"),
        choices=[(code, name) for code, name in settings.LANGUAGES if code in STAFF],
        initial=settings.LANGUAGE_CODE,
    )

    field_order = ("name", "email", "locale", "role")
