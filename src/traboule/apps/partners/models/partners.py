"""Places that send people, and the advisers who work there."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.partners.enums import PartnerKind
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.scope import Scoped


class Partner(Scoped):
    """A place that sends people to a branch."""

    SEE = Permission.PARTNERS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(
        _("kind of place"), max_length=20, choices=PartnerKind.choices, default=PartnerKind.ASSOCIATION
    )
    place = models.CharField(_("town"), max_length=120, blank=True)
    contact_name = models.CharField(_("whom to ask for"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("we work together now"), default=True)
    created_at = models.DateTimeField()

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "name"], name="partner_name_once_per_branch"),
            models.CheckConstraint(condition=Q(kind__in=PartnerKind.values), name="partner_kind_is_known"),
            models.CheckConstraint(condition=GreaterThan(Length(Trim("name")), 0), name="partner_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Referrer(Scoped):
    """An adviser of a partner, who signs in with a login and sends people; open until ``closed_at``."""

    SEE = Permission.PARTNERS_SEE
    SCOPE_PATH = "partner__branch_id"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="referrers")
    login = models.ForeignKey(Login, on_delete=models.CASCADE, related_name="referrer_of")
    invited_at = models.DateTimeField(_("invited"))
    invited_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["login__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "login"],
                condition=Q(closed_at=None),
                name="referrer_open_once_per_partner",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("invited_at")),
                name="referrer_closed_after_invited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.login_id} at {self.partner_id}"
