"""Organisation, branch, version of the programme."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """The association that runs the programme. One per installation."""

    name = models.CharField(_("name"), max_length=120)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Branch(models.Model):
    """A local site, and the boundary of data."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="branches")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    country = models.CharField(
        _("country"), max_length=2, default="FR", validators=[RegexValidator("^[A-Z]{2}$")]
    )
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    commune_code = models.CharField(_("commune"), max_length=10, blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    rules = models.JSONField(_("matching rules"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    # How the team is reached, for the public pages; never somebody's own number.
    contact_phone = models.CharField(_("phone of the team"), max_length=20, blank=True)
    contact_email = models.EmailField(_("e-mail of the team"), blank=True)
    contact_street = models.CharField(_("street and number"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("branch")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="branch_name_once_per_organisation"
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="branch_has_a_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_reachable(self) -> bool:
        """Whether visitors read a phone number or an e-mail address of the team."""
        return bool(self.contact_phone or self.contact_email)


class ProgrammeVersion(models.Model):
    """What a duo signs up for: weeks and hours a week, from a date on."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="programme_versions"
    )
    label = models.CharField(_("label"), max_length=80)
    weeks = models.PositiveSmallIntegerField(_("weeks"), default=26)
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"), default=2)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], name="programme_version_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=104), name="programme_version_weeks_1_to_104"
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1, hours_per_week__lte=40),
                name="programme_version_hours_1_to_40",
            ),
        ]

    def __str__(self) -> str:
        return self.label
