"""Organisation, branch, version of the programme, places where people meet."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.core.scope import Scoped

# Earlier apps do not know the enum of permissions of `people`; these are two of its values.
SEE_PLACES = "training.see"
SET_PLACES = "training.write"


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


class Venue(Scoped):
    """A place where people meet: a third place, a library, the office. Its point is looked up, not typed."""

    SEE = SEE_PLACES

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="venues")
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("street and number"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    commune_code = models.CharField(_("commune code"), max_length=10, blank=True)
    commune_name = models.CharField(_("commune"), max_length=120, blank=True)
    access_notes = models.CharField(_("how to get there"), max_length=500, blank=True)
    step_free = models.BooleanField(_("no steps on the way in"), default=False)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place_estimated = models.BooleanField(_("place estimated"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "name"], name="venue_name_once_per_branch"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="venue_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_address(self) -> str:
        """Street, postcode and commune in one line."""
        town = f"{self.postcode} {self.commune_name.removesuffix(' Arrondissement')}".strip()
        return ", ".join(part for part in (self.address, town) if part)


class Room(Scoped):
    """A room of a place, and how many people fit in."""

    SCOPE_PATH = "venue__branch_id"
    SEE = SEE_PLACES

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=80)
    capacity = models.PositiveSmallIntegerField(_("seats"))
    access_notes = models.CharField(_("where in the house"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["venue__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["venue", "name"], name="room_name_once_per_venue"),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=1000), name="room_has_1_to_1000_seats"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue.name}, {self.name}"
