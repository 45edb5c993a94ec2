"""How allauth behaves here: nobody signs up alone, and a sign-in mail speaks the reader's language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import translation

from traboule.apps.people.models import Login


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Logins are made by invitation; passwords do not exist."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: a login is made by somebody who may invite."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the language of the login, else in that of the page."""
        login = Login.objects.filter(email=email.strip().lower()).first()
        with translation.override(login.locale if login else translation.get_language()):
            super().send_mail(template_prefix, email, context)
