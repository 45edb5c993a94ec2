"""The credential, and the roles that it holds."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role


class LoginManager(BaseUserManager["Login"]):
    """Makes logins without a password: a code by e-mail opens the door."""

    def create_user(self, email: str, *, name: str = "", **fields: Any) -> "Login":
        """Create a login that can sign in by e-mailed code."""
        login = self.model(email=email.strip().lower(), name=name, **fields)
        login.set_unusable_password()
        login.save(using=self._db)
        return login

    def get_by_natural_key(self, username: str | None) -> "Login":
        """Find a login by its e-mail address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class Login(AbstractBaseUser):
    """The credential of somebody who signs in; the human may be a Person of the programme or staff."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    locale = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    is_active = models.BooleanField(_("active"), default=True)
    person = models.OneToOneField(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="login"
    )
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[LoginManager] = LoginManager()

    class Meta:
        verbose_name = _("login")
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="login_email_once_whatever_the_case"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="login_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return what to call this login on a page."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the first word of the name."""
        return str(self).split(" ")[0]


class RoleGrant(models.Model):
    """A role held in one branch, or in all of them when ``branch`` is null."""

    login = models.ForeignKey(Login, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    branch = models.ForeignKey(Branch, null=True, blank=True, on_delete=models.CASCADE, related_name="grants")
    granted_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="grants_given"
    )
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["login", "role", "branch"], name="role_granted_once_per_branch"),
            models.UniqueConstraint(
                fields=["login", "role"], condition=Q(branch=None), name="role_granted_once_everywhere"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.branch or '*'})"
